"""Ledger of laws and protection mechanisms that concern defenders, by State."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import (
    accepted_rows,
    entry_numbers,
    read_days,
    required_codes,
    years_of,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.laws import Laws


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``laws``; an entry that names no source is set aside."""
    when = read_days(sheet, "status_date")
    named = sheet.text("named_by")
    for row in named.index[named == ""]:
        sheet.book.set_aside(int(row), "Column 'named_by' is empty: who says so?")
    return accepted_rows(
        sheet,
        Laws,
        law_id=entry_numbers(sheet, "number"),
        state_iso3=sheet.states("state", when),
        kind_code=required_codes(sheet, "kind", "law_kind"),
        words=sheet.text("words"),
        status_code=sheet.codes("status", "law_status"),
        status_date=when,
        status_year=years_of(when),
        named_by=named,
    )
