"""Table ``submissions``: one row for each input that was sent in answer to a call."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Submissions(Rows):
    """One row for each input; names and texts were removed. A submitter of two inputs has two rows."""

    submission_id: Series[str] = pa.Field(description="Pseudonym of the input, keyed per study")
    submitter_id: Series[str] = pa.Field(description="Pseudonym of the submitter")
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    call: Series[str] = pa.Field(description="Call for inputs that it answers; may be empty")
    received_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of receipt")
    submitter_kind_code: Series[str] = pa.Field(
        isin=codes("submitter_kind"), description="Who sent it, by kind"
    )
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$",
        nullable=True,
        description="State of the submitter; empty: international, or not recorded",
    )
    submitter_region_code: Series[str] = pa.Field(
        isin=codes("submitter_region"), description="Region of that State"
    )
    submission_language_code: Series[str] = pa.Field(
        isin=codes("submission_language"), description="Language of the input"
    )
    confidentiality_code: Series[str] = pa.Field(
        isin=codes("confidentiality"), description="Whether it may be made public"
    )
    acknowledged_code: Series[str] = pa.Field(
        isin=codes("recorded_fact"), description="Whether its receipt was acknowledged"
    )
    waiting_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Days from receipt to acknowledgement, or to the last day of the list without one",
    )
    acknowledgement_time_code: Series[str] = pa.Field(
        isin=codes("acknowledgement_time"), description="Time to acknowledgement, in classes"
    )
    quote_consent_code: Series[str] = pa.Field(
        isin=codes("recorded_fact"),
        description="Whether the submitter agreed, with a day, to be quoted",
    )
    name_basis_code: Series[str] = pa.Field(
        isin=codes("name_basis"), description="Basis for printing the name of the submitter"
    )
    public_name: Series[str] = pa.Field(
        description="Name that may be printed; empty without a basis"
    )
    un_symbol: Series[str] = pa.Field(description="Symbol of the publication of the United Nations")
    submission_theme_codes: Series[str] = joined_codes(
        "submission_theme", "Themes that persons coded and settled; several are possible"
    )
    coding_state_code: Series[str] = pa.Field(
        isin=codes("coding_state"), description="How far the codes are settled between coders"
    )


TABLE = Table(Submissions, person_column="submitter_id", year_column="received_year")
