"""Table ``recommendations``: one row for each recommendation of the Universal Periodic Review.

A recommendation made by several States is one row here and several in table ``pairs``. Codes come
with the words that gave them (``start-end`` in the text) and the rule, model or hand that gave them.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes

GIVEN_BY = ("rule", "model", "hand")
TAGGED = ("yes", "no", "not_asked")


class Recommendations(Rows):
    """One row for each recommendation as its source publishes it; public acts of States."""

    recommendation_id: Series[str] = pa.Field(
        description="Stable identifier: hash of source, State, session and text"
    )
    source: Series[str] = pa.Field(description="Slug of the source, as in its source.yml")
    source_file: Series[str] = pa.Field(description="File of the source that holds the row")
    source_row: Series[int] = pa.Field(ge=1, description="Row or paragraph of the file")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State under review, ISO 3166-1 alpha-3"
    )
    cycle: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="Cycle of the review")
    session: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Session of the Working Group"
    )
    review_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year of the session, from the calendar of the mechanism"
    )
    review_id: Series[str] = pa.Field(
        description='The review: State and session, or State and "unknown" without a session'
    )
    document_symbol: Series[str] = pa.Field(description="Symbol of the report, where given")
    paragraph: Series[str] = pa.Field(description="Paragraph of the report, where given")
    text: Series[str] = pa.Field(description="The recommendation as published")
    language_code: Series[str] = pa.Field(isin=("en", "fr", "es"), description="Language coded in")
    recommending_codes: Series[str] = pa.Field(description="Recommending States, joined by '|'")
    response_code: Series[str] = pa.Field(
        isin=codes("upr_response"), description="Harmonized position; supported is not implemented"
    )
    response_raw: Series[str] = pa.Field(
        description="Position as published, where the source has it"
    )
    position_status_code: Series[str] = pa.Field(
        isin=codes("upr_position_status"), description="Draft, interim, addendum, adopted"
    )
    implementation_code: Series[str] = pa.Field(
        isin=codes("upr_implementation"),
        description="What a mid-term source recorded, or not known",
    )
    source_issues: Series[str] = pa.Field(description="Themes of the source's index, joined by '|'")
    is_source_tagged: Series[str] = pa.Field(
        isin=TAGGED, description="Whether the source's index tags human rights defenders"
    )
    source_action_code: Series[str] = pa.Field(
        isin=(*codes("upr_action"), "not_asked"),
        description="Action category as the source coded it",
    )
    concern_code: Series[str] = pa.Field(
        isin=codes("upr_concern"), description="Whether it concerns defenders"
    )
    concern_span: Series[str] = pa.Field(description="Place of the words, start-end in the text")
    concern_rule: Series[str] = pa.Field(description="Rule that gave the code")
    concern_given_by: Series[str] = pa.Field(isin=GIVEN_BY, description="Rule, model or hand")
    identity_codes: Series[str] = pa.Field(description="Identity of the defenders (first axis)")
    cause_codes: Series[str] = pa.Field(description="Cause defended (second axis)")
    axes_evidence: Series[str] = pa.Field(description="Evidence of both axes: code@start-end:rule")
    is_women_defenders: Series[bool] = pa.Field(description="Speaks of women defenders")
    ask_codes: Series[str] = pa.Field(description="What is asked; not_asked where no defenders")
    ask_evidence: Series[str] = pa.Field(description="Evidence of what is asked")
    action_code: Series[str] = pa.Field(
        isin=codes("upr_action"), description="Action category 1 to 5"
    )
    action_span: Series[str] = pa.Field(description="Place of the deciding verb, start-end")
    action_rule: Series[str] = pa.Field(description="Rule that gave the category of the rules")
    action_given_by: Series[str] = pa.Field(isin=GIVEN_BY, description="Rule, model or hand")
    rule_action_code: Series[str] = pa.Field(
        isin=codes("upr_action"), description="Category by the rules, whatever gave the code taken"
    )
    model_action_code: Series[str] = pa.Field(
        isin=(*codes("upr_action"), "no_model"), description="Category by the trained model, if any"
    )
    model_confidence: Series[float] = pa.Field(
        nullable=True, description="Probability that the model gives its category"
    )
    repeat_of: Series[str] = pa.Field(
        nullable=True, description="Recommendation of an earlier cycle to the same State it repeats"
    )
    repeat_similarity: Series[float] = pa.Field(
        nullable=True, description="Similarity of the two texts, 0 to 1"
    )
    chain_id: Series[str] = pa.Field(
        nullable=True, description="First recommendation of the chain of repeats"
    )
    same_as: Series[str] = pa.Field(
        nullable=True, description="The same recommendation in another source, by its identifier"
    )


TABLE = Table(Recommendations, person_column=None, year_column="review_year")
