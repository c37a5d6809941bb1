"""Rows of a user's own list whose words have no code: no page may call them not recorded."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from hrdresearch.sources.reads_declared import fields_of
from hrdresearch.sources.sheet import Sheet

NO_CODE = "not recorded, or recorded in words without a code,"
UNKNOWN = "recorded as unknown, or recorded in words without a code,"
CODED = "in words that have a code"


def rows_without_code(sheet: Sheet, accepted: pd.DataFrame) -> dict[str, int]:
    """By column of the table, how many accepted rows hold words without a code, in full or in part."""
    known = fields_of(sheet.spec.facts.table)
    kept = set(accepted["source_row"].astype(int)) if "source_row" in accepted else set()
    found = {
        str(known[field]["asked"]): len(rows & kept)
        for field, rows in sheet.uncoded.items()
        if "asked" in known.get(field, {})
    }
    return {column: n for column, n in found.items() if n}


def words_without_code(columns: Iterable[str]) -> dict[str, str]:
    """Entries of ``SourceFacts.unknown_as`` for columns of which some words have no code."""
    return {
        f"{column}.{key}": words
        for column in columns
        for key, words in (("not_recorded", NO_CODE), ("unknown", UNKNOWN), ("known", CODED))
    }
