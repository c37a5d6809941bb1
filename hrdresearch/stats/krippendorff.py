"""Krippendorff's alpha for nominal codes of two or more coders, with a bootstrap interval.

Krippendorff 2019, Content Analysis, ch. 12: units with one code only are left out; a code that was
not given is missing, not a value. The bootstrap draws whole units. There is no interval where the
coders differ in fewer than five units, because it would be far too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import krippendorff
import numpy as np
import pandas as pd

DRAWS, SEED = 1000, 75165
FEWEST_APART = 5


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha with its interval, and the number of units with two codes or more.

    value is None where all codes are the same; low and high are None where the interval would be
    too narrow.
    """

    value: float | None
    low: float | None
    high: float | None
    units: int


def krippendorff_alpha(codes: pd.DataFrame, level: float = 0.95) -> Alpha:
    """Krippendorff's alpha of the codes of several coders.

    codes: one row a unit, one column a coder; NaN where a coder gave no code. level: 0.95 is an
    interval of 95 per cent.

    >>> krippendorff_alpha(pd.DataFrame({"first": [0, 1, 1], "second": [0, 1, 1]})).value
    1.0
    """
    values = sorted(set(codes.to_numpy().ravel()[codes.notna().to_numpy().ravel()]))
    counts = np.stack([(codes == v).sum(axis=1).to_numpy(dtype=float) for v in values], axis=1)
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        return Alpha(None, None, None, 0)
    if int((counts.max(axis=1) < counts.sum(axis=1)).sum()) < FEWEST_APART:
        return Alpha(_alpha(counts), None, None, len(counts))
    chance = np.random.default_rng(SEED)
    drawn = [
        a
        for _ in range(DRAWS)
        if (a := _alpha(counts[chance.integers(0, len(counts), len(counts))])) is not None
    ]
    value = _alpha(counts)
    if value is None or not drawn:
        return Alpha(value, None, None, len(counts))
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Alpha(value, float(low), float(high), len(counts))


def _alpha(counts: np.ndarray) -> float | None:
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
