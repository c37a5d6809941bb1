"""Calibration: do messages given a probability of 30 per cent carry the label in 30 of 100 cases?

Brier (1950) for the score; groups of equal size, as in Hosmer and Lemeshow (1980), for the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.budgets import Share, wilson

GROUPS = 5


@dataclass(frozen=True)
class Group:
    """Messages of like probability: the mean of what was said, and the share that holds."""

    said: float
    held: Share


@dataclass(frozen=True)
class Calibration:
    """brier: mean squared error, 0 at best. apart: mean distance of said and held, by group."""

    brier: float
    apart: float
    groups: tuple[Group, ...]


def calibration(chances: NDArray[np.float64], holds: NDArray[np.bool_]) -> Calibration:
    """Calibration of probabilities against labels; ValueError without messages."""
    if not len(chances):
        raise ValueError("no messages: calibration says nothing")
    order = np.argsort(chances, kind="stable")
    groups = []
    for at in np.array_split(order, min(GROUPS, len(order))):
        groups.append(Group(float(chances[at].mean()), wilson(int(holds[at].sum()), len(at))))
    sizes = np.array([g.held.whole for g in groups])
    apart = np.array([abs(g.said - (g.held.value or 0.0)) for g in groups])
    return Calibration(
        float(np.mean((chances - holds) ** 2)),
        float((apart * sizes).sum() / sizes.sum()),
        tuple(groups),
    )
