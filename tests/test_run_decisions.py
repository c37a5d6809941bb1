"""What no machine decides: offered by a run, decided by a desk, printed by the next run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.findings.for_a_person import (
    Decision,
    OpenQuestion,
    PersonQuestion,
    find_raised_questions,
    list_questions_for_a_person,
)
from hrdresearch.findings.model import Claim
from hrdresearch.run.decisions import COLUMNS, read_decisions, write_questions
from hrdresearch.run.errors import RunError

VISITS = PersonQuestion(
    "visits", "Which texts ask for a visit?", "asks.visit >= 1", ("asks.visit",)
)
RAISED = [OpenQuestion(VISITS, ("asks.visit",))]


def claim(name: str, value: int) -> Claim:
    return Claim(name, value, "case", value, str(value), "texts that speak of a visit")


def test_a_question_is_raised_by_the_numbers_of_each_list() -> None:
    claims = {
        c.name: c
        for c in (
            claim("by_source.one.asks.visit", 2),
            claim("by_source.two.asks.visit", 0),
        )
    }
    prefixes = ["by_source.one.", "by_source.two."]
    raised = find_raised_questions([VISITS], claims, prefixes)
    assert raised == [OpenQuestion(VISITS, ("by_source.one.asks.visit",))]
    assert find_raised_questions([VISITS], {}, [""]) == []


def test_a_question_without_a_decision_says_so_and_one_with_it_says_by_whom() -> None:
    assert list_questions_for_a_person(RAISED, {}) == (
        "1. Which texts ask for a visit? To be looked at, one by one: "
        "{{ asks.visit }}. Not decided yet."
    )
    decided = Decision("visits", "Two of them do.", "desk-4", dt.date(2026, 12, 3))
    assert list_questions_for_a_person(RAISED, {"visits": decided}).endswith(
        "A person has decided (desk-4, 3 December 2026): Two of them do."
    )


def test_a_decision_holds_for_its_build_only(tmp_path: Path) -> None:
    assert write_questions(tmp_path, "build-1", RAISED) == 1
    assert write_questions(tmp_path, "build-1", RAISED) == 0
    assert read_decisions(tmp_path, "build-1") == {}
    sheet = pd.read_csv(tmp_path / "decisions.csv", dtype=str, keep_default_na=False)
    assert list(sheet.columns) == list(COLUMNS)
    filled = sheet.assign(words="Two of them do.", desk="desk-4", day="2026-12-03")
    filled.to_csv(tmp_path / "decisions.csv", index=False)
    found = read_decisions(tmp_path, "build-1")
    assert found == {
        "visits": Decision("visits", "Two of them do.", "desk-4", dt.date(2026, 12, 3))
    }
    assert read_decisions(tmp_path, "build-2") == {}
    assert write_questions(tmp_path, "build-2", RAISED) == 1
    assert read_decisions(tmp_path, "build-1") == found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"desk": ""}, "'visits': desk is empty"),
        ({"desk": "A. Person"}, "never a person"),
        ({"day": "3 December"}, "write the day as"),
    ],
)
def test_a_decision_by_half_is_told(tmp_path: Path, change: dict[str, str], said: str) -> None:
    write_questions(tmp_path, "build-1", RAISED)
    sheet = pd.read_csv(tmp_path / "decisions.csv", dtype=str, keep_default_na=False)
    filled = {"words": "Two do.", "desk": "desk-4", "day": "2026-12-03", **change}
    sheet.assign(**filled).to_csv(tmp_path / "decisions.csv", index=False)
    with pytest.raises(RunError, match=said):
        read_decisions(tmp_path, "build-1")
