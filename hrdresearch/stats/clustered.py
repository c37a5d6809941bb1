"""Shares with intervals that regard clusters: recommendations to one State are not independent.

The share is a ratio of sums over clusters; its variance is that of the ratio estimator (Cochran,
Sampling Techniques, 3rd ed., sect. 6.4 and 9A), and the interval is made on the logit scale with
Student's t for the number of clusters, so that it stays between 0 and 100 per cent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

LEAST_CLUSTERS = 5  # below, an interval would pretend to know more than the data do


@dataclass(frozen=True)
class Share:
    """A share (0 to 1) with its interval; low and high are None where there is none."""

    value: float | None
    low: float | None
    high: float | None
    rows: int
    clusters: int


def clustered_share(is_part: pd.Series, cluster: pd.Series, level: float = 0.95) -> Share:
    """Share of true values with an interval clustered by ``cluster`` (same index).

    No value without rows; no interval with fewer than five clusters, or where all rows agree.
    """
    sums = is_part.astype(float).groupby(cluster).agg(["sum", "count"])
    part, whole = sums["sum"].to_numpy(), sums["count"].to_numpy(dtype=float)
    k, n = len(sums), int(whole.sum())
    if not n:
        return Share(None, None, None, 0, 0)
    p = float(part.sum() / n)
    if k < LEAST_CLUSTERS or p in (0.0, 1.0):
        return Share(p, None, None, n, k)
    spread = part - p * whole
    error = math.sqrt(k / (k - 1) * float(np.sum(spread**2))) / n
    t = float(stats.t.ppf(0.5 + level / 2, k - 1))
    logit, width = math.log(p / (1 - p)), t * error / (p * (1 - p))
    return Share(p, _inverse(logit - width), _inverse(logit + width), n, k)


def _inverse(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
