"""Table ``shutdowns``: one row for each shutdown of the Internet, an event on the public and no victim."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class Shutdowns(Rows):
    """One row for each shutdown. It harms everybody in its area, and is never added to attacks on persons."""

    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    event_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="First day")
    event_date_precision: Series[str] = pa.Field(
        isin=("day", "month", "year", "unknown"), description="How much of the date is recorded"
    )
    event_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the first day")
    end_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Last day; empty where it is not recorded, or goes on"
    )
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory, ISO 3166-1 alpha-3"
    )
    ordered_by_code: Series[str] = pa.Field(
        isin=codes("ordered_by"), description="Who ordered it, as the list records it"
    )
    official_reason_code: Series[str] = pa.Field(
        isin=codes("shutdown_reason"), description="Reason that the authorities gave"
    )
    actual_cause_code: Series[str] = pa.Field(
        isin=codes("shutdown_reason"), description="Cause that the list found"
    )
    abuse_reported_code: Series[str] = pa.Field(
        isin=codes("recorded_fact"),
        description="Whether human rights abuses were reported during the shutdown",
    )


TABLE = Table(Shutdowns, person_column=None, year_column="event_year")
