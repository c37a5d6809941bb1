"""Reporting delay: how complete a list is for a year, by the age of that year, from editions of the list.

The cases of a year in an earlier edition are those of the later edition that had been listed by then.
Given the later number they are binomial with F(earlier age) / F(later age), where F is the share listed
at an age (Kalbfleisch and Lawless 1989; Lawless 1994). Here 1 - F(a) = exp(-(p + q a)), with the age in
years since the end of the year. Cases that an edition dropped are left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize

from hrdresearch.stats.trends.limits import FEWEST_LATE, MOST_OTHERWISE, SETTLED_YEARS
from hrdresearch.stats.trends.refusals import Refusal

Numbers = NDArray[np.float64]
DAYS = 365.25
DRAWS, DRAWN_FOR_TRENDS, SEED = 400, 50, 20261130
YOUNGER = 0.1  # years by which an age may lie below the youngest one in the editions


@dataclass(frozen=True)
class Corrected:
    """Cases that the list is estimated to hold of a year at age ``Delay.until``, with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Delay:
    """Share of the cases of a year that a list holds, by the age of the year.

    parameters: logarithms of p and q. covariance: of the parameters, with the spread between years. spread:
    variance as a multiple of that by chance (1: chance alone). youngest: least age, in years, that an
    edition shows. until: age to which corrections lead. added, dropped: cases from edition to edition.
    editions: number of editions.
    """

    parameters: Numbers
    covariance: Numbers
    spread: float
    youngest: float
    until: float
    added: int
    dropped: int
    editions: int

    def share_listed(self, age: float) -> float:
        """Share listed at this age (in years), of the cases that will be listed at age ``until``."""
        return float(_relative(self.parameters, age, self.until))

    def shares(self, ages: pd.Series) -> list[pd.Series]:
        """Shares listed, by year: first as estimated, then drawn from the uncertainty of the delay.

        ages: age of each year, in years.
        """
        return [
            pd.Series([_relative(drawn, float(age), self.until) for age in ages], index=ages.index)
            for drawn in (self.parameters, *self._draws()[:DRAWN_FOR_TRENDS])
        ]

    def share_with_interval(self, age: float) -> tuple[float, float, float]:
        """Share listed at this age, with its interval of 95 per cent."""
        drawn = [_relative(draw, age, self.until) for draw in self._draws()]
        low, high = np.quantile(drawn, [0.025, 0.975])
        return self.share_listed(age), float(low), float(high)

    def correct(self, cases: int, age: float) -> Corrected | Refusal:
        """Estimate how many cases of a year the list will hold at age ``until``, with an interval.

        cases: that it holds now. age: of the year, in years. The interval includes the uncertainty of the
        delay, the spread between years, and chance. Refused for an age that no edition shows.
        """
        if age < self.youngest - YOUNGER:
            return Refusal("age_not_seen")
        rng = np.random.default_rng(SEED)
        shares = np.array([_relative(draw, age, self.until) for draw in self._draws()]).clip(
            1e-3, 1
        )
        shares = np.repeat(shares, 10)
        mean = (cases + 0.5) * (1 - shares) / shares
        late = rng.negative_binomial(cases + 0.5, shares).astype(float)
        late = np.maximum(mean + np.sqrt(self.spread) * (late - mean), 0.0)
        low, high = np.quantile(cases + late, [0.025, 0.975])
        return Corrected(cases / self.share_listed(age), float(low), float(high))

    def _draws(self) -> Numbers:
        rng = np.random.default_rng(SEED)
        return np.asarray(rng.multivariate_normal(self.parameters, self.covariance, DRAWS))


def estimate_delay(editions: pd.DataFrame) -> Delay | Refusal:
    """Estimate the reporting delay of a list from its editions, or say why that cannot be done.

    editions: columns edition_day, year, cases: a row for each edition and year, zero included. Only
    years that had ended by the day of an edition are used.
    """
    days = editions["edition_day"].drop_duplicates()
    if len(days) < 2:
        return Refusal("one_edition")
    pairs = _pairs(editions)
    settled = pairs[pairs["age"] >= SETTLED_YEARS]
    moved = (settled["later"] - settled["earlier"]).abs().sum()
    if moved > MOST_OTHERWISE * settled["later"].sum():
        return Refusal("editions_differ")
    fresh = pairs[(pairs["age"] < SETTLED_YEARS) & (pairs["later"] > 0)]
    added = (fresh["later"] - fresh["earlier"]).clip(lower=0).sum()
    dropped = (fresh["earlier"] - fresh["later"]).clip(lower=0).sum()
    if dropped > added:
        return Refusal("editions_differ")
    if added < FEWEST_LATE or len(fresh) < 4:
        return Refusal("few_late_cases")
    parameters, covariance, spread = _fit(fresh)
    until = min(float(SETTLED_YEARS), float(fresh["later_age"].max()))
    youngest = float(fresh["age"].min())
    return Delay(
        parameters, covariance, spread, youngest, until, int(added), int(dropped), len(days)
    )


def age_of_year(year: int, day: pd.Timestamp) -> float:
    """Years from the end of a year to a day; below zero where the year had not ended.

    >>> round(age_of_year(2019, pd.Timestamp("2020-07-01")), 2)
    0.5
    """
    return float((day - pd.Timestamp(year + 1, 1, 1)).days / DAYS)


def _pairs(editions: pd.DataFrame) -> pd.DataFrame:
    """Each year in two successive editions: its age and its cases in both."""
    rows = []
    for year, held in editions.sort_values("edition_day").groupby("year"):
        known = [
            (age, int(cases))
            for day, cases in zip(held["edition_day"], held["cases"], strict=True)
            if (age := age_of_year(int(str(year)), day)) >= 0
        ]
        rows += [(a, b, m, n) for (a, m), (b, n) in pairwise(known)]
    return pd.DataFrame(rows, columns=["age", "later_age", "earlier", "later"])


def _listed(parameters: Numbers, age: Numbers | float) -> Numbers:
    p, q = np.exp(np.clip(parameters, -12, 5))
    return np.asarray(-np.expm1(-(p + q * np.asarray(age))))


def _relative(parameters: Numbers, age: float, until: float) -> float:
    return float(_listed(parameters, min(age, until)) / _listed(parameters, until))


def _fit(pairs: pd.DataFrame) -> tuple[Numbers, Numbers, float]:
    """Parameters, their covariance and the spread between years, by maximum likelihood."""
    age, later_age = (pairs[c].to_numpy(dtype=float) for c in ("age", "later_age"))
    later = pairs["later"].to_numpy(dtype=float)
    earlier = np.minimum(pairs["earlier"].to_numpy(dtype=float), later)

    def share(parameters: Numbers) -> Numbers:
        ratio = _listed(parameters, age) / _listed(parameters, later_age)
        return np.asarray(ratio.clip(1e-9, 1 - 1e-9))

    def loss(parameters: Numbers) -> float:
        f = share(parameters)
        penalty = (
            0.5 * ((parameters - np.log([1.0, 1.0])) ** 2).sum() / 9
        )  # weak: keeps both finite
        return float(-(earlier * np.log(f) + (later - earlier) * np.log1p(-f)).sum() + penalty)

    starts = [np.log([p, q]) for p in (0.5, 2.0) for q in (0.3, 1.5)]
    best = min(
        (optimize.minimize(loss, s, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
         for s in starts),
        key=lambda found: float(found.fun),
    )  # fmt: skip
    parameters = np.asarray(best.x)
    f = share(parameters)
    chi = ((earlier - later * f) ** 2 / (later * f * (1 - f)).clip(1e-6)).sum()
    spread = max(1.0, float(chi) / max(len(pairs) - 2, 1))
    covariance = np.asarray(spread * np.linalg.inv(_curvature(loss, parameters)), dtype=float)
    return parameters, covariance, spread


def _curvature(function: object, at: Numbers, step: float = 1e-3) -> Numbers:
    """Matrix of second derivatives, by differences."""
    assert callable(function)
    n = len(at)
    out, unit = np.zeros((n, n)), np.eye(n) * step
    for i in range(n):
        for j in range(n):
            corners = [function(at + a * unit[i] + b * unit[j]) for a in (1, -1) for b in (1, -1)]
            out[i, j] = (corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step**2)
    return out
