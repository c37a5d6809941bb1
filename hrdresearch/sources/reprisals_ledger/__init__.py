"""Ledger of alleged reprisals: a row for each person; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.names.same_person import person_keys
from hrdresearch.sources.ledger import accepted_rows, read_days, read_yes_no, years_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.reprisals import Reprisals

MADE_BY_THE_BUILD = ("person_id", "case_id")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``reprisals``, with the case number and the name for the build."""
    reported = read_days(sheet, "reported", needed=True)
    cases, names = sheet.text("case_number"), sheet.names("name")
    sexes, states = sheet.codes("sex", "sex"), sheet.states("state", reported)
    what, done = "The case has no number.", "counted as a case of its own"
    sheet.book.issues_at(cases.index[cases == ""], "case_number", what, done)
    persons = person_keys(names, within=[cases, states], sex=sexes)
    for row in persons.index[persons.duplicated() & (cases != "")]:
        sheet.book.set_aside(int(row), "The same person stands in an earlier row of this case.")
    return accepted_rows(
        sheet,
        Reprisals,
        MADE_BY_THE_BUILD,
        reported_date=reported,
        reported_year=years_of(reported),
        state_iso3=states,
        sex_code=sexes,
        form_codes=sheet.joined("forms", "reprisal_form", split=";"),
        space_code=sheet.codes("space", "reprisal_space"),
        body_codes=sheet.joined("bodies", "body_contacted", split=";"),
        status_code=sheet.codes("status", "reprisal_status"),
        letter_code=read_yes_no(sheet, "letter"),
        case_number=cases,
        name_as_published=names,
    )
