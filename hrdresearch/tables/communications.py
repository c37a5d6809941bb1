"""Table ``communications``: one row for each letter, counted once however many mandates sent it.

Letters to States, companies and other actors are in one table and are never counted together. This
table has only the number of persons in a letter; each person has a row, under a pseudonym, in table
``addressed_persons``.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes

ASKED = ("yes", "no", "not_recorded")


class Communications(Rows):
    """One row for each letter; dates are days, and an empty date means that it has not happened."""

    letter_id: Series[str] = pa.Field(
        description="Reference number in one spelling (AL COL 3/2020), without the J of a joint one"
    )
    source: Series[str] = pa.Field(description="Slug of the source, as in its source.yml")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    sent_date: Series[pd.Timestamp] = pa.Field(description="Day on which the letter was sent")
    sent_year: Series[pd.Int64Dtype] = pa.Field(description="Year of sending")
    draft_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day on which the draft was ready for clearance, where recorded"
    )
    clearance_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Days from draft to sending"
    )
    addressee_code: Series[str] = pa.Field(
        isin=codes("addressee"), description="State, company or other actor"
    )
    state_iso3: Series[str] = pa.Field(
        nullable=True, description="State that the letter was sent to; empty for other addressees"
    )
    type_code: Series[str] = pa.Field(isin=codes("letter_type"), description="Type of letter")
    is_joint: Series[bool] = pa.Field(description="Sent by two mandates or more together")
    mandate_codes: Series[str] = joined_codes("mandate", "Mandates that sent it, this one included")
    has_this_mandate: Series[bool] = pa.Field(
        description="This mandate is one of them; the public database holds letters of all"
    )
    deadline_date: Series[pd.Timestamp] = pa.Field(
        description="Day by which a reply is due: set by the letter, else by its type"
    )
    published_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day on which the letter was made public; empty: not yet"
    )
    persons: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Persons whose situation the letter raises"
    )
    is_persons_open: Series[bool] = pa.Field(
        description="The number of persons is a lower bound (more than ...)"
    )
    women: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Women among these persons, where recorded"
    )
    is_women_open: Series[bool] = pa.Field(description="The number of women is a lower bound")
    reprisals_code: Series[str] = pa.Field(
        isin=ASKED, description="Raises reprisals for cooperation with the United Nations or others"
    )
    legislation_code: Series[str] = pa.Field(
        isin=ASKED, description="Concerns developments in national legislation"
    )
    replies: Series[int] = pa.Field(ge=0, description="Replies with a day that can be used")
    is_reply_undated: Series[bool] = pa.Field(
        description="A reply is recorded, but none with a day that can be used"
    )
    first_reply_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the first reply of any substance"
    )
    first_substantive_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the first reply coded as substantive"
    )
    followed_up_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day on which the mandate first followed up"
    )
    outcome_code: Series[str] = pa.Field(
        isin=codes("letter_outcome"), description="Positive outcome that followed, if any is known"
    )
    outcome_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of the outcome")
    outcome_consent_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the consent to tell the outcome; empty: no consent"
    )

    class Config:
        """source and letter_id together are unique."""

        unique = ("source", "letter_id")


TABLE = Table(Communications, person_column=None, year_column="sent_year")
