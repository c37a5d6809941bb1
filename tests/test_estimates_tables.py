"""Overlap tables: how they are read, and what leaves an estimate alone."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.estimates import (
    Estimate,
    OverlapTable,
    chao_lower_bound,
    estimate_log_linear,
    table_from_counts,
    table_from_rows,
    tables_by_stratum,
)

PEOPLE = pd.DataFrame({"police": [1, 1, 0, 1], "press": [0, 1, 1, 0], "church": [0, 1, 0, 0]})
PATTERNS = pd.DataFrame({"police": [0, 1, 1], "press": [1, 0, 1], "church": [0, 0, 1]})

a_pattern = st.tuples(*[st.integers(0, 1)] * 3).filter(any)
a_table = st.dictionaries(a_pattern, st.integers(1, 40), min_size=5)


def of(found: dict[tuple[int, ...], int], names: str = "abc") -> OverlapTable:
    rows = [{**dict(zip(names, p, strict=True)), "count": n} for p, n in found.items()]
    return table_from_counts(pd.DataFrame(rows))


def total(found: object) -> float:
    return found.total if isinstance(found, Estimate) else float("nan")


def test_one_row_a_person_becomes_one_row_a_pattern() -> None:
    found = table_from_rows(PEOPLE).to_frame()
    pd.testing.assert_frame_equal(found, PATTERNS.assign(count=[1, 2, 1]), check_dtype=False)


def test_patterns_that_stand_twice_are_added_up() -> None:
    twice = pd.concat([PATTERNS, PATTERNS]).assign(count=[1, 2, 1, 3, 0, 4])
    pd.testing.assert_frame_equal(
        table_from_counts(twice).to_frame(), PATTERNS.assign(count=[4, 2, 5]), check_dtype=False
    )


def test_overlaps_are_counted_for_each_two_lists() -> None:
    names = ["police", "press", "church"]
    expected = pd.DataFrame([[3, 1, 1], [1, 2, 1], [1, 1, 1]], index=names, columns=names)
    pd.testing.assert_frame_equal(table_from_rows(PEOPLE).overlaps(), expected)


def test_a_person_on_one_of_two_merged_lists_is_on_the_merged_one() -> None:
    merged = table_from_rows(PEOPLE).merge_lists(["press", "church"], "others")
    expected = pd.DataFrame({"police": [0, 1, 1], "others": [1, 0, 1], "count": [1, 2, 1]})
    pd.testing.assert_frame_equal(merged.to_frame(), expected)


def test_leaving_a_list_out_tells_how_many_stood_on_no_other() -> None:
    left, lost = table_from_rows(PEOPLE).without_lists(["police"])
    assert (left.listed, left.lists, lost) == (2, ("press", "church"), 2)


def test_a_stratum_has_no_list_on_which_nobody_stands() -> None:
    found = tables_by_stratum(PEOPLE.assign(city=["A", "B", "B", "A"]), "city")
    assert {city: (t.lists, t.listed) for city, t in found.items()} == {
        "A": (("police",), 2),
        "B": (("police", "press", "church"), 2),
    }


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (PEOPLE.assign(press=[0, 2, 1, 0]), "list 'press', row 2: 1 .on the list. or 0"),
        (PEOPLE.assign(press=[0, None, 1, 0]), "list 'press' is empty in 1 rows: write 0 where"),
        (PEOPLE.assign(police=0), "2 persons are on none of the lists police, press, church"),
    ],
)
def test_a_wrong_cell_is_said_in_words_with_its_list(frame: pd.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        table_from_rows(frame)


@pytest.mark.parametrize("number", [-1, 1.5, None, "many"])
def test_a_number_of_persons_is_whole_and_not_negative(number: object) -> None:
    with pytest.raises(ValueError, match="column 'count', row 2: the number of persons is a whole"):
        table_from_counts(PATTERNS.assign(count=[3, number, 1]))


@pytest.mark.long
@given(a_table, st.permutations([0, 1, 2]))
def test_the_names_and_the_order_of_lists_leave_the_estimates_alone(
    found: dict[tuple[int, ...], int], order: list[int]
) -> None:
    renamed = of({tuple(p[i] for i in order): n for p, n in found.items()}, "xyz")
    for method in (chao_lower_bound, estimate_log_linear):
        assert total(method(renamed)) == pytest.approx(
            total(method(of(found))), rel=1e-6, nan_ok=True
        )


@given(a_table, a_pattern)
def test_a_pattern_that_nobody_has_leaves_the_table_alone(
    found: dict[tuple[int, ...], int], pattern: tuple[int, ...]
) -> None:
    more = of(found).to_frame()
    more.loc[len(more)] = [*pattern, 0]
    pd.testing.assert_frame_equal(table_from_counts(more).to_frame(), of(found).to_frame())


@given(a_table)
def test_rows_and_counts_give_the_same_table(found: dict[tuple[int, ...], int]) -> None:
    table = of(found).to_frame()
    rows = table.loc[np.repeat(table.index, table["count"])].drop(columns="count")
    pd.testing.assert_frame_equal(table_from_rows(rows).to_frame(), table)


def test_estimates_run_with_numpy_scipy_and_pandas_alone() -> None:
    code = """
import importlib.metadata, sys
own = {"numpy", "scipy", "pandas", "dateutil", "six", "pytz", "tzdata", "hrdresearch"}
others = set(importlib.metadata.packages_distributions()) - own - set(sys.stdlib_module_names)
class Absent:
    def find_spec(self, name, path=None, target=None):
        if path is None and name in others:
            raise ImportError(name)
sys.meta_path.insert(0, Absent())
import pandas
from hrdresearch.estimates import *
counts = {"a": [1, 0, 0, 1], "b": [0, 1, 0, 1], "c": [0, 0, 1, 1], "count": [30, 20, 25, 9]}
print(estimate_log_linear(table_from_counts(pandas.DataFrame(counts))).listed)
print(chao_lower_bound(table_from_counts(pandas.DataFrame(counts))).listed)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("84\n84\n", "")
    heavy = ("spacy", "jupyterlab", "geopandas", "IPython", "matplotlib")
    code = f"import sys, hrdresearch.estimates; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
