"""Rows that a person accepted from texts (``hrdresearch read``); only killings are taken in."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.sheet import Sheet

KILLING = "killing"


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``; an act that is no killing is set aside and stays in the list."""
    violations = sheet.text("violations")
    for row in violations.index[~violations.str.split("|").map(lambda v: KILLING in v)]:
        sheet.book.set_aside(int(row), "No killing: this study counts killings only.")
    dates = sheet.dates("date", order="ymd")
    states = sheet.states("state_iso3", dates["event_date"])
    return sheet.cases(
        names="name",
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        event_id=sheet.text("incident_id"),
        state_iso3=states,
        admin1_name=sheet.admin1("place", states),
        perpetrator_codes=sheet.joined("perpetrator_kind", "perpetrator", split="|"),
        record_id=sheet.text("case_id"),
        place_as_published=sheet.text("place"),
    )
