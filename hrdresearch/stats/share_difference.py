"""Difference of two shares of independent cases, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from hrdresearch.stats.review_budgets import wilson_share


@dataclass(frozen=True)
class Difference:
    """One share minus another, from -1 to 1, with the ends of its interval."""

    value: float
    low: float
    high: float


def difference_of_shares(
    part: int, whole: int, other_part: int, other_whole: int, level: float = 0.95
) -> Difference:
    """The first share minus the second, with Newcombe's interval from two score intervals.

    level: 0.95 is 95 per cent. ValueError when a whole is 0. Newcombe 1998, Statistics in Medicine
    17:873-890, method 10 (its first example: 56 of 70 and 48 of 80).

    >>> found = difference_of_shares(56, 70, 48, 80)
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    one, two = wilson_share(part, whole, level), wilson_share(other_part, other_whole, level)
    if one.value is None or one.low is None or one.high is None:
        raise ValueError("the first share is of no case")
    if two.value is None or two.low is None or two.high is None:
        raise ValueError("the second share is of no case")
    value = one.value - two.value
    return Difference(
        value,
        value - hypot(one.value - one.low, two.high - two.value),
        value + hypot(one.high - one.value, two.value - two.low),
    )
