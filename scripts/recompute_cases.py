"""Numbers on the status of cases again; ``recompute_measures.py`` chooses the line by the claim's name."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd
from recompute_ledgers import Measure
from recompute_report import YEAR, Report

OPEN = "nothing_yet"


def _followed(r: Report) -> pd.DataFrame:
    """Rows in the scope of the report from which a time is known."""
    return r.filtered("extent.persons").dropna(subset=["observed_days"])


def _first(r: Report, outcome: str, years: str, end: str | None) -> float:
    """Per cent for whom an outcome came first within so many years, or an end of its interval.

    Day by day: who is still followed, and how many the outcome reached. Each day moves the estimate by a
    draw without replacement from those followed, and the variances of these draws add up.
    """
    ends = [
        (float(d) or 0.5, c)
        for d, c in _followed(r)[["observed_days", "first_outcome_code"]].to_numpy()
    ]
    left, reached, days = 1.0, 0.0, []
    for day in sorted({d for d, _ in ends if d <= int(years) * YEAR}):
        n = sum(d >= day for d, _ in ends)
        came = Counter(c for d, c in ends if d == day and c != OPEN)
        reached += left * came[outcome] / n
        days.append((n, came, left, reached))
        left *= 1 - came.total() / n
    variance = 0.0
    for n, came, before, so_far in days:
        loss = (reached - so_far) / max(1 - came.total() / n, 1e-12)
        moves = {c: before * (c == outcome) - loss for c in came}
        mean = sum(k / n * moves[c] for c, k in came.items())
        variance += (sum(k / n * moves[c] ** 2 for c, k in came.items()) - mean**2) / n
    if end is None:
        return 100 * reached
    reach = 1.959964 * math.sqrt(variance) / (reached * abs(math.log(reached)))
    return 100 * reached ** math.exp(reach if end == "low" else -reach)


CASE_STATUS: dict[str, Measure] = {
    r"times\.used": lambda r: len(_followed(r)),
    r"times\.open": lambda r: int(_followed(r)["first_outcome_code"].eq(OPEN).sum()),
    r"times\.(\w+)\.y(\d+)(?:\.(low|high))?": _first,
}
