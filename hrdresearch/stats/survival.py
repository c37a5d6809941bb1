"""Time until one of several exits, with delayed entry: the Aalen-Johansen estimator.

Release from detention, death and the end of the term compete: who has died can no longer be released.
One minus Kaplan-Meier would treat the dead as if they might still be released; it is never used here.
References: Aalen and Johansen 1978; Aalen, Borgan and Gjessing 2008, ch. 3.4; variance by the delta
method (Coviello and Boggess, Stata Journal 4, 2004, pp. 103-112), which is Greenwood's for one exit.
Exits on the same day are counted together.

When a number may be stated: with delayed entry one exit among few persons at risk early on decides
the whole curve (Klein and Moeschberger 2003, ch. 4.6), and at a late day one more exit moves the
estimate by up to 1/n, where n persons are still at risk. Gebski and others (Int. J. Epidemiol. 47,
2018, pp. 850-859) ask to set beforehand how large such a move may be: here 10 points, so 10 persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

CENSORED = ""
LEAST_AT_RISK = 10  # persons at every exit until the day, and at the day itself
FEW, NOBODY = "few at risk", "nobody left in this way"


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidence of each exit (released, died ...), by days since the start (the arrest).

    curves: probability of having left by an exit until a day; a row for each day with an exit or a last
    observation (index: days), a column for each exit. errors: standard errors of ``curves``. at_risk:
    persons under observation just before each of these days. entered: number of spells. entry, stop: days
    on which the observation of each spell began and ended.
    """

    curves: pd.DataFrame
    errors: pd.DataFrame
    at_risk: pd.Series
    entered: int
    entry: npt.NDArray[np.float64]
    stop: npt.NDArray[np.float64]

    def at(self, day: float, exit_: str) -> tuple[float, float, float]:
        """Probability of having left by ``exit_`` until this day, with its 95 per cent interval.

        Returns value, low and high. The interval is computed on the log-minus-log scale, so it
        stays between 0 and 1; low and high are NaN where the value is 0 or 1.
        """
        before = self.curves.index[self.curves.index <= day]
        if not len(before):
            return 0.0, np.nan, np.nan
        value = float(self.curves[exit_].to_numpy()[len(before) - 1])
        error = float(self.errors[exit_].to_numpy()[len(before) - 1])
        if value <= 0 or value >= 1 or error == 0:
            return value, np.nan, np.nan
        spread = norm.ppf(0.975) * error / (value * np.log(value))
        low, high = sorted((value ** np.exp(-spread), value ** np.exp(spread)))
        return value, float(low), float(high)

    def persons_at_risk(self, day: float) -> int:
        """Persons under observation on this day."""
        return int(((self.entry < day) & (self.stop >= day)).sum())

    def fewest_at_risk_until(self, day: float) -> int:
        """Smallest number of persons under observation, at any exit until this day and on the day itself."""
        left = self.curves.sum(axis=1).diff().fillna(self.curves.iloc[0].sum()) > 0
        risks = self.at_risk[left & (self.at_risk.index <= day)]
        return min([self.persons_at_risk(day), *(int(n) for n in risks)])

    def why_no_estimate(self, day: float, exit_: str, least: int = LEAST_AT_RISK) -> str:
        """Reason why no estimate may be stated for a day: FEW, NOBODY, or "" where it may be stated.

        FEW: fewer than ``least`` persons were at risk. NOBODY: no person had left by ``exit_``.
        """
        if self.fewest_at_risk_until(day) < least:
            return FEW
        return NOBODY if self.at(day, exit_)[0] == 0 else ""


def aalen_johansen(
    entry: Sequence[float],
    exit_: Sequence[float],
    cause: Sequence[str],
) -> Incidence:
    """Estimate the cumulative incidence of each way to leave detention (Aalen and Johansen 1978).

    Each sequence has one entry for each spell. entry: days from the arrest to the day on which the list
    began to follow the person (0 if at the arrest). exit_: days from the arrest to the exit, or to
    the last day on which the person was known to be held. cause: the way of leaving, or "" where
    the person was still held. Raises ValueError when an exit is not after its entry.

    >>> found = aalen_johansen([0, 0, 0, 0], [1, 2, 3, 4], ["released", "died", "released", ""])
    >>> found.at(3, "released")[0]
    0.5
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
        start,
        stop,
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
