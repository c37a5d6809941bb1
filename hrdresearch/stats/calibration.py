"""Calibration of a model: of 100 messages with a probability of 30 per cent, do 30 have the label?

The score is that of Brier (1950); the table has groups of equal size, as in Hosmer and Lemeshow (1980).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.review_budgets import WilsonShare, wilson_share

GROUPS = 5
DRAWS, SEED = 200, 75165


@dataclass(frozen=True)
class CalibrationGroup:
    """A group of messages with similar probabilities.

    mean_probability: mean of the probabilities that the model gave them, 0 to 1. share_with_label: share
    of the messages that have the label, with its interval.
    """

    mean_probability: float
    share_with_label: WilsonShare


@dataclass(frozen=True)
class Calibration:
    """How far the probabilities of a model agree with labels.

    brier: mean squared error of the probabilities, 0 at best. mean_distance: mean, over the groups, of the
    distance between mean probability and share with the label. mean_distance_by_chance: the value of
    ``mean_distance`` to expect if every probability were right; it is large where messages are few.
    """

    brier: float
    mean_distance: float
    mean_distance_by_chance: float
    groups: tuple[CalibrationGroup, ...]


def measure_calibration(chances: NDArray[np.float64], holds: NDArray[np.bool_]) -> Calibration:
    """Compare the probabilities of messages with their labels.

    chances: probability of each message, 0 to 1. holds: whether it has the label. The messages are
    sorted by probability and divided into five groups of equal size. Raises ValueError without messages.

    >>> found = measure_calibration(np.array([0.2] * 5 + [0.8] * 5), np.arange(10) > 4)
    >>> round(found.brier, 2), round(found.mean_distance, 2)
    (0.04, 0.16)
    """
    if not len(chances):
        raise ValueError("no messages: calibration says nothing")
    parts = np.array_split(np.argsort(chances, kind="stable"), min(GROUPS, len(chances)))
    random = np.random.default_rng(SEED)
    drawn = [_apart(chances, random.random(len(chances)) < chances, parts) for _ in range(DRAWS)]
    return Calibration(
        float(np.mean((chances - holds) ** 2)),
        _apart(chances, holds, parts),
        float(np.mean(drawn)),
        tuple(
            CalibrationGroup(float(chances[at].mean()), wilson_share(int(holds[at].sum()), len(at)))
            for at in parts
        ),
    )


def _apart(
    chances: NDArray[np.float64], holds: NDArray[np.bool_], parts: list[NDArray[np.intp]]
) -> float:
    """Mean distance between probability and share with the label, weighted by size of the group."""
    return float(sum(abs((chances[at] - holds[at]).sum()) for at in parts) / len(chances))
