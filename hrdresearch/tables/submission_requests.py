"""Table ``submission_requests``: one row for each State that a call for inputs asked."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table


class SubmissionRequests(Rows):
    """One row for each call and State that was asked; a State without a row was not asked, or not noted."""

    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    call: Series[str] = pa.Field(description="Call for inputs")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State that was asked"
    )


TABLE = Table(SubmissionRequests, person_column=None, year_column=None)
