"""Ledger of laws and protection mechanisms that concern defenders, by State."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import coded, days, entries, numbered, years
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.laws import Laws


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``laws``; an entry that names no source is set aside."""
    when = days(sheet, "status_date")
    named = sheet.text("named_by")
    for row in named.index[named == ""]:
        sheet.book.set_aside(int(row), "Column 'named_by' is empty: who says so?")
    return entries(
        sheet, Laws, law_id=numbered(sheet, "number"), state_iso3=sheet.states("state", when),
        kind_code=coded(sheet, "kind", "law_kind"), words=sheet.text("words"),
        status_code=sheet.codes("status", "law_status"),
        status_date=when, status_year=years(when), named_by=named,
    )  # fmt: skip
