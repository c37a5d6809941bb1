"""Curves of the time to a killing, in a low and a high reading of what is not known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hrdresearch.stats.follow_up import READINGS, observed_spells
from hrdresearch.stats.survival import LEAST_AT_RISK, Incidence, aalen_johansen

DAYS_A_YEAR = 365.25
HORIZONS = {1: "one year", 2: "two years", 5: "five years"}
LEAST_KILLED = 5  # killings in the low reading until the time, below which no figure is given
KILLED = "killed"
FEW_KILLED = "fewer than five of these deaths are recorded by the end of that time"
OPEN_KILLED = "the dates leave open how many of these deaths fell within that time"
FEW_AT_RISK = "fewer than ten persons were under observation at some time before its end"
PARTS = {
    "low": "low reading",
    "high": "high reading",
    "from": "lower end of the interval of the low reading",
    "to": "upper end of the interval of the high reading",
}


@dataclass(frozen=True)
class LowAndHighCurves:
    """The curves of a list in both readings."""

    low: Incidence
    high: Incidence
    killed_by: dict[int, int]  # in the low reading, by years
    killed_by_high: dict[int, int]
    all_killed: tuple[int, int]  # in the low and the high reading

    def killed(self, years: int | None) -> tuple[int, int]:
        """Persons recorded as killed within so many years, or at all, in both readings."""
        if years is None:
            return self.all_killed
        return self.killed_by[years], self.killed_by_high[years]

    def figures(self, years: int) -> dict[str, float]:
        """Of each thousand persons: both estimates, and the outer ends of their intervals."""
        day = years * DAYS_A_YEAR
        low, begins, _ = self.low.at(day, KILLED)
        high, _, ends = self.high.at(day, KILLED)
        return {k: 1000 * v for k, v in zip(PARTS, (low, high, begins, ends), strict=True)}

    def why_not(self, years: int) -> str:
        """Why no figure is given after so many years; "" where it is."""
        low, high = self.killed(years)
        if low < LEAST_KILLED <= high:
            return OPEN_KILLED
        if low < LEAST_KILLED:
            return FEW_KILLED
        day = years * DAYS_A_YEAR
        if any(c.fewest_at_risk_until(day) < LEAST_AT_RISK for c in (self.low, self.high)):
            return FEW_AT_RISK
        return ""


def fit_readings(frame: pd.DataFrame) -> LowAndHighCurves | None:
    """Fit the curves of both readings; None if nobody is followed, or one of the two has no killing."""
    spells = {reading: observed_spells(frame, reading) for reading in READINGS}
    if any(s.empty or s["cause"].eq("").all() for s in spells.values()):
        return None
    curves = {
        r: aalen_johansen(list(s["entry"]), list(s["exit"]), list(s["cause"]))
        for r, s in spells.items()
    }
    days = {r: s.loc[s["cause"].eq(KILLED), "exit"] for r, s in spells.items()}
    by_low, by_high = (
        {y: int((days[r] <= y * DAYS_A_YEAR).sum()) for y in HORIZONS} for r in READINGS
    )
    return LowAndHighCurves(
        curves["low"], curves["high"], by_low, by_high, (len(days["low"]), len(days["high"]))
    )
