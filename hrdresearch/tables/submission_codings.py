"""Table ``submission_codings``: one row for each code that one coder gave to one part of an input."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table


class SubmissionCodings(Rows):
    """One row for each part of an input, code and coder; the coded words were removed."""

    submission_id: Series[str] = pa.Field(description="Pseudonym of the input")
    submitter_id: Series[str] = pa.Field(description="Pseudonym of the submitter")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    segment: Series[str] = pa.Field(description="Part of the input, such as a paragraph")
    code: Series[str] = pa.Field(
        description="Code of the codebook; none: read, and no code applies"
    )
    coder_id: Series[str] = pa.Field(description="Pseudonym of the coder")


TABLE = Table(SubmissionCodings, person_column="submitter_id", year_column=None)
