"""Trends: cases by year, day and State without persons; counts of earlier editions; indicators beside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import (
    Built,
    Reading,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.sources import Loaded, get_facts, load
from hrdresearch.tables import TABLES

COUNTED = ("cases", "census")  # tables whose rows are cases of a year
BESIDE = ("editions", "context")
EDITIONS = "earlier-editions"
EDITION_FILE = re.compile(r"(?P<slug>[a-z-]+)_(?P<day>\d{4}-\d{2}-\d{2})")


def read_editions(reading: Reading) -> Loaded:
    """Counts of earlier editions: a file of counts, or a folder of earlier files, LIST_DAY in the name.

    Of each earlier file only the counts by year, State and link are kept. RunError for a file with another
    name, or of a list that is not public by name.
    """
    if not reading.path.is_dir():
        return load(EDITIONS, reading.path)
    parts, hashes = [], []
    for file in sorted(p for p in reading.path.iterdir() if not p.name.startswith(".")):
        named = EDITION_FILE.match(file.name)
        if not named:
            raise RunError(
                f"{file.name}: an earlier edition is named LIST_DAY, such as cpj_2018-02-07.csv"
            )
        loaded = load(named["slug"], file)
        _refuse_unless_public(loaded)
        hashes.append(loaded.sha256)
        rows = loaded.accepted.dropna(subset=["event_year"])
        keys = ["state_iso3", "event_year", "motive_link_code"]
        counts = rows.groupby(keys).size().rename("case_count").reset_index()
        parts.append(counts.assign(list_slug=named["slug"], edition_day=pd.Timestamp(named["day"])))
    if not parts:
        raise RunError(f"{reading.path.name}: the folder holds no earlier edition")
    held = pd.concat(parts, ignore_index=True)
    held = held.assign(source=EDITIONS, source_row=held.index + 1)
    empty = pd.DataFrame(columns=["file", "row", "reason"])
    return Loaded(
        facts=get_facts(EDITIONS),
        path=reading.path,
        layout="folder",
        sha256=hashlib.sha256(" ".join(hashes).encode()).hexdigest(),
        rows_in=len(held),
        accepted=held[list(TABLES["editions"].model.to_schema().columns)],
        set_aside=empty,
        issues=pd.DataFrame(columns=["file", "row", "column", "what", "done"]),
    )


LARGE = {EDITIONS: read_editions}


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Tables ``documented``, ``editions`` and ``context``; names leave."""
    counted = [x for x in loaded if x.facts.table in COUNTED]
    if not counted:
        raise RunError(
            "A build of trends takes at least one list of cases: --source cpj=FILE, global-witness=FILE ..."
        )
    for one in counted:
        _refuse_unless_public(one)
    tables = {"documented": pd.concat([_documented(x, key) for x in counted], ignore_index=True)}
    for name in BESIDE:
        columns = list(TABLES[name].model.to_schema().columns)
        rows = [x.accepted[columns] for x in loaded if x.facts.table == name]
        tables[name] = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
    return Built(
        tables=tables,
        names=name_entries(counted),
        files={x.facts.slug: x.path.name for x in loaded},
        restricted={
            "persons": persons_sheet(
                tables["documented"]["person_id"],
                published_names(counted),
                key,
                record_digests(counted, key),
            )
        },
    )


def _documented(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of table ``documented``; of a census the year stands in place of a day."""
    rows, slug = loaded.accepted, loaded.facts.slug
    if loaded.facts.table == "census":
        rows = rows.assign(
            event_date=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]"),
            event_date_precision="year",
            event_year=rows["census_year"],
            motive_link_code="unknown",
        )
    ids = [pseudonym(key, slug, row) for row in row_keys(loaded.accepted)]
    columns = list(TABLES["documented"].model.to_schema().columns)
    return rows.assign(person_id=ids, source=slug)[columns]


def _refuse_unless_public(loaded: Loaded) -> None:
    """RunError for a list shared in confidence: its rounded numbers carry no trend."""
    if not loaded.facts.policy.public_by_name:
        raise RunError(
            f"{loaded.facts.slug} was shared in confidence: what leaves of it are rounded numbers, and a "
            "trend of rounded numbers is not estimated. Trends takes lists that are public by name"
        )
