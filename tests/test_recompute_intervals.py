"""Intervals of the script that recomputes numbers, against those of the package: two ways, one number."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recompute_case import recompute_scripts

from hrdresearch.stats.clustered_share import clustered_share
from hrdresearch.stats.krippendorff import krippendorff_alpha
from hrdresearch.stats.prevalence import estimate_prevalence
from hrdresearch.stats.ratio import estimate_ratio
from hrdresearch.stats.replies import reply_rate_within

STRATA = st.lists(
    st.tuples(st.integers(2, 30), st.integers(0, 30), st.integers(0, 5000)), min_size=1
)


@pytest.fixture(scope="module")
def intervals() -> Iterator[ModuleType]:
    with recompute_scripts():
        yield sys.modules["recompute_intervals"]


def sample(strata: list[tuple[int, int, int]]) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Labels, strata and sizes: a tuple a stratum, of labels, how many hold, and messages not read."""
    rows = [(s, i < held) for s, (n, held, _) in enumerate(strata) for i in range(n)]
    labels = pd.DataFrame(rows, columns=["stratum", "holds"])
    sizes = pd.Series({s: n + rest for s, (n, _, rest) in enumerate(strata)})
    return labels["holds"], labels["stratum"], sizes


@settings(max_examples=60, deadline=None)
@given(strata=STRATA)
def test_a_share_of_strata_has_the_same_ends_by_bisection(
    intervals: ModuleType, strata: list[tuple[int, int, int]]
) -> None:
    holds, stratum, sizes = sample(strata)
    expected = estimate_prevalence(holds, stratum, sizes.to_dict())
    found = intervals.share_of_strata(holds, stratum, sizes)
    assert found == pytest.approx((expected.share, expected.low, expected.high), abs=2e-6)


@settings(max_examples=60, deadline=None)
@given(strata=STRATA, data=st.data())
def test_a_ratio_has_the_same_ends_in_closed_form(
    intervals: ModuleType, strata: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    holds, stratum, sizes = sample(strata)
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(holds), max_size=len(holds))))
    if not among.any():
        among[0] = True
    expected = estimate_ratio(holds.to_numpy(dtype=float), among, stratum, sizes.to_dict())
    found = intervals.ratio_of_strata(holds, among, stratum, sizes)
    assert found == pytest.approx((expected.share, expected.low, expected.high), abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(st.booleans(), st.integers(0, 39)), min_size=40, max_size=200))
def test_a_share_by_cluster_has_the_same_ends(
    intervals: ModuleType, rows: list[tuple[bool, int]]
) -> None:
    frame = pd.DataFrame([*rows, *((i % 3 == 0, i) for i in range(40))], columns=["yes", "cluster"])
    expected = clustered_share(frame["yes"], frame["cluster"])
    found = intervals.share_by_cluster(frame["yes"], frame["cluster"])
    assert found == pytest.approx((expected.value, expected.low, expected.high))


def test_letters_replied_to_in_time_are_counted_day_by_day(intervals: ModuleType) -> None:
    chance = np.random.default_rng(5)
    letters = pd.DataFrame({"state": list("ABCDEFGH") * 10, "days": chance.integers(1, 120, 80)})
    letters["replied"] = chance.random(80) < 0.6
    expected = reply_rate_within(
        letters["days"].to_numpy(dtype=float),
        letters["replied"].to_numpy(),
        letters["state"].to_numpy(dtype=str),
        60,
    )

    def rate(rows: pd.DataFrame) -> float:
        return float(intervals.reached_by(rows["days"], rows["replied"], 60))

    found = intervals.jackknife_logit(letters, "state", rate)
    assert found == pytest.approx((expected.value, expected.low, expected.high))


def test_ends_that_were_drawn_lie_between_those_of_other_draws(intervals: ModuleType) -> None:
    codes = pd.DataFrame({"first": [1.0] * 60 + [0.0] * 40, "second": [1.0] * 50 + [0.0] * 50})
    found = krippendorff_alpha(codes)
    drawn = intervals.alpha_draws(50, 10, 40)
    for end, part in ((found.low, 0.025), (found.high, 0.975)):
        held = intervals.by_chance(drawn, part, 1000)
        assert held.low <= end <= held.high
        assert held.high - held.low < 0.08
