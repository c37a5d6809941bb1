"""UPR: questions that States sent in advance of a review, and those on defenders among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed
from hrdresearch.studies.ground.populations import population_of
from hrdresearch.studies.shapes.count_tables import Row, column_heads, state_cell, table_of_counts
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.vocab.states import alphabetical_key, short_name

QUESTIONS = "upr_questions"
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "all": ("all questions", {}),
    "explicit": ("on defenders", {"concern_code": "explicit"}),
    "implicit": ("on civil society, journalists or reprisals", {"concern_code": "implicit"}),
}


def advance_questions(study: UprStudy) -> Finding:
    """Finding: advance questions by State under review: all, on defenders, and implicitly on them."""
    title = "Questions sent in advance, by State under review"
    facts = [f for f in study.build.facts() if f["table"] == QUESTIONS]
    if not facts:
        return study.finding("advance_questions", title, column_heads("State under review"), (), ())
    scope = {c: wanted for c, wanted in study.scope.filter.items() if c == "state_iso3"}
    p = population_of(
        study.build,
        facts[0],
        study.build.table(QUESTIONS),
        scope,
        QUESTIONS,
        is_one_of_several=False,
    )
    states = sorted(p.frame["state_iso3"].unique(), key=alphabetical_key)
    finding = table_of_counts(
        study.over([p]),
        "advance_questions",
        title,
        column_heads(
            "State under review",
            all="Questions",
            explicit="On defenders",
            implicit="On civil society, journalists or reprisals",
        ),
        [_row(iso3) for iso3 in states],
        beside=_totals(),
        sentence=_sentences,
        unit="questions",
        notes=(
            "A question is a paragraph of a paper; questions asked in the room are not in the papers. "
            "What is on defenders is told by the rules for recommendations, which were not measured on "
            "questions.",
        ),
    )
    return replace(finding, sources=(p.note,), period="as given")


def _row(iso3: str) -> Row:
    stem = f"advance_questions.{iso3.lower()}"
    counts = (
        CountDraft(
            f"{stem}.{key}",
            f"{short_name(iso3)}: {words}",
            {"state_iso3": iso3, **where},
            "question",
        )
        for key, (words, where) in KINDS.items()
    )
    return state_cell(iso3), *counts


def _totals() -> list[CountDraft]:
    asking = CountDraft("advance_questions.asking", "States that ask", {}, "state", "asking_iso3")
    totals = [
        CountDraft(f"advance_questions.{key}", words, where, "question")
        for key, (words, where) in KINDS.items()
    ]
    return [asking, *totals]


def _sentences(_: Population, made: Mapping[str, Claim]) -> str:
    if not is_printed(made["advance_questions.all"]):
        return ""
    return (
        f"The papers read hold {claim_tag('advance_questions.all', 'of:question')} of "
        f"{claim_tag('advance_questions.asking', 'of:state')} in advance of a review; "
        f"{claim_tag('advance_questions.explicit', 'none')} "
        f"{claim_tag('advance_questions.explicit', 'agree:is:are')} on defenders, and "
        f"{claim_tag('advance_questions.implicit', 'none')} only "
        f"{claim_tag('advance_questions.implicit', 'agree:has:have')} words of civil society, journalists or "
        "reprisals. The papers do not say of which review they are."
    )
