"""Gender over the builds of several studies: recorded, not asked and no such class; sexual violence of
whole lists only.

All persons are invented.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build
from upr_builds import study_of_rows

from hrdresearch.findings import Finding
from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import SourceNote
from hrdresearch.findings.several_studies import add_study_prefix
from hrdresearch.privacy.policy import Policy
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.files import write_json
from hrdresearch.studies.gender.study import GenderPage, open_gender
from hrdresearch.studies.ground.scope import ScopeError
from hrdresearch.studies.shapes.recorded_on_gender import with_census_title

STUDIES = (
    "killings",
    "imprisonment",
    "attacks",
    "reprisals",
    "communications",
    "online-attacks",
    "upr",
)
HEAD = "case_id,name,victim,state,date,act,sex"
ACTS = [
    (12, "sexual_violence", "female"),
    (3, "threat_relatives", "female"),
    (20, "arrest", "male"),
]
SOURCE = SourceNote("a", "List a", "a, invented.", "invented persons", "0" * 64, "invented")
POLICY = Policy(public_by_name=True, reason="invented")
ASKED = ["sex_code", "cause_codes", "identity_codes"]


def page_of(work: Path, **params: str) -> GenderPage:
    return open_gender(*STUDIES, work=work, **params)


def printed(finding: Finding) -> list[list[str]]:
    texts = {c.name: c.text for c in finding.claims}
    return [[texts.get(cell.claim or "", cell.text) for cell in row] for row in finding.rows]


def build_of_attacks(folder: Path, acts: list[tuple[int, str, str]]) -> Path:
    """A list of attacks as if it were public: the build is given another policy, for exact numbers."""
    kinds = [(act, sex) for n, act, sex in acts for _ in range(n)]
    rows = [
        f"K{i},Fe{i} Toskamidal,person,Kenya,2020-01-0{1 + i % 9},{act},{sex}"
        for i, (act, sex) in enumerate(kinds)
    ]
    file = folder / "attacks.csv"
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    made = build("attacks", [SourceFile("attacks", file, True)], folder / "work")
    held = pd.read_json(made.folder / "sources.json", orient="records").to_dict("records")
    write_json(
        made.folder / "sources.json",
        [{**one, "policy": facts()["policy"], "recording": {}} for one in held],
    )
    return folder / "work"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


def test_recorded_not_asked_and_no_such_class_are_three_things(tmp_path: Path) -> None:
    lists = [facts(publisher="Ana", asked=ASKED), facts("list-b", publisher="Bea", asked=[])]
    rows = [
        {"sex_code": "female", "cause_codes": "womens_rights"},
        {"sex_code": "not_recorded", "identity_codes": "relative"},
        {"source": "list-b", "sex_code": "not_recorded"},
    ]
    make_build(tmp_path, rows, lists)
    assert printed(page_of(tmp_path).recorded()) == [
        ["Ana", "2", "1", "1", "not asked", "1"],
        ["Bea", "1", "not asked", "not asked", "not asked", "not asked"],
    ]


def test_not_recorded_stands_beside_women_and_men_and_in_no_share(tmp_path: Path) -> None:
    rows = [
        *[{"sex_code": "female"}] * 10,
        *[{"sex_code": "male"}] * 30,
        {"sex_code": "not_recorded"},
    ]
    make_build(tmp_path, rows, [facts(publisher="Ana", asked=ASKED)])
    found = page_of(tmp_path).by_list()
    assert printed(found) == [["Ana: persons killed", "10", "25", "1", "30"]]
    assert re.sub(r"\{\{ (?:\w+\.)*(\w+)(?:\|\S+)? \}\}", r"<\1>", found.key_sentences[0]) == (
        "In 2020, of the <known> persons killed on the list of Ana whose sex or gender is recorded, "
        "<female><share> <female> recorded as female; it is not recorded for <not_recorded>."
    )


def test_sexual_violence_is_told_over_the_whole_list_and_by_no_place_or_sex(tmp_path: Path) -> None:
    work = build_of_attacks(tmp_path, ACTS)
    whole = page_of(work)
    assert printed(whole.recorded()) == [["List of attacks (invented)", "35", "35", "0", "12", "3"]]
    assert printed(page_of(work, state="KEN").recorded())[0][4] == "whole list only"
    kinds = whole.kinds()
    assert "Sexual violence" not in {row[0].text for row in kinds.rows}
    assert not [c.name for c in kinds.claims if c.name.endswith("sexual_violence")]
    assert len(kinds.rows) == 2


def test_of_one_to_nine_cases_of_sexual_violence_no_number_is_told(tmp_path: Path) -> None:
    work = build_of_attacks(tmp_path, [(9, "sexual_violence", "female"), (20, "arrest", "male")])
    recorded = page_of(work).recorded()
    assert printed(recorded)[0][4] == "withheld"
    assert not [c.name for c in recorded.claims if c.name.endswith("sexual_violence")]


def test_a_list_shared_in_confidence_is_told_by_its_plan(tmp_path: Path) -> None:
    rows = [{"sex_code": "female" if i % 4 == 0 else "male"} for i in range(80)]
    make_build(tmp_path, rows, [facts(publisher="Ana", policy=RESTRICTED, asked=ASKED)])
    page = page_of(tmp_path)
    found = page.by_list()
    told = dict(zip([column.key for column in found.columns], printed(found)[0], strict=True))
    assert (told["female"], told["male"]) == ("20", "60")
    assert not page.by_list().policy["is_internal"]
    assert page_of(tmp_path, state="BRA").by_list().rows == ()


def test_a_parameter_that_no_list_answers_says_what_an_answer_would_need(tmp_path: Path) -> None:
    study_of_rows(tmp_path, [{}])
    (tmp_path / "upr" / "current").write_text("b1")
    page = page_of(tmp_path)
    said = {row[0]: row[1:] for row in printed(page.parameters())}
    assert said["Level of participation of women"] == [
        "no list that was read",
        "how many of all defenders are women",
    ]
    assert said["Women's rights on the agendas of defenders"][0] == "no list that was read"
    assert said["Patterns of gender-based violations"][0] == "no list that was read"
    [text] = page.parameters().statements
    assert text.startswith(
        "No list that was read says anything of the level of participation of women, "
    )
    assert "and patterns of gender-based violations." in text
    assert (page.recorded().rows, page.by_list().rows) == ((), ())
    with pytest.raises(ScopeError, match="one State or one region"):
        page_of(tmp_path, state="COL", region="americas")


def test_a_parameter_is_answered_by_lists_that_record_it_and_not_by_every_build(
    tmp_path: Path,
) -> None:
    lists = [
        facts(publisher="Ana", asked=ASKED),
        facts("list-b", publisher="Bea", asked=["sex_code"]),
    ]
    rows = [
        {"sex_code": "female", "cause_codes": "womens_rights"},
        {"source": "list-b", "sex_code": "female"},
    ]
    make_build(tmp_path, rows, lists)
    said = {row[0]: row[1] for row in printed(page_of(tmp_path).parameters())}
    assert said["Women's rights on the agendas of defenders"] == "Ana"
    assert said["Patterns of gender-based violations"] == "no list that was read"
    (tmp_path / "acts").mkdir()
    both = page_of(build_of_attacks(tmp_path / "acts", ACTS)).parameters()
    assert printed(both)[-1][1] == "List of attacks (invented)"


def test_threats_before_the_killing_of_women_and_men_are_a_pattern_of_violations(
    tmp_path: Path,
) -> None:
    asked = ["sex_code", "threats_before"]
    lists = [facts(publisher="Ana", asked=asked), facts("list-b", publisher="Bea", asked=asked)]
    few = [{"source": "list-b", "sex_code": sex} for sex in ("female", "male")] * 20
    rows = [
        {"sex_code": sex, "threats_before": code}
        for sex in ("female", "male")
        for code in ["yes"] * 20 + ["no"] * 20
    ]
    make_build(tmp_path, rows + few, lists)
    page = page_of(tmp_path)
    assert (
        printed(page.parameters())[-1][1] == "Ana (threats before the killing, of persons killed)"
    )
    assert "gender-based" not in page.parameters().statements[0]


def test_of_letters_the_page_tells_persons_and_no_subject_that_is_not_on_gender(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(build_of_attacks(tmp_path, ACTS))
    told = ("Persons and women.", "Reprisals and laws.")
    made = replace(page.by_list(), statements=told, key_sentences=(" ".join(told),))
    register = SimpleNamespace(persons=lambda: made)
    monkeypatch.setattr(GenderPage, "communications", register, raising=False)
    letters = page.letters()
    assert letters.statements == letters.key_sentences == told[:1]


def test_of_a_list_of_few_persons_nothing_is_said_of_their_sex(tmp_path: Path) -> None:
    lists = [facts(publisher="Ana", asked=ASKED), facts("list-b", publisher="Bea", asked=ASKED)]
    rows = [
        *[{"sex_code": "male"}] * 10,
        {"sex_code": "female"},
        *[{"source": "list-b", "sex_code": "female"}] * 9,
    ]
    make_build(tmp_path, rows, lists)
    page = page_of(tmp_path)
    assert [row[0] for row in printed(page.by_list())] == ["Ana: persons killed"]
    for said in (page.by_list().key_sentences, page.by_sex("killings").statements):
        assert ["Ana" in text for text in said] == [True]
    assert page.by_sex("imprisonment", "census").statements == ()
    assert page.by_group("women_by_group").statements == ()


def test_a_number_of_a_restricted_list_is_withheld_with_the_rows_that_it_rests_on() -> None:
    policy = Policy(public_by_name=False, reason="invented")
    p = Population("a", "Ana", "", "x", "xs", SOURCE, pd.DataFrame(), {}, frozenset(), {}, policy)
    claim = measured_claim(p, "extent.years", 7, "year", "years", "computed", rows=12)
    assert (claim.status, claim.value, claim.rows) == ("suppressed", None, None)


def test_a_census_has_a_name_of_its_own_beside_the_list_of_killed_of_its_publisher() -> None:
    held = Population(
        "a", "Ana", "", "x", "xs", SOURCE, pd.DataFrame(), {}, frozenset(), {}, POLICY, "census"
    )
    assert with_census_title(held).list_in_prose == "the Ana prison census"
    assert (
        with_census_title(replace(held, title="Ana (invented)")).title
        == "Ana prison census (invented)"
    )
    assert with_census_title(replace(held, table="cases")).list_in_prose == "the list of Ana"


def test_numbers_of_the_table_of_lists_are_those_of_the_study_that_made_them(
    tmp_path: Path,
) -> None:
    make_build(tmp_path, [{"sex_code": "female"}], [facts(publisher="Ana", asked=ASKED)])
    page = page_of(tmp_path)
    named = add_study_prefix([page.card(), *page.recorded_parts(), page.recorded()])
    names = {c.name for finding in named[1:] for c in finding.claims}
    assert names and all(name.startswith("killings.recorded_on_gender.") for name in names)


def test_the_period_of_a_page_on_several_studies_is_not_that_of_one_of_them(tmp_path: Path) -> None:
    card = page_of(build_of_attacks(tmp_path, ACTS)).card()
    assert {c.name: c.text for c in card.claims}["params.period"] == "as each list covers"


def test_the_figure_of_women_has_the_shares_of_the_lists_and_no_list_without_one(
    tmp_path: Path,
) -> None:
    def persons(source: str, women: int, men: int) -> list[dict[str, str]]:
        codes = ["female"] * women + ["male"] * men + ["not_recorded"]
        return [{"source": source, "sex_code": code} for code in codes]

    rows = [*persons("list-a", 10, 30), *persons("list-b", 25, 25), *persons("list-c", 5, 10)]
    lists = [facts(slug, publisher=slug, asked=ASKED) for slug in ("list-a", "list-b", "list-c")]
    make_build(tmp_path, rows, lists)
    page = page_of(tmp_path)
    found = page.women()

    assert printed(found) == [
        ["list-a: persons killed", "10", "40", "25", "14", "40"],
        ["list-b: persons killed", "25", "50", "50", "37", "63"],
    ]  # of fewer than thirty persons no share is given
    shares = {row[0]: row[2] for row in printed(page.by_list())}
    assert {row[0]: row[3] for row in printed(found)}.items() <= shares.items()


def test_fewer_than_two_lists_with_a_share_make_no_figure(tmp_path: Path) -> None:
    make_build(tmp_path, [{"sex_code": "female"}] * 40, [facts(publisher="Ana", asked=ASKED)])
    assert page_of(tmp_path).women().rows == ()


def test_a_share_of_rounded_numbers_has_a_dot_and_no_interval(tmp_path: Path) -> None:
    rows = [
        {"source": source, "sex_code": "female" if i % 4 == 0 else "male"}
        for source in ("list-a", "list-b")
        for i in range(80)
    ]
    lists = [
        facts("list-a", publisher="Ana", policy=RESTRICTED, asked=ASKED),
        facts("list-b", publisher="Bea", asked=ASKED),
    ]
    make_build(tmp_path, rows, lists)
    found = page_of(tmp_path).women()
    assert [row[-2:] for row in printed(found)] == [["–", "–"], ["17", "35"]]
