"""Printed counts of a restricted list are multiples of 5, drawn once for each edition and cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.privacy.rounding import (
    awaited_changes,
    possible_counts,
    printed_chances,
    round_count,
    round_counts,
)

KEY = b"a key for tests"
CELLS = [f"cell {n}" for n in range(4000)]


@given(st.integers(0, 10_000), st.text(max_size=20), st.sampled_from(["random", "nearest"]))
def test_the_exact_count_is_among_those_a_reader_holds_possible(count, cell, mode):
    printed = round_count(count, KEY, "2026-1", cell, mode)
    assert printed % 5 == 0
    assert count in possible_counts(printed, mode)
    assert count < 5 or printed >= 5
    assert count > 2 or printed == 0


def test_nearest_rounding_prints_below_5_for_3_and_4():
    printed = [round_count(n, KEY, "2026-1", "total", mode="nearest") for n in range(14)]
    assert printed == [0, 0, 0, 0, 0, 5, 5, 5, 10, 10, 10, 10, 10, 15]


@pytest.mark.parametrize("count", [0, 3, 4, 5, 7, 11, 18, 23, 10_004])
def test_figures_are_drawn_with_the_chances_that_are_stated(count):
    chances = printed_chances(count)
    drawn = round_counts(pd.Series(count, index=CELLS), KEY, "2026-1").value_counts()
    assert sum(chances.values()) == pytest.approx(1)
    assert set(drawn.index) <= set(chances)
    for printed, chance in chances.items():
        assert drawn.get(printed, 0) / len(CELLS) == pytest.approx(chance, abs=0.035)


def test_on_average_a_count_stays_what_it_is():
    counts = pd.Series(np.arange(len(CELLS)) % 400 + 10, index=CELLS)
    assert abs((round_counts(counts, KEY, "2026-1") - counts).mean()) < 0.2


def test_a_cell_is_drawn_once_for_each_edition_and_by_the_key_alone():
    counts = pd.Series(np.arange(len(CELLS)) % 97, index=CELLS, name="victims")
    first = round_counts(counts, KEY, "2026-1")
    pd.testing.assert_series_equal(first, round_counts(counts, KEY, "2026-1"))
    assert first[:50].tolist() == [round_count(n, KEY, "2026-1", c) for c, n in counts[:50].items()]
    shuffled = counts.sample(frac=1, random_state=1)
    pd.testing.assert_series_equal(round_counts(shuffled, KEY, "2026-1").loc[CELLS], first)
    assert 0.3 < (first != round_counts(counts, KEY, "2026-2")).mean() < 0.7
    assert 0.3 < (first != round_counts(counts, b"another key", "2026-1")).mean() < 0.7


def test_edition_and_cell_are_kept_apart_in_the_draw():
    counts = pd.Series(12, index=[f"|{n}" for n in range(200)])
    moved = pd.Series(12, index=[str(n) for n in range(200)])
    one, other = round_counts(counts, KEY, "a"), round_counts(moved, KEY, "a|")
    assert one.tolist() != other.tolist()


def test_the_number_of_changes_awaited_is_drawn_from_10_to_19_for_each_edition_and_area():
    awaited = [awaited_changes(KEY, f"{year}-1", area) for year in range(99) for area in "abc"]
    assert set(awaited) == set(range(10, 20))
    assert awaited_changes(KEY, "0-1", "a") == awaited[0]


def test_a_count_below_zero_and_a_figure_between_multiples_are_errors():
    with pytest.raises(ValueError, match="below zero"):
        round_count(-1, KEY, "2026-1", "total")
    with pytest.raises(ValueError, match="no multiple of 5"):
        possible_counts(7)


def test_no_counts_give_no_figures():
    assert round_counts(pd.Series([], dtype="int64"), KEY, "2026-1").empty
