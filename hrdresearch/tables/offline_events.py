"""Table ``offline_events``: what happened offline to persons who are attacked online."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class OfflineEvents(Rows):
    """One row for each event; the pseudonym is that of table ``posts``, made inside one build."""

    event_id: Series[str] = pa.Field(unique=True, description="Pseudonym of the event")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file")
    target_id: Series[str] = pa.Field(description="Pseudonym of the person")
    event_date: Series[pd.Timestamp] = pa.Field(description="Day of the event")
    event_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the event")
    event_code: Series[str] = pa.Field(isin=codes("offline_event"), description="What happened")


TABLE = Table(OfflineEvents, person_column="target_id", year_column="event_year")
