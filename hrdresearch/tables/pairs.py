"""Table ``pairs``: one row for each recommendation and a State that made it."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.recommendations import Recommendations
from hrdresearch.tables.table import Table


class Pairs(Recommendations):
    """One row for each recommendation-State pair, with the codes of its recommendation."""

    pair_id: Series[str] = pa.Field(unique=True, description="Identifier of the pair")
    recommending_iso3: Series[str] = pa.Field(
        nullable=True, description="Recommending State; empty where the source does not know it"
    )


TABLE = Table(Pairs, person_column=None, year_column="review_year")
