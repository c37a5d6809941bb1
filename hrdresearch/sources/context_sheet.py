"""Rows of table ``context`` from a sheet; a row without a known State or a value is set aside."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hrdresearch.sources.sheet import Sheet


def context_rows(sheet: Sheet, **columns: Any) -> pd.DataFrame:
    """Put the columns state_iso3, indicator, indicator_year and value together.

    source and source_row are added; rows that were set aside are left out.
    """
    frame = pd.DataFrame(index=sheet.cells.index)
    frame["source"], frame["source_row"] = sheet.spec.facts.slug, frame.index
    for name, column in columns.items():
        frame[name] = column
    for row in frame.index[frame["state_iso3"].isna()]:
        sheet.book.set_aside(int(row), "The name is that of no State that is known.")
    for row in frame.index[frame["value"] == ""]:
        sheet.book.set_aside(int(row), "The row holds no value.")
    return frame[~frame.index.isin(sheet.book.rows_aside)].reset_index(drop=True)
