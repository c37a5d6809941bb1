"""Table ``census``: one row for each person on a census day (who is held on that day).

A census is no flow: it over-represents long detention, misses short detention, and holds no dates.
Rows are never added to those of table ``detentions``.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes

SHORTEST = "Shortest length in years that the text allows"
LONGEST = "Longest length in years; empty where it is open"
BOUND_MIN = "The shortest length for a threshold: life and death are longer than any term"
BOUND_MAX = "The longest length for a threshold"
LENGTH_READ = (
    "A length, life, death or a suspended sentence was read, so that a threshold can be stated"
)
UNSENTENCED = ("pending",)  # the list says that no sentence had been passed
CONFLICTS = ("conflict_death", "conflict_life")  # counted neither way
NO_WORD_OF_A_SENTENCE = (*UNSENTENCED, "detained", "acquitted", "not_recorded")
OF_A_SENTENCE = tuple(
    k for k in codes("sentence_kind") if k not in (*NO_WORD_OF_A_SENTENCE, *CONFLICTS)
)


class Census(Rows):
    """One row for each person on a census day; see the data dictionary for units and sources."""

    row_id: Series[str] = pa.Field(unique=True, description="Pseudonym of the row, keyed per study")
    name_id: Series[str] = pa.Field(
        description="Pseudonym of the exact normalized name in its State, another sex or year of "
        "birth apart; the same in every census"
    )
    person_id: Series[str] = pa.Field(
        description="Pseudonym of the person: as name_id, but for two who stand under one name on "
        "two charges at the same census, and for what a person has decided on a pair"
    )
    source: Series[str] = pa.Field(description="Slug of the source, as in its source.yml")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the published file (header = 1)")
    census_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the census day")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory that holds the person"
    )
    state_m49: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="The same, UN M49 code")
    sex_code: Series[str] = pa.Field(
        isin=codes("sex"), description="Sex or gender as the list records it, only"
    )
    pretext_codes: Series[str] = joined_codes("pretext", "Charges as brought, coded from the text")
    sentence_kind_code: Series[str] = pa.Field(
        isin=codes("sentence_kind"), description="Kind of sentence on the census day, as parsed"
    )
    is_length_read: Series[bool] = pa.Field(description=LENGTH_READ)
    sentence_min_years: Series[float] = pa.Field(nullable=True, ge=0, description=SHORTEST)
    sentence_max_years: Series[float] = pa.Field(nullable=True, ge=0, description=LONGEST)
    bound_min_years: Series[float] = pa.Field(nullable=True, ge=0, description=BOUND_MIN)
    bound_max_years: Series[float] = pa.Field(nullable=True, ge=0, description=BOUND_MAX)
    band_agreement_code: Series[str] = pa.Field(
        isin=codes("band_agreement"), description="Parsed sentence against the publisher's class"
    )
    is_band_same: Series[bool] = pa.Field(
        description="The sentence lies wholly in the publisher's class, life apart from 10 years"
    )
    censuses_of_name: Series[pd.Int64Dtype] = pa.Field(
        ge=1, description="Censuses of the whole list in which the name appears in its State"
    )
    censuses_of_person: Series[pd.Int64Dtype] = pa.Field(
        ge=1, description="Censuses of the whole list in which the person appears"
    )
    is_return: Series[bool] = pa.Field(
        description="The person had left the list for a census or more, and is held on a charge "
        "that shares nothing with the earlier ones"
    )
    is_never_sentenced: Series[bool] = pa.Field(
        description="Every census records of the person that no sentence had been passed"
    )
    longest_min_years: Series[float] = pa.Field(
        nullable=True,
        ge=0,
        description="Longest sentence that any census records for the name; 0 where none, empty "
        "where a sentence was not read",
    )


TABLE = Table(Census, person_column="person_id", year_column="census_year")
