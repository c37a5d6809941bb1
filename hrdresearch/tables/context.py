"""Table ``context``: one row for each State and indicator, as published by others (ratifications, scales)."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table


class Context(Rows):
    """One row for each State, indicator and year; the value stands as its makers publish it."""

    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file")
    state_iso3: Series[str] = pa.Field(str_matches=r"^([A-Z]{3})$", description="State")
    indicator: Series[str] = pa.Field(description="Treaty or indicator, in words")
    indicator_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the value, or of the ratification"
    )
    value: Series[str] = pa.Field(description="Value as published, as text")


TABLE = Table(Context, person_column=None, year_column="indicator_year")
