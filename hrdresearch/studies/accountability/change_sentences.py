"""Sentences on cases whose class changed between two editions of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.accountability.editions import (
    FACT,
    edition_and_last_year,
    edition_filter,
    edition_key,
    editions_of,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.one_state_and_year import large_state_and_year
from hrdresearch.tables import match_rows
from hrdresearch.tables.case_editions import edition_in_words
from hrdresearch.vocab.states import short_name

CHANGE, NEXT = "status_change_code", "next_impunity_code"
FOLLOWED = ("same", "forward", "back", "other")  # a class in both editions
FEWEST_OF_AN_EVENT = 3  # cases of one State and year; of few changes three make a large part
OLDER, YOUNGER = ("under_20", "from_20"), ("under_2", "under_5", "under_10")


def change_sentences(
    study: Study, p: Population, made: Mapping[str, Claim], edition: str, then: str
) -> list[ListSentences]:
    """How many cases have the same class, how many moved, and whether one event makes them."""
    own = f"changes.{edition_key(edition)}"
    followed, same, forward, back, other = (
        made[f"{own}.{key}"] for key in ("followed", "same", "forward", "back", "other")
    )
    if not is_printed(followed):
        return []
    newer = edition_and_last_year(p, then)
    moves = [
        f"{claim_tag(n, 'none')} moved {words}"
        for n, words in ((forward, "towards justice"), (back, "back"))
    ]
    if is_printed(other):
        moves.append(f"{claim_tag(other)} have another class, in no common order with the first")
    text = (
        f"Of {claim_tag(followed, 'of:case')} that {p.name_in_prose} holds with a class both in the "
        f"{edition_in_words(edition)} and in the {newer.text}, {claim_tag(same, 'none')} "
        f"{agreement_tag(same, 'has', 'have')} the same class; {join_with_and(moves)}."
    )
    event = _one_event(study, p, edition, f"{own}.forward", {CHANGE: "forward"})
    left = [
        f"{claim_tag(n)} {words.format(are=agreement_tag(n, 'is', 'are'))}"
        for key, words in (
            ("removed", "with a class {are} not on the next edition"),
            ("gone", "{are} without a class there"),
        )
        if is_printed(n := made[f"{own}.{key}"])
    ]
    rest = f"Beside them, {join_with_and(left)}." if left else ""
    claims = (*newer.claims, *event.claims)
    return [ListSentences(f"{text}{event.text}", claims, is_key=True), ListSentences(rest)]


def _one_event(
    study: Study, p: Population, edition: str, whole: str, where: Mapping[str, Any]
) -> ListSentences:
    """Sentence on the State and year that hold a fifth or more of some cases of an edition.

    whole: claim name of the number of these cases. where: their row filter.
    """
    wanted = edition_filter(p, edition, **where)
    rows = p.frame[match_rows(p.frame, wanted)]
    found = large_state_and_year(p, rows)
    if found is None or found.cases < FEWEST_OF_AN_EVENT:
        return ListSentences()
    draft = CountDraft(
        f"{whole}.one_state_and_year",
        f"moved towards justice, {short_name(found.iso3)}, cases of {found.year}",
        {**wanted, "state_iso3": found.iso3, "event_year": found.year},
        "case",
    )
    made = study.count(p, [draft])[draft.name]
    return ListSentences(
        f" Of the {claim_tag(p.claim_name(whole))} that moved towards justice, {claim_tag(made)} are "
        f"{found.words}, and may be one event.",
        (made,),
    )


def age_sentences(study: Study, p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    """Sentences on how many older and younger cases left complete impunity, for each pair of editions."""
    said = []
    for edition, then in pairwise(editions_of(p)):
        own = f"changes_by_age.{edition_key(edition)}"
        older, old_moved, younger, young_moved = (
            made[f"{own}.{key}"] for key in ("older", "older.forward", "younger", "younger.forward")
        )
        if not (is_printed(older) and is_printed(younger)):
            continue
        newer = edition_and_last_year(p, then)
        text = (
            f"Of {claim_tag(older, 'of:case')} in complete impunity that "
            f"{agreement_tag(older, 'was', 'were')} ten "
            f"years old or more in the {edition_in_words(edition)}, "
            f"{claim_tag(old_moved, 'none')} had moved towards "
            f"justice in the {newer.text}; of {claim_tag(younger, 'of:case')} of fewer years, "
            f"{claim_tag(young_moved, 'none')} had."
        )
        event = _one_event(
            study, p, edition, f"{own}.younger.forward", impunity_of(YOUNGER) | {CHANGE: "forward"}
        )
        said.append(ListSentences(f"{text}{event.text}", (*newer.claims, *event.claims)))
    return said


def impunity_of(ages: Sequence[str]) -> dict[str, Any]:
    """Row filter of cases in complete impunity of these ages, with a class in the next edition."""
    return {FACT: "complete", "case_age_code": list(ages), CHANGE: list(FOLLOWED)}
