"""How many of the sought messages stand in the first part of a review queue.

Recall at a budget: of all sought messages, the share that a reviewer meets in the first 5, 10 or
20 per cent of the queue. Intervals are Wilson's (1927).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BUDGETS = (0.05, 0.10, 0.20)


@dataclass(frozen=True)
class Share:
    """A share with its interval; ``part`` of ``whole`` counted."""

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


def wilson(part: int, whole: int, level: float = 0.95) -> Share:
    """Share with Wilson's interval; None values where there is nothing to share."""
    from scipy.stats import norm

    if whole == 0:
        return Share(part, whole, None, None, None)
    z = float(norm.ppf(0.5 + level / 2))
    p = part / whole
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * np.sqrt(p * (1 - p) / whole + z * z / (4 * whole**2)) / (1 + z * z / whole)
    low = 0.0 if part == 0 else float(centre - half)
    high = 1.0 if part == whole else float(centre + half)
    return Share(part, whole, p, low, high)


def recall_at_budgets(
    scores: NDArray[np.float64],
    sought: NDArray[np.bool_],
    budgets: Sequence[float] = BUDGETS,
) -> dict[float, Share]:
    """Share of the sought messages found in the first part of the queue, for each budget.

    The queue is ordered by ``scores``, highest first; ties keep their order, so that no sought
    message is moved forward by chance.
    """
    order = np.argsort(-scores, kind="stable")
    return {
        b: wilson(int(sought[order[: int(len(order) * b)]].sum()), int(sought.sum()))
        for b in budgets
    }
