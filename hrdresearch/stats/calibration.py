"""Calibration: do messages given a probability of 30 per cent carry the label in 30 of 100 cases?

Brier (1950) for the score; groups of equal size, as in Hosmer and Lemeshow (1980), for the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.budgets import Share, wilson

GROUPS = 5
DRAWS, SEED = 200, 75165


@dataclass(frozen=True)
class Group:
    """Messages of like probability: the mean of what was said, and the share that holds."""

    said: float
    held: Share


@dataclass(frozen=True)
class Calibration:
    """brier: mean squared error, 0 at best. apart: mean distance of said and held, by group.

    apart_by_chance: distance on average if every probability were right; few messages give much.
    """

    brier: float
    apart: float
    apart_by_chance: float
    groups: tuple[Group, ...]


def calibration(chances: NDArray[np.float64], holds: NDArray[np.bool_]) -> Calibration:
    """Calibration of probabilities against labels; ValueError without messages."""
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
            Group(float(chances[at].mean()), wilson(int(holds[at].sum()), len(at))) for at in parts
        ),
    )


def _apart(
    chances: NDArray[np.float64], holds: NDArray[np.bool_], parts: list[NDArray[np.intp]]
) -> float:
    """Mean distance of said and held over groups, by their size."""
    return float(sum(abs((chances[at] - holds[at]).sum()) for at in parts) / len(chances))
