"""Table ``laws``: one row for each law or protection mechanism that concerns defenders, by State."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class Laws(Rows):
    """One row for each law or mechanism; what it does to defenders is as its source says."""

    law_id: Series[str] = pa.Field(description="Number of the entry in the ledger")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State of the law or mechanism"
    )
    kind_code: Series[str] = pa.Field(isin=codes("law_kind"), description="Law or mechanism")
    words: Series[str] = pa.Field(description="What it is, in short words")
    status_code: Series[str] = pa.Field(isin=codes("law_status"), description="Status")
    status_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of the status")
    status_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the status")
    named_by: Series[str] = pa.Field(description="Who names it: symbol and paragraph, or citation")


TABLE = Table(Laws, person_column=None, year_column="status_year")
