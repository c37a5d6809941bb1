"""Table ``warnings``: one row for each earlier record of a person, and whether the person is recorded as
killed.

An earlier record is what a list recorded of a living person: a threat or an attack (a warning),
imprisonment on a census day, or a letter to a Government that names the person.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.cases import DATE_PRECISION
from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Warnings(Rows):
    """One row for each warning; names were removed. A person with three warnings has three rows."""

    warning_id: Series[str] = pa.Field(unique=True, description="Pseudonym of the row")
    person_id: Series[str] = pa.Field(
        description="Pseudonym of the person: rows of one name in one State are one person"
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    is_named: Series[bool] = pa.Field(description="The list gives the name of a person")
    warned_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First day that the published date of the warning allows"
    )
    warned_date_precision: Series[str] = pa.Field(
        isin=DATE_PRECISION, description="How much of the date is recorded: day, month, year"
    )
    warned_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the warning")
    recorded_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day on which the list recorded the warning; empty if not known"
    )
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory of the warning"
    )
    sex_code: Series[str] = pa.Field(
        isin=codes("sex"), description="Sex or gender as the list records it, only"
    )
    attack_act_codes: Series[str] = joined_codes("attack_act", "Kinds of threat or attack")
    perpetrator_codes: Series[str] = joined_codes(
        "perpetrator", "From whom, as alleged: a kind, never an individual"
    )
    warning_means_codes: Series[str] = joined_codes(
        "warning_means", "By what means the warning reached the person"
    )
    protection_request_code: Series[str] = pa.Field(
        isin=codes("protection_request"),
        description="Request for protection and its answer, on the day of the file; for a person "
        "recorded as killed, by the killing",
    )
    warned_reply_code: Series[str] = pa.Field(
        isin=codes("warned_reply"), description="Of a letter: whether the State had replied"
    )
    after_warning_code: Series[str] = pa.Field(
        isin=codes("after_warning"), description="Whether the person is recorded as killed"
    )
    person_link_code: Series[str] = pa.Field(
        isin=codes("person_link"), description="How sure the link with the list of killed is"
    )
    killed_on: Series[str] = pa.Field(
        description="Lists of killed persons that the person stands on, joined by '|'; or none"
    )
    killing_type_code: Series[str] = pa.Field(
        isin=codes("death_type"),
        description="Type of death, as the linked list of killed persons classes it; else not recorded",
    )
    killing_motive_code: Series[str] = pa.Field(
        isin=codes("motive_link"),
        description="Link of that death with the work of the person, as that list records it",
    )
    killing_threats_code: Series[str] = pa.Field(
        isin=codes("asked_fact"),
        description="Whether that list records threats before that death",
    )
    killed_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the killing, of a person of the same name and State"
    )
    is_held_at_last_census: Series[bool] = pa.Field(
        description="Of a census: the person recorded as killed later stood in the last census before "
        "the death, or in that of its year"
    )
    days_before: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Days from the warning to the killing, where both are known to the day",
    )


TABLE = Table(Warnings, person_column="person_id", year_column="warned_year")
