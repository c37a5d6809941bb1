"""Compares the findings of one study with its questions: which lists answer a question, and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrdresearch.findings.conditions import claim_names_in_condition, condition_holds
from hrdresearch.findings.empty_cells import FEW, NOT_IN_PLAN
from hrdresearch.findings.for_a_person import claims_of_list
from hrdresearch.findings.model import Claim, Finding, claim_name_in_list, short_titles
from hrdresearch.findings.question_files import (
    Question,
    Recommendation,
    StudyQuestions,
    questions_by_study,
)
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.findings.several_studies import studies_of, study_prefix
from hrdresearch.findings.typed_digits import TAG

TABLE = "mandate_questions"  # finding that closes a report; a recommendation may rest on it
# What is printed of a restricted list in place of the number that would answer a question.
NOT_TOLD = {
    FEW: "Fewer than five persons, or none, so that nothing can be said",
    NOT_IN_PLAN: "Not among the numbers that leave a list shared in confidence",
}


class StudyAnswers:
    """The findings of one study on a page, with the questions that they may answer."""

    def __init__(self, study: str, findings: Sequence[Finding]) -> None:
        several = len(studies_of(findings)) > 1
        self.base = study_prefix(study) if several else ""
        own = [f for f in findings if f.study == study]
        self.findings = {f.name.removeprefix(self.base): f for f in own}
        self.claims = {c.name.removeprefix(self.base): c for f in own for c in f.claims}
        held = questions_by_study().get(study, StudyQuestions((), ()))
        self.questions, self.recommendations = held.questions, held.recommendations
        self.for_a_person, self.held = held.for_a_person, held
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
        """The answer of each of these lists in a few words, with the numbers that it names.

        Of a list without such an answer only the name is given.
        """
        if not prefixes:
            why = self.why_no_answer(question)
            return why or f"No list. It would need {question.needed}", []
        told: list[str] = []
        numbers: list[Claim] = []
        short = short_titles(self.lists.values())
        for prefix in prefixes:
            words, own = self.words_of_list(question.answers, prefix)
            title = self.lists[prefix]
            told.append(f"{short[title]}: {words}" if words and prefix else words or title)
            numbers += own
        return "; ".join(told), numbers

    def why_no_answer(self, question: Question) -> str:
        """Why lists that could answer a question do not; "" where no list asks it.

        A list was read and holds nothing on the subject; or it is restricted.
        """
        if question.answered_if and self.held.nothing:
            holds = [
                condition_holds(self.held.nothing, claims_of_list(self.claims, prefix), prefix)
                for prefix in self.lists
            ]
            if True in holds and False not in holds:
                return self.held.why
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
        """The first text whose numbers a list shows all, with these numbers; empty without such a text."""
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
        """Whether the numbers of the page support a recommendation."""
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
        """Tags of the numbers in a recommendation's condition, of the first list that meets it; may be ""."""
        for prefix in self.lists if offered.condition else ():
            if condition_holds(offered.condition, claims_of_list(self.claims, prefix), prefix):
                names = claim_names_in_condition(offered.condition)
                return " ".join(
                    claim_tag(f"{self.base}{claim_name_in_list(n, prefix)}") for n in names
                )
        return ""

    def see(self, names: Iterable[str], before: str, after: str = "", sentence: str = "") -> str:
        """A span that the page turns into links to the paragraphs of these findings.

        sentence: a sentence of one of the paragraphs; its numbers show which paragraph is meant.
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
