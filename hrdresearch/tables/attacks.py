"""Table ``attacks``: one row for each incident and victim, with what was done and what followed."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.cases import DATE_PRECISION
from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Attacks(Rows):
    """One row for each incident and victim; names and texts were removed.

    An incident with two victims has two rows.
    """

    attack_id: Series[str] = pa.Field(
        unique=True, description="Pseudonym of the row, keyed per study (HMAC-SHA-256)"
    )
    incident_id: Series[str] = pa.Field(description="Pseudonym of the incident of the list")
    person_id: Series[str] = pa.Field(
        description="Pseudonym of the victim: rows of one name in one State are one person; each "
        "victim without a name is a person of its own"
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    attack_victim_code: Series[str] = pa.Field(
        isin=codes("attack_victim"), description="Person or organization; not recorded if neither"
    )
    is_named: Series[bool] = pa.Field(description="The list gives a name, so it can be followed")
    event_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First day that the published date allows"
    )
    event_date_precision: Series[str] = pa.Field(
        isin=DATE_PRECISION, description="How much of the date is recorded: day, month, year"
    )
    event_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the attack")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory of the act, ISO 3166-1 alpha-3"
    )
    admin1_name: Series[str] = pa.Field(
        nullable=True, description="First-level division, one spelling a division; empty if none"
    )
    sex_code: Series[str] = pa.Field(
        isin=codes("sex"), description="Sex or gender as the list records it, only"
    )
    age_group_code: Series[str] = pa.Field(
        isin=codes("age_group"), description="child (under 18), adult, or not recorded"
    )
    identity_codes: Series[str] = joined_codes("identity", "Identity of the victim (first axis)")
    cause_codes: Series[str] = joined_codes("cause", "Cause defended (second axis)")
    attack_act_codes: Series[str] = joined_codes(
        "attack_act", "Kinds of attack; several are possible"
    )
    space_code: Series[str] = pa.Field(
        isin=codes("reprisal_space"), description="Online, offline or both"
    )
    perpetrator_codes: Series[str] = joined_codes(
        "perpetrator", "Kind of perpetrator alleged by the list; never an individual"
    )
    work_link_code: Series[str] = pa.Field(
        isin=codes("recorded_fact"),
        description="Whether the list records that the victim was targeted for the work",
    )
    custody_code: Series[str] = pa.Field(
        isin=codes("custody"), description="How an arrest ended, on the day of the file"
    )
    charge_status_code: Series[str] = pa.Field(
        isin=codes("charge_status"), description="What became of charges, on the day of the file"
    )
    order_status_codes: Series[str] = joined_codes(
        "order_status", "What became of a legal order or ban"
    )
    seized_status_code: Series[str] = pa.Field(
        isin=codes("seized_status"), description="What became of seized equipment"
    )
    accountability_codes: Series[str] = joined_codes(
        "accountability", "What followed for those responsible; nothing only where somebody looked"
    )
    sdg_act_codes: Series[str] = joined_codes(
        "sdg_act", "Acts of SDG indicator 16.10.1 that the kinds of attack are candidates for"
    )
    sdg_group_codes: Series[str] = joined_codes(
        "sdg_group", "Groups of the indicator, by identity or by the definition of the list"
    )
    sdg_check_code: Series[str] = pa.Field(
        isin=codes("sdg_check"),
        description="Whether a person checked the facts of the record on independent sources",
    )
    source_reliability_code: Series[str] = pa.Field(
        isin=codes("source_reliability"), description="Grade of the source itself"
    )
    source_independence_code: Series[str] = pa.Field(
        isin=codes("source_independence"),
        description="Whether the list documents itself or takes over other lists",
    )
    documented_by_number: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=1,
        description="Number of organizations that documented the attack, where the list names them",
    )


TABLE = Table(Attacks, person_column="person_id", year_column="event_year")
