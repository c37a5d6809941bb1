"""Killings: replaces names by pseudonyms, and finds possible duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.linkage import find_possible_duplicates
from hrdresearch.privacy.keys import Key
from hrdresearch.run.steps import (
    Built,
    contributors_sheets,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
    row_pseudonyms,
)
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES

LINKED = "cases"  # the table whose persons are linked across lists


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the table ``cases`` without names, and a sheet of possible duplicates."""
    cases = pd.concat([_cases(x, key) for x in loaded], ignore_index=True)
    doubles = {x.facts.slug: find_possible_duplicates(x.accepted) for x in loaded}
    return Built(
        tables={"cases": cases},
        files={x.facts.slug: x.path.name for x in loaded},
        names=name_entries(loaded),
        restricted={
            "possible_duplicates": pd.concat([*doubles.values()], ignore_index=True),
            **contributors_sheets(loaded, key),
            "persons": persons_sheet(
                cases["victim_id"], published_names(loaded), key, record_digests(loaded, key)
            ),
        },
        lines=tuple(_may_be_one(slug, len(pairs)) for slug, pairs in doubles.items() if len(pairs)),
    )


def _may_be_one(slug: str, pairs: int) -> str:
    return (
        f"Look: {slug}: {pairs} pair(s) of rows may be the same person (same name, near in time); all are "
        "counted. Their rows are listed in restricted/possible_duplicates.csv; delete duplicates in the list"
    )


def _cases(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of the table: adds pseudonyms, and removes everything that names or describes a person."""
    rows, slug = loaded.accepted, loaded.facts.slug
    columns = TABLES["cases"].columns
    return rows.assign(victim_id=row_pseudonyms(loaded, key), source=slug)[columns]
