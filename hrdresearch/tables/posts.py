"""Table ``posts``: one row for each message, without its text and without handles.

What stands here is what a machine made of a message. It orders the review queue and draws the
sample; no count of machine codes is ever published.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Posts(Rows):
    """One row for each message of an archive."""

    post_id: Series[str] = pa.Field(unique=True, description="Pseudonym of the message")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file")
    posted_at: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Time of the message, UTC; empty when it cannot be read"
    )
    has_zone: Series[bool] = pa.Field(
        description="The time was given with its zone; else it was taken as UTC"
    )
    post_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the message, UTC"
    )
    platform_name: Series[str] = pa.Field(description="Platform as the archive names it")
    language_code: Series[str] = pa.Field(
        description="Language identified from the text, ISO 639-1; und when it cannot be told"
    )
    author_id: Series[str] = pa.Field(description="Pseudonym of the account that wrote it")
    target_id: Series[str] = pa.Field(
        nullable=True, description="Pseudonym of the account or person it is addressed to"
    )
    relation_code: Series[str] = pa.Field(
        isin=codes("post_relation"), description="Original, reply, quotation or repost"
    )
    engagement: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Likes, shares and answers together, where recorded"
    )
    kind_codes: Series[str] = joined_codes(
        "attack_kind", "Kinds that the coder found; for the queue and the sample, never a result"
    )
    severity: Series[int] = pa.Field(ge=0, le=5, description="Severity of the worst kind found")
    score: Series[float] = pa.Field(ge=0, description="Place in the queue: higher is read first")
    band_code: Series[str] = pa.Field(
        isin=codes("score_band"), description="Band of the queue, a stratum of the sample"
    )
    link_ids: Series[str] = pa.Field(
        nullable=True, description="Pseudonyms of the links in the message, joined by |"
    )
    near_id: Series[str] = pa.Field(
        nullable=True, description="Group of near-identical messages; empty when it has no like"
    )


TABLE = Table(Posts, person_column="target_id", year_column="post_year")
