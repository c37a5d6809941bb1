"""Table ``reprisals``: one row a person against whom reprisals are alleged."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.cases import holds_codes
from hrdresearch.tables.table import Table
from hrdresearch.vocab import codes


class Reprisals(pa.DataFrameModel):
    """One row a person in a case of alleged reprisals; names and texts have left."""

    person_id: Series[str] = pa.Field(
        unique=True, description="Pseudonym of the row, keyed per study"
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    case_id: Series[str] = pa.Field(
        description="Pseudonym of the case; one case may concern several"
    )
    reported_date: Series[pd.Timestamp] = pa.Field(description="Day on which the case was reported")
    reported_year: Series[pd.Int64Dtype] = pa.Field(description="Year of the report")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State in which the reprisal is alleged"
    )
    sex_code: Series[str] = pa.Field(isin=codes("sex"), description="Sex or gender as recorded")
    form_codes: Series[str] = pa.Field(description="Forms of reprisal; several are possible")
    space_code: Series[str] = pa.Field(
        isin=codes("reprisal_space"), description="Online, offline or both"
    )
    body_codes: Series[str] = pa.Field(description="Bodies that the person had contacted")
    status_code: Series[str] = pa.Field(
        isin=codes("reprisal_status"), description="Where the case stands"
    )
    has_letter: Series[bool] = pa.Field(description="A letter raised the case")

    class Config:
        """Strict: a column that is not declared does not pass."""

        strict = True
        ordered = True
        coerce = True

    @pa.check("form_codes", error="a code outside vocabulary 'reprisal_form'")
    @classmethod
    def forms_hold(cls, cells: pd.Series) -> pd.Series:
        """Form codes stand in the vocabulary."""
        return holds_codes(cells, "reprisal_form")

    @pa.check("body_codes", error="a code outside vocabulary 'body_contacted'")
    @classmethod
    def bodies_hold(cls, cells: pd.Series) -> pd.Series:
        """Codes of bodies stand in the vocabulary."""
        return holds_codes(cells, "body_contacted")


TABLE = Table(Reprisals, person_column="person_id", year_column="reported_year")
