"""Sentences of the UPR study: templates, the gap to other recommendations, the first page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.findings.model import Claim
from hrdresearch.findings.questions import question_table, texts_of_questions
from hrdresearch.findings.speech_rules import faults_of_speech
from hrdresearch.run.build import build
from hrdresearch.run.source_files import demo_files
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.upr.gap_to_others import mean_gap
from hrdresearch.studies.upr.model_wordings import model_wordings
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.studies.upr.study import Upr


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("upr")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        build("upr", demo_files("upr"), folder / "work")
        yield folder / "work"


def study(work: Path, **params: Any) -> Upr:
    return Upr(current_build("upr", work), params)


def numbers(work: Path, **values: float | None) -> NumbersOfList:
    p = study(work, sources="upr-info").populations[0]
    claims = [
        Claim(
            name.replace("__", "."),
            value,
            "recommendation",
            None,
            str(value),
            "test",
            status="shown" if value is not None else "suppressed",
        )
        for name, value in values.items()
    ]
    return NumbersOfList(p, claims)


def test_a_sentence_is_said_only_where_all_its_numbers_are_shown(work: Path) -> None:
    n = numbers(work, a__supported=3, a__answered=5, a__asked=5, a__hidden=None)
    assert n.say("Of <a.answered>, <a.supported> <a.supported|agree:was:were> noted.").text == (
        "Of {{ a.answered }}, {{ a.supported }} {{ a.supported|agree:was:were }} noted."
    )
    assert not n.say("Of <a.answered>, <a.hidden> were noted.").text
    assert not n.say("Of <a.missing>, <a.answered> were noted.").text


def test_a_position_that_is_not_known_is_never_told_as_not_supported(work: Path) -> None:
    known = numbers(work, a__supported=3, a__answered=5, a__asked=9)
    assert known.supported("a") == (
        "of which {{ a.supported }} of the {{ a.answered }} with a known position "
        "{{ a.supported|agree:was:were }} supported"
    )
    none = numbers(work, a__supported=0, a__answered=5, a__asked=5)
    assert none.supported("a") == "of which none was supported"
    unknown = numbers(work, a__supported=0, a__answered=0, a__asked=5)
    assert unknown.supported("a") == "with no position that is known"


def test_the_gap_compares_with_the_same_review_and_category() -> None:
    rows = [
        (f"r{i}", "4", concern, "supported" if good else "noted")
        for i in range(30)
        for concern, good in (("explicit", i % 2), ("no", True), ("no", True))
    ]
    rows += [("r0", "5", "explicit", "supported")]  # nothing to set it beside
    frame = pd.DataFrame(
        rows, columns=["review_id", "action_code", "concern_code", "response_code"]
    )
    found = mean_gap(frame)
    assert found is not None
    compared, value, low, high = found
    assert (compared, value) == (30, pytest.approx(-50))
    assert low < -50 < high
    assert mean_gap(frame[frame["review_id"] != "r1"]) is None  # fewer than 30 reviews


def test_the_summary_leads_with_the_tag_of_the_index_and_says_where_the_rules_differ(
    work: Path,
) -> None:
    upr = study(work, sources="upr-info")
    said = upr.index().key_sentences
    assert said[0].startswith("The index of UPR Info (invented) tags {{ hrd.source_tagged.rec")
    assert "of_accepted.share|bracketed" in said[2]
    assert "index.by_rules" in said[3] and "with the tag of the index" in said[3]


def test_no_sentence_breaks_a_rule_of_speech(work: Path) -> None:
    upr = study(work)
    for question in (upr.extent, upr.index, upr.by_cycle, upr.responses, upr.asks, upr.women,
                     upr.repeats, upr.recommending, upr.receiving, upr.unspecific):  # fmt: skip
        finding = question()
        assert finding.statements, finding.name
        for text in finding.statements:
            assert not list(faults_of_speech(text)), text


def test_a_brief_has_no_table_of_questions(work: Path) -> None:
    brief = study(work, sources="upr-info", state="MEX", form="brief")
    report = study(work, sources="upr-info")
    assert question_table([brief.card(), brief.extent()]) is None
    assert question_table([report.card(), report.extent()]) is not None
    assert "follow" not in texts_of_questions([report.extent()])["draft_recommendations"]


def test_model_wordings_name_no_state_and_ask_for_no_release() -> None:
    for entry in model_wordings():
        assert entry["wording"].endswith(".") and entry["check"]
        assert "releas" not in entry["wording"].casefold()
