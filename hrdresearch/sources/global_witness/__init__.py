"""Global Witness: killed land and environmental defenders, a row for each victim.

Quirks: "Children" stands among the characteristics of persons though it is an age; several unnamed
victims share a collective name; the list has no event id and no prior threats.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.clean.ages import age_groups
from hrdresearch.sources.sheet import Sheet


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``cases``."""
    dates = sheet.dates("date", order="ymd")
    states = sheet.states("country", dates["event_date"], numeric="country_numeric")
    ages = sheet.ages("age")
    identities = sheet.codes("person_characteristics", "identity")
    _tell_several_victims(sheet)
    return sheet.cases(
        names="name",
        event_date=dates["event_date"],
        event_date_precision=dates["event_date_precision"],
        state_iso3=states,
        admin1_name=sheet.admin1("local_region", states),
        sex_code=sheet.codes("gender", "sex"),
        age_years=ages,
        age_group_code=_child_where_no_age(age_groups(ages), ages, identities, sheet),
        identity_codes=identities,
        sector_code=sheet.codes("industry_driver", "sector", default="not_confirmed"),
        perpetrator_codes=sheet.codes("perpetrator_type", "perpetrator"),
        record_id=sheet.text("id"),
        place_as_published=sheet.text("local_region"),
    )


def _child_where_no_age(
    groups: pd.Series, ages: pd.Series, identities: pd.Series, sheet: Sheet
) -> pd.Series:
    """Age group by the age in years; where there is none, a child if the row says "Children"."""
    said_child = identities == "child_recorded"
    adults = groups.index[said_child & (groups == "adult")]
    what = '"Children" beside an age of 18 or more.'
    sheet.book.issues_at(adults, "person_characteristics", what, "the age is taken")
    return groups.mask(said_child & ages.isna(), "child")


def _tell_several_victims(sheet: Sheet) -> None:
    several = sheet.text("number_of_victims")
    rows = several.index[~several.isin(["1", "1.0", ""])]
    sheet.book.issues_at(rows, "number_of_victims", "Not 1.", "counted as one victim")
