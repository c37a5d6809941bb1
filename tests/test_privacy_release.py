"""What leaves of a restricted list: the plan, its counts, and when figures may change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.privacy.count_plan import areas_published_alone, count_plan_cells
from hrdresearch.privacy.make_release import make_release, median_classes
from hrdresearch.privacy.plan_cells import cell_of_filter, regions_of_report
from hrdresearch.privacy.policy import Policy, ReleasePlan
from hrdresearch.privacy.publication_thresholds import FEWEST_PERSONS, PublicationThresholds
from hrdresearch.privacy.release import Release, edition_day
from hrdresearch.privacy.rounding import possible_counts
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes

PLAN = ReleasePlan(
    by_area=("event_year", "sex_code", "cause_codes"),
    whole_list=("threats_before",),
    at_least={"age_years": (18.0,)},
    medians={"age_years": (18.0, 30.0, 60.0)},
)
KEY = b"invented"
STEPS = PublicationThresholds(KEY, "2026-03-31")
PEOPLE = {"person": "victim_id", "year": "event_year"}


def rows(*parts: tuple[int, dict[str, Any]]) -> pd.DataFrame:
    base = {
        "state_iso3": "KEN",
        "event_year": 2019,
        "sex_code": "male",
        "cause_codes": "corruption",
        "threats_before": "yes",
        "age_years": 30,
        "by": "a",
    }
    made = [base | part for number, part in parts for _ in range(number)]
    frame = pd.DataFrame(made).assign(victim_id=[f"p{n:03}" for n in range(len(made))])
    return frame.astype({"event_year": "Int64", "age_years": "Int64"})


THREE = [(10, {"by": "a"}), (10, {"by": "b", "sex_code": "female"}), (5, {"by": "c"})]


@settings(max_examples=50)
@given(st.integers(1, 90), st.integers(0, 90), st.integers(0, 9), st.binary(min_size=1, max_size=4))
def test_no_part_that_is_printed_is_larger_than_its_whole(
    men: int, women: int, silent: int, key: bytes
) -> None:
    kinds = ((men, "male"), (women, "female"), (silent, "unknown"))
    frame = rows(*((n, {"sex_code": sex}) for n, sex in kinds))
    release, _ = make_release(frame, PLAN, "2026-03-31", key, **PEOPLE)
    of_sex = {n: release.cells[f";sex_code={n}"] for n in ("male", "female", "unknown")}
    known = release.printed_figure(";sex_code=but:unknown", release.cells)
    assert known is not None and max(of_sex["male"], of_sex["female"]) <= known
    assert max(release.cells.values()) == release.cells[";"] >= known
    for exact, sex in kinds:
        assert exact in possible_counts(of_sex[sex])


@settings(max_examples=50)
@given(st.integers(1, 60), st.integers(0, 20), st.binary(min_size=1, max_size=4))
def test_no_more_persons_are_printed_than_rows(once: int, twice: int, key: bytes) -> None:
    frame = rows((once, {}), (twice, {"sex_code": "female"}))
    frame = pd.concat([frame, frame[frame["sex_code"] == "female"], frame.iloc[:1]])
    release, _ = make_release(frame, PLAN, "2026-03-31", key, **PEOPLE)
    assert release.rows and all(n >= release.cells[cell] for cell, n in release.rows.items())
    assert max(release.rows.values()) == release.rows[";"]
    assert len(frame) in possible_counts(release.rows[";"])


@pytest.mark.parametrize(
    ("filter_", "cell"),
    [
        ({}, ";"),
        ({"source": "x", "state_iso3": "KEN"}, "KEN;"),
        ({"state_iso3": sorted(regions_of_report()["africa"])}, "region:africa;"),
        ({"state_iso3": ["KEN", "UGA"]}, None),
        ({"event_year": {"from": 2018, "to": 2019}}, ";event_year=2018-2019"),
        ({"event_year": {"from": 2019, "to": 2020}}, None),
        ({"event_year": 2019}, None),
        ({"event_year": [None]}, ";event_year=none"),
        (
            {"sex_code": ["female", "male", "transgender", "nonbinary"]},
            ";sex_code=but:not_recorded|unknown",
        ),
        ({"sex_code": ["female", "male"]}, None),
        ({"sex_code": "female", "cause_codes": "corruption"}, None),
        ({"state_iso3": "KEN", "sex_code": "female"}, "KEN;sex_code=female"),
        ({"state_iso3": "KEN", "threats_before": "yes"}, None),
        ({"state_iso3": "KEN", "cause_codes": "lgbti_rights"}, None),
        ({"state_iso3": "KEN", "sex_code": "transgender"}, None),
        ({"cause_codes": "lgbti_rights"}, ";cause_codes=lgbti_rights"),
        ({"age_years": {"from": 18}}, ";age_years=from:18"),
        ({"age_years": {"from": 19}}, None),
        ({"impunity_code": "complete"}, None),
    ],
)
def test_a_filter_is_a_cell_of_the_plan_or_none(filter_: dict[str, Any], cell: str | None) -> None:
    assert cell_of_filter(filter_, PLAN, "event_year") == cell


def test_cells_hold_what_their_filters_select() -> None:
    held = rows(*THREE, *THREE, (9, {"cause_codes": "human_rights", "event_year": None}))
    counts = count_plan_cells(
        held, PLAN, ["KEN", "others:africa"], "victim_id", "event_year", STEPS
    )
    filters: list[dict[str, Any]] = [
        {},
        {"state_iso3": "KEN"},
        {"sex_code": "female"},
        {"cause_codes": "human_rights"},
        {"state_iso3": "KEN", "sex_code": "male"},
        {"event_year": {"from": 2018, "to": 2019}},
        {"event_year": [None]},
        {"age_years": {"from": 18.0}},
    ]
    for filter_ in filters:
        cell = cell_of_filter(filter_, PLAN, "event_year")
        assert counts["persons"][cell] == int(match_rows(held, filter_).sum()), cell
    assert counts["persons"][";cause_codes=migrants_rights"] == 0  # empty cells are there too


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["KEN", "UGA", "COL"]),
            st.sampled_from(["female", "male", "unknown", "not_recorded"]),
            st.sampled_from(["corruption", "corruption|human_rights", "not_recorded"]),
            st.sampled_from(["p1", "p2", "p3", "p4"]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_a_person_in_several_rows_is_counted_once(people: list[tuple[str, ...]]) -> None:
    held = pd.DataFrame(people, columns=["state_iso3", "sex_code", "cause_codes", "victim_id"])
    plan = ReleasePlan(by_area=("sex_code", "cause_codes"))
    counts = count_plan_cells(held, plan, (), "victim_id", None, STEPS)
    for code in ("corruption", "human_rights", "not_recorded"):
        chosen = held[held["cause_codes"].str.split("|").map(lambda c, code=code: code in c)]
        found, persons = counts.loc[f";cause_codes={code}"], set(chosen["victim_id"])
        if (
            code == "not_recorded"
        ):  # of a person with an answer in another row something is recorded
            persons -= set(held.loc[held["cause_codes"] != code, "victim_id"])
        assert (found["persons"], found["rows"]) == (len(persons), len(chosen))


def areas(
    held: pd.DataFrame, by: pd.Series, steps: PublicationThresholds = STEPS
) -> tuple[str, ...]:
    return areas_published_alone(held, "victim_id", by, steps)


def test_a_state_stands_alone_from_twenty_to_twenty_nine_persons_of_three_contributors() -> None:
    held = rows(*[(1, {"by": by}) for _ in range(10) for by in "abc"])
    assert areas(held, held["by"]) == ("KEN",)
    assert areas(held, held["by"].replace("c", "b")) == ()
    assert areas(held, pd.Series("", index=held.index)) == ()
    first = PublicationThresholds(KEY, "2026-03-31").fewest_persons(FEWEST_PERSONS, "KEN")
    assert areas(held.tail(first), held["by"].tail(first)) == ("KEN",)
    assert areas(held.tail(first - 1), held["by"].tail(first - 1)) == ()
    for told, fewest in (((), 20), (("KEN",), 10)):  # what has been told goes on for longer
        editions = [PublicationThresholds(KEY, str(n), frozenset(told)) for n in range(60)]
        drawn = {steps.fewest_persons(FEWEST_PERSONS, "KEN") for steps in editions}
        assert drawn == set(range(fewest, fewest + 10))


def test_a_contributor_of_two_cases_or_of_nearly_all_lets_no_state_stand_alone() -> None:
    def stands(told: bool = False, **cases: int) -> bool:
        held = rows(*[(number, {"by": by}) for by, number in cases.items()])
        steps = PublicationThresholds(KEY, "2026-03-31", frozenset({"KEN"} if told else ()))
        return areas(held, held["by"], steps) == ("KEN",)

    assert stands(a=20, b=10, c=7)
    assert not stands(a=20, b=20, c=4)
    assert not stands(a=20, b=20, c=2, d=2, e=2)  # together they are no third one
    assert stands(told=True, a=20, b=20, c=4)  # nobody sees that one case went
    assert not stands(told=True, a=20, b=20, c=1)
    assert stands(a=60, b=20, c=10)
    assert not stands(a=81, b=10, c=9)
    for told, counted in ((False, {5, 6, 7}), (True, {2, 3, 4})):
        every = [
            PublicationThresholds(KEY, str(n), frozenset({"KEN"} if told else ()))
            for n in range(60)
        ]
        assert {steps.fewest_of_contributor("KEN") for steps in every} == counted


def test_no_area_appears_while_the_figures_of_the_whole_list_stand() -> None:
    held = rows(*THREE, *THREE, *[(6, {"state_iso3": "COL", "by": by}) for by in "abc"])
    first, seen = release(held, "2026-03-31")
    more = pd.concat([held, rows(*[(3, {"state_iso3": "COL", "by": by}) for by in "abc"])])
    more = more.assign(victim_id=[f"p{n:03}" for n in range(len(more))])
    second, still = release(more, "2026-09-30", first, seen)
    assert second.as_at == {"": "2026-03-31", "KEN": "2026-03-31"}
    many = pd.concat([more, rows(*COLOMBIA)])
    many = many.assign(victim_id=[f"p{n:03}" for n in range(len(many))])
    third, _ = release(many, "2027-03-31", second, still)
    assert third.as_at == {"": "2027-03-31", "COL": "2027-03-31", "KEN": "2026-03-31"}


def test_what_nearly_all_of_a_state_share_is_not_crossed_with_it() -> None:
    held = rows((1, {"cause_codes": "human_rights", "by": "b"}), *THREE, *THREE, (9, {}))
    counts = count_plan_cells(held, PLAN, ["KEN"], "victim_id", "event_year", STEPS)
    crossed = {name.partition("=")[0] for name in counts.index if name.startswith("KEN;")}
    assert crossed == {"KEN;", "KEN;sex_code"}
    few = count_plan_cells(held.head(49), PLAN, ["KEN"], "victim_id", "event_year", STEPS)
    assert [name for name in few.index if name.startswith("KEN;")] == ["KEN;"]


def test_a_median_is_given_in_a_class_from_fifty_persons_and_stands_with_the_list() -> None:
    ages = [(20, {"age_years": 22}), (45, {"age_years": 40}), (5, {"age_years": 70})]
    held = rows(*[(n // 5, part | {"by": by}) for n, part in ages for by in "abcde"])
    first, seen = release(held, "2026-03-31")
    assert first.medians == {";age_years=median": "30-60"}
    assert release(held.head(49), "2026-03-31")[0].medians == {}
    old = held.assign(age_years=pd.array([80] * len(held), dtype="Int64"))
    same, _ = release(
        held.assign(age_years=old["age_years"].where(held.index < 9, 40)), "2026-09-30", first, seen
    )
    assert same.medians == first.medians
    later, _ = release(old, "2026-09-30", first, seen)
    assert later.medians == {";age_years=median": "60-"}
    assert Release.from_json(later.to_json()).digest != replace(later, medians={}).digest


def test_one_person_hardly_moves_the_class_of_a_median() -> None:
    low, high = [(n, {"age_years": 20}) for n in (30, 31)], (30, {"age_years": 40})
    found = []
    for part in low:
        held = rows(part, high)
        drawn = [
            median_classes(held, PLAN, "victim_id", PublicationThresholds(KEY, str(n)))[
                ";age_years=median"
            ]
            for n in range(400)
        ]
        found.append(drawn.count("18-30") / 400)
    assert 0.35 < found[0] <= found[1] < 0.65


def release(
    held: pd.DataFrame, edition: str, before: Release | None = None, seen: Any = None
) -> tuple[Release, pd.DataFrame]:
    return make_release(
        held, PLAN, edition, KEY, contributor=held["by"], before=before, seen=seen, **PEOPLE
    )


UGANDA = [(6, {"state_iso3": "UGA", "by": by}) for by in ("a", "b", "c")]
MALI = [(2, {"state_iso3": "MLI", "by": by}) for by in ("a", "b", "c")]
COLOMBIA = [(25, {"state_iso3": "COL", "by": by}) for by in ("a", "b", "c")]


def test_figures_change_only_after_enough_changes_of_two_contributors() -> None:
    held = rows(*THREE, *THREE, *COLOMBIA)
    first, seen = release(held, "2026-03-31")
    few = held.copy()
    few.loc[:8, "threats_before"] = "no"
    same, still = release(few, "2026-09-30", first, seen)
    assert (same.cells, set(same.as_at.values())) == (first.cells, {"2026-03-31"})
    more = few.copy()
    more.loc[9:24, "threats_before"] = "no"
    later, _ = release(more, "2027-03-31", same, still)  # changes of two editions add up
    assert later.as_at == {"": "2027-03-31", "COL": "2026-03-31", "KEN": "2027-03-31"}
    one = held.copy()
    one.loc[one["by"] == "a", "threats_before"] = "no"  # many changes of one contributor
    assert release(one, "2026-09-30", first, seen)[0].as_at == first.as_at


def test_what_is_left_of_a_region_is_drawn_and_the_region_added_up() -> None:
    held = rows(*THREE, *THREE, *UGANDA, *MALI, *MALI, (10, {"sex_code": "unknown"}))
    made, _ = release(held, "2026-03-31")
    africa = {"state_iso3": sorted(regions_of_report()["africa"])}
    whole = made.printed_persons(africa, PLAN, "event_year")
    assert whole == made.cells["KEN;"] + made.cells["others:africa:KEN;"]
    known = {"sex_code": ["female", "male", "transgender", "nonbinary"]}
    silent = made.cells[";sex_code=unknown"] + made.cells[";sex_code=not_recorded"]
    assert made.printed_persons(known, PLAN, "event_year") == made.cells[";"] - silent
    assert (
        made.printed_persons({"state_iso3": sorted(regions_of_report()["americas"])}, PLAN, None)
        is None
    )


def test_a_region_without_a_state_alone_is_told_and_one_of_a_single_state_is_not() -> None:
    several = [(6, {"state_iso3": iso3, "by": by}) for iso3 in ("UGA", "MLI") for by in "abc"]
    africa = {"state_iso3": sorted(regions_of_report()["africa"])}
    two, _ = release(
        rows(
            (25, {"state_iso3": "COL"}),
            *[(n, p | {"by": "a"}) if p["state_iso3"] == "UGA" else (n, p) for n, p in several],
        ),
        "2026-03-31",
    )
    assert two.printed_persons(africa, PLAN, None) == two.cells["others:africa;"]
    single, _ = release(
        rows(*[(6, {"state_iso3": "UGA", "by": by}) for by in "abab"]), "2026-03-31"
    )
    assert single.printed_persons(africa, PLAN, None) is None  # not "fewer than 5"


def test_a_release_is_the_same_when_made_again_and_comes_back_from_its_file() -> None:
    held = rows(*THREE)
    made, _ = release(held, "2026-03-31")
    assert made == release(held, "2026-03-31")[0] == Release.from_json(made.to_json())
    assert all(n % 5 == 0 for n in made.cells.values())
    body = str(made.to_json())
    assert not any(person in body for person in held["victim_id"])


def test_an_approval_is_of_exactly_these_figures() -> None:
    made, _ = release(rows(*THREE), "2026-03-31")
    one = Release(**made.to_json() | {"approved": {"desk-1": made.digest}})
    two = Release(**made.to_json() | {"approved": {"desk-1": made.digest, "desk-2": made.digest}})
    other = Release(**two.to_json() | {"cells": {**made.cells, ";": 500}})
    assert [r.is_approved for r in (made, one, two, other)] == [False, False, True, False]


def test_editions_are_days_fixed_beforehand_and_two_a_year_at_most() -> None:
    days = ("03-31", "09-30")
    assert edition_day(dt.date(2027, 1, 5), days) == "2026-09-30"
    assert edition_day(dt.date(2026, 3, 31), days) == "2026-03-31"
    with pytest.raises(ValueError, match="one or two days"):
        ReleasePlan(editions=("01-31", "04-30", "09-30"))
    with pytest.raises(ValueError, match="whole list only"):
        ReleasePlan(by_area=("identity_codes",))
    with pytest.raises(ValueError, match="2 or more"):
        ReleasePlan(years_together=1)


def test_a_policy_of_earlier_versions_names_the_successor_of_each_key() -> None:
    for key in ("smallest_cell", "rounding", "secondary", "finest_area", "finest_time"):
        with pytest.raises(ValueError, match=f"{key} is gone; its successor is leaves"):
            Policy.from_dict({"public_by_name": False, "reason": "x", key: 5})


def test_children_are_counted_over_the_whole_list_whatever_a_plan_says() -> None:
    plan = ReleasePlan(by_area=("age_group_code",))
    cells = [
        cell_of_filter({"age_group_code": "child"} | area, plan, None)
        for area in ({}, {"state_iso3": "KEN"})
    ]
    assert cells == [";age_group_code=child", None]
    held = rows(*THREE, *THREE, (10, {}))
    held = held.assign(age_group_code=["adult", "child", "not_recorded"] * 20)
    counts = count_plan_cells(held, plan, ["KEN"], "victim_id", None, STEPS)
    assert "KEN;age_group_code=adult" in counts.index
    assert "KEN;age_group_code=child" not in counts.index


def test_a_code_without_an_answer_that_did_not_exist_yet_takes_nothing_from_the_known() -> None:
    plan = ReleasePlan(by_area=("exit_code",))
    known = [code for code in codes("detention_exit") if code not in ("unknown", "not_recorded")]
    cells = {";": 100, ";exit_code=held": 60, ";exit_code=not_recorded": 30}
    earlier = Release("2025-09-30", cells, as_at={"": "2025-09-30"})
    assert earlier.printed_persons({"exit_code": known}, plan, None) == 70
    assert earlier.printed_persons({"exit_code": "unknown"}, plan, None) is None

    left_out = replace(earlier, left_out={"exit_code=unknown": "desk-1"})
    assert left_out.printed_persons({"exit_code": known}, plan, None) is None
    without = replace(earlier, cells={";": 100})  # the column was in no plan
    assert without.printed_persons({"exit_code": known}, plan, None) is None


def test_a_person_with_an_answer_in_one_row_is_not_among_those_without_one() -> None:
    """Known persons are told as all but those without an answer, so nobody may be among both."""
    held = pd.DataFrame(
        {
            "victim_id": ["a", "a", "b", "b", "c", "c", "d"],
            "state_iso3": "KEN",
            "event_year": pd.array([2019] * 7, dtype="Int64"),
            "threats_before": [
                "yes",
                "not_asked",
                "unknown",
                "not_asked",
                "no",
                "unknown",
                "not_asked",
            ],
        }
    )
    plan = ReleasePlan(whole_list=("threats_before",))
    counts = count_plan_cells(held, plan, [], "victim_id", "event_year", STEPS)["persons"]
    assert (counts[";threats_before=yes"], counts[";threats_before=no"]) == (1, 1)
    # b and d have no answer in any row, and each of them is counted once.
    silent = [
        counts[f";threats_before={c}"]
        for c in ("unknown", "not_asked", "not_recorded")
        if f";threats_before={c}" in counts
    ]
    assert sum(silent) == 2
    asked = [c for c in codes("asked_fact") if c in ("yes", "no")]
    release = Release("2026-03-31", counts.to_dict(), as_at={"": "2026-03-31"})
    assert release.printed_persons({"threats_before": asked}, plan, None) == 2


def test_where_yes_and_no_are_all_answers_they_add_up_to_the_known() -> None:
    """The whole less three figures would be further off than the sum of two."""
    plan = ReleasePlan(whole_list=("threats_before",))
    cells = {";": 365, ";threats_before=yes": 45, ";threats_before=no": 130}
    silent = {";threats_before=unknown": 170, ";threats_before=not_asked": 0}
    release = Release("2026-03-31", cells | silent, as_at={"": "2026-03-31"})
    known = {"threats_before": ["yes", "no"]}
    assert release.printed_persons(known, plan, None) == 175
    capped = replace(release, cells=release.cells | {";": 170})
    assert capped.printed_persons(known, plan, None) == 170
    without = {k: n for k, n in release.cells.items() if k != ";threats_before=no"}
    assert replace(release, cells=without).printed_persons(known, plan, None) == 195
