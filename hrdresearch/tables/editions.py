"""Table ``editions``: cases that an earlier edition of a list held, by year, State and link."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class Editions(Rows):
    """One row for each edition, year, State and link with the work; no person is in it."""

    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(
        ge=1, description="Row of the file, or of the counts made of it"
    )
    list_slug: Series[str] = pa.Field(description="Slug of the list of which this is an edition")
    edition_day: Series[pd.Timestamp] = pa.Field(description="Day of the edition")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory"
    )
    event_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the cases")
    motive_link_code: Series[str] = pa.Field(
        isin=codes("motive_link"), description="Link between the killing and the work"
    )
    case_count: Series[int] = pa.Field(ge=0, description="Cases that the edition holds")


TABLE = Table(Editions, person_column=None, year_column="event_year")
