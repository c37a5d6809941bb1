"""Texts that answer the mandate's questions: key findings, draft recommendations, open questions.

Each study has a ``questions.yml``: its questions in the order of the report A/75/165, the findings that
answer them, and a catalogue of draft recommendations, each with the condition on the numbers under which
it is printed. A question that no list answers is printed as unanswered; that is a result too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.for_a_person import (
    Decision,
    OpenQuestion,
    find_raised_questions,
    list_questions_for_a_person,
)
from hrdresearch.findings.model import Cell, Claim, Column, Finding, short_titles
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import claim_tag, join_with_and
from hrdresearch.findings.several_studies import studies_of
from hrdresearch.findings.study_answers import TABLE, StudyAnswers

MOST_KEY_FINDINGS = 10
MOST_RECOMMENDATIONS = 10
MOST_MAIN_FINDINGS = 3
FIRST_SENTENCE = re.compile(r"(?<=[^A-Z]\.) (?=[A-Z])")


def write_question_texts(
    findings: Sequence[Finding], decisions: Mapping[str, Decision] | None = None
) -> dict[str, str]:
    """Write the texts that replace certain tags of the prose, by tag.

    The tags: ``key_findings``, ``main_findings`` (for the conclusions), ``draft_recommendations``,
    ``for_a_person``, and ``key_points`` for a brief over studies. findings: all findings of a page.
    decisions: what persons decided, by key of the question. The texts are templates of
    ``findings.prose`` with the names of claims.
    """
    keys: list[str] = []
    unanswered: dict[str, list[str]] = {}
    main: list[str] = []
    recommendations: list[str] = []
    for study in studies_of(findings):
        view = StudyAnswers(study, findings)
        keys += _key_findings(view)
        for question in view.questions:
            if not view.lists_that_answer(question):
                unanswered.setdefault(view.why_no_answer(question), []).append(question.question)
        main += _main_findings(view)
        recommendations += _recommendations(view)
    key_points = [s for f in findings if f.name.endswith("glance") for s in f.key_sentences]
    return {
        "key_points": _items(key_points),
        "key_findings": "\n\n".join(
            filter(None, [_items(keys[:MOST_KEY_FINDINGS]), _what_is_not_answered(unanswered)])
        ),
        "main_findings": " ".join(main[:MOST_MAIN_FINDINGS]),
        "draft_recommendations": _items(recommendations[:MOST_RECOMMENDATIONS])
        or "The evidence of this draft supports no recommendation of the catalogue.",
        "for_a_person": list_questions_for_a_person(
            questions_for_a_person(findings), decisions or {}
        )
        or "The numbers of this draft raise no such question.",
    }


def questions_for_a_person(findings: Sequence[Finding]) -> list[OpenQuestion]:
    """Questions of all studies of a page that a person has to decide, with the numbers to be read."""
    raised: list[OpenQuestion] = []
    for study in studies_of(findings):
        view = StudyAnswers(study, findings)
        held = find_raised_questions(view.for_a_person, view.claims, list(view.lists))
        raised += [
            replace(one, numbers=tuple(f"{view.base}{name}" for name in one.numbers))
            for one in held
        ]
    return raised


def build_question_table(
    findings: Sequence[Finding], headings: Container[str] | None = None
) -> Finding | None:
    """Build the finding ``mandate_questions``: for each question its answer and the section; or None.

    headings: sections of the page; other sections are not named. None: all sections are named. The
    result is None in a brief, and where the studies have no questions.
    """
    rows: list[tuple[Cell, ...]] = []
    answered, quoted = 0, dict[str, Claim]()
    unanswered: list[str] = []
    is_brief = any(c.name.endswith("scope.brief") for f in findings for c in f.claims)
    for study in () if is_brief else studies_of(findings):  # a brief stays on its few pages
        view = StudyAnswers(study, findings)
        for question in view.questions:
            lists = view.lists_that_answer(question)
            answered += bool(lists)
            unanswered += [] if lists else [question.question]
            answer, numbers = view.answer(question, lists)
            quoted |= {claim.name: claim for claim in numbers}
            held = [s for s in question.sections if headings is None or s in headings]
            where = "; ".join(held) or "no section"
            texts = (question.in_report or "–", question.question, answer, where)
            rows.append(tuple(Cell(text=text) for text in texts))
    if not rows:
        return None
    claims = tuple(
        Claim(
            f"questions.{key}",
            n,
            "question",
            None,
            number_in_table(n, "question"),
            words,
            measure="computed",
        )
        for key, n, words in (
            ("asked", len(rows), "Questions of the mandate that this draft is held against"),
            ("answered", answered, "Questions that at least one list answers, in part or whole"),
        )
    )
    heads = {
        "paragraph": "Paragraph of A/75/165",
        "question": "Question",
        "answer": "Answer, in part or whole",
        "where": "Section of this draft",
    }
    first = findings[0]
    return replace(
        first,
        name=TABLE,
        title="The mandate's questions and what the lists answer",
        unit="questions",
        columns=tuple(Column(key, label, "label") for key, label in heads.items()),
        rows=tuple(rows),
        claims=(*claims, *quoted.values()),
        known=None,
        drawing=type(first.drawing)(),
        statements=(_how_many_are_answered(claims[0], claims[1], unanswered),),
        key_sentences=(),
        notes=(),
    )


def _how_many_are_answered(asked: Claim, answered: Claim, open_questions: Sequence[str]) -> str:
    """Sentence on how many questions are answered, and which are not."""
    said = (
        f"Of {claim_tag(asked, 'of:question')} that this draft draws from the mandate's priorities, "
        f"{claim_tag(answered, 'none')} {claim_tag(answered, 'agree:is:are')} answered in part or "
        "whole by at least one list; the table says where"
    )
    if not open_questions:
        return f"{said}."
    return (
        f"{said}, and what an answer to the {'others' if len(open_questions) > 1 else 'other'} would "
        f"need. Not answered: {' '.join(open_questions)}"
    )


def _key_findings(view: StudyAnswers) -> list[str]:
    """Key sentences, ten at most, in the order of the questions: first one on each, then second ones."""
    ranked: list[tuple[bool, int, int, str]] = []
    for order, question in enumerate(view.questions):
        sentences = [
            f"{sentence.removesuffix('.')}{view.see([name], '(', ')', sentence)}."
            for name in question.key_findings
            if name in view.findings
            for sentence in view.findings[name].key_sentences
        ]
        ranked += [(n >= question.most, n, order, s) for n, s in enumerate(sentences)]
    chosen = sorted(ranked)[:MOST_KEY_FINDINGS]
    return [sentence for _, _, _, sentence in sorted(chosen, key=lambda item: (item[2], item[1]))]


def _what_is_not_answered(questions: Mapping[str, Sequence[str]]) -> str:
    """Paragraph below the key findings on questions without an answer; empty if all have one.

    questions: by the reason of restricted lists; "" for those that no list can answer.
    """
    if not questions:
        return ""
    told = [
        f"{why or 'No list of this draft answers'}: {' '.join(asked)}"
        for why, asked in sorted(questions.items())
    ]
    return f"{' '.join(told)} The absence of records says nothing about safety."


def _main_findings(view: StudyAnswers) -> list[str]:
    """First sentence on each question that the conclusions name, where there is one.

    These are the questions that questions.yml marks (``concludes``), or all of a study that marks none.
    """
    told: list[str] = []
    for question in [q for q in view.questions if q.concludes] or view.questions:
        if isinstance(question.concludes, str):
            told += _conclusions(view, question.concludes)
        elif question.most:
            sentences = [
                sentence
                for name in question.key_findings
                if name in view.findings
                for sentence in view.findings[name].key_sentences
            ]
            told += [FIRST_SENTENCE.split(s)[0] for s in sentences[:1]]
    return told


def _conclusions(view: StudyAnswers, text: str) -> list[str]:
    """Sentence of the conclusions: its beginning, and what each list that has the numbers adds to it."""
    start, _, each = text.partition("|")
    said = {title: view.words_of_list([each], prefix)[0] for prefix, title in view.lists.items()}
    short = short_titles(said)
    names = {title: f" ({short[title]})" if "" not in view.lists else "" for title in said}
    told = [f"{words}{names[title]}" for title, words in said.items() if words]
    return [f"{start} {join_with_and(told)}."] if told else []


def _of_paragraph(paragraph: str) -> str:
    word = "paras." if " and " in paragraph else "para."
    return f" (A/75/165, {word} {paragraph})" if paragraph else ""


def _recommendations(view: StudyAnswers) -> list[str]:
    """Recommendations that the numbers support, with the numbers that they rest on."""
    return [
        f"**{offered.text}** For {offered.addressee}{_of_paragraph(offered.paragraph)}."
        f"{view.see(offered.rests_on, 'Rests on ', '.', view.evidence(offered))}"
        for offered in view.recommendations
        if view.is_offered(offered)
    ]


def _items(sentences: Sequence[str]) -> str:
    return "\n".join(f"1. {sentence}" for sentence in sentences)
