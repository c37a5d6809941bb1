"""Ledger of follow-up to recommendations; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows, read_days
from hrdresearch.sources.recommendations_sheet import reviewed_state_codes, whole_numbers
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.upr_tracking import UprTracking
from hrdresearch.vocab.upr import year_of_session

NOT_KNOWN = "not_known"
REPORTERS = {
    "state": ("state_says", "state_day", "state_source"),
    "others": ("others_say", "others_day", "others_source"),
    "indicator": ("indicator_shows", "indicator_day", "indicator_source"),
}
MADE_BY_THE_BUILD = (
    *("tracked_id", "recommendation_id", "concern_code", "upr_reporter_code"),
    *("implementation_code", "reported_date", "has_source", "upr_beside_code"),
)


def clean(sheet: Sheet) -> pd.DataFrame:
    """A row for each recommendation, with a status, a day and a document for each reporter."""
    states, texts = reviewed_state_codes(sheet.text("state")), sheet.text("text")
    for row in texts.index[states.isna()]:
        sheet.book.set_aside(int(row), "The State under review is not known.")
    for row in texts.index[texts.eq("") & states.notna()]:
        sheet.book.set_aside(int(row), "The row holds no text of a recommendation.")
    sessions = whole_numbers(sheet.text("session"))
    years = [None if pd.isna(n) else year_of_session(int(n)) for n in sessions]
    told = {
        f"{reporter}_{what}": values
        for reporter, (status, day, source) in REPORTERS.items()
        for what, values in (
            ("code", sheet.codes(status, "upr_implementation", default=NOT_KNOWN)),
            ("date", read_days(sheet, day)),
            ("has_source", sheet.text(source).ne("")),
        )
    }
    return accepted_rows(
        sheet,
        UprTracking,
        MADE_BY_THE_BUILD,
        state_iso3=states,
        session=sessions,
        review_year=pd.array([pd.NA if y is None else y for y in years], dtype="Int64"),
        paragraph=sheet.text("paragraph"),
        text=texts,
        **told,
    )
