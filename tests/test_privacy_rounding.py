"""Printed counts of a restricted list are neighbouring multiples of 5, drawn once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.privacy.rounding import possible_counts, round_count, round_counts

KEY = b"a key for tests"


@given(st.integers(0, 10_000), st.text(max_size=20), st.sampled_from(["random", "nearest"]))
def test_the_exact_count_is_among_those_a_reader_holds_possible(count, cell, mode):
    printed = round_count(count, KEY, "2026-1", cell, mode)
    assert printed % 5 == 0
    assert count in possible_counts(printed, mode)
    assert (count >= 5) <= (printed >= 5)
    assert (count == 0) <= (printed == 0)


def test_a_reader_holds_no_count_possible_that_is_never_printed_so():
    cells = [f"cell {n}" for n in range(2000)]
    for mode in ("random", "nearest"):
        behind = {}
        for count in range(30):
            printed = round_counts(pd.Series(count, index=cells), KEY, "2026-1", mode)
            for value in printed.unique():
                behind.setdefault(int(value), set()).add(count)
        for value in (0, 5, 10, 15, 20):
            assert behind[value] == set(possible_counts(value, mode))


def test_a_cell_is_drawn_once_for_each_edition_and_by_the_key_alone():
    cells = [f"cell {n}" for n in range(400)]
    counts = pd.Series(np.arange(400) % 97, index=cells, name="victims")
    first = round_counts(counts, KEY, "2026-1")
    pd.testing.assert_series_equal(first, round_counts(counts, KEY, "2026-1"))
    assert first.tolist() == [round_count(n, KEY, "2026-1", c) for c, n in counts.items()]
    shuffled = counts.sample(frac=1, random_state=1)
    pd.testing.assert_series_equal(round_counts(shuffled, KEY, "2026-1").loc[cells], first)
    assert 0.2 < (first != round_counts(counts, KEY, "2026-2")).mean() < 0.6
    assert 0.2 < (first != round_counts(counts, b"another key", "2026-1")).mean() < 0.6


def test_edition_and_cell_are_kept_apart_in_the_draw():
    counts = pd.Series(12, index=[f"|{n}" for n in range(200)])
    moved = pd.Series(12, index=[str(n) for n in range(200)])
    one, other = round_counts(counts, KEY, "a"), round_counts(moved, KEY, "a|")
    assert one.tolist() != other.tolist()


def test_a_count_below_zero_and_a_figure_between_multiples_are_errors():
    with pytest.raises(ValueError, match="below zero"):
        round_count(-1, KEY, "2026-1", "total")
    with pytest.raises(ValueError, match="no multiple of 5"):
        possible_counts(7)
