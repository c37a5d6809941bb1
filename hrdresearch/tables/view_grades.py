"""Table ``view_grades``: one row for each grade that a Committee gave to the follow-up of a decision."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class ViewGrades(Rows):
    """One row for each grade; a decision that is examined again has several."""

    communication: Series[str] = pa.Field(
        str_matches=r"^\d+/\d{4}$", description="Number of the communication, as in 2731/2016"
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    committee_code: Series[str] = pa.Field(isin=codes("committee"), description="Treaty body")
    graded_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of the grade")
    follow_up_grade_code: Series[str] = pa.Field(
        isin=codes("view_grade"), description="Grade, A to E"
    )
    document_symbol: Series[str] = pa.Field(description="Report that gives the grade")


TABLE = Table(ViewGrades, person_column=None, year_column=None)
