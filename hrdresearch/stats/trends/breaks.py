"""Whether a documented count lies above or below its own course after a day that a person states.

An interrupted time series with one slope for all periods, and a level that changes on the day. The day is
given, with its reason, and never searched for: the best of many days always looks like a break. A change
after the day need not come from what happened on that day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrdresearch.stats.trends.change import in_per_cent
from hrdresearch.stats.trends.limits import (
    FEWEST_CASES,
    MOST_ALIKE,
    QUARTERS_AFTER,
    QUARTERS_BEFORE,
    YEARS_AFTER,
    YEARS_BEFORE,
)
from hrdresearch.stats.trends.negative_binomial import effect_in_series, fit_counts
from hrdresearch.stats.trends.refusals import Refusal

WIDEST_BREAK = 4.0  # factor between the ends of the interval
LEAST = {"Q": (QUARTERS_BEFORE, QUARTERS_AFTER), "Y": (YEARS_BEFORE, YEARS_AFTER)}


@dataclass(frozen=True)
class Break:
    """Level after the day against the course before it, in per cent, with its interval of 95 per cent.

    before, after: numbers of quarters or years. unit: ``quarters`` or ``years``. cases: in all of them.
    alike: correlation of successive quarters or years.
    """

    per_cent: float
    low: float
    high: float
    before: int
    after: int
    unit: str
    cases: int
    alike: float

    @property
    def word(self) -> str:
        """``above``, ``below``, or "" where the interval holds zero."""
        return "above" if self.low > 0 else "below" if self.high < 0 else ""


def estimate_break(counts: pd.Series, day: pd.Timestamp) -> Break | Refusal:
    """Estimate the level of a count after a stated day, against its course before.

    counts: documented cases by quarter or year (a PeriodIndex), zero included, of periods that the list
    covers as a whole. The period that holds the day belongs to neither side and is left out.

    >>> quarters = pd.period_range("2012Q1", "2022Q4", freq="Q")
    >>> made = estimate_break(pd.Series(40, index=quarters), pd.Timestamp("2020-03-11"))
    >>> isinstance(made, Refusal), made.word
    (False, '')
    """
    index = counts.index
    assert isinstance(index, pd.PeriodIndex)
    kind = index.freqstr[0]
    is_after = np.asarray(index.start_time > day)
    kept = is_after | np.asarray(index.end_time < day)
    before, after = int((kept & ~is_after).sum()), int(is_after.sum())
    if before < LEAST[kind][0]:
        return Refusal("too_few_before")
    if after < LEAST[kind][1]:
        return Refusal("too_few_after")
    held = counts.to_numpy(dtype=float)[kept]
    if held.sum() < FEWEST_CASES:
        return Refusal("too_few_cases")
    when = np.arange(len(counts), dtype=float)[kept]
    design = np.column_stack([np.ones(len(held)), when - when.mean(), is_after[kept].astype(float)])
    effect = effect_in_series(fit_counts(held, design), 2)
    if effect.alike > MOST_ALIKE:
        return Refusal("periods_hang_together")
    low, high = effect.ends()
    if high - low > np.log(WIDEST_BREAK):
        return Refusal("too_wide_break")
    return Break(
        in_per_cent(effect.value),
        in_per_cent(low),
        in_per_cent(high),
        before,
        after,
        "quarters" if kind == "Q" else "years",
        int(held.sum()),
        effect.alike,
    )
