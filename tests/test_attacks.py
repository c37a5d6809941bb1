"""Attacks of every kind: lists are read, victims told apart, endings counted; all persons are invented."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.fact_checks import checks_by_record, keep_checks, standing_of_record
from hrdresearch.sources import load
from hrdresearch.sources.attack_rows import listed_victims
from hrdresearch.studies.attacks.study import Attacks
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.vocab import codes, vocabulary

REPOSITORY = Path(__file__).resolve().parents[1]
TRACKER = (
    "slug", "categories", "targeted_journalists", "targeted_institutions", "date", "exact_date_unknown",
    "state", "arrest_status", "status_of_charges", "actor", "assailant", "was_journalist_targeted",
    "status_of_seized_equipment", "subpoena_statuses", "status_of_prior_restraint",
)  # fmt: skip
NONE, OFF = "None", "False"
INCIDENTS = [
    # an arrest of two persons with a physical attack; "name (STATUS as of date)"
    ("i1", "Arrest / Criminal Charge, Physical Attack",
     "Zunela Testal (Invented Daily, East), Anonymous (X)", "",
     "2018-05-04", OFF, "Ohio (OH)", "arrested and released", "charges dropped (as of 2018-06-01)", NONE,
     "law enforcement", "yes", NONE, "[]", NONE),
    # an order against an organization, without a place
    ("i2", "Subpoena / Legal Order", "", "Invented Daily", "2018-07-01", OFF, NONE, NONE, NONE, NONE,
     NONE, NONE,
     NONE, "['QUASHED']", NONE),
    # the same person on a later day, charged and not arrested, day not exact
    ("i3", "Arrest / Criminal Charge", "Zunela Testal", "", "2018-11-20", "True", "NY", NONE,
     "charges pending", NONE,
     NONE, NONE, NONE, "[]", NONE),
    # nobody named, abroad
    ("i4", "Denial of Access", "", "", "2019-01-05", OFF, "Canada", NONE, NONE, NONE, NONE, NONE, NONE,
     NONE, NONE),
    ("i5", "Physical Attack, Equipment Damage", "Zunela Testal", "", "2019-02-01", OFF, "Ohio (OH)",
     NONE, NONE,
     "private individual", "unknown", "no", NONE, "[]", NONE),
]  # fmt: skip
ATTACKS_HEAD = (
    "case_id,name,victim,state,date,act,sex,identity,perpetrator,custody,charges,followed"
)
ATTACKS_ROWS = [
    "K1,Zunela Testal,person,Kenya,2020-01-01,threat,female,journalist,police,,,nothing",
    "K2,Zunela Testal,person,Kenya,2020-03-01,killing;torture,female,journalist,unknown,,,",
    "K3,Orvo Inventado,person,Kenya,2020-05,arbitrary_detention,male,lawyer,police,released,pending,"
    "investigation",
    "K4,Invented Association,organization,Uganda,2020,closure,,,,,,",
    "K5,Pelgru Maxfe,,Uganda,2021-02-03,arrest,,trade_unionist,,,,",
]


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def tracker(folder: Path, rows: list[Any] = INCIDENTS) -> Path:
    path = folder / "incidents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([TRACKER, *rows])
    return path


def template(folder: Path, rows: list[str] = ATTACKS_ROWS) -> Path:
    path = folder / "attacks.csv"
    path.write_text("\n".join([ATTACKS_HEAD, *rows]), encoding="utf-8")
    return path


def made(folder: Path, slug: str, path: Path) -> Build:
    """A build; of the restricted list with its exact numbers, for a report that does not leave."""
    build("attacks", [SourceFile(slug, path, True)], folder / "work")
    released = folder / "work" / "attacks" / "released"
    shutil.rmtree(released, ignore_errors=True)
    return current_build("attacks", folder / "work")


def values(*findings: Finding) -> dict[str, Any]:
    return {c.name: c.value for finding in findings for c in finding.claims}


def test_the_tracker_is_read_as_published(tmp_path: Path) -> None:
    columns = [
        "attack_act_codes", "event_date_precision", "state_iso3", "admin1_name", "perpetrator_codes",
        "work_link_code", "custody_code", "charge_status_code", "order_status_codes", "victim_kinds",
    ]  # fmt: skip
    expected = pd.DataFrame(
        [
            ("arrest|charge|physical_attack", "day", "USA", "Ohio", "police", "yes", "released", "dropped",
             "not_applicable", "named|person"),
            ("legal_order", "day", "USA", None, "not_asked", "not_asked", "not_applicable", "not_applicable",
             "quashed", "organization"),
            ("charge", "month", "USA", "New York", "not_asked", "not_asked", "not_applicable", "pending",
             "not_applicable", "named"),
            ("access_denied", "day", "CAN", None, "not_asked", "not_asked", "not_applicable",
             "not_applicable",
             "not_applicable", "not_recorded"),
            ("physical_attack|equipment_damage", "day", "USA", "Ohio", "unknown|private_individual", "no",
             "not_applicable", "not_applicable", "not_applicable", "named"),
        ],
        columns=columns,
    )  # fmt: skip
    loaded = load("us-press-freedom-tracker", tracker(tmp_path))
    pd.testing.assert_frame_equal(
        loaded.accepted[columns].fillna(""), expected.fillna(""), check_dtype=False
    )
    assert loaded.notes[0].values == (("outside", 1), ("empty", 1))


def test_a_physical_attack_with_the_tag_killed_is_a_killing_too(tmp_path: Path) -> None:
    rows = [
        ("Physical Attack", "Invented incident", "killed"),
        ("Physical Attack", "Demo reporter shot with rubber bullet", "protest"),
        ("Subpoena / Legal Order", "Reporter summoned on a man shot and killed", "killed"),
    ]
    path = tmp_path / "incidents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*TRACKER, "title", "tags"])
        for n, (category, title, tags) in enumerate(rows):
            cells = [f"i{n}", category, "Orvo Inventado", "", "2018-05-04", OFF, "Ohio (OH)"]
            out.writerow([*cells, *[NONE] * 8, title, tags])
    loaded = load("us-press-freedom-tracker", path)
    assert loaded.accepted["attack_act_codes"].tolist() == [
        "killing|physical_attack",
        "physical_attack",
        "legal_order",
    ]
    assert loaded.issues["what"].str.contains("were killed").sum() == 1


def test_a_name_on_a_list_of_one_state_is_one_person_abroad_too(tmp_path: Path) -> None:
    stop = ("Border Stop", "Zunela Testal", "", "2019-03-05", OFF)
    rows = [
        ("i1", *stop, "Ohio (OH)", *[NONE] * 8),
        ("i2", *stop, "Canada", *[NONE] * 8),
    ]
    table = made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path, rows)).table("attacks")
    assert table["state_iso3"].tolist() == ["USA", "CAN"]
    assert table["person_id"].nunique() == 1


def test_an_arrest_without_arrest_and_charge_stays_open(tmp_path: Path) -> None:
    row = [
        "i9",
        "Arrest / Criminal Charge",
        "Orvo Inventado",
        "",
        "2018-05-04",
        OFF,
        "Ohio (OH)",
        *[NONE] * 8,
    ]
    loaded = load("us-press-freedom-tracker", tracker(tmp_path, [row]))
    assert loaded.accepted["attack_act_codes"].tolist() == ["not_recorded"]
    assert "Neither arrest nor charge" in " ".join(loaded.issues["what"])


@pytest.mark.parametrize(
    ("title", "is_killing"),
    [
        ("Journalist Zunela Testal shot and killed in Ohio", True),
        ("Man angry at coverage shoots and kills two local reporters", True),
        ("Reporters killed in their newsroom", True),
        ("Photojournalist struck while covering protest over man killed by police", False),
        ("Journalist whose brother was killed is beaten", False),
        ("Man tells reporter that he will be killed", False),
        ("Officer kills dog of reporter", False),
        ("Journalist punched at scene of murder", False),
        (NONE, False),
    ],
)
def test_a_physical_attack_of_which_the_title_tells_a_killing_is_a_candidate_of_that_act_alone(
    tmp_path: Path, title: str, is_killing: bool
) -> None:
    rows = [(*INCIDENTS[4], title), (*INCIDENTS[1], "Journalist killed: subpoena for notes")]
    path = tmp_path / "incidents.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([(*TRACKER, "title"), *rows])
    study = Attacks(made(tmp_path, "us-press-freedom-tracker", path), {})
    table = study.build.table("attacks").set_index("attack_victim_code")
    kinds = "physical_attack|equipment_damage"
    assert table["attack_act_codes"].to_dict() == {
        "person": f"killing|{kinds}" if is_killing else kinds,
        "organization": "legal_order",
    }
    assert table.loc["person", "sdg_act_codes"] == ("killing" if is_killing else "other_harmful")
    assert values(study.candidates()).get("candidates.killing.journalist") == (is_killing or None)


def test_brackets_are_no_part_of_a_name_and_their_commas_part_nobody() -> None:
    found = listed_victims(
        pd.Series(["Ann Inventada (A, B), Media (C), Ben Inventado"]), pd.Series([""])
    )
    assert found["victims"].tolist() == ["Ann Inventada\n\nBen Inventado"]
    assert found["victim_kinds"].tolist() == ["named|person|named"]


def test_each_victim_of_an_incident_is_a_row_and_names_leave(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path)), {})
    found = values(study.extent())
    keys = (
        "incidents",
        "attacks",
        "on_persons",
        "persons",
        "not_named",
        "on_organizations",
        "no_victim",
    )
    assert [found[f"extent.{k}"] for k in keys] == [5, 6, 4, 1, 1, 1, 1]
    table = study.build.table("attacks")
    assert "Zunela" not in table.to_csv() and "Invented Daily" not in table.to_csv()
    assert table["person_id"].nunique() == 4  # one person in three incidents, three alone
    assert table["attack_id"].is_unique and table["incident_id"].nunique() == 5


def test_what_is_not_asked_is_not_in_the_denominator(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path)), {})
    found = values(study.by_perpetrator(), study.by_work_link())
    assert (found["by_perpetrator.known"], found["by_perpetrator.not_asked"]) == (3, 3)
    assert (found["by_work_link.yes"], found["by_work_link.no"]) == (2, 1)
    crossed = (
        study.kind_by_perpetrator()
    )  # asked of some kinds only: no sentence on the most frequent
    assert (
        crossed.rows and crossed.statements == () and any("some kinds" in n for n in crossed.notes)
    )
    assert study.by_sex().rows == () and "no field" in study.by_sex().statements[0]
    assert study.accountability().rows == ()


def test_endings_are_counted_over_those_that_have_one(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path)), {})
    found = values(study.custody(), study.charges(), study.orders(), study.seized())
    assert (found["custody.of"], found["custody.released"]) == (2, 2)
    assert (found["charges.of"], found["charges.known"], found["charges.pending"]) == (3, 3, 1)
    assert (found["orders.of"], found["orders.quashed"], found["seized.of"]) == (1, 1, 0)


def test_a_record_before_another_is_of_one_person_on_known_days(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path)), {})
    found = values(study.before())
    assert (found["before.followed"], found["before.several"]) == (
        1,
        1,
    )  # the inexact day is left out
    assert study.before().rows == ()  # no pair of two persons


def test_a_killing_is_told_with_what_the_list_had_before_and_no_more(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "attacks", template(tmp_path)), {})
    found = values(study.warnings())
    assert found == {
        "warnings.killed": 1,
        "warnings.earlier": 1,
        "warnings.threat": 1,
        "warnings.days": 60,
    }
    assert "no warning" in study.warnings().statements[0]


def test_the_template_tells_nothing_from_not_recorded(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "attacks", template(tmp_path)), {})
    found = values(study.accountability(), study.by_kind(), study.kind_by_sex())
    assert (found["accountability.nothing"], found["accountability.not_recorded"]) == (1, 3)
    assert (found["by_kind.killing"], found["by_kind.torture"]) == (1, 1)
    assert found["kind_by_sex.female.threat"] == 1 and found["kind_by_sex.male.of"] == 1


def test_candidates_are_the_five_acts_and_an_arrest_stands_apart(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "attacks", template(tmp_path)), {})
    found = values(study.candidates(), study.refinement(), study.records())
    assert (found["candidates.killing.journalist"], found["candidates.torture.journalist"]) == (
        1,
        1,
    )
    assert found["candidates.arbitrary_detention.advocate"] == 1  # a lawyer
    assert (found["candidates.all"], found["candidates.kidnapping.journalist"]) == (2, 0)
    assert found["refinement.arrest_not_assessed.trade_unionist"] == 1
    assert (found["records.all"], found["records.date"], found["records.checked"]) == (4, 3, 0)
    assert "not the value of the indicator" in study.candidates().statements[0]


def test_acts_on_persons_of_no_group_of_the_indicator_are_told_and_not_counted(
    tmp_path: Path,
) -> None:
    rows = [*ATTACKS_ROWS, "K6,Anzu Maxfe,person,Kenya,2021-05-01,killing,female,student,,,,"]
    study = Attacks(made(tmp_path, "attacks", template(tmp_path, rows)), {})
    found = values(study.candidates())
    assert (found["candidates.all"], found["candidates.no_group"]) == (2, 1)
    assert "Not counted {{ candidates.no_group|agree:is:are }}" in study.candidates().statements[0]


def test_of_an_act_without_a_code_no_ending_is_said_not_to_apply(tmp_path: Path) -> None:
    rows = ["N1,,person,Kenya,2020,,female,lawyer,,,,", "N2,,person,Kenya,2020,threat,,,,,,"]
    table = made(tmp_path, "attacks", template(tmp_path, rows)).table("attacks")
    ends = table[["custody_code", "charge_status_code", "seized_status_code"]]
    assert ends.to_numpy().tolist() == [["not_recorded"] * 3, ["not_applicable"] * 3]


def test_a_killing_is_named_however_few_and_kinds_that_tie_are_told_together(
    tmp_path: Path,
) -> None:
    rows = [f"T{n},,person,Kenya,2020,threat,female,lawyer,,,," for n in range(12)]
    rows += ["M1,,person,Kenya,2020,threat,male,lawyer,,,,"]
    rows += [f"S{n},,person,Kenya,2020,smear,female,lawyer,,,," for n in range(12)]
    rows += [f"O{n},,person,Kenya,2020,{act},female,lawyer,,,," for n, act in enumerate(
        ["arrest", "harassment", "killing"]
    )]  # fmt: skip
    study = Attacks(made(tmp_path, "attacks", template(tmp_path, rows)), {})
    assert "{{ by_kind.killing }}" in study.by_kind().statements[0]
    assert "{{ by_kind.harassment }}" not in study.by_kind().statements[0]
    [told] = study.kind_by_sex().statements
    assert "each as threat and as smear or defamation campaign" in told


def test_a_list_without_a_class_has_no_zero_of_it(tmp_path: Path) -> None:
    study = Attacks(made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path)), {})
    cells = {cell.text for row in study.candidates().rows for cell in row[1:]}
    assert cells == {"no such class"} and not study.candidates().claims
    assert values(study.refinement())["refinement.arrest_not_assessed.journalist"] == 2


def test_acts_accepted_from_texts_come_in_and_arrested_is_not_arbitrary(tmp_path: Path) -> None:
    head = "case_id,incident_id,date,place,state_iso3,violations,acts,perpetrator,perpetrator_kind,victims"
    head += ",number_of_victims,as_written,name"
    rows = ["A1,I1,2021-01-02,Nairobi,KEN,arbitrary_detention,arrest|charge,,police,,1,,Zunela Testal",
            "A2,I1,2021-01-02,Nairobi,KEN,other,,,,,1,,"]  # fmt: skip
    path = tmp_path / "accepted.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    study = Attacks(made(tmp_path, "attacks", path), {})
    table = study.build.table("attacks")
    assert table["attack_act_codes"].tolist() == ["arrest|charge", "other"]
    assert table["sdg_act_codes"].tolist() == ["arrest_not_assessed", "no_act"]
    assert table["incident_id"].nunique() == 1
    assert study.by_sex().rows == ()  # texts were not asked for it


def test_of_a_restricted_list_only_rounded_numbers_leave(tmp_path: Path) -> None:
    rows = [
        f"K{n},Fe{n} Toskamidal,person,Kenya,2020-01-0{1 + n % 9},threat,female,journalist,police,,,nothing"
        for n in range(83)
    ]
    build("attacks", [SourceFile("attacks", template(tmp_path, rows), True)], tmp_path / "work")
    study = Attacks(current_build("attacks", tmp_path / "work"), {})
    assert [
        c.value for c in study.by_period().claims if c.status == "shown"
    ]  # attacks, not persons
    assert {c.unit for c in study.by_period().claims} == {"attack"}
    findings = (study.extent(), study.by_kind(), study.by_sex(), study.by_period(),
                study.charges(), study.candidates(),
                study.refinement(), study.accountability())  # fmt: skip
    shown = [c for f in findings for c in f.claims if c.status == "shown" and c.unit != "per_cent"]
    assert shown and all(c.value % 5 == 0 for c in shown)
    for finding in (
        study.before(),
        study.warnings(),
        study.kind_by_sex(),
        study.candidates_by(),
        study.records(),
    ):
        assert not [c for c in finding.claims if c.status == "shown"]


@pytest.mark.parametrize("of_military", [False, True])
def test_shutdowns_stand_beside_attacks_and_are_added_to_none(
    tmp_path: Path, of_military: bool
) -> None:
    path = tmp_path / "shutdowns.csv"
    head = "start_date,end_date ,country ,ordered_by ,official_just,actual_cause,hr_abuse_reported"
    head += ",other_cause_details"
    rows = ["6/22/2019,6/20/2019,SriLanka,Law Enforcemnet,School Exams,Protests,unknown,",
            "2/12/2019,Ongoing,India,Uknown,None,Protest,Yes,"]  # fmt: skip
    if of_military:  # what stands in the details is told, and not that it is another cause
        rows += ["3/1/2019,3/2/2019,India,Uknown,Unknown,Other,Yes,Military Action"] * 3
        rows += ["3/1/2019,3/2/2019,India,Uknown,Unknown,Other,Yes,Something else"] * 2
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    files = [
        SourceFile("us-press-freedom-tracker", tracker(tmp_path), True),
        SourceFile("keepiton", path, True),
    ]
    build("attacks", files, tmp_path / "work")
    study = Attacks(current_build("attacks", tmp_path / "work"), {})
    found = values(study.shutdowns(), study.extent())
    assert (found["shutdowns.cause.protest"], found["extent.attacks"]) == (2, 6)
    table = study.build.table("shutdowns")
    assert table["state_iso3"].tolist()[:2] == ["LKA", "IND"]
    assert table["end_date"].head(2).isna().all()
    assert table["official_reason_code"].tolist()[:2] == ["exams", "none_given"]
    (said,) = study.shutdowns().statements
    most = "military action ({{ shutdowns.cause.military_action }})"
    most = most if of_military else "protests ({{ shutdowns.cause.protest }})"
    assert f"The cause that the list found most often: {most}; it is not known for" in said
    assert found["shutdowns.all"] == (7 if of_military else 2)
    assert found.get("shutdowns.cause.other") == (2 if of_military else None)
    assert found["shutdowns.reason.not_known"] == (5 if of_military else 0)
    assert (
        "examinations ({{ shutdowns.reason.exams }}); none was given for "
        "{{ shutdowns.reason.none_given }}, and it is not known for "
        "{{ shutdowns.reason.not_known|none }}." in said
    )
    if of_military:  # two causes as frequent as each other are both named
        path.write_text("\n".join([head, *rows, rows[1]]), encoding="utf-8")
        build("attacks", files, tmp_path / "again")
        (said,) = Attacks(current_build("attacks", tmp_path / "again"), {}).shutdowns().statements
        both = "military action ({{ shutdowns.cause.military_action }}) and protests"
        assert f"The causes that the list found most often: {both}" in said
    [first] = study.shutdowns().key_sentences
    assert said.startswith(first) and "{{ shutdowns.all|of:shutdown }}" in first


def test_a_record_is_checked_when_each_needed_fact_has_two_independent_sources(
    tmp_path: Path,
) -> None:
    home = tmp_path / "work" / "attacks"
    facts = vocabulary("sdg_check")["needed"]
    sheet = tmp_path / "checks.csv"
    head = "record_id,fact,sources,independent,desk,day"
    lines = [f"r1,{fact},2,yes,desk-4,2026-11-30" for fact in facts] + [
        "r2,date,2,no,desk-4,2026-11-30"
    ]
    sheet.write_text("\n".join([head, *lines, "r3,date,,,,"]), encoding="utf-8")
    assert keep_checks(sheet, home) == len(facts) + 1
    kept = checks_by_record(home / "decisions")
    assert {r: standing_of_record(c) for r, c in kept.items()} == {"r1": "checked", "r2": "in_part"}
    sheet.write_text("\n".join([head, "r1,date,2,yes,Ann Example,2026-11-30"]), encoding="utf-8")
    with pytest.raises(RunError, match="row 2, column 'desk'"):
        keep_checks(sheet, home)


def test_every_word_of_the_two_lists_has_a_kind_of_attack() -> None:
    known = vocabulary("attack_act")
    for named in (*known["crosswalk"].values(), known["sdg_act"]):
        assert set(named) <= set(codes("attack_act"))
    assert set(known["sdg_act"].values()) <= set(codes("sdg_act"))
    assert set(vocabulary("sdg_act")["adopted"]) < set(known["sdg_act"].values())


def test_the_demo_lists_are_remade_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_attacks.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    kept = REPOSITORY / "data" / "raw" / "demo" / "attacks"
    written = {p.name: p.read_bytes() for p in (tmp_path / "attacks").iterdir()}
    assert written == {p.name: p.read_bytes() for p in kept.iterdir()}


def test_a_list_shared_in_confidence_beside_a_public_one_tells_no_number_of_its_rows(
    tmp_path: Path,
) -> None:
    rows = [
        f"K{n},Fe{n} Toskamidal,person,Kenya,2020-01-0{1 + n % 9},threat,,,police,,,"
        for n in range(83)
    ]
    files = [
        SourceFile("us-press-freedom-tracker", tracker(tmp_path), True),
        SourceFile("attacks", template(tmp_path, rows), True),
    ]
    build("attacks", files, tmp_path / "work")
    study = Attacks(current_build("attacks", tmp_path / "work"), {})
    assert study.register.slug == "us-press-freedom-tracker"
    assert 83 not in values(study.quality()).values()


def test_one_week_that_makes_a_fifth_of_a_class_is_named_with_its_place(tmp_path: Path) -> None:
    def incident(n: int, day: str, state: str, act: str, who: str) -> tuple[str, ...]:
        head = (f"w{n}", act, f"Zunela Testal{n}", "", day, OFF, state)
        return (*head, NONE, NONE, NONE, who, "yes", NONE, "[]", NONE)

    week = [
        incident(
            n, f"2019-05-{28 + n % 3}", "Ohio (OH)" if n else "Iowa (IA)", "Physical Attack", who
        )
        for n, who in enumerate(["law enforcement"] * 10 + ["private individual"])
    ]
    others = [
        incident(20 + n, f"2019-{n:02}-11", "Iowa (IA)", "Physical Attack", who)
        for n, who in enumerate(["law enforcement"] * 5 + ["private individual"] * 7, start=1)
    ]
    study = Attacks(
        made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path, week + others)), {}
    )
    kinds, who = study.by_kind(), study.by_perpetrator()
    found = values(kinds, who)
    assert (found["by_kind.week.all"], found["by_kind.week.place"]) == (11, 10)
    assert (found["by_kind.week.physical_attack"], found["by_perpetrator.week.police"]) == (11, 10)
    assert "by_perpetrator.week.private_individual" not in found  # one of eight is no fifth
    assert found["by_kind.week.days"] == "28 May 2019 to 3 June 2019"
    told = strip_markdown(fill_in_prose(" ".join(kinds.statements), names_for_prose([kinds])))
    assert "One week, 28 May 2019 to 3 June 2019, holds 11 attacks, 10 of them in Ohio;" in told
    assert study.by_division().statements  # of two divisions
    calm = Attacks(made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path, others)), {})
    assert "by_kind.week.all" not in values(calm.by_kind())
    few = made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path, week[-6:] + others))
    assert "by_kind.week.all" not in values(Attacks(few, {}).by_kind())  # six make no week


def test_who_searched_is_asked_by_the_tracker(tmp_path: Path) -> None:
    search = (
        "s1",
        "Equipment Search or Seizure",
        "Zunela Testal",
        "",
        "2019-02-01",
        OFF,
        "Ohio (OH)",
    )
    rows = [
        (*search, NONE, NONE, who, NONE, NONE, NONE, "[]", NONE)
        for who in (NONE, "law enforcement")
    ]
    rows[1] = ("s2", *rows[1][1:])
    found = values(
        Attacks(
            made(tmp_path, "us-press-freedom-tracker", tracker(tmp_path, rows)), {}
        ).by_perpetrator()
    )
    assert (found["by_perpetrator.police"], found["by_perpetrator.not_recorded"]) == (1, 1)
    assert found.get("by_perpetrator.not_asked", 0) == 0
