"""Table ``case_outcomes``: one row for each person in a case, with what followed."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class CaseOutcomes(Rows):
    """One row for each person in a case; names and texts were removed. A person in two cases has two rows."""

    person_id: Series[str] = pa.Field(description="Pseudonym of the person, keyed per study")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State in which the facts are alleged"
    )
    facts_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the facts")
    sex_code: Series[str] = pa.Field(isin=codes("sex"), description="Sex or gender as recorded")
    case_act_codes: Series[str] = joined_codes(
        "case_act", "Kinds of violation; several are possible"
    )
    case_outcome_codes: Series[str] = joined_codes(
        "case_outcome", "What followed; nothing only where somebody looked, else not recorded"
    )
    told_codes: Series[str] = joined_codes(
        "case_outcome", "Positive outcomes that the person agreed, with a day, to have told"
    )
    nhri_action_code: Series[str] = pa.Field(
        isin=codes("recorded_fact"),
        description="Whether the national human rights institution acted",
    )
    first_outcome_code: Series[str] = pa.Field(
        isin=codes("first_outcome"), description="What followed first, by its day"
    )
    observed_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Days from the facts to the first outcome, or to the last day looked at",
    )
    outcome_time_code: Series[str] = pa.Field(
        isin=codes("outcome_time"),
        description="Time to a first positive outcome, in classes; not measured where none is dated",
    )


TABLE = Table(CaseOutcomes, person_column="person_id", year_column="facts_year")
