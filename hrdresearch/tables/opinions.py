"""Table ``opinions``: one row for each opinion of the Working Group on Arbitrary Detention and a State."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Opinions(Rows):
    """One row for each opinion and the State that it concerns; names of persons were removed."""

    opinion_id: Series[str] = pa.Field(
        str_matches=r"^\d+/\d{4}$", description="Number and year, as in 12/2020"
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    opinion_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the opinion")
    adopted_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of its adoption")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State that the opinion concerns"
    )
    persons_named: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=1,
        description="Persons that the register names; empty where it names none",
    )
    category_codes: Series[str] = joined_codes(
        "wgad_category", "Categories that the Working Group found"
    )
    outcome_code: Series[str] = pa.Field(
        isin=codes("wgad_outcome"), description="What the Working Group decided"
    )
    follow_up_codes: Series[str] = joined_codes("wgad_follow_up", "What is known to have followed")


TABLE = Table(Opinions, person_column=None, year_column="opinion_year")
