"""Table ``upr_questions``: one row for each question that a State sent in advance of a review."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class UprQuestions(Rows):
    """One row for each paragraph of a paper of advance questions; the texts were removed."""

    question_id: Series[str] = pa.Field(unique=True, description="File and paragraph")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_file: Series[str] = pa.Field(description="File of the source that holds the question")
    source_row: Series[int] = pa.Field(ge=1, description="Paragraph of the file, the first being 2")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State under review, ISO 3166-1 alpha-3"
    )
    review_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the review; empty: the papers do not say it"
    )
    asking_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State that asks, ISO 3166-1 alpha-3"
    )
    concern_code: Series[str] = pa.Field(
        isin=codes("upr_concern"), description="Whether it concerns defenders, by the rules"
    )


TABLE = Table(UprQuestions, person_column=None, year_column="review_year")
