"""Table ``press_releases``: one row for each press release, with the States that it concerns."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table


class PressReleases(Rows):
    """One row for each press release and State; a release on two States has two rows."""

    release_id: Series[str] = pa.Field(description="Number of the release in the register")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    release_date: Series[pd.Timestamp] = pa.Field(description="Day of the release")
    release_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the release")
    state_iso3: Series[str] = pa.Field(description="State that the release concerns")


TABLE = Table(PressReleases, person_column=None, year_column="release_year")
