"""What a list with few columns answers of the mandate's questions, and what it leaves open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from study_builds import facts, make_build
from test_studies_killings import plain

from hrdresearch.findings.questions import build_question_table
from hrdresearch.studies.killings.study import Killings

WHO, WORK, FAR = "who", "work", "reach"
QUESTIONS = {
    WHO: "Who was killed, and are the most exposed groups among them?",
    WORK: "Was the person killed for the work?",
    FAR: "How far do the figures reach?",
    "where": "Did the killing happen in a rural or remote place?",
    "case": "What became of the case?",
    "threats": "Had threats come before, so that the killing might have been prevented?",
}


def answers(study: Killings) -> dict[str, str]:
    """Answer to each question, by its key here; "" where the table says that no list has one."""
    findings = [
        *(
            study.card(),
            study.extent(),
            study.by_sex(),
            study.by_identity(),
            study.by_perpetrator(),
        ),
        *(study.by_motive_link(), study.threats(), study.accountability(), study.by_distance()),
        *(study.by_setting(), study.place(), study.completeness(), study.quality()),
    ]
    table = build_question_table(findings)
    assert table is not None
    told = {row[1].text: row[2].text for row in table.rows}
    return {
        key: "" if told[words].startswith("No list.") else told[words]
        for key, words in QUESTIONS.items()
    }


@pytest.mark.parametrize(
    ("asked", "row", "expected"),
    [
        ([], {"event_date_precision": "year", "motive_link_code": "unknown"}, {}),
        (
            ["perpetrator_codes"],
            {"perpetrator_codes": "police", "motive_link_code": "unknown"},
            {FAR: "a kind of perpetrator of {{ completeness.perpetrator }} of {{ extent.victims }}"},
        ),
        (
            ["identity_codes"],
            {"identity_codes": "lawyer", "motive_link_code": "unknown", "event_date_precision": "year"},
            {WHO: "the identity of {{ by_identity.known }}"},
        ),
        (
            ["motive_link_code"],
            {"motive_link_code": "suspected", "event_date_precision": "year"},
            {WORK: "unconfirmed or suspected for {{ by_motive_link.suspected }}"},
        ),
    ],
)  # fmt: skip
def test_a_question_is_answered_only_by_the_fact_that_it_asks_for(
    asked: list[str], row: dict[str, Any], expected: dict[str, str], tmp_path: Path
) -> None:
    rows = [{"sex_code": "not_recorded", **row}] * 5
    study = Killings(make_build(tmp_path, rows, [facts(asked=asked)]), {})
    assert {key: text for key, text in answers(study).items() if text} == expected


def test_a_list_that_prints_the_municipality_is_not_told_to_have_no_field_for_its_distance(
    tmp_path: Path,
) -> None:
    rows = [{"admin1_name": "Meta"}] * 5
    study = Killings(make_build(tmp_path, rows, [facts(asked=["admin1_name"])]), {})
    finding = study.by_distance()
    assert (finding.rows, finding.statements, finding.claims) == ((), (), ())
    assert "has no field for the setting" in plain(study.by_setting())


def test_a_report_on_one_state_of_one_list_compares_with_nothing_beyond_it(tmp_path: Path) -> None:
    one = facts(covers={"states": ["COL"]})
    study = Killings(make_build(tmp_path / "one", [{}] * 5, [one]), {})
    for finding in (
        study.by_region(),
        study.by_state(),
        study.published(),
        study.listed_elsewhere(),
    ):
        assert (finding.rows, finding.statements) == ((), ())
    words = {c.name: c.text for c in study.card().claims}
    assert (words["params.state_name"], words.get("scope.all_states")) == ("Colombia", None)

    several = Killings(make_build(tmp_path / "several", [{}] * 5, [facts()]), {})
    assert several.by_region().rows and several.by_state().rows
    assert not several.published().rows  # no published total is of this list


def test_where_no_two_victims_share_an_event_there_is_no_table_of_groups(tmp_path: Path) -> None:
    days = pd.date_range("2020-01-01", periods=5)
    rows = [{"event_date": day, "admin1_name": "Meta"} for day in days]
    alone = Killings(make_build(tmp_path / "alone", rows), {}).several_victims()
    assert alone.rows == () and "none shares the event with another" in plain(alone)
    shared = Killings(make_build(tmp_path / "shared", [*rows, *rows[:1]]), {}).several_victims()
    assert len(shared.rows) == 1
