"""Negative binomial regression of counts, with intervals for short series of correlated years.

The variance of a count is ``mu + dispersion * mu**2`` (NB2). The coefficients are those of iteratively
reweighted least squares (McCullagh and Nelder 1989, ch. 2.5). The dispersion is the one at which
Pearson's statistic equals its degrees of freedom (Breslow 1984): by maximum likelihood it would be too
small for ten years, and intervals too narrow. It is never below zero: a series that varies less than
chance counts as chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

Numbers = NDArray[np.float64]

DOUBT = 0.5  # standard errors (1 / sqrt(n)) that are added to the correlation of successive years
MOST_STEPS, TOLERANCE, LONGEST_STEP, LARGEST = 100, 1e-10, 2.0, 1e6


@dataclass(frozen=True, eq=False)
class CountFit:
    """A fitted regression.

    coefficients, covariance: on the scale of logarithms. fitted: expected counts. residuals: of Pearson.
    """

    coefficients: Numbers
    covariance: Numbers
    fitted: Numbers
    residuals: Numbers
    dispersion: float


@dataclass(frozen=True)
class Effect:
    """A coefficient with its standard error and degrees of freedom.

    alike: correlation of successive residuals, corrected for its bias; the standard error allows for it.
    """

    value: float
    error: float
    freedom: float
    alike: float

    @property
    def probability(self) -> float:
        """Two-sided p-value, by Student's t: probability of a value so far from zero without an effect."""
        return float(2 * stats.t.sf(abs(self.value) / self.error, self.freedom))

    def ends(self, level: float = 0.95) -> tuple[float, float]:
        """Ends of the interval."""
        half = float(stats.t.ppf(0.5 + level / 2, self.freedom)) * self.error
        return self.value - half, self.value + half


def fit_counts(counts: Numbers, design: Numbers, offset: Numbers | None = None) -> CountFit:
    """Fit a negative binomial regression with a log link.

    counts: one for each row of the design. design: a column for each parameter. offset: logarithm of what
    is known to multiply the counts, such as the effort of a source. Raises ValueError unless there are
    more rows than parameters.

    >>> years = np.arange(4.0)
    >>> fit = fit_counts(np.array([10.0, 20, 40, 80]), np.column_stack([np.ones(4), years]))
    >>> bool(np.isclose(np.exp(fit.coefficients[1]), 2)), fit.dispersion
    (True, 0.0)
    """
    rows, parameters = design.shape
    freedom = rows - parameters
    if freedom < 1:
        raise ValueError(f"{parameters} parameters need more than {rows} counts")
    own = np.zeros(rows) if offset is None else offset

    def surplus(dispersion: float) -> float:
        mu = _means(_steps(counts, design, own, dispersion), design, own)
        return float(((counts - mu) ** 2 / (mu + dispersion * mu**2)).sum() - freedom)

    dispersion = solve_dispersion(surplus)
    beta = _steps(counts, design, own, dispersion)
    mu = _means(beta, design, own)
    variance = mu + dispersion * mu**2
    return CountFit(
        beta,
        np.asarray(np.linalg.inv(design.T @ ((mu**2 / variance)[:, None] * design)), dtype=float),
        mu,
        (counts - mu) / np.sqrt(variance),
        dispersion,
    )


def solve_dispersion(surplus: Callable[[float], float]) -> float:
    """Find the dispersion at which Pearson's statistic equals its degrees of freedom; 0 at the least.

    surplus: gives the statistic at a dispersion, minus its degrees of freedom.
    """
    if surplus(0.0) <= 0:
        return 0.0
    high = 1.0
    while surplus(high) > 0 and high < LARGEST:
        high *= 4
    return float(optimize.brentq(surplus, 0.0, high)) if high < LARGEST else high


def effect_in_series(
    fit: CountFit, position: int, extra: float = 0.0, is_carried: bool = False
) -> Effect:
    """A coefficient of a time series, with an error that allows for correlated years.

    extra: variance to be added, such as that of an offset that is itself an estimate. The correlation r of
    successive residuals is corrected: after a straight line it is too small by about (2 + 4 r) / n (Kendall
    1954), and half its standard error is added, because a correlation that is missed makes a false trend.
    It multiplies the variance by (1 + r) / (1 - r), and divides the number of independent years by the
    same. Where the residuals are no larger than chance the correlation is taken to be zero, but not where
    one person is counted in several years (is_carried, as in a census).
    """
    e, n = fit.residuals, len(fit.residuals)
    raw = float(e[1:] @ e[:-1] / max(float(e @ e), TOLERANCE))
    likely = (raw + 2 / n) / (1 - 4 / n) + DOUBT / float(np.sqrt(n))
    alike = min(max(likely, 0.0), 0.95) if fit.dispersion or is_carried else 0.0
    wider = (1 + alike) / (1 - alike)
    error = np.sqrt(wider * fit.covariance[position, position] + extra)
    freedom = max(n / wider - len(fit.coefficients), 1.0)
    return Effect(float(fit.coefficients[position]), float(error), freedom, alike)


def _means(beta: Numbers, design: Numbers, offset: Numbers) -> Numbers:
    return np.asarray(np.exp((design @ beta + offset).clip(-30, 30)))


def _steps(counts: Numbers, design: Numbers, offset: Numbers, dispersion: float) -> Numbers:
    """Coefficients at a given dispersion."""
    start = np.log(counts + 0.5) - offset
    beta = np.asarray(np.linalg.lstsq(design, start, rcond=None)[0], dtype=float)
    for _ in range(MOST_STEPS):
        mu = _means(beta, design, offset)
        weights = mu / (1 + dispersion * mu)
        information = design.T @ (weights[:, None] * design)
        score = design.T @ ((counts - mu) / (1 + dispersion * mu))
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        beta = beta + step.clip(-LONGEST_STEP, LONGEST_STEP)
        if np.abs(step).max() < TOLERANCE:
            break
    return beta
