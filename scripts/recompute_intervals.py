"""Intervals again, by the formulas of the papers: for ``recompute_attacks.py`` and its neighbours.

Nothing here is code of the package. Where the package solves a formula in steps, this computes it
another way: shares of strata by bisection, ratios in closed form, chance by all its values or by
draws of its own. ``Chance`` are the ends between which a number that was drawn by chance must lie;
``Bounds`` those of a number that nothing here recomputes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy import optimize, stats

Z = 1.959963984540054
PULLS = np.geomspace(1e-2, 1e9, 80)
TINY = 1e-13
SPREADS = 4  # standard errors by which two quantiles of draws may lie apart
DRAWS = 4000


@dataclass(frozen=True)
class Chance:
    """A number that rests on draws by chance agrees when it lies from ``low`` to ``high``."""

    low: float
    high: float


@dataclass(frozen=True)
class Bounds:
    """Ends between which a number must lie that is not recomputed, and the reason why it is not."""

    low: float
    high: float
    why: str


def score_interval(part: float, whole: float) -> tuple[float, float]:
    """Ends of the score interval of one share, as the roots of its quadratic (Wilson 1927)."""
    low, high = np.sort(np.roots([whole + Z**2, -(2 * part + Z**2), part**2 / whole]))
    return float(low), float(high)


def by_chance(values: Any, part: float, draws: int, chances: Any = None) -> Chance:
    """Ends of the quantile ``part`` that so many draws can give.

    values: own draws; or all values, in order, with their chances.
    """
    error = SPREADS * (part * (1 - part) / draws) ** 0.5
    ends = np.clip([part - error, part + error], 0, 1)
    if chances is None:
        return Chance(*map(float, np.nanquantile(values, ends)))
    at = np.searchsorted(np.cumsum(chances), ends).clip(0, len(values) - 1)
    return Chance(float(values[at[0]]), float(values[at[1]]))


def share_of_strata(holds: Any, stratum: pd.Series, sizes: pd.Series) -> tuple[float, float, float]:
    """Share with the ends of its score interval (Gart and Nam 1990), strata of known size.

    holds: 0 to 1 for each labelled message. sizes: messages of each stratum.
    """
    own = pd.Series(np.asarray(holds, dtype=float)).groupby(stratum.to_numpy())
    found, taken = own.sum(), own.size()
    return _share(tuple(found), tuple(taken), tuple(sizes.reindex(found.index)))


@cache
def _share(
    found: tuple[float, ...], taken: tuple[int, ...], sizes: tuple[int, ...]
) -> tuple[float, float, float]:
    x, n, size = (np.array(c, dtype=float) for c in (found, taken, sizes))
    whole, drawn = size.sum(), n < size  # a stratum that was read in full is known
    share = float((size * x / n).sum() / whole)
    known = float(x[~drawn].sum() / whole)
    if not drawn.any():
        return share, share, share
    low, high = (known + _end(x[drawn], n[drawn], size[drawn], whole, sign) for sign in (1, -1))
    low, high = max(low, x.sum() / whole), min(high, 1 - (n - x).sum() / whole)
    return share, min(float(low), share), max(float(high), share)


def _end(x: Any, n: Any, size: Any, whole: float, sign: int) -> float:
    """Sum of the strata's likeliest shares where the score is ``Z`` away, with skewness or without."""
    w, left = size / whole, (size - n) / np.maximum(size - 1, 1)
    lean = left * (size - 2 * n) / np.maximum(size - 2, 1)

    def shares(pull: Any) -> Any:
        a = sign * np.atleast_1d(pull)[:, None] * w
        low, high = np.zeros(a.shape), np.ones(a.shape)
        for _ in range(50):  # halves the range of the root of x - n p = a p (1 - p)
            p = (low + high) / 2
            is_above = x - n * p - a * p * (1 - p) > 0
            low, high = np.where(is_above, p, low), np.where(is_above, high, p)
        return (low + high) / 2

    def beyond(pull: Any) -> Any:
        p = shares(pull)
        variance = (w**2 * p * (1 - p) / n * left).sum(axis=1)
        third = (w**3 * p * (1 - p) * (1 - 2 * p) / n**2 * lean).sum(axis=1)
        score = sign * (w * (x / n - p)).sum(axis=1) / np.maximum(variance, TINY) ** 0.5
        skew = sign * third / np.maximum(variance, TINY) ** 1.5 * (Z**2 - 1) / 6
        return np.where(variance > TINY, np.minimum(score, score - skew), 0) - Z

    after = np.flatnonzero(beyond(PULLS) >= 0)
    if not len(after):
        return 0.0 if sign > 0 else float(w.sum())
    between = PULLS[max(after[0] - 1, 0) : after[0] + 1]
    pull = optimize.brentq(lambda one: beyond(one)[0], *between) if len(between) > 1 else PULLS[0]
    return float((w * shares(pull)).sum())


def ratio_of_strata(
    holds: Any, among: Any, stratum: pd.Series, sizes: pd.Series
) -> tuple[float, float, float]:
    """Share of the messages ``among`` that hold, with MOVER's ends (Donner and Zou 2012)."""
    parts = [np.asarray(holds, float) * among, (1 - np.asarray(holds, float)) * among]
    (y, y_low, y_high), (n, n_low, n_high) = (share_of_strata(p, stratum, sizes) for p in parts)
    both = pd.DataFrame({"y": parts[0], "n": parts[1], "s": stratum.to_numpy()})
    taken = both.groupby("s").size()
    scale = sizes.reindex(taken.index) ** 2 * (1 - taken / sizes.reindex(taken.index)) / taken
    apart = both[["y", "n"]] - both.groupby("s")[["y", "n"]].transform("mean")
    products = {"yy": apart["y"] ** 2, "nn": apart["n"] ** 2, "yn": apart["y"] * apart["n"]}
    cov = {k: (p.groupby(both["s"]).mean() * scale).sum() for k, p in products.items()}
    spread = (cov["yy"] * cov["nn"]) ** 0.5
    rho = cov["yn"] / spread if spread else 0.0
    low = _least_odds(y, y - y_low, n, n_high - n, rho)
    high = _least_odds(n, n - n_low, y, y_high - y, rho)
    return y / (y + n), low / (1 + low) if np.isfinite(low) else 1.0, 1 / (1 + high)


def _least_odds(one: float, down: float, other: float, up: float, rho: float) -> float:
    """Lower end of one / other: the smaller root of a quadratic equation."""
    a, b, c = other**2 - up**2, one * other - rho * down * up, one**2 - down**2
    below = b + max(b**2 - a * c, 0.0) ** 0.5
    return c / below if below else (0.0 if c == 0 else float("inf"))


def share_by_cluster(yes: pd.Series, cluster: pd.Series) -> tuple[float, float, float]:
    """Share with the interval of Korn and Graubard (1998), variance by leaving clusters out."""
    k, n, p = cluster.nunique(), len(yes), float(yes.mean())
    without = [float(yes[cluster != one].mean()) for one in cluster.unique()]
    variance = (k - 1) / k * sum((one - p) ** 2 for one in without)
    few = (stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, k - 1)) ** 2
    m = min(n, few * p * (1 - p) / variance) if variance else k
    low = stats.beta.ppf(0.025, p * m, (1 - p) * m + 1) if p > 0 else 0.0
    high = stats.beta.ppf(0.975, p * m + 1, (1 - p) * m) if p < 1 else 1.0
    return p, float(low), float(high)


def jackknife_logit(
    rows: pd.DataFrame, cluster: str, rate: Callable[[pd.DataFrame], float]
) -> tuple[float, float, float]:
    """A rate with the ends that leaving out one cluster at a time gives, on the logit scale."""
    value, every = rate(rows), rows[cluster].unique()
    logits = [stats.logistic.ppf(rate(rows[rows[cluster] != one])) for one in every]
    reach = stats.t.ppf(0.975, len(every) - 1) * np.std(logits) * (len(every) - 1) ** 0.5
    ends = stats.logistic.cdf(stats.logistic.ppf(value) + np.array([-reach, reach]))
    return value, float(ends[0]), float(ends[1])


def reached_by(days: pd.Series, is_reached: pd.Series, limit: int) -> float:
    """Share that is reached within ``limit`` days (Kaplan and Meier 1958), product over the days."""
    left = 1.0
    for day in sorted(days[is_reached & (days <= limit)].unique()):
        left *= 1 - (is_reached & (days == day)).sum() / (days >= day).sum()
    return 1 - left


def alpha_draws(yes: int, apart: int, no: int) -> Any:
    """Krippendorff's alpha of two coders in samples of the units, drawn with replacement."""
    units = yes + apart + no
    drawn = np.random.default_rng(1).multinomial(units, np.array([yes, apart, no]) / units, DRAWS)
    ones, codes = 2 * drawn[:, 0] + drawn[:, 1], 2 * units
    return 1 - (codes - 1) * drawn[:, 1] / (ones * (codes - ones))
