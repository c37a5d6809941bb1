"""Rows of a user's own list whose words have no code: no page may call them not recorded."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from hrdresearch.sources.reads_declared import fields_of
from hrdresearch.sources.sheet import Sheet

NO_CODE = "recorded in words without a code,"
CALLED = {"not_recorded": "not recorded", "unknown": "recorded as unknown"}
CODED = "in words that have a code"


def rows_without_code(sheet: Sheet, accepted: pd.DataFrame) -> dict[str, int]:
    """By column of the table, how many accepted rows hold words without a code, in full or in part."""
    kept = set(accepted["source_row"].astype(int)) if "source_row" in accepted else set()
    columns = _columns(sheet)
    found = {columns[f]: len(rows & kept) for f, rows in sheet.uncoded.items() if f in columns}
    return {column: n for column, n in found.items() if n}


def words_without_code(sheet: Sheet, uncoded: Collection[str]) -> dict[str, str]:
    """Entries of ``SourceFacts.unknown_as`` for columns of which some words have no code.

    The code that such a row has is called by both things that it may stand for.
    """
    words: dict[str, str] = {}
    for field, column in _columns(sheet).items():
        code = sheet.uncoded_as.get(field, "")
        if column in uncoded and code in CALLED:
            words |= {
                f"{column}.{code}": f"{CALLED[code]}, or {NO_CODE}",
                f"{column}.known": CODED,
            }
    return words


def _columns(sheet: Sheet) -> dict[str, str]:
    """By field of the list, the column of the table that it fills."""
    known = fields_of(sheet.spec.facts.table)
    return {f: str(entry["asked"]) for f, entry in known.items() if "asked" in entry}
