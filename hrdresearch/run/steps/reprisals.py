"""Reprisals: replaces persons and cases by pseudonyms, and removes names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.names.row_keys import row_keys
from hrdresearch.names.same_person import person_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.steps import (
    Built,
    contributors_sheets,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the table ``reprisals`` without names."""
    rows = pd.concat([_rows(x, key) for x in loaded], ignore_index=True)
    names = published_names(loaded)
    return Built(
        tables={"reprisals": rows},
        names=[NameEntry(str(name), True, None) for name in names if str(name).strip()],
        restricted={
            "persons": persons_sheet(
                rows["person_id"], names, key, record_digests(loaded, key)
            ).drop_duplicates(),
            **contributors_sheets(loaded, key),
        },
        files={x.facts.slug: x.path.name for x in loaded},
    )


def _rows(loaded: Loaded, key: Key) -> pd.DataFrame:
    rows, slug = loaded.accepted, loaded.facts.slug
    by_row = row_keys(rows, "case_number")
    cases = [
        pseudonym(key, slug, "case", str(number or row))
        for number, row in zip(rows["case_number"], by_row, strict=True)
    ]
    keys = person_keys(
        rows["name_as_published"], within=[rows["state_iso3"]], sex=rows["sex_code"], alone=by_row
    )
    persons = [pseudonym(key, slug, person) for person in keys]
    return rows.assign(person_id=persons, case_id=cases)[TABLES["reprisals"].columns]
