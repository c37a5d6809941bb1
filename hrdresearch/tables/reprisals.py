"""Table ``reprisals``: one row for each person against whom reprisals are alleged."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Reprisals(Rows):
    """One row for each person in a case of alleged reprisals; names and texts were removed.

    A person in two cases has one pseudonym and two rows.
    """

    person_id: Series[str] = pa.Field(description="Pseudonym of the person, keyed per study")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    case_id: Series[str] = pa.Field(
        description="Pseudonym of the case; one case may concern several"
    )
    reported_date: Series[pd.Timestamp] = pa.Field(description="Day on which the case was reported")
    reported_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the report")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State in which the reprisal is alleged"
    )
    sex_code: Series[str] = pa.Field(isin=codes("sex"), description="Sex or gender as recorded")
    form_codes: Series[str] = joined_codes(
        "reprisal_form", "Forms of reprisal; several are possible"
    )
    space_code: Series[str] = pa.Field(
        isin=codes("reprisal_space"), description="Online, offline or both"
    )
    body_codes: Series[str] = joined_codes("body_contacted", "Bodies that the person had contacted")
    status_code: Series[str] = pa.Field(
        isin=codes("reprisal_status"), description="Where the case stands"
    )
    letter_code: Series[str] = pa.Field(
        isin=("yes", "no", "not_recorded"), description="Whether a letter raised the case"
    )


TABLE = Table(Reprisals, person_column="person_id", year_column="reported_year")
