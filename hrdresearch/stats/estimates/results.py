"""The two results of a method: an estimate, or a refusal.

A refusal is no error: it is the answer where the lists cannot carry an estimate, with the reason and with
what would be needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray

FARTHEST = 1e15  # number of persons that stands for an infinite end


@dataclass(frozen=True)
class Refusal:
    """Why no estimate is given. code: the reason in one word; reason, needed: sentences."""

    code: str
    reason: str
    needed: str

    def __str__(self) -> str:
        return f"No estimate. {self.reason} {self.needed}"


@dataclass(frozen=True, eq=False)
class Estimate:
    """Estimated number of persons in all, listed or not, with the ends of its interval.

    listed: persons on at least one list. method, interval: what was done, in words. standard_error: of
    ``total``. draws: totals drawn from the posterior, where the method is Bayesian. measures: figures of
    the method (``rhat``, ``aic`` ...). notes: what a reader must know.
    """

    total: float
    low: float
    high: float
    listed: int
    method: str
    interval: str
    level: float = 0.95
    standard_error: float | None = None
    draws: NDArray[np.float64] | None = field(default=None, repr=False)
    measures: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def undocumented(self) -> float:
        """Estimated number of persons on no list."""
        return self.total - self.listed

    def __str__(self) -> str:
        low, high = (
            f"{round(end):,}" if isfinite(end) else "no end" for end in (self.low, self.high)
        )
        notes = f" Note: {'; '.join(self.notes).rstrip('.')}." if self.notes else ""
        return (
            f"{round(self.total):,} persons in all ({100 * self.level:g} per cent interval from {low} to "
            f"{high}), of whom {self.listed:,} are listed. Method: {self.method}; interval: "
            f"{self.interval}.{notes}"
        )

    def refuse_without_interval(self) -> Estimate | Refusal:
        """Return the estimate, or a refusal if both ends of its interval round to the same number."""
        if round(min(self.low, FARTHEST)) < round(min(self.high, FARTHEST)):
            return self
        return Refusal(
            "no_interval",
            "The method leaves no doubt at all, which no lists of this kind allow: nearly everybody stands "
            "on several lists, as where lists were copied or are parts of one another.",
            "Check whether the lists were made independently, and how they were linked.",
        )

    def simulate(self, rng: np.random.Generator, size: int) -> NDArray[np.float64]:
        """Draw totals: from the posterior, or from the log-normal of the number of persons on no list."""
        if self.draws is not None:
            return np.asarray(rng.choice(self.draws, size), dtype=float)
        spread = log_spread(self.undocumented, self.standard_error or 0.0)
        return np.asarray(self.listed + self.undocumented * np.exp(rng.normal(0, spread, size)))


def log_spread(undocumented: float, standard_error: float) -> float:
    """Standard error of the logarithm of the number on no list.

    >>> round(log_spread(100, 10), 3)
    0.1
    """
    return sqrt(log(1 + (standard_error / undocumented) ** 2)) if undocumented > 0 else 0.0


def log_normal_ends(
    listed: int, undocumented: float, standard_error: float, level: float
) -> tuple[float, float]:
    """Log-normal interval of the total; its low end is never below the persons listed.

    Source: Burnham et al. 1987.
    """
    from scipy.stats import norm

    far = exp(float(norm.ppf(0.5 + level / 2)) * log_spread(undocumented, standard_error))
    return listed + undocumented / far, listed + undocumented * far
