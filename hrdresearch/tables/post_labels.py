"""Table ``post_labels``: labels of people on the messages of the probability sample."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class PostLabels(Rows):
    """One row for each message and coder; ``weight`` is how many messages of its stratum it stands for."""

    post_id: Series[str] = pa.Field(description="Pseudonym of the message")
    source: Series[str] = pa.Field(description="Slug of the archive")
    coder: Series[str] = pa.Field(isin=("first", "second"), description="Which of two coders")
    kind_codes: Series[str] = joined_codes(
        "attack_kind", "Kinds of attack that the coder found in the message"
    )
    stratum: Series[str] = pa.Field(description="Band, language and period of the message")
    stratum_size: Series[int] = pa.Field(ge=1, description="Messages of the stratum in the archive")
    is_sampled: Series[bool] = pa.Field(description="The message is in the probability sample")
    author_id: Series[str] = pa.Field(description="Pseudonym of the account: the cluster")
    target_id: Series[str] = pa.Field(nullable=True, description="Pseudonym of whom it addresses")
    language_code: Series[str] = pa.Field(description="Language of the message")
    band_code: Series[str] = pa.Field(isin=codes("score_band"), description="Band of the queue")
    score: Series[float] = pa.Field(ge=0, description="Place of the message in the queue")
    machine_codes: Series[str] = pa.Field(description="Kinds that the program found")


TABLE = Table(PostLabels, person_column="target_id", year_column=None)
