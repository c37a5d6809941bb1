"""Trends: makes tables of cases without persons, of counts of earlier editions, and of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import (
    Built,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES
from hrdresearch.tables.case_editions import parse_edition

COUNTED = ("cases", "census")  # tables whose rows are cases of a year
BESIDE = ("editions", "context")  # tables that are taken as they are
EDITIONS = True  # this study accepts earlier editions of a list


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the tables ``documented``, ``editions`` and ``context`` without names."""
    counted = [x for x in loaded if x.facts.table in COUNTED]
    earlier = [x for x in counted if parse_edition(x.facts.slug)[1]]
    newest = [x for x in counted if x not in earlier]
    if not newest:
        raise RunError(
            "A build of trends needs at least one list of cases: --source cpj=FILE, global-witness=FILE ..."
        )
    for one in counted:
        _refuse_unless_public(one)
    tables = {"documented": pd.concat([_documented(x, key) for x in newest], ignore_index=True)}
    editions = [_counts_of_edition(x, key) for x in earlier]
    for name in BESIDE:
        rows = [x.accepted for x in loaded if x.facts.table == name]
        rows += editions if name == "editions" else []
        table = pd.concat(rows, ignore_index=True) if rows else TABLES[name].empty()
        tables[name] = table[TABLES[name].columns]
    return Built(
        tables=tables,
        names=name_entries(counted),
        files={x.facts.slug: x.path.name for x in loaded},
        restricted={
            "persons": persons_sheet(
                tables["documented"]["person_id"],
                published_names(newest),
                key,
                record_digests(newest, key),
            )
        },
    )


def _documented(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of the table ``documented``; rows of a census have a year but no day."""
    rows, slug = loaded.accepted, loaded.facts.slug
    if loaded.facts.table == "census":
        rows = rows.assign(
            event_date=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]"),
            event_date_precision="year",
            event_year=rows["census_year"],
            motive_link_code="unknown",
        )
    ids = [pseudonym(key, slug, row) for row in row_keys(loaded.accepted)]
    return rows.assign(person_id=ids, source=slug)[TABLES["documented"].columns]


def _counts_of_edition(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of the table ``editions``: number of cases in an earlier edition by year, State and link.

    RunError for an edition that is not named by its day.
    """
    slug, edition = parse_edition(loaded.facts.slug)
    if len(edition) < len("2018-02-07"):
        raise RunError(
            f"{loaded.facts.slug}: give the day of an earlier edition, such as {slug}@2018-02-07=FILE"
        )
    rows = _documented(loaded, key).dropna(subset=["event_year"])
    keys = ["state_iso3", "event_year", "motive_link_code"]
    counts = rows.groupby(keys).size().rename("case_count").reset_index()
    return counts.assign(
        source=loaded.facts.slug,
        source_row=counts.index + 1,
        list_slug=slug,
        edition_day=pd.Timestamp(edition),
    )


def _refuse_unless_public(loaded: Loaded) -> None:
    """RunError for a list shared in confidence, because no trend is estimated from rounded numbers."""
    if not loaded.facts.policy.public_by_name:
        raise RunError(
            f"{loaded.facts.slug} was shared in confidence: only rounded numbers are printed, and no "
            "trend is estimated from rounded numbers. Leave it out: trends takes lists public by name"
        )
