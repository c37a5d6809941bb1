"""The yearly change of a documented count: a rise, a fall, or neither that can be told.

A count is the product of what happened and of what was documented. The counts alone cannot separate the
two. The change is one of the documented count; it is one of what happened only if documentation did not
change, or if the effort of documenting is known and given as ``effort``.

A break is the level after a day that a person states, against the course before it: an interrupted time
series with one slope for all periods. The day is given, with its reason, and never searched for: the best
of many days always looks like a break. A change after the day need not come from what happened on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrdresearch.stats.trends.limits import (
    FEWEST_CASES,
    FEWEST_YEARS,
    MOST_ALIKE,
    MOST_IN_ONE_YEAR,
    QUARTERS_AFTER,
    QUARTERS_BEFORE,
    WIDEST,
    YEARS_AFTER,
    YEARS_BEFORE,
)
from hrdresearch.stats.trends.negative_binomial import Effect, effect_in_series, fit_counts
from hrdresearch.stats.trends.refusals import Refusal

WIDEST_BREAK = 4.0  # factor between the ends of the interval
LEAST = {"Q": (QUARTERS_BEFORE, QUARTERS_AFTER), "Y": (YEARS_BEFORE, YEARS_AFTER)}


@dataclass(frozen=True)
class Change:
    """Change of a documented count from year to year, in per cent, with its interval of 95 per cent.

    first, last: years. cases: in these years. probability: p-value of the change (two-sided). dispersion:
    of the negative binomial model. alike: correlation of successive years.
    """

    per_cent: float
    low: float
    high: float
    first: int
    last: int
    cases: int
    probability: float
    dispersion: float
    alike: float

    @property
    def word(self) -> str:
        """``risen``, ``fallen``, or "" where the interval holds zero."""
        return "risen" if self.low > 0 else "fallen" if self.high < 0 else ""


def estimate_change(
    counts: pd.Series,
    effort: pd.Series | None = None,
    listed: Sequence[pd.Series] = (),
    is_carried: bool = False,
) -> Change | Refusal:
    """Estimate the change of a yearly count, or say why that cannot be done.

    counts: documented cases by year, zero included, without a gap; only years that the list covers whole.
    effort: by year, a measure of the effort of documenting (reports, staff); above zero. listed: by year,
    the share of the cases that the list holds already: first as estimated, then as drawn several times
    (``Delay.shares``). is_carried: whether one person is counted in several years, as in a census.
    Raises ValueError for a gap in the years, or an effort that is not above zero.

    >>> made = estimate_change(pd.Series([20, 24, 31, 33, 42, 47, 61, 70], index=range(2012, 2020)))
    >>> round(made.per_cent), made.word
    (19, 'risen')
    """
    years = np.asarray(counts.index, dtype=int)
    if len(years) > 1 and (np.diff(years) != 1).any():
        raise ValueError("the years follow each other without a gap; a year without a case is zero")
    if effort is not None and not (effort.reindex(counts.index) > 0).all():
        raise ValueError("the effort is above zero in each year of the counts")
    if why := _why_not(counts):
        return Refusal(why)
    base = np.zeros(len(years)) if effort is None else _log(effort, counts)
    design = np.column_stack([np.ones(len(years)), years - years.mean()])
    held = counts.to_numpy(dtype=float)
    drawn = [fit_counts(held, design, base + _log(share, counts)) for share in listed]
    slopes = np.array([fit.coefficients[1] for fit in drawn[1:]])
    fit = drawn[0] if drawn else fit_counts(held, design, base)
    effect = effect_in_series(
        fit, 1, float(slopes.var(ddof=1)) if len(slopes) > 1 else 0.0, is_carried
    )
    return _change_or_refusal(effect, years, int(held.sum()), fit.dispersion)


def _why_not(counts: pd.Series) -> str:
    """Code of the reason to refuse that the counts themselves give; "" where there is none."""
    if len(counts) < FEWEST_YEARS:
        return "too_few_years"
    if counts.sum() < FEWEST_CASES:
        return "too_few_cases"
    return "one_year" if counts.max() >= MOST_IN_ONE_YEAR * counts.sum() else ""


def _change_or_refusal(
    effect: Effect, years: np.ndarray, cases: int, dispersion: float
) -> Change | Refusal:
    if effect.alike > MOST_ALIKE:
        return Refusal("years_hang_together")
    low, high = effect.ends()
    if high - low > np.log(WIDEST):
        return Refusal("too_wide")
    value, below, above = (in_per_cent(end) for end in (effect.value, low, high))
    return Change(
        value,
        below,
        above,
        int(years[0]),
        int(years[-1]),
        cases,
        effect.probability,
        dispersion,
        effect.alike,
    )


def in_per_cent(log_rate: float) -> float:
    """Write a difference of logarithms as a change in per cent."""
    return float(100 * np.expm1(log_rate))


def _log(values: pd.Series, counts: pd.Series) -> np.ndarray:
    """Logarithms of values by year, in the order of the counts."""
    return np.asarray(np.log(values.reindex(counts.index).to_numpy(dtype=float)))


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
