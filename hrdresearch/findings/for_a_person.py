"""What no machine decides: questions that a report offers to a person, with the rows behind them.

Which texts truly ask for a visit, what to do where two fields contradict each other, whether a State
is named in a recommendation: ``questions.yml`` lists such questions for each study. A report prints
each as not decided, or as decided by a desk on a day, in the words of the person.
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

    asks: the question. condition: on the numbers of one list; it is asked where this holds. rows:
    names of the numbers whose rows have to be read.
    """

    key: str
    asks: str
    condition: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What a person decided. words: as they are printed. desk: ``desk-4``, never a person's name."""

    key: str
    words: str
    desk: str
    day: dt.date


@dataclass(frozen=True)
class OpenQuestion:
    """A question that the numbers of a page raise, with the names of the numbers to be read."""

    question: PersonQuestion
    numbers: tuple[str, ...]


def claims_of_list(claims: Mapping[str, Claim], prefix: str) -> Mapping[str, Claim]:
    """Numbers of one list of a page, and those of no list.

    prefix: beginning of the claim names of the list; empty: there is one list, and all are its own.
    Numbers of a list that has a table to itself do not carry the name of the list.
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
    """Questions that the numbers of a page raise, in the order of the catalogue.

    claims: all claims of the page by name. prefixes: beginnings of the claim names of each list.
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
    """List of the questions for a person, each with its decision or without; Markdown.

    decisions: by key of the question.
    """
    return "\n".join(f"1. {_line(one, decisions.get(one.question.key))}" for one in raised)


def _line(one: OpenQuestion, decision: Decision | None) -> str:
    rows = join_with_and([claim_tag(name) for name in one.numbers])
    basis = f" To be read: the rows counted as {rows}." if rows else ""
    if decision is None:
        return f"{one.question.asks}{basis} Not decided yet."
    day = f"{decision.day.day} {decision.day:%B} {decision.day.year}"
    return f"{one.question.asks}{basis} A person has decided ({decision.desk}, {day}): {decision.words}"
