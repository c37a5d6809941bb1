"""A template for warnings: threats recorded of persons, and what was asked for their protection."""

from __future__ import annotations

import pandas as pd

from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.same_person import person_keys
from hrdresearch.sources.ledger import accepted_rows, read_days, years_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.row_filters import has_code
from hrdresearch.tables.table import NOT_RECORDED
from hrdresearch.tables.warnings import Warnings

MADE_BY_THE_BUILD = (
    *("warning_id", "person_id", "is_named", "warned_reply_code"),
    *("after_warning_code", "person_link_code", "killed_on", "days_before"),
    *("killing_type_code", "killing_motive_code", "killing_threats_code"),
    *("killed_year", "is_held_at_last_census"),
)
KILLING = "A killing is no warning: it belongs to a list of killed persons."
LATER = "The day of the record stands before the day of the warning."


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``warnings`` with the names; the build links them and removes the names."""
    dates, recorded = sheet.dates("date", order="ymd"), read_days(sheet, "recorded")
    names, states = sheet.names("name"), sheet.states("state", dates["event_date"])
    sexes, given = sheet.codes("sex", "sex"), sheet.text("person_id")
    acts = sheet.joined("act", "attack_act", split=";")
    for row in acts.index[has_code(acts, "killing")]:
        sheet.book.set_aside(int(row), KILLING)
    is_early = recorded < dates["event_date"]
    sheet.book.issues_at(recorded.index[is_early], "recorded", LATER, "emptied")
    keys = person_keys(names, within=[states], sex=sexes, alone=sheet.text("case_id"))
    return accepted_rows(
        sheet,
        Warnings,
        MADE_BY_THE_BUILD,
        warned_date=dates["event_date"],
        warned_date_precision=dates["event_date_precision"],
        warned_year=years_of(dates["event_date"]),
        recorded_date=recorded.mask(is_early),
        state_iso3=states,
        sex_code=sexes,
        attack_act_codes=acts,
        perpetrator_codes=sheet.joined("from", "perpetrator", split=";"),
        warning_means_codes=sheet.joined("means", "warning_means", split=";"),
        protection_request_code=sheet.codes(
            "protection", "protection_request", default=NOT_RECORDED
        ),
        answered_date=read_days(sheet, "answered"),
        person_key=keys.mask(given != "", given),
        record_id=sheet.text("case_id"),
        name_as_published=names,
        name_is_person=name_kinds(names) == "person",
        contributor_as_published=sheet.text("contributor"),
    )
