"""Rates of reply to letters, with intervals that allow for letters to one State being alike.

There are two kinds of rates: of all letters given (``reply_rate``), and of replies within a number of
days (``reply_rate_within``), by the product-limit estimator (Kaplan and Meier 1958), in which a letter
without a reply counts for as long as it has been waiting.

Letters to one State are not independent. Intervals come from the delete-one-State jackknife
(Efron and Tibshirani 1993, ch. 11) on the logit scale, with Student's t for one less than the
number of States.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import CensoredData, ecdf, t

FEWEST_STATES = 5  # with fewer clusters an interval would be too narrow
FEWEST_AT_RISK = (
    5  # letters still followed on the last day, where others were followed for less long
)
LEVEL = 0.95

Numbers: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Labels: TypeAlias = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Rate:
    """A share from 0 to 1 with its interval; None where one cannot be computed.

    part: letters with a reply. whole: letters. why: the reason why there is no value.
    why_no_interval: the reason why there is no low and high end.
    """

    part: int | None
    whole: int
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    why_no_interval: str = ""


def reply_rate(replied: Flags, states: Labels) -> Rate:
    """Share of letters that have a reply, with its interval over States.

    replied: whether each letter has a reply. states: the State that each letter went to.

    >>> found = reply_rate(np.array([True, False]), np.array(["MEX", "COL"]))
    >>> found.value, found.low, found.why_no_interval
    (0.5, None, 'an interval needs letters to 5 States or more')
    """
    whole, part = len(replied), int(replied.sum())
    if not whole:
        return Rate(0, 0, None, why="there is no such letter")
    weights = replied.astype(float)

    def without(keep: Flags) -> float:
        return float(weights[keep].mean())

    low, high, why = _interval(part / whole, without, states)
    return Rate(part, whole, part / whole, low, high, why_no_interval=why)


def reply_rate_within(
    days: Numbers, replied: Flags, states: Labels, limit: float, fewest: int = FEWEST_AT_RISK
) -> Rate:
    """Share of letters with a reply within ``limit`` days of sending (product-limit estimator).

    days: from sending to the first reply, or to the cut-off where there is none. replied: whether
    there is a reply. states: the State that each letter went to. There is no value where some
    letters have waited less than ``limit`` days, and fewer than ``fewest`` letters had no reply before
    that day.
    """
    whole, part = len(days), int((replied & (days <= limit)).sum())
    if not whole:
        return Rate(0, 0, None, why="there is no such letter")
    at_risk, is_censored = int((days >= limit).sum()), bool((~replied & (days < limit)).any())
    if is_censored and at_risk < fewest:
        why = f"fewer than {fewest} letters were still without a reply after {limit:g} days"
        return Rate(part, whole, None, why=why)
    value = _reached(days, replied, limit)

    def without(keep: Flags) -> float:
        return _reached(days[keep], replied[keep], limit)

    low, high, why = _interval(value, without, states)
    return Rate(part, whole, value, low, high, why_no_interval=why)


def median_reply_days(days: Numbers, replied: Flags) -> float | None:
    """Days until half of the letters have a reply (product-limit estimator).

    days, replied: as in ``reply_rate_within``. None where fewer than half have a reply by the
    cut-off.

    >>> median_reply_days(np.array([10.0, 20.0, 90.0]), np.array([True, True, False]))
    20.0
    """
    if not replied.any():
        return None
    curve = ecdf(CensoredData.right_censored(days, ~replied)).sf
    reached = np.flatnonzero(curve.probabilities <= 0.5)
    return float(curve.quantiles[reached[0]]) if len(reached) else None


def _reached(days: Numbers, replied: Flags, limit: float) -> float:
    if not replied.any():
        return 0.0
    return float(1 - ecdf(CensoredData.right_censored(days, ~replied)).sf.evaluate(limit))


def _interval(
    value: float, without: Callable[[Flags], float], states: Labels
) -> tuple[float | None, float | None, str]:
    every = np.unique(states)
    if len(every) < FEWEST_STATES:
        return None, None, f"an interval needs letters to {FEWEST_STATES} States or more"
    left_out = np.array([without(states != state) for state in every])
    if not 0 < value < 1 or not ((left_out > 0) & (left_out < 1)).all():
        return None, None, "an interval needs States that replied and States that did not"
    logits = np.log(left_out / (1 - left_out))
    n = len(every)
    error = np.sqrt((n - 1) / n * ((logits - logits.mean()) ** 2).sum())
    reach = float(t.ppf((1 + LEVEL) / 2, n - 1)) * error
    centre = np.log(value / (1 - value))
    low, high = (1 / (1 + np.exp(-(centre + sign * reach))) for sign in (-1, 1))
    return float(low), float(high), ""
