"""Table ``replies``: one row for each reply to a letter, with the codes of two coders."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class Replies(Rows):
    """One row for each reply; a reply without a usable day is not here but among the issues."""

    reply_id: Series[str] = pa.Field(description="Reference of the letter and number of the reply")
    letter_id: Series[str] = pa.Field(description="Reference of the letter")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the letter in the file")
    sent_date: Series[pd.Timestamp] = pa.Field(description="Day on which the letter was sent")
    sent_year: Series[pd.Int64Dtype] = pa.Field(description="Year of sending of the letter")
    type_code: Series[str] = pa.Field(isin=codes("letter_type"), description="Type of the letter")
    addressee_code: Series[str] = pa.Field(
        isin=codes("addressee"), description="State, company or other actor"
    )
    state_iso3: Series[str] = pa.Field(nullable=True, description="State that replied")
    reply_date: Series[pd.Timestamp] = pa.Field(description="Day of the reply")
    coder_a_code: Series[str] = pa.Field(
        isin=codes("reply_substance"), description="Substance as the first coder coded it"
    )
    coder_b_code: Series[str] = pa.Field(
        isin=codes("reply_substance"), description="Substance as the second coder coded it"
    )
    substance_code: Series[str] = pa.Field(
        isin=codes("reply_substance"),
        description="Settled substance: agreed by both coders, decided by a third, or single coded",
    )


TABLE = Table(Replies, person_column=None, year_column="sent_year")
