"""Sentences on the change of a list over the years, and then for the same effort of documenting.

What is told first is what a reader needs: the change, its period, its interval and what it assumes. The
table's note names the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import ListSentences, claim_tag, join_with_and
from hrdresearch.stats.trends import Change, Refusal
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.trends.numbers import (
    ASSUMED,
    interval_in_words,
    reach_in_words,
    size_claims,
    year_claim,
    years_in_words,
)
from hrdresearch.studies.trends.series import Series

Estimated = tuple[str, str, "Change | Refusal"]  # key of the period, "effort" or "", and the answer
VERBS = {"risen": "rose", "fallen": "fell"}
EFFORT_ASSUMED = "if the effort is measured rightly"
NO_EFFORT = (
    "For the same effort no rise or fall is stated, because the effort of documenting is not known for each "
    "of these years."
)


def stem_of(key: str, kind: str) -> str:
    """Beginning of the claim names of one estimate. key: of the period. kind: "effort" or ""."""
    return f"change.{key}{'.effort' if kind else ''}"


@dataclass(frozen=True)
class _Told:
    """The estimate of one period with its claims. span: its years, as tags."""

    change: Change
    span: str
    ends: Sequence[Claim]
    sizes: dict[str, Claim]


def sentences_on_list(s: Series, made: Sequence[Estimated], asks_effort: bool) -> ListSentences:
    """Sentences on the periods of one list that have an estimate; empty where each is refused.

    asks_effort: whether an indicator of the effort of documenting was named.
    """
    told = {(key, kind): _told(s, key, kind, a) for key, kind, a in made if isinstance(a, Change)}
    whole = {key: one for (key, kind), one in told.items() if not kind}
    if not told:
        return ListSentences()
    number = (
        f"number that {s.population.name_in_prose} {'recorded' if s.is_census else 'documented'}"
    )
    texts = _sentences_on_whole(s, number, whole)
    texts += _sentences_on_effort(
        "number" if whole else number, [one for (_, kind), one in told.items() if kind]
    )
    texts += _refusals_of_effort(s, made, set(whole))
    if asks_effort and not any(kind for _, kind, _ in made):
        texts.append(NO_EFFORT)
    claims = tuple(c for one in told.values() for c in (*one.ends, *one.sizes.values()))
    return ListSentences(" ".join(texts), claims)


def _told(s: Series, key: str, kind: str, change: Change) -> _Told:
    p, stem = s.population, stem_of(key, kind)
    span, ends = years_in_words(p, stem, s.periods[key])
    return _Told(change, span, ends, size_claims(p, stem, change, "change a year"))


def _sentences_on_whole(s: Series, number: str, told: Mapping[str, _Told]) -> list[str]:
    """A sentence on the periods together; one more on a change that rests on one State."""
    firm, resting = [], dict[tuple[str, ...], list[_Told]]()
    for key, one in told.items():
        if states := one.change.word and s.states_that_decide(s.periods[key], one.change.word):
            resting.setdefault(tuple(states), []).append(one)
        elif one.change.word:
            firm.append(one)
    untold = _neither([one for one in told.values() if not one.change.word])
    texts = []
    if firm:
        texts.append(
            f"The {number} {'; '.join(filter(None, [_changed(firm), untold]))}, {ASSUMED}."
        )
    elif untold:
        texts.append(f"Of the {number}, {untold}, even {ASSUMED}.")
    for deciding, group in resting.items():
        are = "is left out" if len(deciding) == 1 else "are left out, each in turn"
        texts.append(
            f"No change of the list as a whole can be told: the {number} {_changed(group)}, {ASSUMED}, "
            f"but no longer when {join_with_and(deciding)} {are}."
        )
    return texts


def _sentences_on_effort(number: str, told: Sequence[_Told]) -> list[str]:
    """A sentence on the periods together, with the effort of documenting."""
    changed = _changed([one for one in told if one.change.word])
    untold = _neither([one for one in told if not one.change.word])
    if untold and number != "number":
        untold = f"of the {number}, {untold}"
    said = "; ".join(filter(None, [f"the {number} {changed}" if changed else "", untold]))
    return (
        [f"Once the effort of documenting is taken into account, {said}, {EFFORT_ASSUMED}."]
        if said
        else []
    )


def _refusals_of_effort(s: Series, made: Sequence[Estimated], whole: set[str]) -> list[str]:
    """A sentence on each reason for which a period has an estimate, and none for the same effort."""
    found: dict[str, list[str]] = {}
    for key, kind, answer in made:
        if kind and key in whole and isinstance(answer, Refusal):
            span, _ = years_in_words(s.population, stem_of(key, ""), s.periods[key])
            found.setdefault(answer.reason, []).append(span)
    return [
        f"For the same effort no rise or fall is stated {join_with_and(spans)}, because {reason}."
        for reason, spans in found.items()
    ]


def _changed(told: Sequence[_Told]) -> str:
    """Clauses such as "rose by an estimated 6 per cent a year from 2006 to 2020 (interval ...)"."""
    clauses, before = [], ""
    for one in told:
        verb = VERBS[one.change.word]
        by = "by" if verb == before else f"{verb} by an estimated"
        clauses.append(
            f"{by} {claim_tag(one.sizes['size'])} a year {one.span} ({interval_in_words(one.sizes)})"
        )
        before = verb
    return " and ".join(clauses)


def _neither(told: Sequence[_Told]) -> str:
    """Clause on the periods of which neither a rise nor a fall can be told; "" without one."""
    spans = [f"{one.span} ({reach_in_words(one.sizes)})" for one in told]
    return f"neither a rise nor a fall can be told {' or '.join(spans)}" if spans else ""


def sentences_on_refusals(
    series: Mapping[str, Series], made: dict[str, list[Estimated]]
) -> list[ListSentences]:
    """A sentence on each reason for which nothing is stated, with the lists and periods."""
    found: dict[str, dict[str, list[str]]] = {}
    for slug, own in made.items():
        for key, kind, answer in own:
            if isinstance(answer, Refusal) and not kind:
                found.setdefault(answer.reason, {}).setdefault(slug, []).append(key)
    sentences = []
    for reason, lists in found.items():
        names, claims = [], []
        for slug, keys in lists.items():
            s = series[slug]
            spans = [years_in_words(s.population, stem_of(key, ""), s.periods[key]) for key in keys]
            when = " and ".join(span.removeprefix("from ") for span, _ in spans)
            names.append(f"{s.population.name_in_prose} ({when})")
            claims += [c for _, own in spans for c in own]
        sentences.append(
            ListSentences(
                f"No rise or fall is stated of what was documented by {join_with_and(names)}, because "
                f"{reason}.",
                tuple(claims),
            )
        )
    return sentences


def sentences_on_years_left_out(s: Series) -> ListSentences:
    """Sentence on the last years that the models leave out, and why."""
    if not s.left_out:
        return ListSentences()
    p = s.population
    years = [
        year_claim(p, f"change.left_out.year_{y}", y, "a year that is left out") for y in s.left_out
    ]
    what = "the day of the file" if s.is_day_given else "the day of its last case"
    told = text_claim(p.claim_name("change.day"), day_in_words(s.day), f"{p.title}: {what}")
    day = replace(told, sources=(p.slug,))
    of, are = ("The year", "is") if len(years) == 1 else ("The years", "are")
    return ListSentences(
        f"{of} {join_with_and([claim_tag(y) for y in years])} of {p.list_in_prose} {are} left out, because "
        f"too little time had passed until {claim_tag(day)}, {what}, and it is not known how many of the "
        "cases are still to be listed.",
        (*years, day),
    )
