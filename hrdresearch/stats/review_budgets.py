"""Recall at a budget: share of all messages looked for that stand in the first part of a review queue.

Budgets are 5, 10 and 20 per cent of the queue. Intervals are those of Wilson (1927).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BUDGETS = (0.05, 0.10, 0.20)


@dataclass(frozen=True)
class WilsonShare:
    """The share ``part`` of ``whole``, from 0 to 1, with the ends of its interval.

    value, low and high are None where ``whole`` is 0.
    """

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


def wilson_share(part: int, whole: int, level: float = 0.95) -> WilsonShare:
    """Share ``part`` of ``whole`` with Wilson's interval (Wilson 1927).

    For independent answers only; for clusters see ``clustered_share``. level: 0.95 is 95 per cent.

    >>> found = wilson_share(3, 10)
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (0.3, 0.11, 0.6)
    >>> wilson_share(0, 0).value is None
    True
    """
    from scipy.stats import binomtest

    if whole == 0:
        return WilsonShare(part, whole, None, None, None)
    ends = binomtest(part, whole).proportion_ci(level, method="wilson")
    return WilsonShare(part, whole, part / whole, float(ends.low), float(ends.high))


def recall_at_budgets(
    scores: NDArray[np.float64],
    sought: NDArray[np.bool_],
) -> dict[float, WilsonShare]:
    """Share of the messages looked for that stand in the first part of the queue, for each of ``BUDGETS``.

    scores: score of each message; the queue has the highest first, and keeps the order of equal scores.
    sought: whether each message is one that is looked for.
    """
    order = np.argsort(-scores, kind="stable")
    return {
        b: wilson_share(int(sought[order[: int(len(order) * b)]].sum()), int(sought.sum()))
        for b in BUDGETS
    }
