"""Table ``commitments``: one row for each recommendation of the report or a promise of the mandate."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class Commitments(Rows):
    """One row for each recommendation or promise, with its status, evidence and the day of both."""

    commitment_id: Series[str] = pa.Field(
        unique=True, description="Paragraph and letter in the report, such as 91 (a)"
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    paragraph: Series[int] = pa.Field(ge=1, description="Paragraph of A/75/165")
    kind_code: Series[str] = pa.Field(
        isin=codes("commitment_kind"), description="Recommendation or promise"
    )
    to_code: Series[str] = pa.Field(
        isin=codes("commitment_to"), description="Who is to carry it out"
    )
    words: Series[str] = pa.Field(description="What it asks, in our own short words")
    status_code: Series[str] = pa.Field(
        isin=codes("commitment_status"), description="Status as assessed"
    )
    status_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of the assessment")
    status_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the assessment"
    )
    evidence: Series[str] = pa.Field(
        nullable=True, description="Symbol of a United Nations document, or a finding of a study"
    )
    obstacle_code: Series[str] = pa.Field(
        isin=codes("obstacle"), description="What stood in the way"
    )


TABLE = Table(Commitments, person_column=None, year_column="status_year")
