"""Interval of a log-linear estimate by profile likelihood."""

from __future__ import annotations

from math import exp, inf, log, sqrt

import numpy as np
from scipy.special import gammaln

from hrdresearch.stats.estimates.models import ModelSpace
from hrdresearch.stats.estimates.poisson import fit_poisson

FARTHEST = 1e9  # number on no list above which the upper end is infinity
NEAREST = 1e-3  # number on no list below which the lower end is 0


def profile_ends(
    space: ModelSpace, model: int, undocumented: float, level: float
) -> tuple[float, float]:
    """Ends of the interval of the total by profile likelihood (Cormack 1992).

    For each possible number on no list the table is complete, and the model is fitted to it. The interval
    holds the numbers whose multinomial likelihood is near enough to the highest.
    """
    from scipy.optimize import brentq, minimize_scalar
    from scipy.stats import chi2

    design = np.vstack([np.eye(1, space.design.shape[1]), space.design])
    cells = np.r_[True, space.cells[model]][None]
    listed, used = space.table.listed, space.estimated[model][None]

    def fit(number: float) -> float:
        counts = np.r_[number, space.counts]
        fitted = fit_poisson(design, counts, used, cells).fitted[0]
        total, seen = listed + number, counts > 0
        shares = float((counts[seen] * np.log(fitted[seen] / total)).sum())
        return float(gammaln(total + 1) - gammaln(number + 1)) + shares

    start = max(undocumented, NEAREST)
    top = minimize_scalar(
        lambda x: -fit(exp(x)), bounds=(log(start) - 2, log(start) + 2), method="bounded"
    )
    best = exp(float(top.x))
    floor = -float(top.fun) - float(chi2.ppf(level, 1)) / 2

    def beyond(x: float) -> float:
        return fit(exp(x)) - floor

    def end(far: float) -> float:
        near, step = log(best), far
        while beyond(near + step) > 0:
            step *= 2
            if near + step > log(FARTHEST):
                return inf
            if near + step < log(NEAREST):
                return 0.0
        return exp(float(brentq(beyond, near, near + step, xtol=1e-6)))

    unit = sqrt(1 / (1 + best)) + 0.05
    return listed + end(-unit), listed + end(unit)
