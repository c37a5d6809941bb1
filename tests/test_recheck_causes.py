"""Why a number is another one: rows counted again in two builds, and nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.run.recheck import causes
from hrdresearch.run.recheck.causes import Part, Recount, changes_of_claims
from hrdresearch.run.recheck.differs import Differs, what_differs
from hrdresearch.run.recheck.followed_rows import FollowedRows
from hrdresearch.run.recheck.moves import KeyedRows, Move, moves_between, moves_of_lists
from hrdresearch.studies.ground.build import Build

WAS = pd.DataFrame(
    {
        "source": "x",
        "event_year": [2019, 2019, 2020, 2020],
        "sex_code": ["female", "male", "female", "not_recorded"],
        "state_iso3": ["COL", "COL", "MEX", "BRA"],
        "threats_before": ["yes", "no", "not_asked", "yes"],
    },
    index=["a", "b", "c", "d"],
)
NOW = pd.DataFrame(
    {
        "source": "x",
        "event_year": [2020, 2019, 2020, 2021],
        "sex_code": ["female", "female", "female", "male"],
        "state_iso3": ["COL", "COL", "PER", "PER"],
        "threats_before": ["not_asked", "no", "yes", "no"],
    },
    index=["a", "b", "c", "e"],
)
YEARS = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(2018, 2021)), max_size=8)


def moves(
    filter_: Mapping[str, Any], measure: str = "rows"
) -> list[tuple[str, tuple[str, ...], int]]:
    found = moves_between(KeyedRows(WAS), KeyedRows(NOW), filter_, measure)
    return [(move.what, move.columns, move.count) for move in found]


def test_a_count_is_taken_apart_by_rows_that_came_left_and_were_corrected() -> None:
    assert moves({"source": "x"}) == [("added", (), 1), ("removed", (), -1)]
    assert moves({"event_year": 2020}) == [("removed", (), -1), ("dated anew", ("event_year",), 1)]
    assert moves({"sex_code": "female"}) == [("classed anew", ("sex_code",), 1)]
    assert moves({"state_iso3": "MEX"}) == [("placed anew", ("state_iso3",), -1)]
    assert moves({"event_year": 2019, "sex_code": "female"}) == [
        ("dated anew", ("event_year",), -1),
        ("classed anew", ("sex_code",), 1),
    ]


def test_what_an_edition_does_not_ask_is_no_new_class() -> None:
    assert moves({"threats_before": "yes"}) == [
        ("removed", (), -1),
        ("field added", ("threats_before",), 1),
        ("field gone", ("threats_before",), -1),
    ]


def test_different_values_and_last_values_are_taken_apart_too() -> None:
    assert moves({"source": "x"}, "distinct:state_iso3") == [
        ("removed", (), -1),
        ("placed anew", ("state_iso3",), 1),
        ("placed anew", ("state_iso3",), -1),
    ]
    assert moves({"source": "x"}, "largest:event_year") == [("added", (), 1)]
    assert moves({"source": "x"}, "smallest:event_year") == []


@given(YEARS, YEARS, st.sampled_from(["rows", "distinct:event_year", "largest:event_year"]))
def test_the_parts_of_a_difference_add_up_to_it(
    was: list[tuple[str, int]], now: list[tuple[str, int]], measure: str
) -> None:
    sides = [
        KeyedRows(
            pd.DataFrame(
                {"source": ["x"] * len(d), "event_year": pd.array(list(d.values()), dtype="Int64")},
                index=pd.Index(list(d), dtype=object),
            )
        )
        for d in (dict(was), dict(now))
    ]
    wanted = {"event_year": {"from": 2019}}
    counts = [side.count(wanted, measure) for side in sides]
    if None in counts:
        return
    found = moves_between(sides[0], sides[1], wanted, measure)
    assert counts[0] is not None
    assert counts[1] is not None
    assert sum(move.count for move in found) == counts[1] - counts[0]


def test_of_each_list_rows_that_came_left_and_were_corrected_are_told_by_column() -> None:
    assert dict(moves_of_lists(KeyedRows(WAS), KeyedRows(NOW))) == {
        "x": [
            Move("added", (), 1),
            Move("removed", (), -1),
            Move("dated anew", ("event_year",), 1),
            Move("classed anew", ("sex_code",), 1),
            Move("placed anew", ("state_iso3",), 1),
            Move("field added", ("threats_before",), 1),
            Move("field gone", ("threats_before",), 1),
        ]
    }


class FakeRecount(Recount):
    """Counted again in the frames of this test; of an own list "shared" nothing may be told."""

    def __init__(self, differs: Differs, *frames: pd.DataFrame) -> None:
        self.differs = differs
        self.builds = [Build("killings", "", None)] * len(frames)  # type: ignore[arg-type]
        self.frames = frames

    def is_public(self, claim: Mapping[str, Any]) -> bool:
        return "shared" not in claim["sources"]

    def followed(self, table: str) -> list[FollowedRows]:
        pairs = zip(self.frames[:-1], self.frames[1:], strict=True)
        return [FollowedRows(KeyedRows(was), KeyedRows(now), "names") for was, now in pairs]


def claim(value: int | None, measure: str = "rows", **filter_: Any) -> dict[str, Any]:
    return {
        "study": "killings",
        "value": value,
        "text": str(value),
        "status": "shown" if value is not None else "suppressed",
        "measure": measure,
        "table": "cases",
        "filter": filter_,
        "definition": "cases",
        "sources": {"x": ""},
    }


def causes_of(
    was: dict[str, Any], now: dict[str, Any], differs: Differs, *frames: pd.DataFrame
) -> causes.ClaimChange:
    recounts = {"killings": FakeRecount(differs, *(frames or (WAS, NOW)))}
    (change,) = changes_of_claims({"n": was}, {"n": now}, differs, recounts)
    return change


LISTS = Differs(("x",), known=frozenset({"rows of the lists"}))
CODE = Differs(known=frozenset({"code"}))
BOTH = Differs(("x",), known=frozenset({"rows of the lists", "code"}))


def test_where_lists_alone_differ_rows_are_new_or_corrected() -> None:
    change = causes_of(claim(2, event_year=2020), claim(3, event_year={"from": 2020}), LISTS)

    assert change.parts == (
        Part("new rows", "added", (), 1),
        Part("corrected rows", "removed", (), -1),
        Part("corrected rows", "dated anew", ("event_year",), 1),
    )
    assert change.not_known == ""


def test_where_code_alone_differs_it_is_the_code_and_vocabularies_are_told_apart() -> None:
    was, now = claim(2, sex_code="female"), claim(3, sex_code="female")
    part = Part("code", "classed anew", ("sex_code",), 1)

    assert causes_of(was, now, CODE).parts == (part,)
    words = Differs(known=frozenset({"vocabulary"}))
    assert causes_of(was, now, words).parts == (replace(part, cause="vocabulary"),)
    for parts in ({"code", "vocabulary"}, {"code"}):
        unsure = Differs(not_known=frozenset(parts))
        assert causes_of(was, now, unsure).parts == (replace(part, cause="code or vocabulary"),)


def test_where_both_differ_only_a_build_between_them_tells_which_it_was() -> None:
    was, now = claim(2, sex_code="female"), claim(3, sex_code="female")
    between = WAS.assign(sex_code="female")

    assert causes_of(was, now, BOTH).parts == (
        Part("rows or code", "classed anew", ("sex_code",), 1),
    )
    assert causes_of(was, now, BOTH, WAS, between, NOW).parts == (
        Part("code", "classed anew", ("sex_code",), 2),
        Part("corrected rows", "removed", (), -1),
    )


def test_another_rule_is_counted_apart_and_is_the_parameters_where_nothing_else_may_be_it() -> None:
    was, now = claim(2, event_year=2019), claim(1, event_year=2021)
    expected = (
        Part("rule", "counts other rows", ("event_year",), -2),
        Part("new rows", "added", (), 1),
    )

    assert causes_of(was, now, LISTS).parts == expected
    both = replace(LISTS, known=LISTS.known | {"parameters"}, parameters=("to_year",))
    first = causes_of(was, now, both).parts[0]
    assert first.cause == "parameters"
    unsure = replace(both, not_known=frozenset({"code of the report"}))
    assert causes_of(was, now, unsure).parts[0].cause == "rule"


def test_what_the_rows_do_not_give_is_not_explained_by_them() -> None:
    printed_otherwise = causes_of(claim(7, sex_code="female"), claim(3, sex_code="female"), BOTH)

    assert (printed_otherwise.parts, printed_otherwise.why) == ((), "")
    assert printed_otherwise.not_known.startswith("its rows in the build of an edition do not give")


def test_what_is_worked_out_from_others_has_a_cause_only_where_one_thing_differs() -> None:
    was, now = claim(2, "computed"), claim(3, "computed")

    assert causes_of(was, now, LISTS).why == "rows of the lists"
    assert causes_of(was, now, BOTH).not_known.startswith("worked out from other numbers")
    unsure = replace(LISTS, not_known=frozenset({"code of the report"}))
    assert causes_of(was, now, unsure).why == ""


def test_a_share_names_the_two_numbers_that_it_rests_on() -> None:
    change = causes_of(claim(2, "share:part:whole"), claim(3, "share:part:whole"), LISTS)

    assert (change.rests_on, change.parts) == (("part", "whole"), ())


def test_of_a_list_shared_in_confidence_no_cause_is_told() -> None:
    was, now = (claim(n, sex_code="female") | {"sources": {"shared": ""}} for n in (2, 3))

    change = causes_of(was, now, LISTS)

    assert (change.parts, change.why) == ((), "")
    assert change.not_known == "of a list that was shared in confidence"


def manifest(**other: Any) -> dict[str, Any]:
    return {
        "sources": [{"slug": "x", "sha256": "1"}],
        "parameters": {"state": ""},
        "notebook": {"sha256": "n"},
        "software": {"pandas": "3"},
        "code_parts": {"report": "r"},
        "builds": [
            {
                "study": "killings",
                "build_id": "b",
                "build_code": "1",
                "code_parts": {"modules": "m", "vocabulary": "v"},
            }
        ],
    } | other


def built(**other: Any) -> dict[str, Any]:
    return {"builds": [manifest()["builds"][0] | {"build_id": "c"} | other]}


@pytest.mark.parametrize(
    ("other", "known", "not_known"),
    [
        ({}, set(), set()),
        ({"sources": [{"slug": "x", "sha256": "2"}]}, {"rows of the lists"}, set()),
        ({"parameters": {"state": "MEX"}}, {"parameters"}, set()),
        ({"notebook": {"sha256": "o"}}, {"notebook"}, set()),
        ({"software": {"pandas": "4"}}, {"code of the report"}, set()),
        ({"code_parts": {"report": "s"}}, {"code of the report"}, set()),
        ({"code_parts": None}, set(), {"code of the report"}),
        (built(), {"corrections and decisions"}, set()),
        (
            built(build_code="2", code_parts={"modules": "m", "vocabulary": "w"}),
            {"vocabulary"},
            set(),
        ),
        (built(build_code="2", code_parts=None), set(), {"code", "vocabulary"}),
    ],
)
def test_manifests_say_in_what_two_editions_differ(
    other: dict[str, Any], known: set[str], not_known: set[str]
) -> None:
    found = what_differs(manifest(), manifest(**other))

    assert (found.known, found.not_known) == (known, not_known)
    assert bool(found.only()) == (len(known) == 1 and not not_known)
