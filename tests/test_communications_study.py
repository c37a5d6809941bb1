"""The communications study from a register to findings. All of it is invented."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose
from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.communications.study import Communications
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.study import ScopeError
from hrdresearch.tables import match_rows

REPOSITORY = Path(__file__).resolve().parents[1]
SELF_TEST = REPOSITORY / "data" / "reference" / "self_test"
COLUMNS = (SELF_TEST / "register.csv").read_text("utf-8").splitlines()[0].split(",")

# Five letters whose every date can be followed with a finger; deadlines after 60 days:
# A 1 March, B 31 March, C 30 May, D 30 June; E is of its own, 10 June.
LETTERS = [
    {"reference": "UA BRA 901/2020", "sent_date": "2020-01-01", "addressee": "Brazil", "type": "UA",
     "persons_total": "2", "women_total": "1", "reprisals": "yes",
     "persons": "Aru Keldemo | female | adult; Belo Tordemo | male | adult",
     "reply_dates": "2020-02-20; 2020-03-20", "coder_a": "acknowledgement; partial",
     "coder_b": "acknowledgement; partial", "published_date": "2020-03-02"},
    {"reference": "AL BRA 902/2020", "sent_date": "2020-01-31", "addressee": "Brazil", "type": "AL",
     "persons_total": "more than 5", "women_total": "2", "legislation": "yes", "reprisals": "no",
     "persons": "Aru Keldemo | female | adult", "published_date": "2020-04-01",
     "followed_up_date": "2020-05-05", "joint_mandates": "torture"},
    {"reference": "AL COL 901/2020", "sent_date": "2020-03-31", "addressee": "Colombia",
     "type": "AL", "persons_total": "1", "reprisals": "no", "women_total": "1",
     "published_date": "2020-05-31",
     "reply_dates": "2020-06-20", "coder_a": "answers", "coder_b": "answers",
     "outcome": "released", "outcome_date": "2020-06-22", "outcome_consent_date": "2020-06-25"},
    {"reference": "OL KEN 901/2020", "sent_date": "2020-05-01", "addressee": "Kenya", "type": "OL",
     "joint_mandates": "expression;torture", "outcome": "law_changed",
     "outcome_date": "2020-06-10"},
    {"reference": "AL KEN 902/2020", "sent_date": "2020-06-01", "addressee": "Kenya", "type": "AL",
     "persons_total": "3", "women_total": "0", "deadline": "2020-06-10"},
    {"reference": "AL OTH 901/2020", "sent_date": "2020-06-01", "addressee": "Invented Ltd",
     "addressee_kind": "company", "type": "AL"},
]  # fmt: skip

Open = Callable[..., Communications]


def write_register(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Open:
    work = tmp_path_factory.mktemp("communications")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(work / "keys"))
        path = write_register(work / "register.csv", LETTERS)
        build("communications", [SourceFile("register", path)], work / "work")
    held = current_build("communications", work / "work")
    return lambda **params: Communications(held, params)


def values(*findings: Finding) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims}


def texts(finding: Finding) -> dict[str, str]:
    return {c.name: c.text for c in finding.claims}


def table(finding: Finding) -> list[list[str]]:
    printed = texts(finding)
    return [[printed[c.claim] if c.claim else c.text for c in row] for row in finding.rows]


def printed(finding: Finding) -> str:
    """The sentences that a finding carries, with their numbers."""
    filled = fill_in_prose("\n".join(finding.statements), names_for_prose([finding]))
    return re.sub(r"\[([^]]+)\]\{[^}]*\}", r"\1", filled).replace("\\", "")


def opened_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *rows: dict[str, str],
                **params: Any) -> Communications:  # fmt: skip
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    base = {"sent_date": "2020-05-04", "addressee": "Colombia", "type": "AL"}
    path = write_register(tmp_path / "register.csv", [base | row for row in rows])
    build("communications", [SourceFile("register", path)], tmp_path / "work")
    return Communications(current_build("communications", tmp_path / "work"), params)


def test_letters_to_states_are_counted_apart_from_those_to_companies(opened: Open) -> None:
    found = values(opened().extent(), opened().by_type())
    assert (found["extent.letters"], found["extent.states"]) == (5, 3)
    assert (found["extent.letters_to_companies"], found["extent.letters_to_others"]) == (1, 0)
    assert [
        found[f"by_type.{t}"] for t in ("urgent_appeals", "letters_of_allegation", "other_letters")
    ] == [1, 3, 1]


def test_regions_count_letters(opened: Open) -> None:
    found = values(opened().by_region())
    assert (found["by_region.americas"], found["by_region.africa"]) == (3, 2)
    assert found["by_region.americas.share"] is None  # of five letters no share is told


# cut-off: replied, letters; matured replied, letters; in time; substantive, raw.
BY_HAND = {
    "2020-01-31": ((0, 2), (0, 0), 0, 0),
    "2020-02-29": ((1, 2), (0, 0), 0, 0),
    "2020-03-01": ((1, 2), (0, 0), 0, 0),  # the deadline of A falls on the cut-off: a day is left
    "2020-03-02": ((1, 2), (1, 1), 1, 0),
    "2020-03-20": ((1, 2), (1, 1), 1, 1),
    "2020-04-15": ((1, 3), (1, 2), 1, 1),
    "2020-06-09": ((1, 5), (1, 3), 1, 1),
    "2020-06-30": ((2, 5), (2, 4), 1, 2),  # C was answered after its deadline; D has a day left
}


@pytest.mark.parametrize("cut_off", BY_HAND)
def test_rates_at_any_cut_off_are_those_counted_by_hand(opened: Open, cut_off: str) -> None:
    raw, matured, in_time, substantive = BY_HAND[cut_off]
    found = values(opened(cut_off=cut_off).replies())
    assert (found["replies.received"], found["replies.letters"]) == raw
    assert found["replies.rate_per_cent"] is None  # no share of fewer than 30 letters
    assert (found["matured.received"], found["matured.letters"]) == matured
    assert found["in_time.received"] == in_time
    assert found["substantive.replies.received"] == substantive


def test_rates_on_every_third_day_are_those_of_a_plain_count(opened: Open) -> None:
    letters = [r for r in LETTERS if " OTH " not in r["reference"]]
    for offset in range(0, 200, 3):
        day = date(2020, 1, 1) + timedelta(days=offset)
        raw = matured = replied = replied_matured = in_time = 0
        for row in letters:
            sent = date.fromisoformat(row["sent_date"])
            if sent > day:
                continue
            due = (
                date.fromisoformat(row["deadline"]) if row.get("deadline") else sent + timedelta(60)
            )
            days = [date.fromisoformat(d) for d in row.get("reply_dates", "").split("; ") if d]
            known = [d for d in days if d <= day]
            raw, replied = raw + 1, replied + bool(known)
            if due < day:
                matured, replied_matured = matured + 1, replied_matured + bool(known)
                in_time += bool(known) and min(known) <= due
        found = values(opened(cut_off=str(day)).replies())
        assert (found["replies.received"], found["replies.letters"]) == (replied, raw), day
        assert (found["matured.received"], found["matured.letters"]) == (
            replied_matured, matured), day  # fmt: skip
        assert found["in_time.received"] == in_time, day


def test_where_no_deadline_has_passed_the_page_says_not_computable(opened: Open) -> None:
    finding = opened(cut_off="2020-02-29").replies()
    claim = {c.name: c for c in finding.claims}["matured.rate_per_cent"]
    assert (claim.value, claim.text, claim.status) == (None, "not computable", "not_computable")


def test_replies_after_the_cut_off_are_not_known(opened: Open) -> None:
    found = values(opened(cut_off="2020-03-01").substance())
    assert (found["substance.of"], found["substance.acknowledgement"]) == (1, 1)


def letters_to_states(number: int, replied: int, **more: str) -> list[dict[str, str]]:
    """So many letters of 1 January 2020, to six States in turn; the first were answered in May."""
    names = {"BRA": "Brazil", "COL": "Colombia", "KEN": "Kenya", "FJI": "Fiji", "PER": "Peru",
             "IND": "India"}  # fmt: skip
    turn = [list(names)[n % 6] for n in range(number)]
    return [
        {"reference": f"AL {iso3} {901 + n}/2020", "addressee": names[iso3],
         "sent_date": "2020-01-01", "published_date": "2020-03-02", "persons_total": "1",
         "reply_dates": "2020-05-01" if n < replied else "", **more}
        for n, iso3 in enumerate(turn)
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "rate"), [(29, None), (30, 50.0)])
def test_a_rate_is_given_from_thirty_letters_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, rate: float | None
) -> None:
    rows = letters_to_states(number, 15)
    study = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30")
    finding = study.replies()
    found = values(finding)
    assert (found["replies.received"], found["replies.letters"]) == (15, number)
    assert [found[f"{way}.rate_per_cent"] for way in ("replies", "matured")] == [rate] * 2
    assert values(study.joint())["joint.share"] == (None if rate is None else 0)
    assert ("per cent" in printed(finding)) == (rate is not None)


def test_a_wide_interval_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters_to_states(30, 0)  # Brazil and Colombia answer all, Kenya one, the others none
    for n, row in enumerate(rows):
        row["reply_dates"] = "2020-02-01" if n % 6 < 2 or n == 2 else ""
    finding = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30").replies()
    found = values(finding)
    assert found["replies.rate_per_cent"] == pytest.approx(100 * 11 / 30)
    assert (found["replies.low"], found["replies.high"]) == (None, None)
    assert any("wider than fifty points" in told for told in finding.statements)


def test_replies_whose_substance_is_not_coded_are_no_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = opened_with(tmp_path, monkeypatch, *letters_to_states(4, 2), cut_off="2020-06-30")
    found = values(study.replies(), study.substance(), study.cooperating())
    assert (found["substance.of"], found["substance.not_coded"]) == (2, 2)
    for name in ("substance.answers", "substantive.replies.received", "cooperating.states"):
        assert found[name] is None, name


@pytest.mark.parametrize(
    ("coder_a", "coder_b", "said"),
    [
        (
            "partial; answers",
            "partial; answers",
            "Of two replies received by 30 June 2020 and coded for substance, both were "
            "substantive: one answered the questions of the letter, one answered some of them and "
            "none reported a positive outcome. Not yet coded: none.",
        ),
        ("partial; answers", "partial; partial", "on one the coders differ. Not yet coded: none."),
        (
            "partial; not_coded",
            "partial; not_coded",
            "none reported a positive outcome. Not yet coded: one.",
        ),
    ],
)
def test_what_is_left_to_code_reads_naturally(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coder_a: str, coder_b: str, said: str
) -> None:
    row = {"reference": "AL COL 903/2020", "reply_dates": "2020-06-01; 2020-06-02"}
    row |= {"coder_a": coder_a, "coder_b": coder_b}
    study = opened_with(tmp_path, monkeypatch, row, cut_off="2020-06-30")
    assert printed(study.substance()).endswith(said)


def test_the_replies_to_letters_on_cases_are_told_without_those_to_other_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = {"coder_a": "partial; general_evasive", "coder_b": "partial; general_evasive"}
    rows = [
        {"reference": f"{kind} COL 903/2020", "reply_dates": "2020-06-01; 2020-06-02", **answered}
        for kind in ("AL", "OL")
    ]
    study = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30")
    assert values(study.substance())["substance.of"] == 4
    finding = study.substance_on_cases()
    assert finding.rows == ()
    assert printed(finding).startswith(
        "Of two replies to these letters (one letter may have several) received by 30 June 2020 and "
        "coded for substance, one was substantive"
    )


def test_what_a_register_never_records_is_not_recorded_and_no_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters_to_states(4, 0, published_date="")
    study = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30")
    findings = [study.extent(), study.persons(), study.replies(), study.owing(), study.outcomes()]
    found = values(*findings)
    for name in ("extent.published", "owing.states", "outcomes.known", "replies.followed_up",
                 "reprisals.letters", "persons.women"):  # fmt: skip
        assert found[name] is None, name
    assert not {"owing.is_known", "outcomes.are_recorded"} & set(found)
    assert {texts(findings[0])["extent.published"], texts(findings[1])["reprisals.letters"]} == {
        "not recorded"
    }


def test_a_subject_that_some_letters_do_not_record_is_a_lower_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters_to_states(7, 0, women_total="1")
    rows[0] |= {"reprisals": "yes"}  # Brazil: this one yes, the seventh letter says nothing
    rows[1] |= {"reprisals": "no", "women_total": ""}  # Colombia: one letter, that says no
    rows[2] |= {"women_total": "0"}
    study = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30")
    owing = {row[0]: row[-2:] for row in table(study.owing())}
    assert owing["Brazil"] == ["2", "at least 1"]
    assert owing["Colombia"] == ["not recorded", "0"]
    assert owing["Kenya"] == ["0", "not recorded"]
    assert owing["All States"] == ["at least 5", "at least 1"]
    assert values(study.persons())["reprisals.not_recorded"] == 5


def test_persons_are_an_open_bound_and_each_is_counted_once(opened: Open) -> None:
    finding = opened().persons()
    assert texts(finding)["persons.total"] == "more than 10"  # 2 + 5 + 1 + 3, one of them twice
    assert texts(finding)["persons.women"] == "at least 3"  # one letter gives no number
    assert not [name for name in texts(finding) if "share" in name]
    assert (values(finding)["reprisals.letters"], values(finding)["legislation.letters"]) == (1, 1)
    assert values(finding)["persons.letters_silent"] == 1


def test_persons_without_a_name_are_each_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = {"persons_total": "3", "women_total": "2"}
    unnamed = "{0} | female | adult; {0} | female | adult; {0} | male | adult"
    study = opened_with(
        tmp_path, monkeypatch,
        {**three, "reference": "AL COL 901/2020", "persons": unnamed.format("")},
        {**three, "reference": "AL COL 902/2020", "persons": unnamed.format("name withheld")},
    )  # fmt: skip
    found = values(study.persons())
    assert (found["persons.total"], found["persons.women"]) == (6, 4)
    assert study.build.extras("quality")[0]["issues"] == 0  # none of them stands in both letters


@pytest.mark.parametrize(
    ("first", "second", "persons", "told"),
    [
        ("José Keldemo | male | adult", "Jose Keldemo | not_recorded | adult", 1, 1),
        ("Jose Keldemo | male | adult", "JOSE KELDEMO | female | adult", 2, 0),
    ],
)
def test_one_name_is_one_person_unless_another_sex_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    first: str, second: str, persons: int, told: int,
) -> None:  # fmt: skip
    one = {"persons_total": "1"}
    study = opened_with(
        tmp_path, monkeypatch,
        {**one, "reference": "AL COL 901/2020", "persons": first},
        {**one, "reference": "AL COL 902/2020", "persons": second},
    )  # fmt: skip
    assert values(study.persons())["persons.total"] == persons
    assert study.build.table("addressed_persons")["person_id"].nunique() == persons
    assert study.build.extras("quality")[0]["issues"] == told


def test_small_groups_of_persons_are_withheld(opened: Open) -> None:
    assert {c.status for c in opened().listed().claims} == {"suppressed"}


def test_the_schedule_says_who_owes_since_when_and_for_whom(opened: Open) -> None:
    assert table(opened(cut_off="2020-06-10").owing()) == [
        ["Brazil", "1", "1", "31 March 2020", "71", "more than 5", "2", "0"],
        ["Colombia", "1", "0", "30 May 2020", "11", "1", "1", "0"],
        ["All States", "2", "1", "31 March 2020", "71", "more than 6", "3", "0"],
    ]
    assert values(opened(cut_off="2020-06-10").owing())["owing.states"] == 2


def test_a_state_whose_reply_has_no_usable_day_is_not_said_to_owe_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters_to_states(4, 0)
    rows[0]["reply_dates"] = "2019-01-01"  # before the letter: replied, but when is not known
    study = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30")
    waiting = {row["reference"] for row in rows[1:]}
    assert {row[0] for row in table(study.owing_letters())} == waiting
    found = values(study.owing())
    assert (found["owing.letters"], found["owing.undated"]) == (3, 1)
    assert "whether a reply is owed is not known" in " ".join(study.owing().notes)
    assert "not known when" in " ".join(study.replies().notes)
    assert values(study.replies())["replies.undated"] == 1
    assert "Not counted as replied to: one letter with a reply" in printed(study.replies())
    assert "Not counted as without a reply: one letter with" in printed(study.owing())
    clear = opened_with(tmp_path, monkeypatch, *letters_to_states(4, 0), cut_off="2020-06-30")
    assert "not known" not in " ".join((*clear.owing().notes, *clear.replies().notes))


def test_letters_that_are_not_public_name_no_state(opened: Open) -> None:
    study = opened(cut_off="2020-06-30")
    pages = [
        table(f)
        for f in (
            study.by_state(),
            study.owing(),
            study.owing_letters(),
            study.cooperating(),
            study.outcomes(),
        )
    ]
    assert "Kenya" not in str(pages) and "KEN" not in str(pages)
    assert not [n for f in (study.by_state(), study.owing()) for n in values(f) if "ken" in n]


def test_states_that_answered_all_in_substance_cooperate(opened: Open) -> None:
    assert table(opened(cut_off="2020-06-30").cooperating()) == [["Colombia", "1", "0", "1"]]


def test_an_outcome_is_told_only_with_consent(opened: Open) -> None:
    finding = opened(cut_off="2020-06-30").outcomes()
    assert table(finding) == [
        ["AL COL 901/2020", "Colombia", "Released from detention", "22 June 2020", "20 June 2020"]
    ]
    assert (values(finding)["outcomes.known"], values(finding)["outcomes.not_told"]) == (2, 1)
    before = opened(cut_off="2020-06-23").outcomes()
    assert table(before) == []
    assert values(before)["outcomes.not_told"] == 2


def test_mandates_overlap_without_being_added(opened: Open) -> None:
    found = values(opened().overlap(), opened().joint())
    assert (found["overlap.torture"], found["overlap.expression"]) == (2, 1)
    assert (found["joint.letters"], found["joint.share"]) == (2, None)  # of five letters


def test_each_count_is_what_its_filter_finds_again(opened: Open) -> None:
    study = opened(cut_off="2020-06-30", period_from="2020-01-15")
    frame = study.build.table("communications")
    checked = 0
    for finding in (
        study.extent(),
        study.by_type(),
        study.by_region(),
        study.by_state(),
        study.overlap(),
        study.joint(),
        study.persons(),
        study.replies(),
    ):
        for claim in finding.claims:
            if claim.measure == "rows":
                assert int(match_rows(frame, claim.filter).sum()) == claim.value, claim.name
                checked += 1
    assert checked > 30


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"period_from": "2020-06-30", "period_to": "2020-06-01"}, "after period_to"),
        ({"region": "atlantis"}, "scheme report has"),
        ({"state": "FRA"}, "No row"),
        ({"sources": "spcommreports"}, "this build holds register"),
    ],
)
def test_a_scope_that_leaves_nothing_is_refused(
    opened: Open, params: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ScopeError, match=complaint):
        opened(**params)


def test_names_and_texts_leave_at_build(opened: Open) -> None:
    held = opened().build
    for name in ("communications", "replies", "addressed_persons"):
        assert "demo" not in held.table(name).to_csv().lower().replace("demonstr", "")


def test_every_published_figure_comes_out_of_the_fixture(opened: Open) -> None:
    finding = opened().self_test()
    assert {row[4].text for row in finding.rows} == {"pass"}
    assert values(finding)["self_test.differ"] == 0
    assert values(finding)["self_test.figures"] == 32


CHANGES = {
    "a letter less": lambda rows: rows[:-1],
    "another type": lambda rows: [
        {**rows[0], "reference": rows[0]["reference"].replace(rows[0]["reference"][:2], "OL")},
        *rows[1:],
    ],
    "a woman more": lambda rows: [
        *rows[:-1],
        {
            **rows[-1],
            "women_total": str(int(rows[-1]["women_total"]) + 1),
            "persons_total": str(int(rows[-1]["persons_total"].split()[-1]) + 1),
        },
    ],
    "no open bound": lambda rows: [
        {**r, "persons_total": r["persons_total"].removeprefix("more than ")} for r in rows
    ],
    "a day that moves no margin": lambda rows: [*rows[:-1], {**rows[-1], "draft_date": ""}],
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_self_test_fails_when_one_letter_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    reference = tmp_path / "reference"
    shutil.copytree(SELF_TEST, reference / "self_test")
    shutil.copy(SELF_TEST.parent / "citations.yml", reference)
    with (SELF_TEST / "register.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    write_register(reference / "self_test" / "register.csv", CHANGES[change](rows))
    monkeypatch.setenv("HRD_REFERENCE", str(reference))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path = write_register(tmp_path / "register.csv", LETTERS)
    build("communications", [SourceFile("register", path)], tmp_path / "work")
    study = Communications(current_build("communications", tmp_path / "work"), {})
    finding = study.self_test()
    assert values(finding)["self_test.differ"] >= 1
    assert "differ" in {row[4].text for row in finding.rows}


def test_the_shipped_fixture_and_demo_letters_are_remade_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_communications.py"
    demo, fixture = tmp_path / "demo", tmp_path / "fixture"
    fixture.mkdir()
    for name in ("visits.csv", "commitments.csv", "laws.csv", "published.csv"):  # written by hand
        shutil.copy(SELF_TEST / name, fixture / name)
    subprocess.run([sys.executable, str(script), str(demo), str(fixture)], check=True)
    kept = REPOSITORY / "data" / "raw" / "demo" / "communications"
    for made, shipped in ((demo, kept), (fixture, SELF_TEST)):
        assert {p.name: p.read_bytes() for p in made.iterdir()} == {
            p.name: p.read_bytes() for p in shipped.iterdir()
        }


def test_the_demo_register_gives_the_published_figures_for_its_period(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_build: Callable[[str, Path], Path]
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    demo_build("communications", tmp_path)
    study = Communications(
        current_build("communications", tmp_path / "work"),
        {"period_from": "2020-05-01", "period_to": "2020-06-30"},
    )
    found = values(
        study.extent(),
        study.by_type(),
        study.by_region(),
        study.persons(),
        study.replies(),
        study.press(),
    )
    assert [
        found[n]
        for n in (
            "extent.letters",
            "extent.states",
            "by_type.urgent_appeals",
            "by_type.letters_of_allegation",
            "by_type.other_letters",
            "by_region.asia_pacific",
            "by_region.americas",
            "by_region.middle_east_and_north_africa",
            "by_region.europe_and_central_asia",
            "by_region.africa",
            "persons.women",
            "replies.received",
            "replies.followed_up",
            "press.releases",
            "press.states",
        )
    ] == [43, 30, 10, 29, 4, 17, 9, 4, 6, 7, 59, 5, 14, 17, 12]
    assert texts(study.replies())["replies.rate_per_cent"] == "12"
    assert texts(study.persons())["persons.total"] == "more than 189"
    assert found["matured.letters"] == 0  # those of 1 May are due on 30 June: a day is left
    both = values(study.registers())
    assert both["by_source.spcommreports.in_both"] == both["by_source.spcommreports.letters"]
    frame = study.build.table("communications").set_index(["source", "letter_id"])
    answered = frame["first_reply_date"].notna()
    joined = answered["spcommreports"].to_frame().join(answered["register"], rsuffix="_own")
    assert [both[f"by_source.spcommreports.in_both_replied{own}"] for own in ("", "_own")] == [
        int(joined["first_reply_date"].sum()), int(joined["first_reply_date_own"].sum())
    ]  # fmt: skip


def test_each_file_of_the_build_has_its_rows_and_each_number_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    press = tmp_path / "press.csv"
    press.write_text("number,date,states\nP 1,2020-02-01,Peru\nP 2,2019-02-01,Peru\n", "utf-8")
    files = [SourceFile("register", write_register(tmp_path / "register.csv", LETTERS)),
             SourceFile("press-releases", press)]  # fmt: skip
    build("communications", files, tmp_path / "work")
    study = Communications(current_build("communications", tmp_path / "work"), {})
    assert [row[1] for row in table(study.quality())] == [str(len(LETTERS)), "2"]
    releases = {c.name: c for c in study.press().claims}["press.releases"]
    assert (releases.value, releases.sources, releases.table) == (
        1, ("press-releases",), "press_releases")  # fmt: skip
    assert match_rows(study.build.table("press_releases"), releases.filter).sum() == 1
    assert study.self_test().sources == study.acknowledgements().sources == ()


def test_what_the_export_does_not_hold_is_not_computable_rather_than_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "export.csv"
    path.write_text(
        "Date,Addressee,Type,Reference,Mandates,Replies,Reply dates\n"
        "01/01/2020,Brazil,AL,AL BRA 901/2020,Human rights defenders,1,01/02/2020\n"
        "02/01/2020,Kenya,AL,AL KEN 901/2020,Human rights defenders,0,\n"
        "03/01/2020,Kenya,AL,AL KEN 902/2020,Torture,0,\n",
        encoding="utf-8",
    )
    build("communications", [SourceFile("spcommreports", path)], tmp_path / "work")
    study = Communications(
        current_build("communications", tmp_path / "work"), {"cut_off": "2020-06-30"}
    )
    said = {
        c.name: (c.value, c.status)
        for f in (study.persons(), study.replies(), study.cooperating(), study.owing(),
                  study.joint())
        for c in f.claims
    }  # fmt: skip
    silent = (None, "not_computable")
    for name in ("persons.total", "persons.women", "reprisals.letters", "legislation.letters",
                 "replies.followed_up", "substantive.replies.rate_per_cent", "cooperating.states",
                 "owing.reprisals", "owing.persons", "clearance.joint.median_days"):  # fmt: skip
        assert said[name] == silent, name
    assert said["replies.received"] == (1, "shown")
    assert said["owing.states"] == (1, "shown")
    assert "not computable" in study.replies().statements[1]
    assert values(study.extent())["extent.letters"] == 2  # not the letter of another mandate alone


def test_another_scheme_of_regions_counts_the_same_letters(opened: Open) -> None:
    found = values(opened(region_scheme="un-groups").by_region())
    assert sum(v for k, v in found.items() if k.count(".") == 1 and k != "by_region.of") == 5


def test_who_owes_a_reply_is_told_first_by_whole_then_by_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters_to_states(36, 4, women_total="1", reprisals="no")  # six a State, four answered
    rows[0]["sent_date"], rows[0]["reply_dates"] = "2019-03-01", ""  # Brazil, due by 30 April 2019
    rows[3]["reply_dates"] = ""  # Fiji
    for n in (5, 11, 17, 23, 29):  # India: one letter is left without a reply
        rows[n]["reply_dates"] = "2020-02-01"
    study = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30")
    assert printed(study.owing()).splitlines() == [
        "Of 36 letters to States that are public and whose deadline had passed by 30 June 2020, 29 "
        "(81 per cent) were without a reply, which six States owe; the oldest was due by "
        "30 April 2019, 427 days before.",
        "These States, in alphabetical order, had five or more such letters without a reply: Brazil "
        "(six; none replied to), Colombia (five; one replied to), Fiji (six; none replied to), Kenya "
        "(five; one replied to) and Peru (six; none replied to). From these States, in alphabetical "
        "order, the oldest reply had been due 120 days or more before 30 June 2020: Brazil (427 days, "
        "on 30 April 2019; none replied to); Colombia (121 days, on 1 March 2020; one replied to); "
        "Fiji (121 days, on 1 March 2020; none replied to); India (121 days, on 1 March 2020; five "
        "replied to); Kenya (121 days, on 1 March 2020; one replied to); and Peru (121 days, on "
        "1 March 2020; none replied to).",
        "The letters without a reply concern 29 persons, with 29 women recorded among them. Reprisals "
        "are raised by none of these letters.",
    ]


def test_joint_and_single_letters_stand_side_by_side_with_both_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters_to_states(5, 0, draft_date="2019-12-28")
    rows[0] |= {"joint_mandates": "torture", "draft_date": "2019-12-20"}
    rows[1] |= {"joint_mandates": "torture", "draft_date": "2019-12-18"}
    finding = opened_with(tmp_path, monkeypatch, *rows, cut_off="2020-06-30").joint()
    assert printed(finding) == (
        "Of five letters to States, two were sent together with other mandates. Where the day of the "
        "draft is recorded, the median time from draft to sending was 13 days over the two joint "
        "letters and 4 days over the three letters of this mandate alone."
    )


def test_outcomes_are_told_with_the_letters_that_were_replied_to(opened: Open) -> None:
    assert printed(opened(cut_off="2020-06-30").outcomes()) == (
        "Of five letters to States, two were recorded as followed by a positive outcome by 30 June "
        "2020; one of these had been replied to. For one there is consent to tell it (“released from "
        "detention” after one); one is counted only."
    )


def test_a_letter_due_on_the_cut_off_is_not_yet_owed(opened: Open) -> None:
    for day, letters in (("2020-03-31", 1), ("2020-04-01", 2)):  # B is due on 31 March
        study = opened(cut_off=day)
        assert values(study.replies())["matured.letters"] == letters
        assert ("AL BRA 902/2020" in str(table(study.owing_letters()))) == (letters == 2)


def test_a_mandate_that_the_vocabulary_does_not_know_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"reference": "AL COL 903/2020", "joint_mandates": "torture;invented mandate"}
    study = opened_with(tmp_path, monkeypatch, row, cut_off="2020-06-30")
    finding = study.overlap()
    assert (values(finding)["overlap.unread"], values(finding)["overlap.torture"]) == (1, 1)
    assert "overlap.unread" not in {c.claim for r in finding.rows for c in r}
    assert "does not know" in " ".join(study.quality().statements)
    assert "one names a mandate that the vocabulary does not know" in printed(finding)


def test_few_letters_read_naturally(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = opened_with(tmp_path, monkeypatch, *letters_to_states(5, 0), cut_off="2020-06-30")
    finding = study.replies()
    assert printed(finding).startswith(
        "Of five letters to States, none had been replied to by 30 June 2020. Of the five whose "
        "deadline had passed, none had been replied to by that day and none within the deadline."
    )
    region = fill_in_prose(
        "A{{ by_region.africa.share|bracketed }}.", names_for_prose([study.by_region()])
    )
    assert region == "A."


def test_the_page_says_which_time_the_press_register_covers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    press = tmp_path / "press.csv"
    press.write_text("number,date,states\nP 1,2020-01-01,Peru\nP 2,2020-03-31,Peru\n", "utf-8")
    files = [SourceFile("register", write_register(tmp_path / "r.csv", LETTERS)),
             SourceFile("press-releases", press)]  # fmt: skip
    build("communications", files, tmp_path / "work")
    held = current_build("communications", tmp_path / "work")
    for start, end, beyond in (
        ("2020-01-01", "2020-02-10", False),
        ("2020-01-01", "2020-05-02", True),
    ):
        finding = Communications(held, {"period_from": start, "period_to": end}).press()
        told = texts(finding)
        assert (told["press.first"], told["press.last"]) == ("1 January 2020", "31 March 2020")
        assert ("press.is_beyond" in told) == beyond
