"""The killings study on invented rows: what is counted, over what, and what is withheld."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.questions import write_question_texts
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.run.files import write_json
from hrdresearch.run.recount import recount_problems
from hrdresearch.sources.notes import Note
from hrdresearch.studies.ground.study import ScopeError
from hrdresearch.studies.killings.study import Killings
from hrdresearch.tables import match_rows

CHOSEN = [
    *("ARG", "BOL", "BRA", "CHL", "COL", "CRI", "CUB"),
    *("DOM", "ECU", "GTM", "HND", "MEX", "NIC", "PER"),
]


def plain(finding: Finding) -> str:
    """Its sentences as the page prints them."""
    names = names_for_prose([finding])
    texts = [fill_in_prose(s, names, finding.name) for s in finding.statements]
    return " ".join(map(strip_markdown, texts))


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def test_victims_states_and_motives_are_counted_with_their_lineage(tmp_path: Path) -> None:
    build = make_build(
        tmp_path,
        [
            {"state_iso3": "COL"},
            {"state_iso3": "COL", "motive_link_code": "suspected"},
            {"state_iso3": "BRA", "state_m49": 76, "event_year": 2019},
        ],
    )
    found = values(Killings(build, {}).extent())
    assert (found["extent.victims"], found["extent.states"], found["extent.confirmed"]) == (3, 2, 2)
    assert found["extent.confirmed_or_suspected"] == 3
    assert (found["extent.first_year"], found["extent.last_year"]) == (2019, 2020)


def test_events_are_a_range_where_the_list_has_no_event_identifier(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}, {}, {"state_iso3": "BRA", "state_m49": 76}])
    found = values(Killings(build, {}).extent())
    assert (found["extent.events_min"], found["extent.events_max"]) == (2, 3)


def test_the_least_number_of_events_takes_one_day_in_one_division_as_one(tmp_path: Path) -> None:
    rows = [{"admin1_name": name} for name in ("Cauca", "Cauca", "Meta", None, None)]
    study = Killings(make_build(tmp_path, rows), {})
    found = values(study.extent())
    assert (found["extent.events_min"], found["extent.events_max"]) == (2, 5)
    assert values(study.several_victims())["several_victims.groups"] == 1


def test_most_of_what_is_not_recorded_may_be_of_unconfirmed_cases(tmp_path: Path) -> None:
    suspected = {"motive_link_code": "suspected"}
    rows = [{}, {}, suspected, *[suspected | {"sex_code": "not_recorded"}] * 3]
    study = Killings(make_build(tmp_path, rows), {})
    text = plain(study.by_sex())
    assert (
        "They are all among the four whose link with the work is unconfirmed or suspected." in text
    )
    alone = Killings(make_build(tmp_path / "alone", [{}, {}, *rows[3:]]), {})
    assert "These are the three whose link with the work is unconfirmed" in plain(alone.by_sex())


def test_what_a_list_records_without_a_code_is_not_called_missing(tmp_path: Path) -> None:
    rows = [{"identity_codes": "indigenous"}] * 4 + [{"identity_codes": "not_recorded"}]
    left = {"identity_codes.not_recorded": "another than these"}
    study = Killings(make_build(tmp_path, rows, [facts(unknown_as=left)]), {})
    text = plain(study.by_identity())
    assert "whose characteristics are among those told apart here" in text
    assert "The identity is another than these for one." in text


def test_lists_whose_file_has_no_field_are_named_as_such(tmp_path: Path) -> None:
    silent = facts("list-b", asked=["sex_code"])
    rows = [{"age_group_code": "adult"}] * 4 + [{"source": "list-b"}]
    study = Killings(make_build(tmp_path, rows, [facts(), silent]), {})
    assert "The file read of Nobody has no field for the age or age group." in plain(
        study.by_age_group()
    )


def test_events_are_not_computable_where_most_rows_have_no_day(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{"event_date_precision": "year"}] * 3)
    claim = {c.name: c for c in Killings(build, {}).extent().claims}["extent.events_min"]
    assert (claim.status, claim.value) == ("not_computable", None)


def test_a_year_without_a_case_within_the_period_is_zero(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{"event_year": 2018}, {"event_year": 2020}])
    found = values(Killings(build, {}).by_year())
    assert [found[f"by_year.{year}"] for year in (2018, 2019, 2020)] == [1, 0, 1]
    assert not {"by_year.2017", "by_year.2021"} & set(found)


@pytest.mark.parametrize(("apart", "part"), [(5, ("2020",)), (30, ()), (0, ())])
def test_a_last_year_that_ends_early_is_held_in_part(
    tmp_path: Path, apart: int, part: tuple[str, ...]
) -> None:
    """Twelve cases five days apart end in February; spread over the year, or of one day, they say nothing."""
    days = [
        {"event_date": pd.Timestamp(2020, 1, 1) + pd.Timedelta(days=apart * n)} for n in range(12)
    ]
    study = Killings(make_build(tmp_path, days), {})
    assert study.by_year().drawing.part_years == tuple(("value", year) for year in part)


def test_a_year_beyond_what_a_list_covers_is_held_in_part_and_a_restricted_list_tells_no_day(
    tmp_path: Path,
) -> None:
    rows = [{"event_year": 2019}, {"event_year": 2020}]
    covers = {"years": {"from": 2012, "to": 2019}}
    public = Killings(make_build(tmp_path / "a", rows, [facts(covers=covers)]), {})
    hidden = Killings(
        make_build(tmp_path / "b", rows, [facts(policy=RESTRICTED, covers=covers)]), {}
    )
    assert public.by_year().drawing.part_years == (("value", "2020"),)
    assert hidden.by_year().drawing.part_years == ()


@pytest.mark.parametrize(
    ("beyond", "told"),
    [
        ((2016,), "one case of 2016, a year that the file covers in part"),
        ((2014, 2016), "one case of 2014 and one case of 2016, years that the file covers in part"),
    ],
)
def test_years_that_a_file_covers_in_part_are_named_as_one_or_several(
    tmp_path: Path, beyond: tuple[int, ...], told: str
) -> None:
    rows = [{"event_year": year} for year in (*beyond, 2017, 2018, 2018, 2019, 2019, 2019)]
    lists = [facts(covers={"years": {"from": 2017, "to": 2019}})]
    finding = Killings(make_build(tmp_path, rows, lists), {}).by_year()
    prose = fill_in_prose(finding.statements[0], names_for_prose([finding]))
    assert f"leaving out {told}" in strip_markdown(prose)


def test_shares_are_over_the_cases_in_which_the_fact_is_known(tmp_path: Path) -> None:
    build = make_build(
        tmp_path,
        [
            *[{"threats_before": "yes"}] * 10,
            *[{"threats_before": "no"}] * 20,
            {"threats_before": "unknown"},
            {"threats_before": "not_asked"},
        ],
    )
    found = values(Killings(build, {}).threats())
    assert found["threats.known"] == 30
    assert found["threats.yes.share"] == pytest.approx(100 / 3)
    assert found["threats.not_asked"] == 1


def test_a_victim_with_two_identities_counts_once_under_each(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{"identity_codes": "indigenous|lawyer"}, {}])
    found = values(Killings(build, {}).by_identity())
    assert (found["by_identity.indigenous"], found["by_identity.lawyer"]) == (1, 1)
    assert (found["by_identity.known"], found["by_identity.of"]) == (1, 2)


def test_several_lists_are_never_added(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}, {"source": "list-b"}], [facts(), facts("list-b")])
    study = Killings(build, {})
    found = values(study.extent())
    assert found["by_source.list_a.victims"] == found["by_source.list_b.victims"] == 1
    assert not any(name.startswith(("extent.", "by_year.", "by_state.")) for name in found)
    assert "by_source.list_a.by_year.2020" in values(study.by_year())


def test_a_list_that_did_not_ask_says_so_and_gets_no_zero(tmp_path: Path) -> None:
    silent = facts("list-b", asked=["sex_code"])
    build = make_build(
        tmp_path, [{"threats_before": "yes"}, {"source": "list-b"}], [facts(), silent]
    )
    finding = Killings(build, {}).threats()
    assert not any(c.name.startswith("by_source.list_b") for c in finding.claims)
    assert [row[2].text for row in finding.rows] == ["not asked"] * len(finding.rows)


def test_each_count_is_what_its_filter_finds_again(tmp_path: Path) -> None:
    build = make_build(
        tmp_path,
        [
            {"state_iso3": "COL", "identity_codes": "indigenous"},
            {"state_iso3": "BRA", "state_m49": 76, "event_year": 2019, "sex_code": "female"},
            {
                "state_iso3": "PHL",
                "state_m49": 608,
                "admin1_name": "Bicol",
                "threats_before": "yes",
            },
        ],
    )
    study = Killings(build, {"year_from": 2019})
    frame = build.table("cases")
    checked = 0
    for make in (
        study.extent,
        study.by_year,
        study.by_state,
        study.by_region,
        study.by_sex,
        study.by_identity,
        study.threats,
        study.by_state_year,
        study.place,
    ):
        for claim in make().claims:
            if claim.measure == "rows":
                assert int(match_rows(frame, claim.filter).sum()) == claim.value, claim.name
                checked += 1
    assert checked > 30


def test_one_state_as_parameter_makes_a_brief_of_that_state(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}, {"state_iso3": "BRA", "state_m49": 76}])
    study = Killings(build, {"state": "BRA"})
    assert values(study.extent())["extent.victims"] == 1
    assert {c.name: c.text for c in study.card().claims}["params.state_name"] == "Brazil"


def test_a_region_keeps_the_states_of_its_scheme(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}, {"state_iso3": "PHL", "state_m49": 608}])
    assert values(Killings(build, {"region": "asia_pacific"}).extent())["extent.victims"] == 1


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"state": "FRA"}, "No row"),
        ({"sources": "list-z"}, "this build holds list-a, not list-z"),
        ({"region": "atlantis"}, "has africa"),
        ({"year_from": 2021, "year_to": 2019}, "is after"),
    ],
)
def test_a_scope_that_cannot_be_says_why(
    tmp_path: Path, params: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ScopeError, match=complaint):
        Killings(make_build(tmp_path, [{}]), params)


def test_a_restricted_list_prints_multiples_of_five_and_below_five_no_number(
    tmp_path: Path,
) -> None:
    rows = (
        [{"sex_code": "female"}] * 2
        + [{"sex_code": "male"}] * 60
        + [{"sex_code": "transgender"}] * 10
    )
    build = make_build(tmp_path, rows, [facts(policy=RESTRICTED)])
    study = Killings(build, {})
    claims = {c.name: c for c in study.by_sex().claims}
    assert claims["by_sex.female"].text in ("fewer than 5", "5")
    assert (claims["by_sex.male"].value, claims["by_sex.transgender"].value) == (60, 10)
    assert claims["by_sex.male.share"].value in (80, 90)
    assert claims["by_sex.of"].value in (70, 75)
    told = [c for f in (study.extent(), study.by_state(), study.by_year()) for c in f.claims]
    assert not [c.name for c in told if c.status == "shown" and "by_" in c.name]


@pytest.mark.parametrize(
    ("men", "shares"),
    [
        (30, (None,)),
        (66, (80, 90)),
        (120, (80, 85, 90)),
        (600, (85, 86, 87)),
    ],  # a seventh are women
)
def test_a_share_of_a_restricted_list_is_given_from_fifty_persons_as_finely_as_its_counts_bear(
    tmp_path: Path, men: int, shares: tuple[int | None, ...]
) -> None:
    rows = [{"sex_code": "male"}] * men + [{"sex_code": "female"}] * (men // 6)
    study = Killings(make_build(tmp_path, rows, [facts(policy=RESTRICTED)]), {})
    claims = {c.name: c for c in study.by_sex().claims}
    assert claims["by_sex.male"].value and claims["by_sex.male.share"].value in shares


def test_classes_of_fewer_than_five_stand_in_one_line_and_those_that_no_row_can_have_in_none(
    tmp_path: Path,
) -> None:
    """Which classes a restricted list may use is told by its source.yml, not by its rows."""
    rows = [{"cause_codes": "land_environment"}] * 20 + [{"cause_codes": "corruption"}] * 2
    few = ["corruption", "human_rights", "labour_rights", "minority_rights", "child_rights"]
    declared = {"cause_codes": [*few, "land_environment"]}
    build = make_build(tmp_path, rows, [facts(policy=RESTRICTED, classes=declared)])
    finding = Killings(build, {}).by_cause()
    assert [row[:2] for row in texts_of(finding)] == [
        ["Land and environment", "20"],
        ["Not recorded", "fewer than 5"],
    ]
    told = "Each of five further classes that the list of Nobody may use has fewer than 5 victims"
    assert f"{told}, or none." in finding.notes
    assert {c.name for c in finding.claims if c.name.count(".") == 1} == {
        *(f"by_cause.{code}" for code in declared["cause_codes"]),
        *(f"by_cause.{code}" for code in ("not_recorded", "known", "of")),
    }


def test_a_class_that_a_restricted_list_counts_has_its_number_in_the_table_too(
    tmp_path: Path,
) -> None:
    """Answers have no crosswalk of their own: the sentence told a number, the table "no such class"."""
    rows = [{"threats_before": "yes"}] * 30 + [{"threats_before": "no"}] * 20
    lists = [facts(policy=RESTRICTED), facts("list-b")]
    build = make_build(tmp_path, [*rows, {"source": "list-b", "threats_before": "yes"}], lists)
    told = {row[0]: row[1] for row in texts_of(Killings(build, {}).threats())}
    assert (told["Yes"], told["No, or none known"]) == ("30", "20")


def test_a_public_list_beside_a_restricted_one_stays_exact(tmp_path: Path) -> None:
    build = make_build(
        tmp_path,
        [{"sex_code": "female"}] + [{"source": "list-b"}] * 9,
        [facts(), facts("list-b", policy=RESTRICTED)],
    )
    study = Killings(build, {})
    assert study.policy.public_by_name is False
    assert values(study.by_sex())["by_source.list_a.by_sex.female"] == 1


@pytest.mark.parametrize("scope", [{"state": "COL"}, {"year_from": 2019}, {"sex": "male"}])
def test_a_scope_that_is_not_in_the_plan_is_internal_and_exact(
    tmp_path: Path, scope: dict[str, Any]
) -> None:
    rows = [{"event_year": 2020}] * 9 + [{"event_year": 2018, "sex_code": "female"}] * 2
    build = make_build(tmp_path, rows, [facts(policy=RESTRICTED)])
    study = Killings(build, scope)
    assert study.policy.is_internal and study.extent().policy["is_internal"]
    assert values(study.extent())["extent.victims"] == len(study.populations[0].frame) > 0


def test_periods_of_a_restricted_list_are_printed_and_single_years_are_not(tmp_path: Path) -> None:
    rows = [{"event_year": 2016}] * 10 + [{"event_year": 2019}] * 20 + [{"event_year": 2021}] * 3
    study = Killings(make_build(tmp_path, rows, [facts(policy=RESTRICTED)]), {})
    finding = study.by_period()
    assert texts_of(finding)[:2] == [["2016–2017", "10"], ["2018–2019", "20"]]
    assert study.period() in ("2016–2019", "2016–2021")  # three may be printed as five
    assert study.by_year().rows == ()


def test_the_table_on_rows_tells_no_exact_number_of_a_restricted_list(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}] * 17, [facts(policy=RESTRICTED)])
    record = {"slug": "list-a", "rows_in": 19, "accepted": 17, "set_aside": 2, "issues": 1}
    write_json(build.folder / "quality.json", [{**record, "notes": []}])
    finding = Killings(build, {}).quality()
    assert texts_of(finding) == []  # a table of nothing but "not in the plan" says nothing
    assert (
        "the next edition is of {{ released.received_before }} at the earliest. On which day before that "
        "the list was received is not told" in finding.statements[0]
    )
    assert {c.name for c in finding.claims} == {"released.edition", "released.received_before"}


def test_a_question_that_a_restricted_list_leaves_open_says_why(tmp_path: Path) -> None:
    """Fewer than five, not in the plan, and not asked are three things; none of them is "no"."""
    rows = [{"threats_before": "yes"}] * 2 + [{"threats_before": "unknown"}] * 28
    policy = replace(RESTRICTED, leaves=ReleasePlan(whole_list=("threats_before",)))
    study = Killings(make_build(tmp_path, rows, [facts(policy=policy)]), {})
    findings = [study.extent(), study.threats(), study.accountability()]
    told = write_question_texts(findings)["key_findings"].rpartition("\n\n")[2]
    assert "Fewer than five persons, or none, so that nothing can be said: Had threats" in told
    assert "Not among the numbers that leave a list shared in confidence: What became" in told
    assert "No list of this draft answers: How many different persons" in told
    pages = [" ".join(f.statements) for f in findings]
    pages += [cell for f in findings for row in texts_of(f) for cell in row]
    assert "withheld" not in " ".join(pages)


def test_a_note_of_the_build_tells_its_numbers_as_claims(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}])
    record = {"slug": "list-a", "rows_in": 9, "accepted": 1, "set_aside": 8, "issues": 0}
    note = Note.of("Of {all} rows of {file}, {odd} are odd.", all=2000, file="a_1.csv", odd=8)
    write_json(build.folder / "quality.json", [{**record, "notes": [note.to_dict()]}])
    finding = Killings(build, {}).quality()
    told = {c.name: (c.text, c.unit) for c in finding.claims if "note_1" in c.name}
    assert told == {
        "quality.note_1.number_1": ("2,000", "row"),
        "quality.note_1.number_2": ("a_1.csv", "text"),
        "quality.note_1.number_3": ("8", "row"),
    }
    assert finding.statements == (
        "Of {{ quality.rows_in|of:row }} of the list of Nobody, {{ quality.accepted }} "
        "{{ quality.accepted|agree:was:were }} accepted and {{ quality.set_aside|none }} set aside. "
        "Nobody: Of {{ quality.note_1.number_1 }} rows of {{ quality.note_1.number_2 }}, "
        "{{ quality.note_1.number_3 }} are odd.",
    )


def test_a_list_without_a_case_in_scope_says_that_it_may_not_cover_it(tmp_path: Path) -> None:
    rows = [{}, {"source": "list-b", "state_iso3": "BRA", "state_m49": 76}]
    build = make_build(tmp_path, rows, [facts(), facts("list-b", publisher="Other")])
    statements = Killings(build, {"state": "BRA"}).extent().statements
    assert statements[0] == (
        "Nobody: no case in the scope of this draft, which the list may not cover."
    )
    assert "State or territory" not in statements[1]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (2019, None, "killings from 2019 on"),
        (None, 2020, "killings until 2020"),
        (2020, 2020, "killings in 2020"),
    ],
)
def test_the_years_in_scope_are_told_in_words(
    tmp_path: Path, first: int | None, last: int | None, words: str
) -> None:
    study = Killings(make_build(tmp_path, [{}]), {"year_from": first, "year_to": last})
    assert study.scope.words == words


def texts_of(finding: Finding) -> list[list[str]]:
    """Cells of a table as printed."""
    claims = {c.name: c.text for c in finding.claims}
    return [[claims[c.claim] if c.claim else c.text for c in row] for row in finding.rows]


def brazil_and_world(tmp_path: Path, **more: Any) -> Killings:
    """List A covers Brazil from 2019, and holds a case of 2017; list B, the world, from 2018."""
    rows = [
        *[{"state_iso3": "BRA", "state_m49": 76, "event_year": y} for y in (2017, 2020, 2022)],
        {"source": "list-b", "state_iso3": "KEN", "state_m49": 404, "event_year": 2018},
        {"source": "list-b", "state_iso3": "BRA", "state_m49": 76, "event_year": 2021},
    ]
    covers = {"states": ["BRA"], "years": {"from": 2019}}
    lists = [facts(covers=covers), facts("list-b", publisher="Other")]
    return Killings(make_build(tmp_path, rows, lists), more)


def test_a_region_that_a_list_does_not_cover_is_no_zero(tmp_path: Path) -> None:
    finding = brazil_and_world(tmp_path).by_region()
    found = {row[0]: row[1:] for row in texts_of(finding)}
    assert found["Africa"] == ["not covered", "1"]
    assert found["Americas"] == ["3", "1"]
    assert found["Asia-Pacific"] == ["not covered", "0"]
    assert "by_source.list_a.by_region.africa" not in values(finding)
    assert any("outside what the list covers" in note for note in finding.notes)


def test_a_year_and_a_state_beyond_what_a_list_covers_are_told_from_none(tmp_path: Path) -> None:
    study = brazil_and_world(tmp_path)
    assert {row[0]: row[1:] for row in texts_of(study.by_year())} == {
        "2017": ["1", "not covered"],
        "2018": ["not covered", "1"],
        "2019": ["0", "0"],
        "2020": ["1", "0"],
        "2021": ["0", "1"],
        "2022": ["1", "not covered"],
    }
    assert [row[1:] for row in texts_of(study.by_state())] == [
        ["Brazil", "3", "1"],
        ["Kenya", "not covered", "1"],
    ]


def test_a_file_of_fewer_years_than_its_publisher_covers_has_no_zeros_before(
    tmp_path: Path,
) -> None:
    build = make_build(tmp_path, [{}], [facts(covers={"years": {"from": 1992, "to": 2030}})])
    assert values(Killings(build, {}).by_year()) == {"by_year.2020": 1}


def test_a_list_that_does_not_cover_the_scope_has_no_number(tmp_path: Path) -> None:
    study = brazil_and_world(tmp_path, state="KEN")
    extent = study.extent()
    assert texts_of(extent)[0] == ["Nobody", *["not covered"] * 5]
    assert extent.statements[0] == "Nobody does not cover the scope of this draft."
    for finding in (study.by_sex(), study.place(), study.completeness(), study.by_region()):
        assert {row[1] for row in texts_of(finding)} == {"not covered"}, finding.name
        assert not any(name.startswith("by_source.list_a.") for name in values(finding))


def test_a_scope_within_the_years_of_a_list_has_its_zeros(tmp_path: Path) -> None:
    rows = [{"event_year": y, "sex_code": s} for y, s in ((2018, "male"), (2021, "female"))]
    study = Killings(make_build(tmp_path, rows), {"sex": "female", "year_from": 2019})
    found = values(study.by_year())
    assert {k: v for k, v in found.items() if k[-4:].isdigit()} == {
        "by_year.2019": 0,
        "by_year.2020": 0,
        "by_year.2021": 1,
        "by_year.lowest_year.also_2020": 2020,
    }
    assert (found["by_year.lowest_year"], found["by_year.highest_year"]) == (2019, 2021)


def test_all_years_of_the_lowest_and_the_highest_number_are_named_and_many_are_counted(
    tmp_path: Path,
) -> None:
    covered = facts(publisher="One", covers={"years": {"from": 2012, "to": 2021}})
    year = {"event_date_precision": "year"}
    rows = [year | {"event_year": y} for y in (2012, 2012, 2015, 2018, 2018, 2021)]
    text = plain(Killings(make_build(tmp_path / "a", rows, [covered]), {}).by_year())
    assert "lay between zero (in six years) and two (2012 and 2018)" in text
    few = [year | {"event_year": y} for y in (*range(2012, 2020), 2015, 2021)]
    text = plain(Killings(make_build(tmp_path / "b", few, [covered]), {}).by_year())
    assert "lay between zero (2020) and two (2015)" in text


def test_a_year_is_no_part_year_because_one_state_has_no_case_late_in_it(tmp_path: Path) -> None:
    days = [f"{year}-{month:02}-05" for year in range(2016, 2021) for month in (2, 5, 8, 11, 12)]
    rows = [
        {"event_date": pd.Timestamp(day), "event_year": int(day[:4]), "event_date_precision": "day"}
        | ({"state_iso3": "BRA", "state_m49": 76} if day.endswith("12-05") else {})
        for day in days
    ]
    study = Killings(make_build(tmp_path, rows), {"state": "COL"})
    assert "its last case" not in plain(study.by_year())
    assert plain(study.by_year()).endswith("was four in each year.")


def test_a_fact_that_is_not_asked_is_so_in_completeness_and_place_too(tmp_path: Path) -> None:
    asked = ["sex_code", "event_day"]
    rows = [{"motive_link_code": "unknown", "defender_basis_code": "not_assessed"}]
    study = Killings(make_build(tmp_path, rows, [facts(asked=asked)]), {})
    assert [row[1] for row in texts_of(study.completeness())] == [
        "not asked", "1", "not asked", "1", "not asked", "not asked", "not asked",
    ]  # fmt: skip
    assert [row[1] for row in texts_of(study.place())] == ["not asked", "not asked"]
    assert set(values(study.completeness())) == {"completeness.sex", "completeness.day"}


def test_a_mark_that_is_set_only_where_it_is_so_has_no_share(tmp_path: Path) -> None:
    rows = [{"defender_basis_code": "recorded_leader"}] * 40
    rows += [{"defender_basis_code": "not_assessed"}] * 9
    how = {"defender_basis_code": "when_present"}
    finding = Killings(make_build(tmp_path, rows, [facts(recording=how)]), {}).by_defender_basis()
    assert values(finding)["by_defender_basis.recorded_leader"] == 40
    assert values(finding)["by_defender_basis.recorded_leader.share"] is None
    assert finding.known is None
    assert any("may be either, so no share is stated" in note for note in finding.notes)


def test_what_holds_by_the_definition_of_a_list_has_no_share(tmp_path: Path) -> None:
    how = {"cause_codes": "by_definition"}
    rows = [{"cause_codes": "land_environment"}] * 40
    finding = Killings(make_build(tmp_path, rows, [facts(recording=how)]), {}).by_cause()
    assert texts_of(finding) == [["Land and environment", "40"]]
    assert values(finding)["by_cause.land_environment.share"] is None


def test_a_class_that_a_list_declares_and_does_not_hold_is_zero(tmp_path: Path) -> None:
    rows = [{"impunity_code": "complete"}, {"source": "list-b", "impunity_code": "full_justice"}]
    lists = [facts(classes={"impunity_code": ["complete", "full_justice"]}), facts("list-b")]
    found = {
        row[0]: row[1:]
        for row in texts_of(Killings(make_build(tmp_path, rows, lists), {}).impunity())
    }
    assert found["Full justice"] == ["0", "1"]
    assert found["Complete impunity"] == ["1", "no such class"]


def test_no_share_is_stated_where_fewer_than_half_of_those_asked_are_known(
    tmp_path: Path,
) -> None:
    known = [{"impunity_code": "complete"}] * 31
    asked = [*known, *[{"impunity_code": "unknown"}] * 32]
    few = Killings(make_build(tmp_path / "a", asked), {}).impunity()
    assert values(few)["impunity.complete.share"] is None
    assert any("half of those asked" in note for note in few.notes)
    rest = [{"impunity_code": "not_asked"}] * 90
    all_ = Killings(make_build(tmp_path / "b", [*known, *rest]), {}).impunity()
    assert values(all_)["impunity.asked"] == 31
    assert values(all_)["impunity.complete.share"] == 100


def test_one_code_that_is_marked_only_where_it_is_so_has_no_share(tmp_path: Path) -> None:
    how = {"identity_codes.community_leader": "when_present"}
    rows = [{"identity_codes": "farmer|community_leader"}] * 30 + [{"identity_codes": "farmer"}] * 9
    finding = Killings(make_build(tmp_path, rows, [facts(recording=how)]), {}).by_identity()
    assert texts_of(finding) == [
        ["Small-scale farmers and rural workers", "39", "100"],
        ["Community leaders", "30", "no share"],
    ]
    assert any(note.startswith("Nobody, Community leaders: ") for note in finding.notes)


def test_a_region_beyond_the_scope_is_no_zero_and_a_state_brief_has_no_map(
    tmp_path: Path,
) -> None:
    study = brazil_and_world(tmp_path, state="BRA")
    assert [row[0] for row in texts_of(study.by_region())] == ["Americas"]
    assert study.by_state().drawing.kind == "table"
    assert all(all(row) for row in texts_of(study.by_source()))


def test_a_list_of_one_state_has_no_map(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}], [facts(covers={"states": ["COL"]})])
    assert Killings(build, {}).by_state().drawing.kind == "table"


def test_accountability_is_stated_over_murders_where_the_list_classes_deaths(
    tmp_path: Path,
) -> None:
    rows = [
        *[{"death_type_code": "murder", "impunity_code": "complete"}] * 3,
        {"death_type_code": "murder", "impunity_code": "unknown"},
        {"death_type_code": "crossfire", "impunity_code": "complete"},
        {"death_type_code": "crossfire"},
    ]
    study = Killings(make_build(tmp_path, rows), {})
    found = values(study.accountability())
    assert (found["accountability.complete"], found["accountability.known"]) == (3, 3)
    assert found["accountability.of"] == found["accountability.murders"] == 4
    assert found["accountability.other_deaths"] == 1
    assert values(study.impunity())["impunity.complete"] == 4


def test_accountability_is_stated_over_all_cases_of_a_list_of_killings(tmp_path: Path) -> None:
    found = values(
        Killings(make_build(tmp_path, [{"impunity_code": "partial"}, {}]), {}).accountability()
    )
    assert (found["accountability.partial"], found["accountability.of"]) == (1, 2)
    assert "accountability.murders" not in found


def test_the_name_of_a_number_says_its_list_once(tmp_path: Path) -> None:
    rows = [
        {"impunity_code": "complete", "event_year": y, "source": s}
        for s in ("list-a", "list-b")
        for y in (2005, 2021)
    ]
    build = make_build(tmp_path, rows, [facts(), facts("list-b", publisher="Other")])
    names = [c.name for c in Killings(build, {}).accountability().claims]
    assert "by_source.list_a.accountability.complete.older.share" in names
    assert not [name for name in names if name.count("by_source.") > 1]


def test_a_remark_of_a_source_stands_beneath_the_table_of_its_fact(tmp_path: Path) -> None:
    lists = [facts(remarks={"threats_before": "No may mean none known."})]
    study = Killings(make_build(tmp_path, [{"threats_before": "no"}], lists), {})
    assert "Nobody: No may mean none known." in study.threats().notes
    assert not any("none known" in note for note in study.impunity().notes)


def test_kosovo_and_a_joint_name_carry_their_notes_in_every_table(tmp_path: Path) -> None:
    rows = [{"state_iso3": i, "state_m49": None} for i in ("XKX", "XIP", "YUG")]
    rows += [{**row, "source": "list-b"} for row in rows]
    study = Killings(make_build(tmp_path, rows, [facts(), facts("list-b")]), {})
    for finding in (study.by_state(), study.side_by_side(), study.side_by_side_years()):
        assert any("resolution 1244 (1999)" in note for note in finding.notes)
        assert any("given to neither" in note for note in finding.notes)


def test_a_list_that_does_not_ask_says_so_in_a_sentence(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}], [facts(asked=[])])
    finding = Killings(build, {}).by_age_group()
    assert (finding.rows, finding.statements) == (
        (), ("The file read of Nobody has no field for the age or age group. That says nothing either way.",)
    )  # fmt: skip


def test_what_is_not_assessed_is_no_known_case(tmp_path: Path) -> None:
    rows = [{"motive_link_code": "unknown", "defender_basis_code": "not_assessed"}, {}]
    found = values(Killings(make_build(tmp_path, rows), {}).by_motive_link())
    assert (found["by_motive_link.known"], found["by_motive_link.of"]) == (1, 2)


def test_the_side_by_side_table_says_how_its_states_were_chosen_and_adds_no_lists(
    tmp_path: Path,
) -> None:
    held = {"AGO": (9, 1), **dict.fromkeys(CHOSEN, (8, 2)), "ZWE": (7, 7), "KEN": (99, 0)}
    rows = [
        {"state_iso3": iso3, "state_m49": None, "source": slug}
        for iso3, numbers in held.items()
        for slug, n in zip(("list-a", "list-b"), numbers, strict=True)
        for _ in range(n)
    ]
    study = Killings(make_build(tmp_path, rows, [facts(), facts("list-b", publisher="Other")]), {})
    finding = study.side_by_side()
    named = [row[0] for row in texts_of(finding)]
    assert "Angola" in named and not {"Zimbabwe", "Kenya"} & set(named)
    assert finding.notes[0].startswith("States in which at least two lists hold a case")
    assert "15 at most" in finding.notes[0]
    assert "3 States at most" in study.side_by_side_years().notes[0]


def test_a_year_that_a_file_holds_in_part_is_named_beneath_the_years(tmp_path: Path) -> None:
    notes = brazil_and_world(tmp_path).by_year().notes
    assert any("Nobody: its file covers 2019 to 2022" in n and "2017" in n for n in notes)
    assert not any("Other: its file covers" in note for note in notes)


def test_a_place_that_is_not_read_is_not_called_unrecorded(tmp_path: Path) -> None:
    rows = [{"state_iso3": "PHL", "state_m49": 608}, {"admin1_name": "Cauca"}]
    study = Killings(make_build(tmp_path, rows, [facts(asked=["admin1_name"])]), {})
    assert texts_of(study.place())[1][0] == "No division read (the list may record a place)"
    for finding in (study.place(), study.completeness()):
        (note,) = [n for n in finding.notes if "is not read" in n]
        assert "Colombia" in note and "Philippines" not in note


def test_the_first_and_last_year_are_of_the_list_and_not_of_all_rows(tmp_path: Path) -> None:
    study = brazil_and_world(tmp_path)
    found = {c.name: c for c in study.extent().claims}
    first, last = (found[f"by_source.list_a.{end}_year"] for end in ("first", "last"))
    assert first.filter == last.filter == {"source": "list-a"}
    told = {c.name: asdict(c) for c in (first, last)}
    assert recount_problems(study.build, told) == []
    told[first.name]["value"] = 2018
    assert recount_problems(study.build, told) == [
        f"{first.name} is 2017 in the report; its rows in the build give 2017"
    ]


def test_a_zero_that_was_counted_is_printed_as_zero_in_every_table(tmp_path: Path) -> None:
    rows = [
        *[{"event_year": y} for y in (2019, 2020, 2021)],
        {"source": "list-b", "event_year": 2019},
        {"source": "list-b", "event_year": 2021},
        {"source": "list-b", "state_iso3": "KEN", "state_m49": 404, "event_year": 2020},
        *[{"source": "list-c", "event_year": y} for y in (2019, 2020, 2021)],
    ]
    lists = [facts(), facts("list-b", publisher="Other"), facts("list-c", publisher="Third")]
    study = Killings(make_build(tmp_path, rows, lists), {})
    years = {row[0]: row[1:] for row in texts_of(study.by_year())}
    assert years["2020"] == ["1", "1", "1"]
    assert {row[1]: row[2:] for row in texts_of(study.by_state())}["Kenya"] == ["0", "1", "0"]
    by_year = {(row[0], row[1]): row[2:] for row in texts_of(study.side_by_side_years())}
    assert by_year["Colombia", "2020"] == ["1", "0", "1"]
    claim = {c.name: c for c in study.by_state().claims}["by_source.list_a.by_state.ken"]
    assert (claim.value, claim.rows, claim.filter["state_iso3"]) == (0, 0, "KEN")


def test_a_state_dissolved_before_the_first_year_of_a_list_is_not_covered(tmp_path: Path) -> None:
    rows = [
        {"event_year": 2013},
        {"source": "list-b", "state_iso3": "YUG", "state_m49": 890, "event_year": 1999},
        {"source": "list-b", "event_year": 2019},
    ]
    lists = [facts(covers={"years": {"from": 2012}}), facts("list-b", publisher="Other")]
    study = Killings(make_build(tmp_path, rows, lists), {})
    found = {row[1]: row[2:] for row in texts_of(study.by_state())}
    assert found["Yugoslavia"] == ["not covered", "1"]


def test_a_list_that_does_not_assess_the_word_defender_is_not_asked_in_each_table(
    tmp_path: Path,
) -> None:
    rows = [{}, {"source": "list-b", "defender_basis_code": "not_assessed"}]
    build = make_build(tmp_path, rows, [facts(), facts("list-b", publisher="Other")])
    study = Killings(build, {})
    assert [row[2] for row in texts_of(study.by_source())][1] == "not asked"
    assert {row[2] for row in texts_of(study.by_defender_basis())} == {"not asked"}


def test_a_class_that_a_list_does_not_use_has_no_claim(tmp_path: Path) -> None:
    rows = [{"death_type_code": "murder"}] * 3
    lists = [facts(classes={"death_type_code": ["murder", "crossfire"]})]
    found = values(Killings(make_build(tmp_path, rows, lists), {}).by_death_type())
    assert (found["by_death_type.murder"], found["by_death_type.crossfire"]) == (3, 0)
    assert not [name for name in found if name.startswith("by_death_type.dangerous_assignment")]


def test_a_list_compiled_from_others_lists_its_cases_and_another_documented_them(
    tmp_path: Path,
) -> None:
    compiled = {"source_independence_code": "compilation"}
    rows = [compiled, compiled, {"source": "list-b"}]
    called = {"extent": "killed, or disappeared and presumed killed,"}
    lists = [facts(publisher="One", called=called), facts("list-b", publisher="Two")]
    finding = Killings(make_build(tmp_path, rows, lists), {}).extent()
    told = [plain(replace(finding, statements=(text,))) for text in finding.statements]
    assert told[0].startswith(
        "One lists at least two invented persons killed, or disappeared and presumed killed, in one State "
        "or territory, from 2020 to 2020."
    )
    assert told[1].startswith("Two documented at least one invented person killed in one State")


def test_years_are_told_list_by_list_and_side_by_side_only_where_held_as_a_whole(
    tmp_path: Path,
) -> None:
    years = {"list-a": {2017: 3, 2018: 9, 2019: 4}, "list-b": {2017: 2, 2018: 1, 2019: 5}}
    rows = [
        {"source": slug, "event_year": year, "event_date_precision": "year"}
        for slug, counts in years.items()
        for year, n in counts.items()
        for _ in range(n)
    ]
    lists = [
        facts(publisher="One", covers={"years": {"from": 2017, "to": 2018}}),
        facts("list-b", publisher="Two", covers={"states": ["COL"]}),
    ]
    study = Killings(make_build(tmp_path, rows, lists), {})
    assert plain(study.by_year()) == (
        "The yearly number documented by Two lay between one (2018) and five (2019)."
    )
    assert plain(study.side_by_side_years()) == (
        "Of one State and year the lists hold: in Colombia in 2018, nine on the list of One and one on "
        "the list of Two."
    )
    assert plain(study.by_state()) == "The list of Two covers Colombia only."


def test_the_link_with_the_work_is_told_as_confirmed_and_unconfirmed(tmp_path: Path) -> None:
    rows = [{}, {}, {"motive_link_code": "suspected"}]
    finding = Killings(make_build(tmp_path, rows), {}).extent()
    assert values(finding)["extent.unconfirmed"] == 1
    assert (
        "is confirmed for {{ extent.confirmed }} of them, and unconfirmed or suspected for "
        "{{ extent.unconfirmed }}."
    ) in finding.statements[0]
    open_too = make_build(tmp_path / "open", [*rows, {"motive_link_code": "unknown"}])
    assert (
        "{{ extent.unconfirmed }}. For the others it is not known."
        in (Killings(open_too, {}).extent().statements[0])
    )


def test_the_basis_that_a_restricted_list_gives_is_no_empty_cell(tmp_path: Path) -> None:
    study = Killings(make_build(tmp_path, [{}] * 9, [facts(policy=RESTRICTED)]), {})
    assert texts_of(study.by_source())[0][2:] == ["not asked", "not in the plan"]
