"""Table ``cases``: one row for each victim in an event (HURIDOCS: who did what to whom).

A killing with three victims is one event and three rows. The model below is the table as it
stands in a build: names, free text and exact places were removed. ``RESTRICTED_COLUMNS`` are the
columns that a source adds beside these while names are still there; the build uses them for
pseudonyms and for the names index and then drops them.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import (
    CODE_SEPARATOR,
    NOT_RECORDED,
    Rows,
    Table,
    joined_codes,
)
from hrdresearch.vocab import codes

__all__ = ["CODE_SEPARATOR", "NOT_RECORDED", "Cases"]

ASKED_FACT = ("yes", "no", "unknown", "not_asked")
DATE_PRECISION = ("day", "month", "year", "unknown")

RESTRICTED_COLUMNS: dict[str, str] = {
    "record_id": "The publisher's own identifier of the row; may hold a name, so it is removed",
    "name_as_published": "Name of the victim as the publisher prints it, cleaned of layout only",
    "name_is_person": "False for collective or unidentified victims (typed as non-names)",
    "place_as_published": "Finest place the publisher prints (municipality, location)",
    "contributor_as_published": "Organization that contributed the case; empty when not recorded",
    "text_as_published": "Free text of the publisher on the person or event; empty when none",
}


class Cases(Rows):
    """One row for each victim in an event; see the data dictionary for units and sources."""

    victim_id: Series[str] = pa.Field(
        unique=True, description="Pseudonym of the victim's row, keyed per study (HMAC-SHA-256)"
    )
    source: Series[str] = pa.Field(description="Slug of the source, as in its source.yml")
    source_row: Series[int] = pa.Field(
        ge=1, description="Row of the published file as a spreadsheet shows it (header = row 1)"
    )
    event_date: Series[pd.Timestamp] = pa.Field(
        nullable=True,
        description="First day that the published date allows; empty when no year is recorded",
    )
    event_date_precision: Series[str] = pa.Field(
        isin=DATE_PRECISION, description="How much of the date is recorded: day, month, year"
    )
    event_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year that the publisher counts the case in"
    )
    event_id: Series[str] = pa.Field(
        nullable=True,
        description="The publisher's event; empty where the list has none, and then the number "
        "of events is a range",
    )
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory of the act, ISO 3166-1 alpha-3"
    )
    state_m49: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="State or territory of the act, UN M49 numeric code"
    )
    admin1_name: Series[str] = pa.Field(
        nullable=True, description="First-level division, one spelling a division; empty if none"
    )
    setting_code: Series[str] = pa.Field(
        isin=codes("setting"),
        description="Rural or remote, or urban, where recorded or part of the list's definition",
    )
    seat_distance_code: Series[str] = pa.Field(
        isin=codes("seat_distance"),
        description="Distance of the municipality from the nearest capital of a first-level "
        "division, in classes; coded where a public list prints the municipality",
    )
    is_collective: Series[bool] = pa.Field(
        description="The row stands for a victim whom the list names only as part of a group"
    )
    is_unidentified: Series[bool] = pa.Field(
        description="The list gives no name at all (unidentified, name withheld)"
    )
    sex_code: Series[str] = pa.Field(
        isin=codes("sex"), description="Sex or gender as the list records it, only"
    )
    age_years: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, le=120, description="Age in completed years as recorded"
    )
    age_group_code: Series[str] = pa.Field(
        isin=codes("age_group"),
        description="child (under 18), adult, or not recorded; an age, not a cause",
    )
    identity_codes: Series[str] = joined_codes("identity", "Identity of the victim (first axis)")
    cause_codes: Series[str] = joined_codes("cause", "Cause defended (second axis)")
    sector_code: Series[str] = pa.Field(
        isin=codes("sector"), description="Business sector connected with the case"
    )
    perpetrator_codes: Series[str] = joined_codes(
        "perpetrator", "Kind of perpetrator alleged by the list; never an individual"
    )
    death_type_code: Series[str] = pa.Field(
        isin=codes("death_type"), description="Type of death as the list classes it"
    )
    defender_basis_code: Series[str] = pa.Field(
        isin=codes("defender_basis"), description="On what basis the person is called a defender"
    )
    motive_link_code: Series[str] = pa.Field(
        isin=codes("motive_link"),
        description="Link between the killing and the person's work: confirmed, suspected, unknown",
    )
    threats_before: Series[str] = pa.Field(
        isin=ASKED_FACT, description="Threats before the killing: yes, no, unknown, not asked"
    )
    impunity_code: Series[str] = pa.Field(
        isin=codes("impunity"), description="Accountability as the list classes it, or not asked"
    )
    source_reliability_code: Series[str] = pa.Field(
        isin=codes("source_reliability"), description="Grade of the source itself"
    )
    source_independence_code: Series[str] = pa.Field(
        isin=codes("source_independence"),
        description="Whether the list documents itself or takes over other lists",
    )
    documented_by: Series[str] = pa.Field(
        nullable=True,
        description="Organizations that documented the case, joined by '|', where the list says so",
    )

    listed_elsewhere_codes: Series[str] = joined_codes(
        "listed_elsewhere",
        "Other lists of the build that the person stands on, as rows were linked",
    )


TABLE = Table(Cases, person_column="victim_id", year_column="event_year")
