"""Krippendorff's alpha for nominal codes of two or more coders, with a bootstrap interval.

Krippendorff 2019, Content Analysis, ch. 12: units with one code only are left out; a code that was
not given is missing, not a value; from 0.800 codes are reliable, from 0.667 tentative conclusions may
rest on them. The bootstrap draws whole units. There is no interval where the coders differ in fewer
than five units, because it would be far too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import krippendorff
import numpy as np
import pandas as pd

DRAWS, SEED = 1000, 75165
FEWEST_APART = 5
RELIABLE, TENTATIVE = 0.8, 0.667


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

    @property
    def is_enough(self) -> bool:
        """Whether alpha is 0.667 or more at the lower end, or 0.800 or more where there is no interval.

        Alpha that is None is not enough: where all codes are the same, nothing shows that coders agree.
        """
        if self.low is not None:
            return self.low >= TENTATIVE
        return self.value is not None and self.value >= RELIABLE


def krippendorff_alpha(codes: pd.DataFrame, level: float = 0.95) -> Alpha:
    """Krippendorff's alpha of the codes of several coders.

    codes: a row for each unit, a column for each coder; NaN where a coder gave no code. level: 0.95 is an
    interval of 95 per cent.

    >>> krippendorff_alpha(pd.DataFrame({"first": [0, 1, 1], "second": [0, 1, 1]})).value
    1.0
    """
    codes = codes[codes.notna().sum(axis=1) >= 2]
    if codes.empty:
        return Alpha(None, None, None, 0)
    values = sorted(set(codes.to_numpy().ravel()[codes.notna().to_numpy().ravel()]))
    counts = np.stack([(codes == v).sum(axis=1).to_numpy(dtype=float) for v in values], axis=1)
    if int((counts.max(axis=1) < counts.sum(axis=1)).sum()) < FEWEST_APART:
        return Alpha(_alpha(counts), None, None, len(counts))
    patterns, often = np.unique(counts, axis=0, return_counts=True)
    chance = np.random.default_rng(SEED)
    drawn = _alphas(chance.multinomial(len(counts), often / len(counts), DRAWS), patterns)
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Alpha(_alpha(counts), float(low), float(high), len(counts))


def _alpha(counts: np.ndarray) -> float | None:
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _alphas(units: np.ndarray, patterns: np.ndarray) -> np.ndarray:
    """Alpha of many bootstrap samples; NaN where all codes of a sample are the same.

    units: a row for each sample, with the number of its units that have each pattern. patterns: number of
    coders by code.
    """
    given = patterns.sum(axis=1)
    apart = units @ ((given**2 - (patterns**2).sum(axis=1)) / (given - 1))
    codes = units @ given
    by_chance = codes**2 - ((units @ patterns) ** 2).sum(axis=1)
    return np.asarray(1 - (codes - 1) * apart / np.where(by_chance > 0, by_chance, np.nan))
