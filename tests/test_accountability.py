"""Accountability: editions of a list linked case by case, classes by State and age, and what States
say beside.

All persons are invented.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build
from upr_builds import study_of_rows

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.several_studies import add_study_prefix
from hrdresearch.report.exhibits import is_drawn
from hrdresearch.report.marks import marks_of_column
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.source_files import demo_files
from hrdresearch.run.steps.accountability import change_of_class
from hrdresearch.sources import get_facts, is_own
from hrdresearch.sources.errors import UnknownSourceError
from hrdresearch.studies.accountability.page import AccountabilityPage, open_accountability
from hrdresearch.studies.accountability.study import Accountability
from hrdresearch.studies.communications.study import Communications
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.scope import ScopeError
from hrdresearch.studies.killings.study import Killings

REPOSITORY = Path(__file__).resolve().parents[1]
HEAD = (
    "Date,Name,Sex,Country Killed,Organization,Nationality,Medium,Job,Coverage,Freelance,Local/Foreign,"
    "Source of Fire,Type of Death,Impunity (for Murder),Taken Captive,Threatened,Tortured"
)
OLDER = [("1/1/00", "Zunela Kalindro Testal", "Kenya", "Murder", "Yes"),
         ("5/6/12", "Orvo Peltrin Maxador", "Kenya", "Murder", "Yes"),
         ("3/3/14", "Pelgru Maxfe Solundi", "Chad", "Murder", "Partial"),
         ("4/4/15", "Lormi Sutka Breldan", "Chad", "Murder", "No"),
         ("7/7/16", "Naxfe Zorquen Dulmira", "Chad", "Crossfire/Combat-Related", "")]  # fmt: skip
NEWER = [OLDER[0],
         ("5/6/12", "Orvo Peltrin Maxador", "Kenya", "Murder", "Partial"),
         ("3/3/14", "Pelgru Maxfe Solundi", "Chad", "Murder", "Yes"),
         OLDER[4],
         ("9/9/19", "Dalbra Vimtos Kerrado", "Chad", "Murder", "Yes")]  # fmt: skip
STUDIES = ("killings", "accountability", "attacks", "case-status", "communications", "upr", "views")
MURDER = {"death_type_code": "murder"}
ASKED = ["impunity_code", "death_type_code"]


def written(path: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    lines = [
        f"{day},{name},Male,{state},,,,,,,,,{death},{word},,,"
        for day, name, state, death, word in rows
    ]
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def built(folder: Path) -> Accountability:
    """Two editions of an invented list, as the study reads them."""
    files = [
        SourceFile("cpj", written(folder / "newer.csv", NEWER), True),
        SourceFile("cpj@2017-05", written(folder / "older.csv", OLDER), True),
    ]
    build("accountability", files, folder / "work")
    return Accountability(current_build("accountability", folder / "work"), {})


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def told(*findings: Finding) -> str:
    """Sentences of the first finding, with the numbers of all of them."""
    return strip_markdown(
        fill_in_prose(" ".join(findings[0].statements), names_for_prose(findings), "x")
    )


def killings(work: Path, parts: Sequence[tuple[int, Mapping[str, Any]]], **params: Any) -> Killings:
    rows = [row for n, row in parts for row in [row] * n]
    return Killings(make_build(work, rows, [facts(asked=ASKED)]), params)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


def test_cases_of_two_editions_are_one_with_their_class_before_and_after(tmp_path: Path) -> None:
    rows = built(tmp_path).build.table("case_editions")
    columns = [
        "edition",
        "source_row",
        "state_iso3",
        "event_year",
        "case_age_code",
        "impunity_code",
    ]
    columns += ["next_impunity_code", "status_change_code"]
    expected = pd.DataFrame(
        [
            ("2017-05", 2, "KEN", 2000, "under_20", "complete", "complete", "same"),
            ("2017-05", 3, "KEN", 2012, "under_5", "complete", "partial", "forward"),
            ("2017-05", 4, "TCD", 2014, "under_5", "partial", "complete", "back"),
            ("2017-05", 5, "TCD", 2015, "under_2", "full_justice", "no_row", "removed"),
            ("2017-05", 6, "TCD", 2016, "under_2", "not_asked", "not_asked", "never"),
            ("newest", 2, "KEN", 2000, "under_20", "complete", "no_row", "last"),
            ("newest", 3, "KEN", 2012, "under_10", "partial", "no_row", "last"),
            ("newest", 4, "TCD", 2014, "under_10", "complete", "no_row", "last"),
            ("newest", 5, "TCD", 2016, "under_5", "not_asked", "no_row", "last"),
            ("newest", 6, "TCD", 2019, "under_2", "complete", "no_row", "last"),
        ],
        columns=columns,
    )
    expected["event_year"] = expected["event_year"].astype("Int64")
    pd.testing.assert_frame_equal(rows[columns], expected, check_dtype=False)
    held = rows.groupby("victim_id")["edition"].count()
    assert sorted(held) == [1, 1, 2, 2, 2, 2]
    assert not rows.astype(str).apply(lambda column: column.str.contains("Orvo")).any().any()


def test_changes_are_counted_over_murders_with_a_class_in_both_editions(tmp_path: Path) -> None:
    study = built(tmp_path)
    changes = study.changes()
    found = values(changes)
    stem = "changes.e2017_05"
    assert [found[f"{stem}.{k}"] for k in ("followed", "same", "forward", "back", "removed")] == [
        3, 1, 1, 1, 1,
    ]  # fmt: skip
    assert told(changes) == (
        "Of three cases that the Committee to Protect Journalists (invented) holds with a class both in the "
        "edition of May 2017 and in the newest edition, whose last case is of 2019, one has the same class; "
        "one moved towards justice and one moved back. Beside them, one with a class is not on the next "
        "edition."
    )
    by_age = values(study.changes_by_age())
    stem = "changes_by_age.e2017_05"
    assert [by_age[f"{stem}.{k}"] for k in ("older", "older.forward", "younger.forward")] == [
        1,
        0,
        1,
    ]
    assert [row[1].text for row in study.changes_by_state().rows] == ["Chad", "Kenya"]
    assert values(study.editions())["editions.newest"] == 4


def test_of_few_changes_the_state_and_year_that_make_a_fifth_are_named(tmp_path: Path) -> None:
    names = ("Orvo Peltrin", "Pelgru Maxfe", "Lormi Sutka", "Naxfe Zorquen", "Dalbra Vimtos")
    states = ("Kenya", "Kenya", "Kenya", "Chad", "Peru")
    older, newer = (
        [(f"5/{n}/12", f"{name} Maxador", state, "Murder", word)
         for n, (name, state) in enumerate(zip(names, states, strict=True), start=1)]
        for word in ("Yes", "Partial")
    )  # fmt: skip
    work = tmp_path / "work"
    files = [SourceFile("cpj", written(tmp_path / "b.csv", newer), True),
             SourceFile("cpj@2017-05", written(tmp_path / "a.csv", older), True)]  # fmt: skip
    build("accountability", files, work)
    changes = Accountability(current_build("accountability", work), {}).changes()
    assert "Of the five that moved towards justice, three are of Kenya in 2012" in told(changes)


def test_the_words_of_a_list_stand_beside_the_class_that_they_are_read_as(tmp_path: Path) -> None:
    words = {(row[1].text, row[2].text) for row in built(tmp_path).words().rows}
    assert {("“Yes”", "Complete impunity"), ("“No”", "Full justice")} <= words


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        ("complete", "full_justice", "forward"),
        ("complete", "conviction", "forward"),
        ("under_investigation", "partial", "forward"),
        ("conviction", "under_investigation", "back"),
        ("complete", "under_investigation", "other"),
        ("under_investigation", "closed", "other"),
        ("unknown", "partial", "first"),
        ("partial", "not_asked", "gone"),
        ("unknown", "not_asked", "never"),
    ],
)
def test_only_two_classes_of_one_order_are_a_move(was: str, now: str, change: str) -> None:
    assert change_of_class(was, now) == change


def test_an_edition_has_the_facts_of_its_list_and_a_title_of_its_own() -> None:
    edition = get_facts("cpj@2018-05-17")
    assert edition.title.endswith("edition of 17 May 2018")
    assert edition.asked == get_facts("cpj").asked
    assert not is_own("cpj@2018")
    for wrong in ("cpj@new", "cpj@2018-13", "nobody@2018"):
        with pytest.raises(UnknownSourceError):
            get_facts(wrong)


@pytest.mark.parametrize(
    ("study", "slugs", "why"),
    [
        ("killings", ["cpj", "cpj@2018"], "one edition"),
        ("accountability", ["cpj@2018"], "give the newest one too"),
        ("accountability", ["restricted-list", "restricted-list@2018"], "could reveal one person"),
    ],
)
def test_an_edition_is_refused_where_it_has_no_use_or_could_endanger(
    tmp_path: Path, study: str, slugs: list[str], why: str
) -> None:
    file = written(tmp_path / "list.csv", NEWER)
    with pytest.raises(RunError, match=why):
        build(study, [SourceFile(slug, file, True) for slug in slugs], tmp_path / "work")


def test_a_list_without_accountability_or_shared_in_confidence_is_sent_to_the_killings(
    tmp_path: Path,
) -> None:
    demo = {f.slug: f for f in demo_files("killings")}
    for slug, why in (
        ("global-witness", "does not record accountability"),
        ("restricted-list", "figures of its plan"),
    ):
        with pytest.raises(RunError, match=why):
            build("accountability", [demo[slug]], tmp_path / "work", open_on_this_machine=True)


def test_classes_by_state_and_age_are_counted_over_murders(tmp_path: Path) -> None:
    study = killings(
        tmp_path,
        [
            (30, MURDER | {"impunity_code": "complete", "event_year": 2020}),
            (10, MURDER | {"impunity_code": "partial", "event_year": 2010}),
            (5, MURDER | {"impunity_code": "complete", "event_year": 1999, "state_iso3": "BRA"}),
            (2, {"death_type_code": "crossfire", "impunity_code": "complete"}),
        ],
    )
    found = values(study.accountability_by_state())
    stem = "accountability_by_state"
    assert [found[f"{stem}.{k}"] for k in ("col", "col.complete", "col.older", "bra.complete.older")] == [
        40, 30, 10, 5,
    ]  # fmt: skip
    by_age = study.accountability_by_age()
    assert [row[0].text for row in by_age.rows] == [
        "Under two years", "Ten to nineteen years", "Twenty years or more",
    ]  # fmt: skip
    assert told(by_age) == (
        "By the age of the case, complete impunity is recorded for all 30 cases of under two years, none "
        "of 10 cases of ten to nineteen years and all five cases of twenty years or more."
    )


def test_a_state_is_named_with_the_year_that_may_be_one_event(tmp_path: Path) -> None:
    study = killings(
        tmp_path,
        [
            (20, MURDER | {"impunity_code": "partial", "event_year": 2009}),
            *(
                (5, MURDER | {"impunity_code": "complete", "event_year": year})
                for year in range(2010, 2016)
            ),
            (5, MURDER | {"impunity_code": "partial", "event_year": 2012, "state_iso3": "BRA"}),
        ],
    )
    by_state = study.accountability_by_state()
    assert (
        "Colombia (30 of 50, of which 20 in partial impunity are of 2009 and may be one event"
    ) in told(by_state)
    assert values(by_state)["accountability.partial.one_state_and_year"] == 20


def test_of_several_lists_it_is_said_first_which_one_says_what_followed(tmp_path: Path) -> None:
    rows = [MURDER | {"impunity_code": "complete"}, {"source": "list-b"}]
    lists = [facts("list-a", asked=ASKED), facts("list-b", asked=["event_day"])]
    make_build(tmp_path, rows, lists)
    (first, *_) = page_of(tmp_path).top().key_sentences
    assert first.startswith("Of the lists of killings read, ")
    assert first.endswith("has no field for it, so of its cases nothing is known.")


def test_each_list_has_a_panel_with_the_numbers_of_its_classes_and_unknown_ones_apart(
    tmp_path: Path,
) -> None:
    codes = {
        "list-a": ("complete", "complete", "partial", "unknown"),
        "list-b": ("complete", "partial"),
    }
    rows = [
        MURDER | {"source": source, "impunity_code": code}
        for source, held in codes.items()
        for code in held
    ]
    lists = [facts(slug, publisher=slug, asked=ASKED) for slug in codes]
    make_build(tmp_path, rows, lists)
    found = page_of(tmp_path).by_class()
    marks = {key: marks_of_column(found, key) for key in found.drawing.values}

    assert (found.drawing.kind, found.drawing.panels, is_drawn(found)) == ("bars", True, True)
    assert [(m.label, m.value, m.is_unknown) for m in marks["list-a"]] == [
        ("Complete impunity", 2, False),
        ("Partial impunity", 1, False),
        ("Asked, not known", 1, True),
    ]
    assert found.rows == page_of(tmp_path).killings.accountability().rows
    assert page_of(tmp_path, state="BRA").by_class().drawing.kind == "table"


def test_a_stage_is_a_class_of_its_own_and_a_class_that_no_list_uses_has_no_column(
    tmp_path: Path,
) -> None:
    rows = [(3, {"impunity_code": "under_investigation"}), (2, {"impunity_code": "closed"})]
    study = killings(tmp_path, rows)
    heads = [column.label for column in study.accountability_by_state().columns]
    assert heads[2:5] == [
        "With a class",
        "Under investigation or on trial",
        "Closed without a conviction",
    ]
    assert values(study.accountability())["accountability.under_investigation"] == 3


def test_a_list_without_the_field_says_nothing_either_way(tmp_path: Path) -> None:
    lists = [facts(publisher="Ana", asked=ASKED), facts("list-b", publisher="Bea", asked=[])]
    rows = [
        *[{"impunity_code": "complete"}] * 3,
        {"impunity_code": "unknown"},
        *[{"source": "list-b"}] * 4,
    ]
    study = Killings(make_build(tmp_path, rows, lists), {})
    recorded = study.status_recorded()
    assert told(recorded) == (
        "Ana classes what followed for three of four victims; it is not known for one. Bea "
        "(four victims) has "
        "no field for it and says nothing either way."
    )
    assert [cell.text for cell in recorded.rows[1][2:]] == ["not asked"] * 3
    assert {row[0].text for row in study.accountability_by_state().rows} == {"COL"}


def page_of(work: Path, **params: str) -> AccountabilityPage:
    return open_accountability(*STUDIES, work=work, **params)


def test_the_page_sets_the_review_beside_the_cases_by_state_and_merges_nothing(
    tmp_path: Path,
) -> None:
    make_build(tmp_path, [MURDER | {"impunity_code": "complete"}] * 3, [facts(asked=ASKED)])
    hrd = {"concern_code": "explicit", "ask_codes": "accountability"}
    study_of_rows(
        tmp_path,
        [
            {"state_iso3": iso3, "response_code": answer, "review_year": 2010, **hrd}
            for iso3, answer in [("COL", "supported"), ("COL", "noted"), ("FJI", "supported")]
        ]
        + [
            {"state_iso3": iso3}
            for iso3 in ["KEN", "UGA", "BRA", "PER", "CHL", "BOL", "ECU", "URY", "PRY"]
        ],
    )
    (tmp_path / "upr" / "current").write_text("b1")
    states = page_of(tmp_path).states()
    assert [c.label for c in states.columns[2:]] == [
        "Classed, 2020",
        "Complete impunity",
        "Asked in review, 2008 and 2010",
        "Supported",
    ]
    assert states.title.endswith(
        "beside it what it answered in the Universal Periodic Review, by State"
    )
    assert "letters" not in " ".join(states.notes)
    numbers = {c.name: c.text for c in states.claims}
    assert [[numbers.get(c.claim or "", c.text) for c in row[1:]] for row in states.rows] == [
        ["Colombia", "3", "3", "2", "1"],
        ["Fiji", "none", "none", "1", "1"],
    ]
    assert page_of(tmp_path, state="COL").states().rows == ()


def test_a_finding_called_as_a_study_is_keeps_the_name_of_its_own_study(tmp_path: Path) -> None:
    """``accountability.known`` of the killings is no number of the study of accountability."""
    make_build(tmp_path, [MURDER | {"impunity_code": "complete"}] * 3, [facts(asked=ASKED)])
    page = page_of(tmp_path)
    by_state = page.killings.accountability_by_state()
    findings = add_study_prefix(
        [page.card(), page.killings.accountability(), page.states(), by_state]
    )
    names = {c.name for c in findings[1].claims}
    assert "killings.accountability.known" in names and "accountability.known" not in names
    assert "killings.accountability_by_state.col" in {c.name for c in findings[2].claims}


def test_a_restricted_list_is_told_over_the_whole_list_and_by_no_state(tmp_path: Path) -> None:
    rows = [
        {"state_iso3": iso3, "impunity_code": "complete"}
        for iso3 in ("COL", "BRA")
        for _ in range(40)
    ]
    make_build(tmp_path, rows, [facts(policy=RESTRICTED, asked=ASKED)])
    page = page_of(tmp_path)
    assert values(page.killings.accountability())["accountability.complete"] == 80
    assert page.killings.accountability_by_state().rows == ()
    assert page.killings.accountability_by_age().rows == ()
    assert page.states().rows == ()
    assert not page.states().policy["is_internal"]


def test_a_state_without_anything_has_a_page_that_says_so(tmp_path: Path) -> None:
    make_build(tmp_path, [MURDER | {"impunity_code": "complete"}], [facts(asked=ASKED)])
    said = {c.name: c.value for c in page_of(tmp_path, state="NRU").card().claims}
    assert (said["scope.nothing"], said["place.name"], said["place.without_case"]) == (
        "yes", "Nauru", "List a",
    )  # fmt: skip
    assert "scope.nothing" not in {c.name for c in page_of(tmp_path).card().claims}
    with pytest.raises(ScopeError, match="one State or one region"):
        page_of(tmp_path, state="COL", region="americas")


def test_steps_towards_justice_tell_no_class_from_none(tmp_path: Path) -> None:
    rows = [
        MURDER | {"impunity_code": c} for c in ("under_investigation", "partial", "full_justice")
    ]
    make_build(tmp_path, rows, [facts(asked=ASKED)])
    (row,) = page_of(tmp_path).steps_of_justice().rows
    assert [cell.claim or cell.text for cell in row] == [
        "Nobody",
        "killings.accountability.under_investigation",
        "no such class",
        "some convicted: {{ killings.accountability.partial }}; "
        "all convicted: {{ killings.accountability.full_justice }}",
        "no such class",
    ]


def test_letters_on_cases_are_counted_with_their_replies_by_state(tmp_path: Path) -> None:
    """Letters that are not public are in the text and not in the table; other letters in neither."""
    head = (REPOSITORY / "data/reference/self_test/register.csv").read_text("utf-8").splitlines()[0]
    columns = head.split(",")
    letters = [
        {"reference": "UA BRA 901/2020", "addressee": "Brazil", "type": "UA", "published_date": "2020-03-02",
         "reply_dates": "2020-02-20", "coder_a": "partial", "coder_b": "partial",
         "outcome": "investigation_opened", "outcome_date": "2020-03-01"},
        {"reference": "AL BRA 902/2020", "addressee": "Brazil", "type": "AL", "published_date": "2020-03-02"},
        {"reference": "AL KEN 902/2020", "addressee": "Kenya", "type": "AL"},
        {"reference": "OL KEN 901/2020", "addressee": "Kenya", "type": "OL", "published_date": "2020-03-02"},
    ]  # fmt: skip
    rows = [{"sent_date": "2020-01-01", **row} for row in letters]
    file = tmp_path / "register.csv"
    lines = [head, *(",".join(row.get(column, "") for column in columns) for row in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    build("communications", [SourceFile("register", file, True)], tmp_path / "work")
    study = Communications(
        current_build("communications", tmp_path / "work"), {"cut_off": "2020-06-01"}
    )
    finding = study.allegations()
    found = values(finding)
    assert [found[f"allegations.{k}"] for k in ("letters", "replied", "substantive", "investigation")] == [
        3, 1, 1, 1,
    ]  # fmt: skip
    assert [row[0].text for row in finding.rows] == ["Brazil"]
    assert found["allegations.bra"] == 2 and "allegations.ken" not in found


def test_the_demo_editions_are_remade_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_accountability.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    kept = REPOSITORY / "data" / "raw" / "demo" / "accountability"
    written_ = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert written_ == {p.name: p.read_bytes() for p in kept.iterdir()}
