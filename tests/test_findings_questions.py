"""Key findings, draft recommendations and the table of the mandate's questions."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from study_builds import facts, make_build

from hrdresearch.findings import questions, study_answers
from hrdresearch.findings.conditions import claim_names_in_condition
from hrdresearch.findings.model import Claim
from hrdresearch.findings.question_files import (
    Question,
    QuestionsError,
    StudyQuestions,
    _question,
    questions_by_study,
)
from hrdresearch.findings.questions import (
    _how_many_are_answered,
    build_question_table,
    write_question_texts,
)
from hrdresearch.findings.study_answers import TABLE
from hrdresearch.studies.killings.study import Killings

REPOSITORY = Path(__file__).parents[1]
NO_STATE = ("release", "Colombia", "China", "Brazil", "Türkiye")


def killings(tmp_path: Path, **params: Any) -> Killings:
    """Two lists: one asks what became of the case, the other does not."""
    rows = [
        {"source": "list-a", "impunity_code": "complete", "threats_before": "yes"},
        {"source": "list-b", "state_iso3": "BRA", "state_m49": 76},
    ]
    asked = ["impunity_code", "threats_before", "sex_code", "event_day"]
    lists = [facts("list-a", asked=asked), facts("list-b", asked=["event_day"])]
    return Killings(make_build(tmp_path, rows, lists), params)


def test_key_findings_stand_in_the_order_of_the_questions_and_end_with_what_is_not_answered(
    tmp_path: Path,
) -> None:
    study = killings(tmp_path)
    findings = [study.accountability(), study.extent(), study.threats()]
    text, unanswered = write_question_texts(findings)["key_findings"].split("\n\n")
    lines = text.splitlines()
    assert all(line.startswith("1. ") for line in lines)
    order = [i for i, line in enumerate(lines) if "documented at least" in line]
    assert order == [0, 1]
    assert "threats" in lines[2] and "impunity" in lines[3]
    assert "How many were killed whom nobody documented?" in unanswered
    assert len(lines) <= 10


def test_a_recommendation_is_offered_only_where_its_evidence_is_there(tmp_path: Path) -> None:
    study = killings(tmp_path)
    text = write_question_texts([study.extent(), study.accountability(), study.threats()])
    offered = text["draft_recommendations"]
    assert "ask for every case what became of it" in offered  # list-b does not ask
    assert "reopen and pursue" not in offered  # one case is no evidence


def test_the_table_of_questions_names_the_lists_that_answer(tmp_path: Path) -> None:
    study = killings(tmp_path)
    table = build_question_table([study.extent(), study.accountability()])
    assert table is not None
    answers = {row[1].text: row[2].text for row in table.rows}
    list_a = "by_source.list_a"
    assert answers["What became of the case?"] == (
        f"List a: complete impunity in {{{{ {list_a}.accountability.complete }}}} of "
        f"{{{{ {list_a}.accountability.known }}}}"
    )
    assert answers["How many persons are documented as killed, by whom and where?"] == "; ".join(
        f"List {name}: at least {{{{ {stem}.victims }}}} from {{{{ {stem}.first_year }}}} to "
        f"{{{{ {stem}.last_year }}}}"
        for name, stem in (("a", list_a), ("b", "by_source.list_b"))
    )
    assert f"{list_a}.victims" in {claim.name for claim in table.claims}
    assert answers["How many were killed whom nobody documented?"].startswith("No list. It would")


@pytest.mark.parametrize(
    ("open_questions", "end"),
    [
        ([], "the table says where."),
        (["Why?"], "what an answer to the other would need. Not answered: Why?"),
        (["Why?", "How?"], "what an answer to the others would need. Not answered: Why? How?"),
    ],
)
def test_what_the_others_would_need_is_said_only_of_questions_that_are_open(
    open_questions: list[str], end: str
) -> None:
    asked, answered = (
        Claim(f"questions.{key}", n, "question", None, str(n), "questions")
        for key, n in (("asked", 7), ("answered", 7 - len(open_questions)))
    )
    assert _how_many_are_answered(asked, answered, open_questions).endswith(end)


def test_an_answer_whose_numbers_are_not_shown_is_told_by_the_next_words(
    tmp_path: Path,
) -> None:
    rows: list[dict[str, Any]] = [{"sex_code": "female"}, {}, {"source": "list-b"}]
    study = Killings(make_build(tmp_path, rows, [facts("list-a"), facts("list-b")]), {})
    table = build_question_table([study.by_sex(), study.place()])
    assert table is not None
    answers = {row[1].text: row[2].text for row in table.rows}
    assert answers["Who was killed, and are the most exposed groups among them?"] == (
        "List a: recorded as female {{ by_source.list_a.by_sex.female }} of "
        "{{ by_source.list_a.by_sex.known }}; "
        "List b: the sex or gender of {{ by_source.list_b.by_sex.known }}"
    )


def test_an_answer_of_zeros_only_is_told_by_the_next_words(tmp_path: Path) -> None:
    rows = [{"seat_distance_code": "not_located", "setting_code": "rural_or_remote"}] * 30
    asked = ["seat_distance_code", "setting_code"]
    study = Killings(make_build(tmp_path, rows, [facts("list-a", asked=asked)]), {})
    table = build_question_table([study.by_distance(), study.by_setting()])
    assert table is not None
    answers = {row[1].text: row[2].text for row in table.rows}
    assert answers["Did the killing happen in a rural or remote place?"] == (
        "rural {{ by_setting.rural_or_remote }} of {{ by_setting.known }}"
    )


def test_the_conclusions_give_a_sentence_for_each_list_that_shows_its_numbers(
    tmp_path: Path,
) -> None:
    rows: list[dict[str, object]] = [
        *([{"source": "list-a", "impunity_code": "complete", "threats_before": "yes"}] * 30),
        *([{"source": "list-a", "impunity_code": "partial", "threats_before": "no"}] * 10),
        {"source": "list-b"},
    ]
    asked = ["impunity_code", "threats_before"]
    study = Killings(
        make_build(tmp_path, rows, [facts("list-a", asked=asked), facts("list-b")]), {}
    )
    findings = [study.by_sex(), study.accountability(), study.threats()]
    rate = "{{ by_source.list_a.%s.share }} of the {{ by_source.list_a.%s.known }} cases"
    assert write_question_texts(findings)["main_findings"] == (
        f"Threats before the killing are on record for {rate % ('threats.yes', 'threats')} for which "
        "the answer is known (List a). Complete impunity is recorded for "
        f"{rate % ('accountability.complete', 'accountability')} that were classed (List a)."
    )


def test_the_table_of_questions_names_only_sections_of_the_page(tmp_path: Path) -> None:
    study = killings(tmp_path)
    table = build_question_table([study.extent()], headings={"What became of the cases"})
    assert table is not None
    assert {cell for row in table.rows for cell in row[3].text.split("; ")} <= {
        "What became of the cases",
        "no section",
    }


def test_a_question_without_an_answer_says_what_is_needed() -> None:
    entry = {"key": "x", "paragraph": "7", "question": "Why?", "sections": ["A"]}
    with pytest.raises(QuestionsError, match="what an answer would need"):
        _question("killings", entry)
    with pytest.raises(QuestionsError, match="colour"):
        _question("killings", {**entry, "needed": "more", "colour": "red"})


@pytest.mark.parametrize("study", sorted(questions_by_study()))
def test_questions_name_sections_and_findings_of_their_notebook(study: str) -> None:
    held: StudyQuestions = questions_by_study()[study]
    notebook = json.loads(
        (REPOSITORY / "notebooks" / f"{study.replace('-', '_')}.ipynb").read_text("utf-8")
    )
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    headings = set(re.findall(r"(?m)^(?:\{\{#if [^}]*\}\})*#+ (.+?)\s*$", text))
    for question in held.questions:
        assert [s for s in question.sections if s not in headings] == []
        assert set(question.key_findings) <= set(question.findings)
    findings = {name for question in held.questions for name in question.findings}
    keys = {question.key for question in held.questions}
    for offered in held.recommendations:
        assert set(offered.rests_on) <= {*findings, TABLE} and set(offered.if_unanswered) <= keys
        assert not offered.condition or claim_names_in_condition(offered.condition)
        assert not any(word in offered.text for word in NO_STATE)


def _questions(**entry: Any) -> StudyQuestions:
    """Two questions: three key sentences answer the first, one the second; none answers the third."""
    asked = [("a", ("many",), 3), ("b", ("few",), 1), ("c", (), 1)]
    held = tuple(
        Question(
            key,
            "7",
            f"Question {key}?",
            (),
            keys,
            keys,
            most,
            answered_if=f"{key}.n > 0",
            needed="x",
        )
        for key, keys, most in asked
    )
    return StudyQuestions(held, (), **entry)


def test_a_question_with_many_key_sentences_leaves_room_for_the_first_on_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_answers, "questions_by_study", lambda: {"killings": _questions()})
    monkeypatch.setattr(questions, "MOST_KEY_FINDINGS", 3)
    made = killings(tmp_path).extent()
    many = replace(made, name="many", key_sentences=("One.", "Two.", "Three."))
    few = replace(made, name="few", key_sentences=("Four.",))
    text = write_question_texts([many, few])["key_findings"].split("\n\n")[0]
    assert re.findall(r"^1\. (\w+)", text, re.MULTILINE) == ["One", "Two", "Four"]


def test_what_was_read_and_is_none_is_told_apart_from_what_would_be_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _questions(nothing="extent.of_the_subject = 0", why="None of them is on the subject")
    monkeypatch.setattr(study_answers, "questions_by_study", lambda: {"killings": held})
    made = killings(tmp_path).extent()
    none = replace(made.claims[0], name="extent.of_the_subject", value=0, text="0")
    said = {
        what: write_question_texts([replace(made, claims=(*made.claims, *more))])["key_findings"]
        for what, more in {"read": (none,), "unknown": ()}.items()
    }
    assert "None of them is on the subject: Question a? Question b? Question c?" in said["read"]
    assert "No list" in said["unknown"] and "on the subject" not in said["unknown"]


def test_a_question_without_a_paragraph_has_a_dash_and_not_the_word_of_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a table “none” means that a list holds no such case, and a note says so."""
    (asked,) = (q for q in questions_by_study()["attacks"].questions if q.paragraph == "none")
    held = {"killings": StudyQuestions((asked,), ())}
    monkeypatch.setattr(study_answers, "questions_by_study", lambda: held)
    table = build_question_table([killings(tmp_path).extent()])
    assert table and table.rows[0][0].text == "–"


def test_two_paragraphs_are_cited_in_the_plural() -> None:
    assert questions._of_paragraph("92 (a) and 91 (g)") == " (A/75/165, paras. 92 (a) and 91 (g))"
    assert questions._of_paragraph("43") == " (A/75/165, para. 43)"


@pytest.mark.parametrize("study", sorted(questions_by_study()))
def test_a_question_that_a_list_may_answer_has_an_answer_in_words(study: str) -> None:
    for question in questions_by_study()[study].questions:
        assert bool(question.answers) == bool(question.answered_if), question.key
        assert not any("|" in words for words in question.answers)  # a table prints no style


WHOM_A_PARAGRAPH_ADDRESSES = {
    "91": "States",
    "92": "the United Nations",
    "93": "national human rights institutions",
    "94": "businesses",
}


@pytest.mark.parametrize("study", sorted(questions_by_study()))
def test_a_recommendation_cites_one_of_the_report_only_where_it_addresses_the_same(
    study: str,
) -> None:
    """Paragraphs 91 to 94 of A/75/165 are recommendations, each to somebody."""
    for offered in questions_by_study()[study].recommendations:
        for number in re.findall(r"\b9[1-4]\b", offered.paragraph):
            assert WHOM_A_PARAGRAPH_ADDRESSES[number] in offered.addressee, offered.key


@pytest.mark.parametrize("study", sorted(questions_by_study()))
def test_the_paragraph_on_follow_up_visits_is_cited_for_these_only(study: str) -> None:
    held = questions_by_study()[study]
    said = [(q.paragraph, q.question) for q in held.questions]
    said += [(r.paragraph, r.text) for r in held.recommendations]
    assert [text for paragraph, text in said if "(e)" in paragraph.partition("91")[2]
            and "follow-up visit" not in text] == []  # fmt: skip
