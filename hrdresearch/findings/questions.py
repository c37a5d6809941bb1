"""Texts that answer the mandate's questions: key findings, draft recommendations, open questions.

Each study has a ``questions.yml``: its questions in the order of the report A/75/165, the findings that
answer them, and a catalogue of draft recommendations, each with the condition on the numbers under which
it is printed. A question that no list answers is printed as unanswered; that is a result too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.conditions import claim_names_in_condition, condition_holds
from hrdresearch.findings.empty_cells import FEW, NOT_IN_PLAN
from hrdresearch.findings.for_a_person import (
    Decision,
    OpenQuestion,
    claims_of_list,
    find_raised_questions,
    list_questions_for_a_person,
)
from hrdresearch.findings.model import Cell, Claim, Column, Finding, claim_name_in_list, short_title
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.question_files import (
    Question,
    Recommendation,
    StudyQuestions,
    questions_by_study,
)
from hrdresearch.findings.sentences import claim_tag, join_with_and
from hrdresearch.findings.several_studies import studies_of, study_prefix
from hrdresearch.findings.typed_digits import TAG

TABLE = "mandate_questions"  # finding that closes a report; a recommendation may rest on it
MOST_KEY_FINDINGS = 10
MOST_RECOMMENDATIONS = 10
MOST_MAIN_FINDINGS = 3
# What is printed of a restricted list in place of the number that would answer a question.
NOT_TOLD = {
    FEW: "Fewer than five persons, or none, so that nothing can be said",
    NOT_IN_PLAN: "Not among the numbers that leave a list shared in confidence",
}
FIRST_SENTENCE = re.compile(r"(?<=[^A-Z]\.) (?=[A-Z])")


def write_question_texts(
    findings: Sequence[Finding], decisions: Mapping[str, Decision] | None = None
) -> dict[str, str]:
    """Write the texts that stand for whole tags of the prose, by tag.

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
        view = _View(study, findings)
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
        view = _View(study, findings)
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
        view = _View(study, findings)
        for question in view.questions:
            lists = view.lists_that_answer(question)
            answered += bool(lists)
            unanswered += [] if lists else [question.question]
            answer, numbers = view.answer(question, lists)
            quoted |= {claim.name: claim for claim in numbers}
            held = [s for s in question.sections if headings is None or s in headings]
            where = "; ".join(held) or "no section"
            texts = (question.paragraph, question.question, answer, where)
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
        statements=(
            f"Of {claim_tag(claims[0], 'of:question')} that the mandate's priorities put to these lists, "
            f"{claim_tag(claims[1])} {claim_tag(claims[1], 'agree:is:are')} answered in part or whole by at "
            "least one list; the table says where, and what an answer to the others would need."
            + (f" Not answered: {' '.join(unanswered)}" if unanswered else ""),
        ),
        key_sentences=(),
        notes=(),
    )


class _View:
    """The findings of one study on a page, with the questions that they are held against."""

    def __init__(self, study: str, findings: Sequence[Finding]) -> None:
        several = len(studies_of(findings)) > 1
        self.base = study_prefix(study) if several else ""
        own = [f for f in findings if f.study == study]
        self.findings = {f.name.removeprefix(self.base): f for f in own}
        self.claims = {c.name.removeprefix(self.base): c for f in own for c in f.claims}
        held = questions_by_study().get(study, StudyQuestions((), ()))
        self.questions, self.recommendations = held.questions, held.recommendations
        self.for_a_person = held.for_a_person
        # A ledger counts by one list; what stands beside that list answers no question.
        card = [self.findings["study"]] if "scope.one_list" in self.claims else own
        notes = {n.slug: n.title for f in card for n in f.sources}
        self.lists = {
            f"by_source.{slug.replace('-', '_')}.": title for slug, title in notes.items()
        }
        named = any(name.startswith(prefix) for prefix in self.lists for name in self.claims)
        if len(notes) < 2 and not named:
            self.lists = {"": "; ".join(notes.values())}

    def lists_that_answer(self, question: Question) -> list[str]:
        """Beginnings of the claim names of the lists that answer a question, in part or whole."""
        if not question.answered_if:
            return []
        return [
            prefix
            for prefix in self.lists
            if condition_holds(question.answered_if, claims_of_list(self.claims, prefix), prefix)
        ]

    def answer(self, question: Question, prefixes: Sequence[str]) -> tuple[str, list[Claim]]:
        """The answer of these lists in a few words each, with the numbers that it names.

        A list that has no such words, or not their numbers, is named alone.
        """
        if not prefixes:
            why = self.why_no_answer(question)
            return why or f"No list. It would need {question.needed}", []
        told: list[str] = []
        numbers: list[Claim] = []
        for prefix in prefixes:
            words, own = self.words_of_list(question.answers, prefix)
            title = self.lists[prefix]
            told.append(f"{short_title(title)}: {words}" if words and prefix else words or title)
            numbers += own
        return "; ".join(told), numbers

    def why_no_answer(self, question: Question) -> str:
        """Why a restricted list leaves a question open; "" where the lists of the page do not ask it."""
        names = claim_names_in_condition(question.answered_if) if question.answered_if else ()
        texts = {
            claim.text
            for prefix in self.lists
            for name in names
            if (claim := claims_of_list(self.claims, prefix).get(claim_name_in_list(name, prefix)))
            and claim.status == "suppressed"
        }
        return next((why for text, why in NOT_TOLD.items() if text in texts), "")

    def words_of_list(self, texts: Sequence[str], prefix: str) -> tuple[str, list[Claim]]:
        """The first text of whose numbers a list shows all, with these numbers; empty without one."""
        own = claims_of_list(self.claims, prefix)
        for words in texts:
            names = [found.strip() for found in TAG.findall(words)]
            held = [own.get(claim_name_in_list(name, prefix)) or own.get(name) for name in names]
            shown = [claim for claim in held if claim and claim.status == "shown"]
            if len(shown) == len(names) and any(claim.value for claim in shown):
                for name, claim in zip(names, shown, strict=True):
                    words = words.replace(claim_tag(name), claim_tag(claim))
                return words, shown
        return "", []

    def is_offered(self, offered: Recommendation) -> bool:
        """Whether the numbers hold what a recommendation rests on."""
        by_key = {q.key: q for q in self.questions}
        if offered.if_unanswered:
            return any(
                len(self.lists_that_answer(by_key[key])) < len(self.lists)
                for key in offered.if_unanswered
            )
        return any(
            condition_holds(offered.condition, claims_of_list(self.claims, prefix), prefix)
            for prefix in self.lists
        )

    def evidence(self, offered: Recommendation) -> str:
        """Tags of the numbers of the condition, of the first list that fulfils it; may be empty."""
        for prefix in self.lists if offered.condition else ():
            if condition_holds(offered.condition, claims_of_list(self.claims, prefix), prefix):
                names = claim_names_in_condition(offered.condition)
                return " ".join(
                    claim_tag(f"{self.base}{claim_name_in_list(n, prefix)}") for n in names
                )
        return ""

    def see(self, names: Iterable[str], before: str, after: str = "", sentence: str = "") -> str:
        """A span that the page turns into links to the paragraphs of these findings.

        sentence: one that stands in one of the paragraphs; the most of its numbers tell which.
        """
        numbers = [found.partition("|")[0].strip() for found in TAG.findall(sentence)]
        own = {**{name: f.name for name, f in self.findings.items()}, TABLE: TABLE}
        held = " ".join(own[name] for name in names if name in own)
        return (
            f' []{{.see data-findings="{held}" data-before="{before}" data-after="{after}" '
            f'data-numbers="{" ".join(numbers)}"}}'
            if held
            else ""
        )


def _key_findings(view: _View) -> list[str]:
    """Key sentences in the order of the questions, ten at most."""
    chosen: list[tuple[int, str]] = []
    spare: list[tuple[int, str]] = []
    for order, question in enumerate(view.questions):
        sentences = [
            f"{sentence.removesuffix('.')}{view.see([name], '(', ')', sentence)}."
            for name in question.key_findings
            if name in view.findings
            for sentence in view.findings[name].key_sentences
        ]
        chosen += [(order, s) for s in sentences[: question.most]]
        spare += [(order, s) for s in sentences[question.most :]]
    room = MOST_KEY_FINDINGS - len(chosen)
    chosen = sorted(chosen + spare[: max(0, room)], key=lambda item: item[0])
    return [sentence for _, sentence in chosen][:MOST_KEY_FINDINGS]


def _what_is_not_answered(questions: Mapping[str, Sequence[str]]) -> str:
    """The paragraph below the key findings; empty where every question has an answer.

    questions: by the reason of restricted lists; "" for those that no list can answer.
    """
    if not questions:
        return ""
    told = [
        f"{why or 'No list of this draft answers'}: {' '.join(asked)}"
        for why, asked in sorted(questions.items())
    ]
    return f"{' '.join(told)} The absence of records says nothing about safety."


def _main_findings(view: _View) -> list[str]:
    """The first sentence on each of the questions that the conclusions take up, of all that have one.

    These are the questions marked so in questions.yml, or all of a study that marks none.
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


def _conclusions(view: _View, text: str) -> list[str]:
    """A sentence of the conclusions: its beginning, and after | what each list with the numbers adds."""
    start, _, each = text.partition("|")
    said = {title: view.words_of_list([each], prefix)[0] for prefix, title in view.lists.items()}
    names = {title: f" ({short_title(title)})" if "" not in view.lists else "" for title in said}
    told = [f"{words}{names[title]}" for title, words in said.items() if words]
    return [f"{start} {join_with_and(told)}."] if told else []


def _recommendations(view: _View) -> list[str]:
    """Recommendations whose evidence is there, with what they rest on."""
    return [
        f"**{offered.text}** For {offered.addressee} (A/75/165, para. {offered.paragraph})."
        f"{view.see(offered.rests_on, 'Rests on ', '.', view.evidence(offered))}"
        for offered in view.recommendations
        if view.is_offered(offered)
    ]


def _items(sentences: Sequence[str]) -> str:
    return "\n".join(f"1. {sentence}" for sentence in sentences)
