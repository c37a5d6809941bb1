"""Estimates how frequent something is in an archive, from a stratified random sample with labels.

Messages are drawn singly, at random and without replacement, within strata: the share is the mean of the
strata's shares, weighted by their size, and only the messages that were not drawn are uncertain (finite
population correction; Cochran 1977, ch. 5). Because messages are drawn singly, accounts are not clusters,
even if messages of one account are alike. The interval inverts the score test, with the shares of the
strata at their constrained maximum likelihood, once with a correction for skewness and once without, and
takes the outer end (Gart and Nam 1990; Laud 2017). It is valid for rare kinds too, and a stratum in which
none was found may still hold some. Codes of the machine only form strata: an error of the machine makes
the interval wider and causes no bias. The estimate is about this archive only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
FARTHEST = 1e12  # Lagrange multiplier from which a share is taken to be 0 or 1


@dataclass(frozen=True)
class Prevalence:
    """A share of the archive (0 to 1) with the ends of its interval.

    messages: messages of the archive. labelled: messages that people labelled. positives: labelled
    messages that are of the kind.
    """

    share: float
    low: float
    high: float
    messages: int
    labelled: int
    positives: int

    @property
    def total(self) -> float:
        """Estimated number of messages of the kind in the archive."""
        return self.share * self.messages

    @property
    def total_interval(self) -> tuple[float, float]:
        """Interval of ``total``; its low end is never below the number that people found."""
        return self.low * self.messages, self.high * self.messages


def estimate_prevalence(
    holds: pd.Series, stratum: pd.Series, sizes: Mapping[str, int], level: float = 0.95
) -> Prevalence:
    """Estimate which share of an archive is of a kind, from a stratified sample with labels.

    holds: True or False for each labelled message (or a share from 0 to 1). stratum: its stratum.
    sizes: messages of each stratum in the archive. Raises ValueError when a stratum has no labelled
    message: its share is unknown, not zero.

    >>> holds, stratum = pd.Series([True, False, False]), pd.Series(["high", "high", "low"])
    >>> round(estimate_prevalence(holds, stratum, {"high": 10, "low": 10}).share, 2)
    0.25
    """
    by_stratum = pd.Series(holds.to_numpy(dtype=float)).groupby(stratum.to_numpy(dtype=object))
    counts = by_stratum.agg(["sum", "count"]).reindex([s for s, n in sizes.items() if n])
    empty = int(counts["count"].isna().sum())
    if empty:
        raise ValueError(f"no labelled message in {empty} strata: label these first")
    found, taken = (counts[c].to_numpy(dtype=float) for c in ("sum", "count"))
    size = np.array([float(n) for n in sizes.values() if n])
    share, low, high = estimate_share_of_strata(found, taken, size, level)
    return Prevalence(share, low, high, int(size.sum()), int(taken.sum()), int(found.sum()))


def estimate_share_of_strata(
    found: Numbers, taken: Numbers, size: Numbers, level: float = 0.95
) -> tuple[float, float, float]:
    """Share of the archive, and the low and high end of its interval, from counts of the strata.

    Each array has one entry for each stratum: found (labelled messages of the kind), taken (labelled
    messages), size (messages in the archive).
    """
    whole = size.sum()
    share = float((size * found / taken).sum() / whole)
    open_ = taken < size  # a stratum that was read in full is known
    known = float(found[~open_].sum() / whole)
    if not open_.any():
        return share, share, share
    part = _Strata(found[open_], taken[open_], size[open_], float(whole), level)
    low = max(known + part.end(1), float(found.sum() / whole))
    high = min(known + part.end(-1), 1 - float((taken - found).sum() / whole))
    return share, min(low, share), max(high, share)


@dataclass(frozen=True)
class _Strata:
    """Strata of which not all messages were labelled."""

    found: Numbers
    taken: Numbers
    size: Numbers
    whole: float
    level: float

    @property
    def weight(self) -> Numbers:
        return np.asarray(self.size / self.whole)

    def likeliest(self, pull: float) -> Numbers:
        """Most likely share of each stratum, given a lower mean (pull above 0) or a higher one (below 0)."""
        a, n = pull * self.weight, self.taken
        root = np.sqrt(np.maximum((n + a) ** 2 - 4 * a * self.found, 0))
        with np.errstate(divide="ignore", invalid="ignore"):
            # Two forms of one root: each is exact where the other loses its digits.
            p = np.where(n + a > 0, 2 * self.found / (n + a + root), (n + a - root) / (2 * a))
        return np.asarray(p.clip(0, 1))

    @property
    def reach(self) -> float:
        """Length of one side of the interval, in standard errors."""
        from scipy.stats import norm

        return float(norm.ppf(0.5 + self.level / 2))

    def distance(self, pull: float, sign: int) -> float:
        """Distance between the observed share and the share under ``pull``, in standard errors.

        The smaller of the distances with and without correction for skewness: with it alone, the
        interval of a very rare kind would be too narrow.
        """
        p, w, n, size = self.likeliest(pull), self.weight, self.taken, self.size
        left = (size - n) / np.maximum(size - 1, 1)
        variance = float((w**2 * p * (1 - p) / n * left).sum())
        if variance <= 0:
            return 0.0
        lean = left * (size - 2 * n) / np.maximum(size - 2, 1)
        third = float((w**3 * p * (1 - p) * (1 - 2 * p) / n**2 * lean).sum())
        apart = float((w * (self.found / n - p)).sum())
        plain = apart / variance**0.5
        skewed = plain - third / variance**1.5 * (self.reach**2 - 1) / 6
        return float(min(sign * plain, sign * skewed))

    def end(self, sign: int) -> float:
        """Lower (1) or upper (-1) end of the share that these strata add."""
        from scipy.optimize import brentq

        def beyond(pull: float) -> float:
            return self.distance(sign * pull, sign) - self.reach

        # Below this pull, strata in which all or none hold do not move at all.
        near, far = 0.0, float((self.taken / self.weight).min()) * 1.001
        while beyond(far) < 0:
            near, far = far, 2 * far
            if far > FARTHEST:
                return 0.0 if sign > 0 else float(self.weight.sum())
        pull = float(brentq(beyond, near, far)) if beyond(near) < 0 else far
        return float((self.weight * self.likeliest(sign * pull)).sum())
