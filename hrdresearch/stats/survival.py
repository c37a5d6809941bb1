"""Time held, with delayed entry and competing exits: the Aalen-Johansen estimator.

Release, death and the end of the term compete: who has died can no longer be released. One minus
Kaplan-Meier would treat the others as if they might still be released, and is never used here.
Reference: Aalen and Johansen 1978; Aalen, Borgan and Gjessing 2008, ch. 3.4; variance after
Gray's form in Kalbfleisch and Prentice 2002, ch. 8. No ties are broken by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

CENSORED = ""


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidence of the exits.

    curves: index time in days, a column an exit (probability of having left by it). errors: their
    standard errors. at_risk: persons under observation just before each time. entered: spells.
    """

    curves: pd.DataFrame
    errors: pd.DataFrame
    at_risk: pd.Series
    entered: int

    def at(self, day: float, exit_: str) -> tuple[float, float, float]:
        """Probability of having left by ``exit_`` by this day, with its 95 per cent interval.

        The interval is computed on the log-minus-log scale, so it stays between 0 and 1.
        """
        before = self.curves.index[self.curves.index <= day]
        if not len(before):
            return 0.0, 0.0, 0.0
        value = float(self.curves[exit_].to_numpy()[len(before) - 1])
        error = float(self.errors[exit_].to_numpy()[len(before) - 1])
        if value <= 0 or value >= 1 or error == 0:
            return value, value, value
        spread = norm.ppf(0.975) * error / (value * np.log(value))
        low, high = sorted((value ** np.exp(-spread), value ** np.exp(spread)))
        return value, float(low), float(high)

    def risk_at(self, day: float) -> int:
        """Persons under observation at this day."""
        later = self.at_risk.index[self.at_risk.index >= day]
        return int(self.at_risk.loc[later[0]]) if len(later) else 0


def aalen_johansen(
    entry: Sequence[float],
    exit_: Sequence[float],
    cause: Sequence[str],
) -> Incidence:
    """Cumulative incidence of each cause.

    entry: days from the arrest at which the list began to follow the person (0 at the arrest).
    exit_: days from the arrest at which the person left or was last known to be held. cause: how,
    or "" where the person was still held. Raises ValueError when an exit is not after its entry.
    """
    start, stop = np.asarray(entry, float), np.asarray(exit_, float)
    causes = np.asarray(cause, dtype=object)
    if (stop <= start).any():
        raise ValueError("every exit comes after its entry")
    kinds = sorted({str(c) for c in causes if c != CENSORED})
    times = np.unique(stop)
    risk = np.array([((start < t) & (stop >= t)).sum() for t in times], dtype=float)
    counts = {k: np.array([((stop == t) & (causes == k)).sum() for t in times]) for k in kinds}
    every = np.sum(list(counts.values()), axis=0) if kinds else np.zeros(len(times))
    surviving = np.cumprod(1 - every / risk)
    before = np.concatenate([[1.0], surviving[:-1]])
    curves = {k: np.cumsum(before * counts[k] / risk) for k in kinds}
    errors = {k: _standard_error(curves[k], counts[k], every, risk, before) for k in kinds}
    index = pd.Index(times, name="days")
    return Incidence(
        pd.DataFrame(curves, index=index),
        pd.DataFrame(errors, index=index),
        pd.Series(risk.astype(int), index=index),
        len(start),
    )


def _standard_error(
    curve: npt.NDArray[np.float64],
    count: npt.NDArray[np.int64],
    every: npt.NDArray[np.float64],
    risk: npt.NDArray[np.float64],
    before: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Delta-method standard error of a cumulative incidence, at each time."""
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(risk > every, every / (risk * (risk - every)), 0.0)
    out = np.zeros(len(curve))
    for i in range(len(curve)):
        gone = curve[i] - curve[: i + 1]
        d, n, s = count[: i + 1], risk[: i + 1], before[: i + 1]
        first = np.sum(gone**2 * one[: i + 1])
        second = np.sum(s**2 * (n - d) / n**3 * d)
        third = np.sum(gone * s * d / n**2)
        out[i] = np.sqrt(max(first + second - 2 * third, 0.0))
    return out
