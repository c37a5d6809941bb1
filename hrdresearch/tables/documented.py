"""Table ``documented``: one row for each case of a list, with its date, State and link with the work only.

It holds the rows of tables ``cases`` and ``census`` for the study of trends, without any other fact on
the person.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.cases import DATE_PRECISION
from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class Documented(Rows):
    """One row for each case as the list counts it: a victim, or a person on a census day."""

    person_id: Series[str] = pa.Field(
        unique=True, description="Pseudonym of the row of a person, keyed per study"
    )
    source: Series[str] = pa.Field(description="Slug of the source, as in its source.yml")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the published file (header = 1)")
    event_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First day that the published date allows; empty in a census"
    )
    event_date_precision: Series[str] = pa.Field(
        isin=DATE_PRECISION, description="How much of the date is recorded: day, month, year"
    )
    event_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year that the publisher counts the case in, or of the census"
    )
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory, ISO 3166-1 alpha-3"
    )
    motive_link_code: Series[str] = pa.Field(
        isin=codes("motive_link"),
        description="Link between a killing and the person's work; unknown in a census",
    )


TABLE = Table(Documented, person_column="person_id", year_column="event_year")
