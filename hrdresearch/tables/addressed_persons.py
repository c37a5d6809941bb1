"""Table ``addressed_persons``: one row for each mention of a person in a letter, under a pseudonym."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes


class AddressedPersons(Rows):
    """One row for each person in a letter; a person in two letters has one pseudonym and two rows."""

    person_id: Series[str] = pa.Field(description="Pseudonym of the person, keyed per study")
    letter_id: Series[str] = pa.Field(description="Reference of the letter")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the letter in the file")
    sent_date: Series[pd.Timestamp] = pa.Field(description="Day on which the letter was sent")
    sent_year: Series[pd.Int64Dtype] = pa.Field(description="Year of sending")
    type_code: Series[str] = pa.Field(isin=codes("letter_type"), description="Type of the letter")
    addressee_code: Series[str] = pa.Field(
        isin=codes("addressee"), description="State, company or other actor"
    )
    state_iso3: Series[str] = pa.Field(nullable=True, description="State that the letter went to")
    sex_code: Series[str] = pa.Field(isin=codes("sex"), description="Sex or gender as recorded")
    age_group_code: Series[str] = pa.Field(
        isin=codes("age_group"), description="Child, adult or not recorded"
    )


TABLE = Table(AddressedPersons, person_column="person_id", year_column="sent_year")
