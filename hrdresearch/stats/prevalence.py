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
    variance = clustered_variance(y, stratum, account, sizes) / whole**2
    variance += unseen_variance(y, stratum, sizes) / whole**2
    low, high = interval(share, variance, len(y) * 20, weight, level)
    return Prevalence(share, low, high, int(whole), len(y), int(y.sum()), int(account.nunique()))


def weights(stratum: pd.Series, sizes: Mapping[str, int]) -> np.ndarray:
    """Messages of the archive that each labelled message stands for."""
    size = stratum.map(dict(sizes)).to_numpy(dtype=float)
    return np.asarray(size / stratum.map(stratum.value_counts()).to_numpy(dtype=float))


def clustered_variance(
    values: np.ndarray, stratum: pd.Series, account: pd.Series, sizes: Mapping[str, int]
) -> float:
    """Variance of the weighted sum of values: strata, accounts as clusters, finite archive."""
    size = stratum.map(dict(sizes)).to_numpy(dtype=float)
    taken = stratum.map(stratum.value_counts()).to_numpy(dtype=float)
    mean = pd.Series(values).groupby(stratum.to_numpy()).transform("mean").to_numpy()
    left = np.sqrt(np.clip(1 - taken / size, 0, 1) * taken / np.maximum(taken - 1, 1))
    parts = pd.Series(size / taken * (values - mean) * left).groupby(account.to_numpy()).sum()
    return float((parts.to_numpy() ** 2).sum())


def unseen_variance(y: np.ndarray, stratum: pd.Series, sizes: Mapping[str, int]) -> float:
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


def interval(
    share: float, variance: float, most: float, weight: np.ndarray, level: float = 0.95
) -> tuple[float, float]:
    """Korn and Graubard's interval of a share; ``most``: effective messages at most."""
    from scipy.stats import beta

    kish = float(weight.sum() ** 2 / (weight**2).sum())
    effective = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else kish
    effective = max(1.0, min(effective, float(most)))
    tail = (1 - level) / 2
    x = share * effective
    low = float(beta.ppf(tail, x, effective - x + 1)) if x > 0 else 0.0
    high = float(beta.ppf(1 - tail, x + 1, effective - x)) if share < 1 else 1.0
    return low, high
