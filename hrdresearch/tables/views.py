"""Table ``views``: one row for each decision of a treaty body on a communication, read from its text."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table, joined_codes
from hrdresearch.vocab import codes


class Views(Rows):
    """One row for each document; its text and names were removed. Codes name their paragraph."""

    view_id: Series[str] = pa.Field(
        unique=True,
        description="Symbol of the document, with the number of the communication behind the D",
    )
    source: Series[str] = pa.Field(description="Slug of the source")
    source_file: Series[str] = pa.Field(description="File of the source that holds the document")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    documents_in_file: Series[int] = pa.Field(
        ge=1, description="Decisions in the same file; 1: given by itself, so somebody chose it"
    )
    committee_code: Series[str] = pa.Field(isin=codes("committee"), description="Treaty body")
    session: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Session of the Committee")
    communications: Series[str] = pa.Field(
        description="Numbers of the communications in the symbol, joined by '|'"
    )
    registered_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the first communication, from its number"
    )
    adopted_date: Series[pd.Timestamp] = pa.Field(
        nullable=True, description="Day of the decision, where the text says it"
    )
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", nullable=True, description="State party; empty: not read"
    )
    state_given_by: Series[str] = pa.Field(
        isin=("file", "text", "nationality", "none"),
        description="Where the State stands: in the file, in the text, or as the author's nationality",
    )
    view_outcome_code: Series[str] = pa.Field(
        isin=codes("view_outcome"), description="What the Committee decided"
    )
    view_ended_code: Series[str] = pa.Field(
        isin=codes("view_ended"), description="Why the examination was discontinued, where it was"
    )
    outcome_paragraph: Series[str] = pa.Field(description="Paragraph that says so; may be empty")
    claimed_articles: Series[str] = pa.Field(
        description="Articles that the author invokes in the first paragraphs, joined by '|'"
    )
    violated_articles: Series[str] = pa.Field(
        description="Articles that the Committee found violated, alone or in conjunction"
    )
    view_remedy_codes: Series[str] = joined_codes(
        "view_remedy", "What the State party is asked to do; not_asked without a violation"
    )
    remedy_paragraphs: Series[str] = pa.Field(description="Paragraphs that say so")
    answer_within_days: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="Days in which the State party is to answer"
    )
    view_concern_code: Series[str] = pa.Field(
        isin=codes("view_concern"), description="Whether the text says that it concerns a defender"
    )
    concern_rule: Series[str] = pa.Field(description="Rule that gave the code")
    concern_paragraph: Series[str] = pa.Field(description="Paragraph that gave it; may be empty")
    follow_up_grade_code: Series[str] = pa.Field(
        isin=codes("view_grade"), description="Last grade of follow-up that a ledger holds"
    )
    graded_date: Series[pd.Timestamp] = pa.Field(nullable=True, description="Day of that grade")


TABLE = Table(Views, person_column=None, year_column="registered_year")
