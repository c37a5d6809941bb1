"""Rules of speech: what a sentence may say, and the sentences that findings write."""

from __future__ import annotations

import json
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    Wording,
    choose_categories,
    choose_threshold,
    join_with_and,
    write_share_sentence,
    write_unknown_sentence,
)
from hrdresearch.findings.speech_rules import RULES, find_speech_faults, split_into_sentences
from hrdresearch.report.edited_text import find_speech_faults_in_file

REPOSITORY = Path(__file__).parents[1]

WRONG = [
    (3, "Of the list, 37 per cent of victims were Indigenous."),
    (4, "Complete impunity is recorded for 81.3 per cent."),
    (4, "Complete impunity is recorded for 81%."),
    (12, "In 2020, 228 killings occurred."),
    (14, "Brazil ranks first."),
    (14, "It is the deadliest State for journalists."),
    (15, "The number rose to 228 in 2020."),
    (15, "After 2016 a decline is seen; killings fell to 68."),
    (15, "The list shows an upward trend."),
    (15, "By the model of coverage, the number of cases rose by an estimated tenth."),
    (15, "By the model, cases fell by a tenth (interval from one to two tenths)."),
    (
        15,
        "The number rose by an estimated tenth (interval from one to two tenths), if all goes well.",
    ),
    (17, "They were killed because of the election."),
    (17, "Threats increase the likelihood of a killing, and 363 had been threatened."),
    (18, "Specific ones were supported far less often."),
    (18, "Only 54 per cent of the 156 were supported."),
    (20, "In 326 cases the State killed a defender."),
    (21, "The murderers enjoy impunity."),
    (24, "On the list, 250 journalists are in prison."),
    (27, "Of the nine decisions with a grade,, two were graded."),
    (27, "Two were documented in 2020 , one in 2021."),
    (27, "Two were documented in 2020;, and one in 2021."),
    (27, "Two were documented ( )."),
]
RIGHT = [
    "Cases of 2019 to 2020 (Acme Co., Ltd., “one,, two”; St. Kitts) stand at 1:30 p.m., and ... no more.",
    "Of the 1,644 whose characteristics are recorded, 613 (37 per cent) were Indigenous persons.",
    "In 2020, 228 were documented.",
    "Coverage was not modelled; no rise or fall is stated.",
    "The two shares do not say why, and nothing here speaks of a trend.",
    "By a model, the number documented is estimated to have risen by 7 per cent a year (interval from 2 per "
    "cent to 12 per cent), under the assumption that documentation did not change.",
    "The number documented rose by an estimated 7 per cent a year (interval from 2 to 12 per cent), if "
    "documentation did not change.",
    "States should act where defenders are killed because of their work (A/75/165, para. 30).",
    "It asks States to prevent “the unlawful from undermining other people's interests because of”.",
    "A letter whose deadline falls on the cut-off counts as one whose deadline has passed.",
    "Two hundred and fifty were held on 1 December 2019.",
]


@pytest.mark.parametrize(("rule", "sentence"), WRONG)
def test_a_sentence_that_breaks_a_rule_is_told_with_a_better_wording(
    rule: int, sentence: str
) -> None:
    faults = find_speech_faults(f"One was documented. {sentence} Two were not.")
    assert rule in [fault.rule for fault in faults]
    assert all(fault.sentence == sentence and fault.better for fault in faults)


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_sentence_that_keeps_the_rules_passes(sentence: str) -> None:
    assert find_speech_faults(sentence) == []


def test_each_rule_of_the_linter_stands_on_the_page_of_rules() -> None:
    page = (REPOSITORY / "docs" / "rules-of-speech.md").read_text(encoding="utf-8")
    for rule in RULES:
        row = next(line for line in page.splitlines() if line.startswith(f"| {rule.number} |"))
        assert "linter" in row
    assert {rule for rule, _ in WRONG} == {27, *(rule.number for rule in RULES)}
    assert "| 27 |" in page


@pytest.mark.parametrize("end", [";.", "..", ",.", " .", ";,", ". ."])
def test_marks_that_stand_twice_at_the_end_are_found(end: str) -> None:
    assert [fault.rule for fault in find_speech_faults(f"Two were documented in 2020{end}")] == [27]


@given(st.lists(st.text(alphabet="abc ", min_size=3).map(lambda s: f"X{s.strip()}b."), max_size=5))
def test_no_word_is_lost_between_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert " ".join(split_into_sentences(text)).split() == text.split()


def count(name: str, value: int | None, status: str = "shown") -> Claim:
    return Claim(name, value, "victim", value, str(value), "a count", status=status)


KINDS = {"a": 12, "b": 40, "c": 5, "d": 3, "e": 0, "other": 30}
LABELS = {"a": "Zebras", "b": "Apes", "c": "Cats", "d": "Dogs", "e": "Emus", "other": "Other"}


def test_categories_with_a_tenth_or_more_are_named_the_largest_first() -> None:
    counts = {code: count(f"x.{code}", n) for code, n in KINDS.items()}
    assert choose_categories(counts, count("x.known", 90), LABELS) == ["b", "a"]
    by_name = choose_categories(counts, count("x.known", 90), LABELS, 0.03, order="alphabet")
    assert by_name == ["b", "c", "d", "a"]
    as_steps = choose_categories(counts, count("x.known", 90), LABELS, 0.03, order="scale")
    assert as_steps == ["a", "b", "c", "d"]
    few = {code: counts[code] for code in ("a", "c", "d", "e")}
    assert choose_categories(few, count("x.known", 90), LABELS) == ["a", "c", "d"]


def test_a_category_that_is_always_named_is_so_below_a_tenth() -> None:
    counts = {code: count(f"x.{code}", n) for code, n in KINDS.items()}
    chosen = choose_categories(counts, count("x.known", 90), LABELS, always=("d", "e"))
    assert chosen == ["b", "a", "d"]  # of the empty category nothing is said


def test_a_withheld_category_is_not_named() -> None:
    counts = {"a": count("x.a", 12), "b": count("x.b", None, "suppressed")}
    assert choose_categories(counts, count("x.known", 90), LABELS) == ["a"]


def test_a_sentence_gives_its_whole_and_what_is_not_known() -> None:
    counts = {"b": count("x.b", 40), "a": count("x.a", 1)}
    share = Claim("x.b.share", 98.0, "per_cent", 40, "98", "share")
    wording = Wording("whose kind is recorded", "the kind")
    sentence = write_share_sentence(
        "Of the 41", count("x.known", 41), counts, {"b": share}, LABELS, wording
    )
    assert sentence == (
        "Of the 41, {{ x.b }}{{ x.b.share|bracketed }} {{ x.b|agree:is:are }} recorded as apes and "
        "{{ x.a }} as zebras."
    )
    told = write_unknown_sentence(
        "the kind", [(count("x.unknown", 2), "unknown"), (count("x.n", 0), "n")]
    )
    assert told == "The kind is unknown for {{ x.unknown }}."


@given(st.lists(st.integers(0, 3000), max_size=60))
def test_at_least_two_and_at_most_seven_reach_the_threshold(values: list[int]) -> None:
    least = choose_threshold(values)
    if least is not None:
        assert 2 <= sum(value >= least for value in values) <= 7


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1, max_size=5))
def test_a_row_of_words_names_each_once(words: list[str]) -> None:
    assert join_with_and(words).replace(" and ", ", ").split(", ") == words


@pytest.mark.parametrize("kind", [".ipynb", ".md", ".html", ".docx"])
def test_an_edited_file_is_held_against_the_rules(tmp_path: Path, kind: str) -> None:
    text = "# Killings\n\nIn {{ a.year }}, {{ a.n }} were documented. Brazil ranks first."
    file = tmp_path / f"edited{kind}"
    if kind == ".ipynb":
        cells = [{"cell_type": "markdown", "source": [text]}]
        file.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    else:
        to = {".md": "markdown", ".html": "html", ".docx": "docx"}[kind]
        pypandoc.convert_text(text, to, format="markdown", outputfile=str(file))
    assert [(f.rule, f.sentence) for f in find_speech_faults_in_file(file)] == [
        (14, "Brazil ranks first.")
    ]


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"edited\.pdf is none of"):
        find_speech_faults_in_file(tmp_path / "edited.pdf")


@pytest.mark.parametrize("notebook", sorted((REPOSITORY / "notebooks").glob("*.ipynb")))
def test_the_notebooks_keep_the_rules_of_speech(notebook: Path) -> None:
    assert [str(fault) for fault in find_speech_faults_in_file(notebook)] == []
