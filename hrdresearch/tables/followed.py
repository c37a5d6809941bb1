"""Table ``followed``: one row for each warned person and list of killed: how long a killing would be seen.

Made by ``stats.follow_up``. Two readings bound what is not known: ``low`` takes the latest day of a
killing, ``high`` takes the earliest.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes

LAST = "Days from the warning to the killing, or to the end of that list"


class Followed(Rows):
    """One row for each person and list of killed persons; days from the warning that was recorded first."""

    person_id: Series[str] = pa.Field(description="Pseudonym of the person, as in table warnings")
    source: Series[str] = pa.Field(description="Slug of the list of warnings")
    killed_list: Series[str] = pa.Field(description="Slug of the list of killed persons")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the warning recorded first")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory of that warning"
    )
    sex_code: Series[str] = pa.Field(isin=codes("sex"), description="Sex or gender as recorded")
    warned_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of that warning")
    follow_up_code: Series[str] = pa.Field(
        isin=codes("follow_up"), description="Followed, or the reason why not"
    )
    closes_date: Series[pd.Timestamp] = pa.Field(
        nullable=True,
        description="Day to which that list is read; empty if it does not cover the State",
    )
    entry_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Days from the warning to the day from which the person is followed",
    )
    low_exit_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description=f"{LAST}; low reading"
    )
    low_is_killed: Series[bool] = pa.Field(description="A killing is counted in the low reading")
    high_exit_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description=f"{LAST}; high reading"
    )
    high_is_killed: Series[bool] = pa.Field(description="A killing is counted in the high reading")


TABLE = Table(Followed, person_column="person_id", year_column="warned_year")
