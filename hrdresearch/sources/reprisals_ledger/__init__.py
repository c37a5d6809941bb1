"""Ledger of alleged reprisals: one row a person; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.clean.names import clean_name
from hrdresearch.sources.ledger import days, entries, years, yes_no
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.reprisals import Reprisals

MADE_BY_THE_BUILD = ("person_id", "case_id")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``reprisals``, with the case number and the name for the build."""
    reported = days(sheet, "reported", needed=True)
    repeated = sheet.text("case_number") + "\n" + sheet.text("name").str.casefold()
    again = repeated.index[repeated.duplicated() & (sheet.text("name") != "")]
    for row in again:
        sheet.book.set_aside(int(row), "The same person stands in an earlier row of this case.")
    return entries(
        sheet, Reprisals, MADE_BY_THE_BUILD,
        reported_date=reported, reported_year=years(reported),
        state_iso3=sheet.states("state", reported),
        sex_code=sheet.codes("sex", "sex"),
        form_codes=sheet.joined("forms", "reprisal_form", split=";"),
        space_code=sheet.codes("space", "reprisal_space"),
        body_codes=sheet.joined("bodies", "body_contacted", split=";"),
        status_code=sheet.codes("status", "reprisal_status"),
        has_letter=yes_no(sheet, "letter") == "yes",
        case_number=sheet.text("case_number"),
        name_as_published=sheet.text("name").map(clean_name),
    )  # fmt: skip
