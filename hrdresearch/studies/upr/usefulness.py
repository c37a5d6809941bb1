"""UPR: how useful each review was to raise the situation of defenders, as far as this can be counted.

Paragraph 69 of A/75/165 says that the usefulness varied by review. Counted here: whether anything was
recommended on defenders, and whether it was specific, supported, asked before, and followed up.
"""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.sentences import ListSentences
from hrdresearch.studies.shapes.count_tables import Content, Row, state_cell, text_columns
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    NOT_IMPLEMENTED,
    ON_DEFENDERS,
    RECOMMENDATIONS,
    REVIEW,
    SUPPORTED,
    RowsAndHidden,
    category_column,
    count_of,
    count_reviews,
    table_by_source,
)
from hrdresearch.studies.upr.follow_up import tracked
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList, say_for_each_list
from hrdresearch.vocab.states import alphabetical_key, short_name

MINE = RECOMMENDATIONS + ON_DEFENDERS
NO_SESSION = "unknown"
FOLLOWED = "Followed up: the ledger of follow-up holds it, with a status that anybody reports."
NO_LEDGER = "No ledger of follow-up was given, so nothing is said of what was done."


def by_review(study: UprStudy) -> Finding:
    """Recommendations on defenders of each review: specific, supported, asked before, followed up."""
    finding = table_by_source(
        study,
        "by_review",
        "Recommendations on defenders, review by review",
        [
            *text_columns(label="State under review", session="Session"),
            Column("n", "On defenders"),
            Column("specific", "Specific"),
            Column("supported", "Supported"),
            Column("both", "Specific and supported"),
            Column("again", "Asked before"),
            *([Column("followed", "Followed up")] if tracked(study) else []),
        ],
        _reviews_of_source,
        unit="recommendations",
        notes=(
            FOLLOWED if tracked(study) else NO_LEDGER,
            "Asked before: in an earlier cycle, by likeness of the texts. A review without a recommendation "
            "on defenders has no row. Few recommendations do not say that there was little to raise.",
            NOT_IMPLEMENTED,
        ),
    )
    return say_for_each_list(study, finding, _reviews_sentences)


def _facts(study: UprStudy, p: Population) -> dict[str, tuple[str, dict[str, Any]]]:
    """Row filters of what is counted in each review, by the key of the column."""
    specific = {category_column(p): "5"}
    facts: dict[str, tuple[str, dict[str, Any]]] = {
        "specific": ("specific action", specific),
        "supported": ("supported", dict(SUPPORTED)),
        "both": ("specific and supported", {**specific, **SUPPORTED}),
        "again": ("asked before in an earlier cycle", {"repeat_of": {"recorded": True}}),
    }
    if tracked(study):
        facts["followed"] = ("followed up", {"recommendation_id": _followed(study)})
    return facts


def _followed(study: UprStudy) -> list[str]:
    """Recommendations of which anybody reports a status."""
    ledger = tracked(study)
    if ledger is None:
        return []
    known = ledger.frame[ledger.frame["implementation_code"] != "not_known"]
    return sorted(known["recommendation_id"].dropna().unique())


def _reviews_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    facts, frame = _facts(study, p), study.frame(p, MINE)
    reviews = frame[[REVIEW, "state_iso3", "session"]].drop_duplicates(REVIEW)
    rows: list[Row] = []
    for name, iso3, session in sorted(
        reviews.itertuples(index=False, name=None),
        key=lambda r: (alphabetical_key(r[1]), str(r[2]).zfill(3)),
    ):
        stem = f"by_review.{iso3.lower()}.{name.rpartition('-')[2]}"
        where = {REVIEW: name}
        words = f"on defenders, review of {short_name(iso3)}, session {session}"
        rows.append(
            (
                state_cell(iso3),
                str(session) if name.rpartition("-")[2] != NO_SESSION else "not recorded",
                count_of(MINE, f"{stem}.recommendations", words, where),
                *(
                    count_of(MINE, f"{stem}.{key}", f"{words}: {said}", {**where, **wanted})
                    for key, (said, wanted) in facts.items()
                ),
            )
        )
    hidden: list[Content] = [
        count_reviews(MINE, "by_review.reviews", "with a recommendation on defenders"),
        count_reviews(RECOMMENDATIONS, "by_review.of", "of the source"),
    ]
    hidden += [
        count_reviews(MINE, f"by_review.with_{key}", f"with one on defenders: {said}", wanted)
        for key, (said, wanted) in facts.items()
    ]
    return rows, hidden


def _reviews_sentences(n: NumbersOfList) -> list[ListSentences]:
    """Sentences on the reviews in which anything was recommended on defenders, and what it was."""
    return [
        n.say(
            f"In <by_review.reviews> of <by_review.of|of:review>{n.where} anything was recommended "
            "on defenders. At least one recommendation on them was specific in "
            "<by_review.with_specific|none> of these, at least one was supported in "
            "<by_review.with_supported|none>, and at least one was both in <by_review.with_both|none>; in "
            "<by_review.with_again|none> one had been asked before.",
            is_key=True,
        ),
        n.say("One is known to have been followed up in <by_review.with_followed|of:review>."),
    ]
