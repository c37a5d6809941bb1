"""Committee to Protect Journalists, prison census: prisoners in the table that also holds deaths.

Quirks: spellings of one class differ in case; charges are joined by commas and coded at build; one
name stands for Israel and the Occupied Palestinian Territory, and prisoners stay under it.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.prisoners import prisoner_rows
from hrdresearch.sources.sheet import Sheet


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``census`` before coding; deaths in the same file belong to another table."""
    imprisoned = sheet.text("status") == "Imprisoned"
    if not imprisoned.all():
        sheet.book.note(
            "Of {all} rows of the file, {deaths} record deaths; they belong to another table and "
            "are not counted here.",
            all=len(imprisoned),
            deaths=int((~imprisoned).sum()),
        )
    sheet.keep(imprisoned)
    dates = sheet.dates(sheet.layout.facts["year"], "ymd")
    for row in dates.index[dates["event_date"].isna()]:
        sheet.book.set_aside(int(row), "The row has no census year.")
    return prisoner_rows(
        sheet,
        names="fullName",
        census_year=dates["event_date"].dt.year.astype("Int64"),
        state_iso3=sheet.states("country", dates["event_date"]),
        sex_code=sheet.codes("gender", "sex"),
        charge_text=sheet.text("charges"),
        sentence_text=sheet.text("sentence"),
        band_text=sheet.text("lengthOfSentence"),
        record_id="",
    )
