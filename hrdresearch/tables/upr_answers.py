"""Table ``upr_answers``: one row for each answer of a State under review to a numbered recommendation."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class UprAnswers(Rows):
    """One row for each number that an addendum answers, in the State's words and harmonized."""

    source: Series[str] = pa.Field(description="Slug of the source")
    source_file: Series[str] = pa.Field(description="File of the source that holds the answer")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file, the header being row 1")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State under review, ISO 3166-1 alpha-3"
    )
    document_symbol: Series[str] = pa.Field(description="Symbol of the report that is answered")
    paragraph: Series[str] = pa.Field(
        description="Number that is answered, as the addendum gives it"
    )
    response_code: Series[str] = pa.Field(
        isin=codes("upr_response"), description="Harmonized position; supported is not implemented"
    )
    response_raw: Series[str] = pa.Field(description="The answer as published")


TABLE = Table(UprAnswers, person_column=None, year_column=None)
