"""Table ``detentions``: one row for each spell of detention with its dates, as far as they are known.

Rows are never added to those of table ``census``. The model is the table as it stands in a build:
names were removed, except ``public_name``, which needs a basis.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.cases import DATE_PRECISION
from hrdresearch.tables.census import BOUND_MAX, BOUND_MIN, LENGTH_READ, LONGEST, SHORTEST
from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes

FACT = codes("recorded_fact")
FACTS = (  # columns of these facts end in _code
    *("in_absentia", "military_court", "special_court", "terrorism_law", "whereabouts_known"),
    *("disappeared", "ill_treated", "lawyer_absent", "medical_refused", "several_sentences"),
    "in_organization",
)


class Detentions(Rows):
    """One row for each spell of detention; see the data dictionary for units and sources."""

    row_id: Series[str] = pa.Field(unique=True, description="Pseudonym of the row, key per study")
    person_id: Series[str] = pa.Field(
        description="Pseudonym of the exact normalized name in its State, another sex or year of "
        "birth apart"
    )
    source: Series[str] = pa.Field(description="Slug of the source, as in its source.yml")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the published file (header = 1)")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory that holds the person"
    )
    state_m49: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="The same, UN M49 code")
    admin1_name: Series[str] = pa.Field(
        nullable=True, description="First-level division, one spelling a division; empty if none"
    )
    sex_code: Series[str] = pa.Field(isin=codes("sex"), description="Sex or gender as recorded")
    age_years: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, le=120, description="Age at arrest in completed years"
    )
    began_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="First day that the recorded date of arrest allows"
    )
    began_precision: Series[str] = pa.Field(isin=DATE_PRECISION, description="How exact it is")
    began_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Year of the arrest")
    entered_date: Series[pd.Timestamp] = pa.Field(
        nullable=True,
        description="Day from which the list follows the case; after the arrest: delayed entry",
    )
    sentence_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the first sentence; pretrial time ends there"
    )
    pretrial_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Days from the arrest to the first sentence"
    )
    ended_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of release or death; empty while held or where unknown"
    )
    ended_precision: Series[str] = pa.Field(isin=DATE_PRECISION, description="How exact it is")
    last_known_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Last day on which the person was known to be held"
    )
    open_until_date: Series[pd.Timestamp] = pa.Field(
        nullable=True,
        description="End of the spell; the year 2200 while held; empty where the end is unknown",
    )
    exit_code: Series[str] = pa.Field(
        isin=codes("detention_exit"), description="How the spell ended"
    )
    situation_code: Series[str] = pa.Field(
        isin=codes("detention_exit"),
        description="What was last recorded of the person: held if any spell is open, else dead if one "
        "ended so, else how the spell ended that began last",
    )
    identity_codes: Series[str] = joined_codes("identity", "Identity of the person (first axis)")
    cause_codes: Series[str] = joined_codes("cause", "Cause defended (second axis)")
    perpetrator_codes: Series[str] = joined_codes(
        "perpetrator", "Kind of body that arrested the person, as recorded; never an individual"
    )
    pretext_codes: Series[str] = joined_codes("pretext", "Charges as brought, coded from the text")
    sentence_kind_code: Series[str] = pa.Field(
        isin=codes("sentence_kind"), description="Kind of sentence in force, as parsed"
    )
    is_length_read: Series[bool] = pa.Field(description=LENGTH_READ)
    sentence_min_years: Series[float] = pa.Field(nullable=True, ge=0, description=SHORTEST)
    sentence_max_years: Series[float] = pa.Field(nullable=True, ge=0, description=LONGEST)
    bound_min_years: Series[float] = pa.Field(nullable=True, ge=0, description=BOUND_MIN)
    bound_max_years: Series[float] = pa.Field(nullable=True, ge=0, description=BOUND_MAX)
    sentence_end_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="End of the sentence where the list gives a date, first day"
    )
    sentence_end_precision: Series[str] = pa.Field(
        isin=DATE_PRECISION, description="How exact it is"
    )
    died_before_end_code: Series[str] = pa.Field(
        isin=FACT,
        description="Died before the end of the sentence; unknown where the two dates are not "
        "exact enough, not recorded without a death or an end date",
    )
    term_half_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day on which half of the shortest sentence has been served"
    )
    term_ends_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="End of the longest sentence, from its date or its length"
    )
    in_absentia_code: Series[str] = pa.Field(isin=FACT, description="Tried in absentia")
    military_court_code: Series[str] = pa.Field(isin=FACT, description="Tried by a military court")
    special_court_code: Series[str] = pa.Field(isin=FACT, description="Tried by a special court")
    terrorism_law_code: Series[str] = pa.Field(
        isin=FACT, description="Charged under counter-terrorism law"
    )
    whereabouts_known_code: Series[str] = pa.Field(
        isin=FACT, description="Fate or whereabouts known, as the list records it"
    )
    disappeared_code: Series[str] = pa.Field(
        isin=FACT, description="Disappeared before the detention was acknowledged"
    )
    disappeared_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Days until the detention was acknowledged, as recorded"
    )
    ill_treated_code: Series[str] = pa.Field(
        isin=FACT, description="Beaten or tortured in detention, as alleged"
    )
    lawyer_absent_code: Series[str] = pa.Field(
        isin=FACT, description="Questioned or tried without a lawyer"
    )
    medical_refused_code: Series[str] = pa.Field(isin=FACT, description="Medical care refused")
    several_sentences_code: Series[str] = pa.Field(
        isin=FACT, description="Under more than one sentence"
    )
    in_organization_code: Series[str] = pa.Field(
        isin=FACT, description="Belongs to an organization, whose name leaves the table"
    )
    proceedings_stage_code: Series[str] = pa.Field(
        isin=codes("proceedings_stage"), description="How far the case has gone, as recorded"
    )
    custody_measure_code: Series[str] = pa.Field(
        isin=codes("custody_measure"), description="Measure of restraint, as recorded"
    )
    detention_place_code: Series[str] = pa.Field(
        isin=codes("detention_place"), description="Kind of place of detention, as recorded"
    )
    wgad_symbol: Series[str] = pa.Field(
        nullable=True, description="Opinion of the Working Group on Arbitrary Detention, or empty"
    )
    wgad_codes: Series[str] = joined_codes(
        "wgad_category", "Categories that the Working Group found"
    )
    own_codes: Series[str] = joined_codes(
        "wgad_category", "Categories as the researcher coded them"
    )
    name_basis_code: Series[str] = pa.Field(
        isin=codes("name_basis"), description="Basis on which the person may be named"
    )
    public_name: Series[str] = pa.Field(
        nullable=True, description="Name that may be printed; empty without a basis"
    )
    un_symbol: Series[str] = pa.Field(
        nullable=True, description="UN document that published the case, where that is the basis"
    )
    source_reliability_code: Series[str] = pa.Field(
        isin=codes("source_reliability"), description="Grade of the source of the row"
    )
    doubt_codes: Series[str] = joined_codes("detention_doubt", "What does not fit in the row")


TABLE = Table(Detentions, person_column="person_id", year_column="began_year")
