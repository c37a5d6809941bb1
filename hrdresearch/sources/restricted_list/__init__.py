"""A template for lists that are not public by name; its columns are described in source.yml."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.not_living import set_living_aside
from hrdresearch.sources.sheet import NOT_ASKED, Sheet

DEAD = frozenset({"dead", "killed", "assassinated", "deceased", "executed", "murdered"})
MAY_SAY = "notes place identity cause setting"
SAYS_DEAD = {"death": "unknown"}


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``; a living person is set aside."""
    set_living_aside(sheet, "date", DEAD, MAY_SAY, SAYS_DEAD, act="death")
    dates = sheet.dates("date", order="ymd")
    states = sheet.states("state", dates["event_date"])
    events = sheet.text("event_id")
    return sheet.cases(
        names="name",
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        event_id=events.where(events != "", None),
        state_iso3=states,
        admin1_name=sheet.admin1("admin1", states),
        setting_code=sheet.codes("setting", "setting"),
        sex_code=sheet.codes("sex", "sex"),
        age_years=sheet.ages("age"),
        identity_codes=sheet.joined("identity", "identity", split=";"),
        cause_codes=sheet.joined("cause", "cause", split=";"),
        perpetrator_codes=sheet.joined("perpetrator", "perpetrator", split=";"),
        death_type_code=sheet.codes("death", "death_type", default="killing"),
        defender_basis_code=sheet.codes("defender", "defender_basis", default="not_assessed"),
        motive_link_code=sheet.codes("motive", "motive_link", default="unknown"),
        threats_before=sheet.codes("threats", "asked_fact", default=NOT_ASKED),
        impunity_code=sheet.codes("accountability", "impunity", default=NOT_ASKED),
        record_id=sheet.text("case_id"),
        contributor_as_published=sheet.text("contributor"),
        place_as_published=sheet.text("place"),
        text_as_published=sheet.with_age_as_written(sheet.text("notes"), "age"),
    )
