"""Table ``visits``: one row for each request for a country visit, with its four dated statuses."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table


class Visits(Rows):
    """One row for each request; a status may be known without its day, so each has a flag and a date."""

    visit_id: Series[str] = pa.Field(description="Number of the request in the ledger")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State that the request was made to"
    )
    is_requested: Series[bool] = pa.Field(description="A visit was requested")
    requested_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First request; empty where its day is not recorded"
    )
    requested_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the request"
    )
    reminded_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Last reminder")
    is_invited: Series[bool] = pa.Field(description="The State issued an invitation for a visit")
    invited_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the invitation"
    )
    is_visited: Series[bool] = pa.Field(description="The visit was conducted")
    visited_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First day of the visit"
    )
    is_followed_up: Series[bool] = pa.Field(description="A follow-up visit was conducted")
    followed_up_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First day of the follow-up visit"
    )
    has_standing_invitation: Series[str] = pa.Field(
        isin=("yes", "no", "not_recorded"),
        description="Standing invitation to all special procedures, as recorded",
    )
    standing_invitation_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the standing invitation"
    )


TABLE = Table(Visits, person_column=None, year_column="requested_year")
