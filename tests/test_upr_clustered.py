"""Intervals of shares over reviews: how often they hold the share, and when there is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrdresearch.findings.publication_limits import why_no_interval
from hrdresearch.stats.clustered_share import LEAST_CLUSTERS, ClusteredShare, clustered_share

SIZES = (
    1,
    1,
    1,
    1,
    2,
    2,
    3,
    4,
    5,
    7,
    9,
    12,
    24,
)  # recommendations of a review: most few, some many
ALIKE = 0.5  # correlation of two answers of one review


def drawn(rng: np.random.Generator, reviews: int, share: float) -> ClusteredShare:
    """A sample of reviews, each with a willingness of its own, and the interval from it."""
    scale = (1 - ALIKE) / ALIKE
    sizes = rng.choice(SIZES, reviews)
    willing = rng.beta(share * scale, (1 - share) * scale, reviews)
    review = pd.Series(np.repeat(np.arange(reviews), sizes))
    return clustered_share(pd.Series(rng.random(len(review)) < willing[review]), review)


@pytest.mark.parametrize("share", [0.4, 0.7])
@pytest.mark.parametrize("reviews", [30, 90])
def test_intervals_of_95_per_cent_hold_the_share_as_often_as_they_say(
    reviews: int, share: float
) -> None:
    rng = np.random.default_rng(20261129)
    found = [drawn(rng, reviews, share) for _ in range(800)]
    held = np.mean([f.low <= share <= f.high for f in found])
    assert 0.93 <= held <= 0.97


@pytest.mark.parametrize("share", [0.4, 0.7])
def test_of_the_intervals_narrow_enough_to_be_printed_as_many_hold_the_share(share: float) -> None:
    rng = np.random.default_rng(20261130)
    found = [drawn(rng, LEAST_CLUSTERS, share) for _ in range(1000)]
    printed = [f for f in found if not why_no_interval(100 * f.low, 100 * f.high)]
    assert len(printed) > 700
    assert np.mean([f.low <= share <= f.high for f in printed]) >= 0.92


def test_no_interval_is_given_below_thirty_reviews() -> None:
    answers = pd.Series([True, False, True, True] * LEAST_CLUSTERS)
    few = clustered_share(answers, pd.Series(range(len(answers))) % (LEAST_CLUSTERS - 1))
    enough = clustered_share(answers, pd.Series(range(len(answers))) % LEAST_CLUSTERS)
    assert LEAST_CLUSTERS == 30
    assert (few.value, few.low, few.high) == (0.75, None, None)
    assert enough.low < 0.75 < enough.high


def test_where_all_answers_agree_each_review_is_one_answer() -> None:
    found = clustered_share(pd.Series([True] * 90), pd.Series(range(90)) % 30)
    assert found.high == 1
    assert found.low == pytest.approx(0.025 ** (1 / 30))


def test_an_interval_over_reviews_is_wider_than_one_over_rows() -> None:
    one_answer_a_review = pd.Series([True] * 150 + [False] * 150)
    reviews = pd.Series(range(300)) // 10
    clustered = clustered_share(one_answer_a_review, reviews)
    simple = clustered_share(one_answer_a_review, pd.Series(range(300)))
    assert clustered.value == simple.value == pytest.approx(0.5)
    assert clustered.high - clustered.low > simple.high - simple.low
