"""Calibration: of the messages that get a probability of 30 per cent, do 30 of 100 have the label?

Brier (1950) for the score; groups of equal size, as in Hosmer and Lemeshow (1980), for the table.
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
    """One group of messages with similar probabilities.

    said: mean probability that the model gave them, from 0 to 1. held: share of them that have the
    label.
    """

    mean_probability: float
    share_with_label: WilsonShare


@dataclass(frozen=True)
class Calibration:
    """How far the probabilities of a model agree with labels.

    brier: mean squared error of the probabilities, 0 at best. apart: mean distance, over the
    groups, between the mean probability and the share with the label. mean_distance_by_chance: the mean
    of ``apart`` if every probability were right; it is large where there are few messages.
    """

    brier: float
    mean_distance: float
    mean_distance_by_chance: float
    groups: tuple[CalibrationGroup, ...]


def measure_calibration(chances: NDArray[np.float64], holds: NDArray[np.bool_]) -> Calibration:
    """Compare the probabilities of messages with their labels.

    chances: probability of each message, 0 to 1. holds: whether it has the label. The messages are
    sorted by probability and parted into five groups of equal size. Raises ValueError when there
    are no messages.
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
