"""Tracker of shutdowns of the Internet: a row for each shutdown, dates with the month first."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows, years_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.shutdowns import Shutdowns

SPELT = {"SriLanka": "Sri Lanka"}
# What the column of details says of a reason classed as "Other", where it is a reason of its own.
IN_DETAILS = ("Military Action", "Precautionary Measure")
NO_END = ("Unkown", "Unknown", "Ongoing")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``shutdowns``."""
    sheet.cells = sheet.cells.assign(country=sheet.text("country").replace(SPELT))
    for column, details in (
        ("official_just", "other_just_details"),
        ("actual_cause", "other_cause_details"),
    ):
        if details in sheet.cells:
            more = sheet.text(details)
            is_told = sheet.text(column).eq("Other") & more.isin(IN_DETAILS)
            sheet.cells = sheet.cells.assign(**{column: sheet.cells[column].mask(is_told, more)})
    began = sheet.dates("start_date", order="mdy")
    ended = sheet.text("end_date")
    ends = sheet.dates("end_date", "mdy", ended.mask(ended.isin(NO_END), ""))
    before = ends["event_date"] < began["event_date"]
    sheet.book.issues_at(
        before.index[before], "end_date", "The end stands before the beginning.", "end emptied"
    )
    return accepted_rows(
        sheet,
        Shutdowns,
        event_date=began["event_date"],
        event_date_precision=began["event_date_precision"],
        event_year=years_of(began["event_date"]),
        end_date=ends["event_date"].mask(before | ends["event_date_precision"].ne("day")),
        state_iso3=sheet.states("country", began["event_date"]),
        ordered_by_code=sheet.codes("ordered_by", "ordered_by"),
        official_reason_code=sheet.codes("official_just", "shutdown_reason"),
        actual_cause_code=sheet.codes("actual_cause", "shutdown_reason"),
        abuse_reported_code=sheet.codes("hr_abuse_reported", "recorded_fact"),
    )
