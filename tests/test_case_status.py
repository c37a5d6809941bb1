"""Status of cases: what followed is read, counted and timed; nobody is told without consent. All invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from casebook_files import write_book
from recompute_case import claim, recompute_scripts, told

from hrdresearch.findings import Finding
from hrdresearch.findings.questions import build_question_table
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.casebook.load import keep_casebook, read_casebook
from hrdresearch.run.casebook.status import ADDED
from hrdresearch.sources import load
from hrdresearch.studies.case_status.study import CaseStatus
from hrdresearch.studies.ground.build import Build, current_build

HEAD = (
    "case_id,name,state,date,act,released,sentence_reduced,charges_dropped,protection_granted,"
    "investigation_opened,nothing,died,told,consent_date,nhri_action"
)
ROWS = [
    "K1,Zunela Testal,Kenya,2020-01-01,detained,2020-03-01,,2020-09-01,,,,,released,2021-01-01,yes",
    "K2,Orvo Inventado,Kenya,2020-01-01,threatened,,,,,,2021-01-01,,,,no",
    "K3,Pelgru Maxfe,Uganda,2020-01-01,attacked,,,,,,,,,,",
    "K4,Lormi Sutka,Uganda,2020-01-01,detained,yes,,,2022-01-01,,,,released,,unknown",
    "K5,Bradal Vimtos,Kenya,2020,detained;tortured,no,no,no,no,no,,,,,",
    "K6,Naxfe Zorquen,Kenya,2020-01-01,threatened,,,,,2022-02,,2021-01-01,,,",
    "K7,Dalbra Peltos,Kenya,2020-01-01,detained,2020-05-01,2020-05-01,,,,,,,,",
]  # fmt: skip


def written(folder: Path, rows: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "status.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def made(folder: Path, rows: list[str], is_released: bool = False) -> Build:
    build("case-status", [SourceFile("case-status", written(folder, rows), True)], folder / "work")
    if not is_released:  # exact numbers, for a report that does not leave
        shutil.rmtree(folder / "work" / "case-status" / "released")
    return current_build("case-status", folder / "work")


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def test_what_followed_is_read_with_its_time_and_nothing_is_not_unknown(tmp_path: Path) -> None:
    columns = ["record_id", "case_outcome_codes", "told_codes"]
    columns += ["first_outcome_code", "observed_days", "outcome_time_code"]
    loaded = load("case-status", written(tmp_path, ROWS))
    expected = pd.DataFrame(
        [
            ("K1", "released|charges_dropped", "released", "released", 60, "under_6_months"),
            ("K2", "nothing", "not_recorded", "nothing_yet", 366, "not_assessed"),
            ("K3", "not_recorded", "not_recorded", "not_recorded", None, "not_assessed"),
            ("K4", "released|protection_granted", "not_recorded", "not_recorded", None, "not_assessed"),
            ("K5", "nothing", "not_recorded", "not_recorded", None, "not_assessed"),
            ("K6", "investigation_opened", "not_recorded", "died", 366, "not_assessed"),
            ("K7", "released|sentence_reduced", "not_recorded", "several", 121,
             "under_6_months"),
        ],
        columns=columns,
    )  # fmt: skip
    expected["observed_days"] = expected["observed_days"].astype("Int64")
    pd.testing.assert_frame_equal(loaded.accepted[columns], expected, check_dtype=False)
    said = loaded.issues[loaded.issues["column"] == "told"]
    assert said["row"].tolist() == [5] and "without its day" in said["what"].iloc[0]


def test_an_outcome_before_the_facts_gives_no_time(tmp_path: Path) -> None:
    row = "K8,Zunela Testal,Kenya,2020-06-01,detained,2020-03-01,,,,,,,,,"
    loaded = load("case-status", written(tmp_path, [row]))
    assert loaded.accepted["outcome_time_code"].tolist() == ["not_assessed"]
    assert "before the facts" in " ".join(loaded.issues["what"])


def test_exact_numbers_are_of_persons_and_what_is_not_recorded_stands_apart(tmp_path: Path) -> None:
    twice = ROWS[1].replace("K2", "K9").replace("2021-01-01", "")  # a second case of one person
    study = CaseStatus(made(tmp_path, [*ROWS, twice]), {})
    found = values(study.extent()) | values(study.by_outcome()) | values(study.outcome_by_act())
    assert {k: found[f"extent.{k}"] for k in ("persons", "known", "positive", "nothing", "told")} == {
        "persons": 7, "known": 6, "positive": 4, "nothing": 2, "told": 1
    }  # fmt: skip
    assert (found["by_outcome.not_recorded"], found["by_outcome.nothing"]) == (2, 2)
    assert found["outcome_by_act.detained.released"] == 3
    assert found["outcome_by_act.tortured.nothing"] == 1
    assert values(study.outcome_by_state())["outcome_by_state.uga.not_recorded"] == 1
    nhri = study.nhri()
    assert values(nhri)["nhri.unknown"] == 1
    known = next(c for c in nhri.claims if c.name == "nhri.known")
    assert known.filter["nhri_action_code"] == ["yes", "no"]  # who did not ask, does not know
    assert "Zunela" not in study.build.table("case_outcomes").to_csv()


def many(outcomes: int, still: int) -> list[str]:
    """One outcome every ten days from the tenth on, and persons last looked at after four years."""
    days = [pd.Timestamp("2018-01-01") + pd.Timedelta(days=10 * (n + 1)) for n in range(outcomes)]
    freed = [f"F{n},Fe{n} Toskamidal,Kenya,2018-01-01,detained,{d:%Y-%m-%d},,,,,,,,,"
             for n, d in enumerate(days)]  # fmt: skip
    held = [f"H{n},He{n} Quennaxtos,Kenya,2018-01-01,detained,,,,,,2022-01-01,,,,"
            for n in range(still)]  # fmt: skip
    return [*freed, *held]


def test_the_time_to_an_outcome_is_estimated_with_those_who_still_wait(tmp_path: Path) -> None:
    study = CaseStatus(made(tmp_path, many(20, 60)), {})
    found = values(study.times())
    assert found["times.released.y1"] == pytest.approx(25.0)  # 20 of 80 in 200 days, none lost
    assert found["times.released.y1.low"] < 25 < found["times.released.y1.high"]
    assert found["times.released.y5"] is None  # nobody is followed for so long
    assert (found["times.used"], found["times.open"]) == (80, 60)
    few = CaseStatus(made(tmp_path, many(3, 6)), {}).times()
    assert few.rows == () and "fewer than ten persons" in few.statements[0]


def test_of_a_restricted_list_only_rounded_numbers_of_the_plan_leave(tmp_path: Path) -> None:
    study = CaseStatus(made(tmp_path, many(40, 61), is_released=True), {})
    findings = (study.extent(), study.by_outcome(), study.outcome_by_act(), study.outcome_by_state(),
                study.told(), study.nhri(), study.time_classes(), study.times())  # fmt: skip
    counted = [c for f in findings for c in f.claims if c.status == "shown" and c.unit == "person"]
    assert counted and all(c.value % 5 == 0 for c in counted)
    assert study.times().claims == () and study.outcome_by_act().rows == ()
    assert values(study.time_classes())["time_classes.under_6_months"] > 0


def test_the_casebook_gives_a_row_for_each_person_in_each_case(tmp_path: Path) -> None:
    of = {"person_id": "P-1", "case_id": "C-1"}
    held = {
        "detention_id": "D-1",
        "person_id": "P-1",
        "state": "Kenya",
        "arrest_date": "2020-02-03",
    }
    consent = {"consent_to_tell": "yes", "consent_date": "2023-01-01"}
    book = write_book(tmp_path / "book.xlsx", {
        "persons": [{"person_id": "P-1", "name": "Zunela Testal", "sex": "female"},
                    {"person_id": "P-2", "name": "Orvo Inventado"},
                    {"person_id": "P-3", "name": "Pelgru Maxfe", "counted": "no"}],
        "cases": [{"case_id": "C-1", "date": "2020-02", "state": "Kenya", "contributor": "Group 1"},
                  {"case_id": "C-2", "date": "2021-05-31", "state": "Uganda"}],
        "allegations": [{"allegation_id": "A-1", **of, "act": "tortured"},
                        {"allegation_id": "A-2", "person_id": "P-2", "case_id": "C-2", "act": "threatened"},
                        {"allegation_id": "A-3", "person_id": "P-3", "case_id": "C-2", "act": "other"}],
        "detentions": [held],  # without a case: of the only one of its person
        "outcomes": [{"outcome_id": "O-1", **of, "outcome": "nothing", "outcome_date": "2020-12-01"},
                     {"outcome_id": "O-2", **of, "outcome": "released", "outcome_date": "2021-01-02",
                      "nhri_action": "yes", **consent},
                     {"outcome_id": "O-3", **of, "outcome": "charges_dropped",
                      "consent_to_tell": "no"}],
    })  # fmt: skip
    into, work = tmp_path / "raw", tmp_path / "work"
    keep_casebook(read_casebook(book, "ours", into, work), "ours", work, open_on_this_machine=True)

    kept = pd.read_csv(into / "ours.csv", dtype=str, keep_default_na=False)
    kept = kept[kept["sheet"] == "status"]
    first = kept.iloc[0][["case_id", "state", "date", "act", *ADDED, "nhri_action", "contributor"]]
    assert first[first != ""].to_dict() == {
        "case_id": "P-1+C-1", "state": "KEN", "date": "2020-02-03", "act": "tortured;detained",
        "released": "2021-01-02", "charges_dropped": "yes", "nothing": "2020-12-01",
        "told": "released", "nhri_action": "yes", "contributor": "Group 1",
    }  # fmt: skip
    accepted = load("ours-status", into / "ours.csv").accepted
    columns = ["record_id", "case_act_codes", "case_outcome_codes", "told_codes", "facts_year"]
    expected = pd.DataFrame(
        [
            ("P-1+C-1", "tortured|detained", "released|charges_dropped", "released", 2020),
            ("P-2+C-2", "threatened", "not_recorded", "not_recorded", 2021),
        ],
        columns=columns,
    )  # P-3 may not be counted
    pd.testing.assert_frame_equal(accepted[columns], expected, check_dtype=False)


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    with recompute_scripts() as scripts:
        yield scripts


@pytest.mark.parametrize("end", ["", ".low", ".high"])
def test_a_time_is_recomputed_and_a_changed_one_is_found(
    script: Any, tmp_path: Path, end: str
) -> None:
    died = "X1,Dal Vimquen,Kenya,2018-01-01,threatened,,,,,,,2018-03-09,,,"
    study = CaseStatus(made(tmp_path, [*many(20, 60), died]), {})
    tables = {"case_outcomes": study.build.table("case_outcomes")}
    whole = next(c for c in study.extent().claims if c.name == "extent.persons")
    right = values(study.times())[name := f"times.released.y1{end}"]
    for value, expected in ((right, "agree"), (right + 0.1, "differs")):
        claims = {
            name: claim("case-status", value, f"{value:.6f}", table="case_outcomes"),
            "extent.persons": claim("case-status", 81, table="case_outcomes", filter=whole.filter),
        }
        assert told(script, tmp_path, tables, name, claims) == expected


def test_who_is_in_two_cases_is_known_where_one_of_them_says_what_followed(tmp_path: Path) -> None:
    rows = []
    for n in range(40):
        name = f"Zunela Testal{chr(97 + n // 26)}{chr(97 + n % 26)}"
        day = ["2020-03-01,,,,", ",,,2020-03-01,"][n % 2]  # released, or protected
        rows += [f"A{n},{name},Kenya,2020-01-01,detained,{day},,,,,",
                 f"B{n},{name},Kenya,2021-01-01,threatened,,,,,,,,,,"]  # fmt: skip
    internal = CaseStatus(made(tmp_path / "exact", rows), {})
    exact = values(internal.extent())
    assert (exact["extent.persons"], exact["extent.known"]) == (40, 40)
    [said] = internal.by_outcome().statements
    assert said.endswith(
        "What followed is not recorded in at least one entry for {{ by_outcome.not_recorded }}."
    )
    released = values(CaseStatus(made(tmp_path / "released", rows, is_released=True), {}).extent())
    assert released["extent.known"] in (35, 40, 45)  # rounded, and not none


def test_the_table_of_questions_answers_with_numbers(tmp_path: Path) -> None:
    study = CaseStatus(made(tmp_path, ROWS), {})
    findings = [study.card(), study.extent(), study.nhri(), study.told(), study.time_classes()]
    table = build_question_table(findings)
    assert table is not None
    answers = [row[2].text for row in table.rows]
    assert answers[:2] == [
        "known for {{ extent.known }} of {{ extent.persons }} persons",
        "it acted for {{ nhri.yes }} of {{ nhri.known }} persons",
    ]
    assert answers[3] == "known for {{ time_classes.known }} persons"
