"""How frequent something is in an archive, from a probability sample that people labelled.

Design-weighted (Horvitz-Thompson) share over strata; the variance is that of account totals,
because messages of one account are alike (Taylor linearization, accounts as clusters); intervals
are those of Korn and Graubard (1998): Clopper-Pearson on the effective sample size. Machine codes
only form the strata, so an error of the machine costs precision and brings no bias. The estimate
is about this archive and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Prevalence:
    """A share of the archive and the number of messages it means, with an interval."""

    share: float
    low: float
    high: float
    messages: int
    labelled: int
    positives: int
    accounts: int

    @property
    def total(self) -> float:
        """Estimated number of messages."""
        return self.share * self.messages

    @property
    def total_interval(self) -> tuple[float, float]:
        """Interval of the number of messages; at least what people saw themselves."""
        return max(self.low * self.messages, self.positives), self.high * self.messages


def estimate(
    holds: pd.Series,
    stratum: pd.Series,
    account: pd.Series,
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Prevalence:
    """Prevalence of ``holds`` (True or False a labelled message).

    sizes: messages of each stratum in the archive. ValueError when a stratum has no label at all:
    nothing can be said of it, and it is not zero.
    """
    empty = sorted(s for s, n in sizes.items() if n and s not in set(stratum))
    if empty:
        raise ValueError(f"no labelled message in {len(empty)} strata: label these first")
    y = holds.to_numpy(dtype=float)
    size = stratum.map(dict(sizes)).to_numpy(dtype=float)
    taken = stratum.map(stratum.value_counts()).to_numpy(dtype=float)
    weight = size / taken
    whole = float(sum(sizes.values()))
    share = float((weight * y).sum() / whole)
    mean = pd.Series(y).groupby(stratum.to_numpy()).transform("mean").to_numpy()
    left = np.sqrt(np.clip(1 - taken / size, 0, 1) * taken / np.maximum(taken - 1, 1))
    parts = pd.Series(weight * (y - mean) * left).groupby(account.to_numpy()).sum().to_numpy()
    variance = float((parts**2).sum() / whole**2) + _unseen(y, stratum, sizes) / whole**2
    low, high = _interval(share, variance, len(y), weight, level)
    return Prevalence(share, low, high, int(whole), len(y), int(y.sum()), int(account.nunique()))


def _unseen(y: np.ndarray, stratum: pd.Series, sizes: Mapping[str, int]) -> float:
    """Variance of strata in which all labels agree: there the sample alone would say none.

    Agresti and Coull's share (one success, one failure added) stands for what was not met.
    """
    held = pd.Series(y).groupby(stratum.to_numpy()).agg(["sum", "count"])
    total = 0.0
    for name, found, taken in held.itertuples():
        if found not in (0, taken) or taken >= sizes[name]:
            continue
        near = 1 / (taken + 2)
        total += sizes[name] ** 2 * (1 - taken / sizes[name]) * near * (1 - near) / taken
    return total


def _interval(
    share: float, variance: float, labelled: int, weight: np.ndarray, level: float
) -> tuple[float, float]:
    from scipy.stats import beta

    kish = float(weight.sum() ** 2 / (weight**2).sum())
    effective = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else kish
    effective = max(1.0, min(effective, float(labelled) * 20))
    tail = (1 - level) / 2
    x = share * effective
    low = float(beta.ppf(tail, x, effective - x + 1)) if x > 0 else 0.0
    high = float(beta.ppf(1 - tail, x + 1, effective - x)) if share < 1 else 1.0
    return low, high
