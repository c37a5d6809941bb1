"""Whether several Markov chains have found the same answer (Vehtari, Gelman, Simpson and others 2021)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64] | NDArray[np.int64]


def rank_r_hat(draws: Draws) -> float:
    """Rank-normalized split R-hat; near 1 where all chains agree.

    It is the larger of the R-hat of the values and the R-hat of their distances from the median. draws: a
    row for each chain.

    >>> chains = np.random.default_rng(1).normal(size=(4, 500))
    >>> rank_r_hat(chains) < 1.02 < rank_r_hat(chains + np.arange(4)[:, None])
    True
    """
    halves = _halves(draws)
    return max(_r_hat(_normal(halves)), _r_hat(_normal(np.abs(halves - np.median(halves)))))


def effective_draws(draws: Draws) -> float:
    """Bulk effective sample size: the number of independent draws that would be as precise.

    draws: a row for each chain.
    """
    halves = _normal(_halves(draws))
    length = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean()
    spread = (length - 1) / length * within + halves.mean(axis=1).var(ddof=1)
    if spread <= 0:
        return float(halves.size)
    centred = halves - halves.mean(axis=1, keepdims=True)
    size = 2 ** int(np.ceil(np.log2(2 * length)))
    power = np.abs(np.fft.rfft(centred, size, axis=1)) ** 2
    together = np.fft.irfft(power, size, axis=1)[:, :length].mean(axis=0) / length
    alike = 1 - (within - together) / spread
    alike[0] = 1
    pairs = alike[: length // 2 * 2].reshape(-1, 2).sum(axis=1)  # Geyer: until a pair is negative
    last = int(np.argmax(pairs < 0)) if (pairs < 0).any() else len(pairs)
    time = -1 + 2 * np.minimum.accumulate(pairs[:last]).sum()
    return float(min(halves.size / max(time, 1e-9), halves.size * np.log10(halves.size)))


def _halves(draws: Draws) -> NDArray[np.float64]:
    half = draws.shape[1] // 2
    return np.vstack([draws[:, :half], draws[:, -half:]]).astype(float)


def _normal(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Normal scores of the ranks over all chains."""
    from scipy.stats import norm, rankdata

    ranks = rankdata(values, axis=None).reshape(values.shape)
    return np.asarray(norm.ppf((ranks - 0.375) / (values.size + 0.25)))


def _r_hat(chains: NDArray[np.float64]) -> float:
    length = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = float(chains.mean(axis=1).var(ddof=1))
    if within <= 0:
        return 1.0 if between <= 0 else float("inf")
    return float(np.sqrt((length - 1) / length + between / within))
