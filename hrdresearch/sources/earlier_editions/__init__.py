"""Counts in earlier editions of lists, from which the study of trends estimates the reporting delay."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.recommendations_sheet import state_code, whole_numbers
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables import TABLES


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``editions``; a row without a day, a year, a known State or a count is set aside."""
    names = sheet.text("state")
    frame = pd.DataFrame(
        {
            "source": sheet.spec.facts.slug,
            "source_row": sheet.cells.index,
            "list_slug": sheet.text("list"),
            "edition_day": pd.to_datetime(
                sheet.text("edition_day"), format="%Y-%m-%d", errors="coerce"
            ),
            "state_iso3": names.map({name: state_code(name) for name in names.unique()}),
            "event_year": whole_numbers(sheet.text("year")),
            "motive_link_code": sheet.codes("link", "motive_link", "unknown"),
            "case_count": whole_numbers(sheet.text("cases")),
        },
        index=sheet.cells.index,
    )
    for row in frame.index[frame.isna().any(axis=1)]:
        sheet.book.set_aside(int(row), "The row lacks a day, a year, a State or a count.")
    return frame.dropna()[TABLES["editions"].columns]
