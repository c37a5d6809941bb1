"""Killings: pseudonyms come, names leave; overlaps of lists are counted before that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.linkage import possible_duplicates, shared_names
from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.steps import (
    Built,
    contributors_sheets,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Table ``cases`` without names; possible duplicates as a sheet to look at."""
    cases = pd.concat([_cases(x, key) for x in loaded], ignore_index=True)
    return Built(
        tables={"cases": cases},
        files={x.facts.slug: x.path.name for x in loaded},
        names=name_entries(loaded),
        extras={"overlap": _overlaps(loaded)},
        restricted={
            "possible_duplicates": pd.concat(
                [possible_duplicates(x.accepted) for x in loaded], ignore_index=True
            ),
            **contributors_sheets(loaded, key),
            "persons": persons_sheet(
                cases["victim_id"], published_names(loaded), key, record_digests(loaded, key)
            ),
        },
    )


def _cases(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Rows of the table: a pseudonym comes, everything that names or describes a person leaves."""
    rows, slug = loaded.accepted, loaded.facts.slug
    ids = [pseudonym(key, slug, row) for row in row_keys(rows)]
    columns = list(TABLES["cases"].model.to_schema().columns)
    return rows.assign(victim_id=ids, source=slug)[columns]


def _overlaps(loaded: Sequence[Loaded]) -> list[dict[str, Any]]:
    """Counts of names that stand in two public lists; a restricted list is never compared here."""
    public = [x for x in loaded if x.facts.policy.public_by_name]
    return [
        {"a": a.facts.slug, "b": b.facts.slug, **{str(k): v for k, v in row.items()}}
        for a, b in combinations(public, 2)
        for row in shared_names(a.accepted, b.accepted).to_dict("records")
    ]
