"""Reads ``questions.yml`` of a study: its questions of the mandate and its draft recommendations.

The file is checked when it is read: an unknown key and a missing key are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hrdresearch.findings.for_a_person import PersonQuestion
from hrdresearch.vocab.reference import parse_yaml

QUESTION_KEYS = {
    *("key", "paragraph", "question", "sections", "findings", "key_findings", "most"),
    "concludes",
    *("answered_if", "needed", "answers"),
}
LISTS_OF_A_QUESTION = ("sections", "findings", "key_findings", "answers")
RECOMMENDATION_KEYS = {
    "key",
    "if",
    "if_unanswered",
    "text",
    "addressee",
    "paragraph",
    "rests_on",
}


class QuestionsError(ValueError):
    """questions.yml of a study cannot be read as such; the message names the entry."""


@dataclass(frozen=True)
class Question:
    """A question of the mandate, and the findings that answer it.

    paragraph: paragraph of A/75/165, or "none". sections: headings of the report that answer the question.
    findings: names of the findings whose numbers belong to it.
    key_findings: findings whose key sentences may stand on the first page, at most ``most`` of them.
    concludes: True where the conclusions print the first of these sentences; or another sentence for
        them: its beginning and, after ``|``, what is said of each list that has the numbers.
    answered_if: condition on the numbers of one list; "" where no list can answer the question.
    answers: answers of one list in a few words, with the names of its numbers. The first answer of
        which all numbers are shown is printed.
    needed: what an answer would need, as the end of a sentence.
    """

    key: str
    paragraph: str
    question: str
    sections: tuple[str, ...]
    findings: tuple[str, ...]
    key_findings: tuple[str, ...] = ()
    most: int = 1
    concludes: bool | str = False
    answered_if: str = ""
    needed: str = ""
    answers: tuple[str, ...] = ()

    @property
    def in_report(self) -> str:
        """The paragraph of A/75/165; "" where it has none."""
        return "" if self.paragraph == "none" else self.paragraph


@dataclass(frozen=True)
class Recommendation:
    """A draft recommendation in our own words, printed only if the numbers support it.

    condition: condition on the numbers of one list, or of the report. if_unanswered: keys of questions;
    the recommendation is printed where a list does not answer one of them. addressee: to whom it is
    addressed. paragraph: paragraph of A/75/165; "" where none asks for it. rests_on: findings that
    support it. No recommendation names a State or asks for a release.
    """

    key: str
    text: str
    addressee: str
    paragraph: str
    rests_on: tuple[str, ...]
    condition: str = ""
    if_unanswered: tuple[str, ...] = ()


@dataclass(frozen=True)
class StudyQuestions:
    """Questions and recommendations of one study, in order.

    nothing: condition on the numbers of one list that is true where the list was read and holds nothing on
    the subject. Such a list leaves a question open for the reason ``why``; what would be needed is not
    printed.
    """

    questions: tuple[Question, ...]
    recommendations: tuple[Recommendation, ...]
    for_a_person: tuple[PersonQuestion, ...] = ()
    nothing: str = ""
    why: str = ""


@cache
def questions_by_study() -> dict[str, StudyQuestions]:
    """Read the questions and recommendations of every study, by the name of the study.

    Raises QuestionsError for an entry with an unknown or missing key.
    """
    found: dict[str, StudyQuestions] = {}
    for folder in sorted(files("hrdresearch.studies").iterdir(), key=lambda f: f.name):
        file = folder / "questions.yml"
        if folder.is_dir() and file.is_file():
            for study, entry in parse_yaml(file.read_text(encoding="utf-8")).items():
                found[study] = StudyQuestions(
                    tuple(_question(study, q) for q in entry["questions"]),
                    tuple(_recommendation(study, r) for r in entry.get("recommendations", ())),
                    tuple(_person_question(study, p) for p in entry.get("for_a_person", ())),
                    **entry.get("nothing_if", {}),
                )
    return found


def _question(study: str, entry: Mapping[str, Any]) -> Question:
    _check_keys(study, entry, QUESTION_KEYS, ("key", "paragraph", "question", "sections"))
    lists = {k: tuple(entry.get(k, ())) for k in LISTS_OF_A_QUESTION}
    if not entry.get("answered_if") and not entry.get("needed"):
        raise QuestionsError(
            f"{study}, question {entry['key']!r}: say what answers it (answered_if), or what an "
            "answer would need (needed)"
        )
    return Question(**{**entry, **lists})


def _recommendation(study: str, entry: Mapping[str, Any]) -> Recommendation:
    _check_keys(study, entry, RECOMMENDATION_KEYS, ("key", "text", "addressee"))
    facts = {"paragraph": "", **entry}
    condition = facts.pop("if", "")
    for key in ("rests_on", "if_unanswered"):
        facts[key] = tuple(facts.get(key, ()))
    if not condition and not facts["if_unanswered"]:
        raise QuestionsError(f"{study}, recommendation {facts['key']!r} has no condition")
    return Recommendation(condition=condition, **facts)


def _person_question(study: str, entry: Mapping[str, Any]) -> PersonQuestion:
    _check_keys(study, entry, {"key", "asks", "if", "rows"}, ("key", "asks", "if", "rows"))
    return PersonQuestion(entry["key"], entry["asks"], entry["if"], tuple(entry["rows"]))


def _check_keys(
    study: str, entry: Mapping[str, Any], allowed: set[str], needed: Sequence[str]
) -> None:
    wrong = [*(set(entry) - allowed), *(key for key in needed if not entry.get(key))]
    if wrong:
        raise QuestionsError(
            f"questions.yml of {study}, entry {entry.get('key', '?')!r}: {', '.join(wrong)} is not "
            "known, or missing"
        )
