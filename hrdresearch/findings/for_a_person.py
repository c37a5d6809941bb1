"""Questions that only a person can decide; a report prints them with the rows to be read.

Examples: which texts truly ask for a visit, or which of two fields that contradict each other is right.
``questions.yml`` lists such questions for each study. A report prints each question as not decided, or
with the decision of a person: the desk, the day and the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrdresearch.findings.conditions import condition_holds
from hrdresearch.findings.model import Claim, claim_name_in_list
from hrdresearch.findings.sentences import claim_tag, join_with_and


@dataclass(frozen=True)
class PersonQuestion:
    """A question for a person.

    asks: the question. condition: condition on the numbers of one list; the question is asked only
    where the condition holds. rows: names of the numbers whose rows the person has to read.
    """

    key: str
    asks: str
    condition: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What a person decided on a question.

    key: of the question. words: the decision, as it is printed. desk: label such as ``desk-4``, never
    a person's name. day: of the decision.
    """

    key: str
    words: str
    desk: str
    day: dt.date


@dataclass(frozen=True)
class OpenQuestion:
    """A question that is asked on a page, with the names of the numbers whose rows are to be read."""

    question: PersonQuestion
    numbers: tuple[str, ...]


def claims_of_list(claims: Mapping[str, Claim], prefix: str) -> Mapping[str, Claim]:
    """Claims that count one list, and claims that belong to no list, by name.

    claims: all claims of a page by name. prefix: beginning of the claim names of the list
    (``by_source.<list>.``); "" where the page has only one list, and all claims are returned. The
    source of a claim decides, because a list with a table of its own has claims without the prefix.
    """
    if not prefix:
        return claims
    return {
        name: claim
        for name, claim in claims.items()
        if not claim.sources
        or any(prefix == f"by_source.{slug.replace('-', '_')}." for slug in claim.sources)
    }


def find_raised_questions(
    questions: Sequence[PersonQuestion], claims: Mapping[str, Claim], prefixes: Sequence[str]
) -> list[OpenQuestion]:
    """Questions whose condition holds for at least one list of a page, in the order given.

    questions: of ``questions.yml``. claims: all claims of the page by name. prefixes: beginning of
    the claim names of each list.
    """
    raised = []
    for question in questions:
        own = {p: claims_of_list(claims, p) for p in prefixes}
        where = [p for p in prefixes if condition_holds(question.condition, own[p], p)]
        names = [
            named
            for p in where
            for name in question.rows
            for named in (claim_name_in_list(name, p), name)
            if named in own[p]
        ]
        if where:
            raised.append(OpenQuestion(question, tuple(dict.fromkeys(names))))
    return raised


def list_questions_for_a_person(
    raised: Sequence[OpenQuestion], decisions: Mapping[str, Decision]
) -> str:
    """Markdown list of the questions for a person, each with its decision or "Not decided yet".

    decisions: by key of the question.
    """
    return "\n".join(f"1. {_line(one, decisions.get(one.question.key))}" for one in raised)


def _line(one: OpenQuestion, decision: Decision | None) -> str:
    rows = join_with_and([claim_tag(name) for name in one.numbers])
    basis = f" To be looked at, one by one: {rows}." if rows else ""
    if decision is None:
        return f"{one.question.asks}{basis} Not decided yet."
    day = f"{decision.day.day} {decision.day:%B} {decision.day.year}"
    return f"{one.question.asks}{basis} A person has decided ({decision.desk}, {day}): {decision.words}"
