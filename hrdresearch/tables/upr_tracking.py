"""Table ``upr_tracking``: one row for each recommendation and reporter of what was done on it."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class UprTracking(Rows):
    """One row for each report on a recommendation, by the State, by others or by an indicator."""

    tracked_id: Series[str] = pa.Field(description="The recommendation, within its ledger")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State under review, ISO 3166-1 alpha-3"
    )
    session: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Session of the Working Group"
    )
    review_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the session, from the calendar of the mechanism"
    )
    paragraph: Series[str] = pa.Field(description="Paragraph of the report; may be empty")
    recommendation_id: Series[str] = pa.Field(
        nullable=True, description="The recommendation of the build that it is; empty: none is"
    )
    concern_code: Series[str] = pa.Field(
        isin=codes("upr_concern"), description="Whether its text concerns defenders, by the rules"
    )
    upr_reporter_code: Series[str] = pa.Field(
        isin=codes("upr_reporter"), description="Who reports: the State, others, an indicator"
    )
    implementation_code: Series[str] = pa.Field(
        isin=codes("upr_implementation"), description="What that reporter says was done"
    )
    reported_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of the report")
    has_source: Series[bool] = pa.Field(description="The ledger names the document that says so")
    upr_beside_code: Series[str] = pa.Field(
        isin=codes("upr_beside"), description="The State beside others, on this recommendation"
    )


TABLE = Table(UprTracking, person_column=None, year_column="review_year")
