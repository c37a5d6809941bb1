"""Finds bursts: days on which an account receives far more messages than in the four weeks before.

The number of messages of a day without a burst is negative binomial, with a mean that may change slowly
and a size parameter (small where days differ much) of each account. Given the total of a day and of the
days before it, the number on that day does not depend on the mean, and its probability is exact
(beta-binomial; Johnson, Kemp and Kotz 2005, ch. 6.2.2). The size is estimated from all days of the
account, quarter by quarter, because the mean may change. A day above the usual maximum of the account (19
days of 20 are below it) counts only as "above" (censoring), so that bursts do not change the estimate. The
probability is averaged over the possible sizes; the prior gives equal weight to each step of the logarithm
of the size.

A day is part of a burst when its probability is at most one in ten thousand, or less in a large archive,
so that at most one false burst is expected. Days of earlier bursts are not part of the baseline. Days of
the week that differ regularly make bursts harder to find, and give no false ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

BASELINE_DAYS, FEWEST_DAYS = 28, 14  # days of the baseline; fewest of these outside earlier bursts
RARE = 1e-4
MOST_BY_CHANCE = 1.0  # false bursts expected in a whole archive, however large
SMALLEST_BURST = 5  # fewest messages of a day in a burst
TIMES_BASELINE = 2  # a day of a burst has more messages than this many times the baseline
QUARTER, USUAL = 91, 0.95
SIZES = np.geomspace(0.05, 500, 28)


@dataclass(frozen=True)
class Bursts:
    """Bursts that were found, and the number that chance alone may give.

    found: a row for each burst, with target, first and last day, messages, and baseline (messages a day
    before it). days: number of days, over all accounts, on which a burst was possible. by_chance: highest
    expected number of false bursts on these days.
    """

    found: pd.DataFrame
    days: int
    by_chance: float


def find_bursts(
    target: pd.Series, day: pd.Series, since: pd.Series, until: pd.Timestamp
) -> Bursts | None:
    """Find the days on which an account received far more messages than before.

    target, day: account and day of each message. since: first day on which each account was
    followed, indexed by account. until: last day that was collected. None when no account was
    followed for two weeks.
    """
    last = until.normalize()
    if not ((last - since.dt.normalize()).dt.days >= FEWEST_DAYS).any():
        return None
    series = list(_series(target, day, since, last))
    possible = sum(_possible(counts) for _, _, counts in series)
    rare = min(RARE, MOST_BY_CHANCE / max(possible, 1))
    found = [
        {"target": who, **burst}
        for who, start, counts in series
        if counts.max() >= SMALLEST_BURST
        for burst in _of_account(start, counts, rare)
    ]
    columns = ["target", "first", "last", "messages", "baseline"]
    return Bursts(pd.DataFrame(found, columns=columns), possible, rare * possible)


def size_weights(counts: Counts) -> Numbers:
    """Posterior weight of each of ``SIZES``, given the messages of each day of one account.

    counts: messages a day, days without messages included. The weights add up to 1.
    """
    usual = max(1, int(np.quantile(counts, USUAL, method="higher")))
    log_likelihood = np.zeros(len(SIZES))
    for days in np.array_split(np.minimum(counts, usual + 1), max(1, round(len(counts) / QUARTER))):
        if days.any():
            log_likelihood += _likelihood(days, usual)
    weights = np.exp(log_likelihood - log_likelihood.max())
    return np.asarray(weights / weights.sum())


def chance_of_count(count: int, before: int, days: int, weights: Numbers) -> float:
    """Chance that a day without a burst has ``count`` messages or more.

    before: messages in the ``days`` days before it. weights: as from ``size_weights``. The total of
    all these days is taken as given, so the mean of the account does not matter.
    """
    from scipy.special import betaln, gammaln

    total = count + before
    k = np.arange(count, total + 1)
    ways = gammaln(total + 1) - gammaln(k + 1) - gammaln(total - k + 1)
    chance = 0.0
    for size, weight in zip(SIZES, weights, strict=True):
        if weight > RARE**2:
            rest = betaln(k + size, total - k + days * size) - betaln(size, days * size)
            chance += weight * float(np.exp(ways + rest).sum())
    return chance


def _series(
    target: pd.Series, day: pd.Series, since: pd.Series, last: pd.Timestamp
) -> Iterator[tuple[object, pd.Timestamp, Counts]]:
    """Account, first day and messages a day (with zeros), where a burst is possible at all."""
    totals = target.value_counts()
    is_enough = target.isin(totals.index[totals >= SMALLEST_BURST])
    first = since.to_dict()
    for who, days in day[is_enough].groupby(target[is_enough].to_numpy()):
        start = first[who].normalize()
        at = (days.dt.normalize() - start).dt.days.to_numpy()
        yield who, start, np.bincount(at, minlength=int((last - start).days) + 1)


def _possible(counts: Counts) -> int:
    """Days with a baseline that, together with it, have enough messages for a burst."""
    sums = np.concatenate([[0], np.cumsum(counts)])
    at = np.arange(FEWEST_DAYS, len(counts))
    return int((sums[at + 1] - sums[np.maximum(at - BASELINE_DAYS, 0)] >= SMALLEST_BURST).sum())


def _of_account(start: pd.Timestamp, counts: Counts, rare: float) -> Iterator[dict[str, object]]:
    weights = size_weights(counts)
    hot = np.zeros(len(counts), dtype=bool)
    baseline = np.zeros(len(counts))
    for at in np.flatnonzero(counts >= SMALLEST_BURST):
        before = slice(max(0, at - BASELINE_DAYS), at)
        calm = ~hot[before]
        days, earlier = int(calm.sum()), int(counts[before][calm].sum())
        if days < FEWEST_DAYS or counts[at] <= TIMES_BASELINE * earlier / days:
            continue
        baseline[at] = earlier / days
        hot[at] = chance_of_count(int(counts[at]), earlier, days, weights) <= rare
    for run in np.split(np.flatnonzero(hot), np.flatnonzero(np.diff(np.flatnonzero(hot)) > 1) + 1):
        if len(run):
            yield {
                "first": start + pd.Timedelta(days=int(run[0])),
                "last": start + pd.Timedelta(days=int(run[-1])),
                "messages": int(counts[run].sum()),
                "baseline": float(baseline[run[0]]),
            }


def _likelihood(days: Counts, usual: int) -> Numbers:
    """Log-likelihood of each size for a quarter; its mean is integrated out on a logarithmic grid."""
    from scipy.special import gammaln, logsumexp
    from scipy.stats import nbinom

    near = np.minimum(days, usual).mean()
    step = np.sqrt((1 / near + 1 / SIZES) / len(days))[:, None] * np.linspace(-4, 8, 25)
    value, times = np.unique(days, return_counts=True)
    size = SIZES[:, None, None]
    p = size / (size + near * np.exp(step)[:, :, None])
    log_chance = gammaln(value + size) - gammaln(size) - gammaln(value + 1)
    log_chance = log_chance + size * np.log(p) + value * np.log1p(-p)
    whole = (log_chance * (times * (value <= usual))).sum(axis=2)
    above = nbinom.sf(usual, size, p)[:, :, 0]
    whole = whole + int(times[value > usual].sum()) * np.log(np.maximum(above, 1e-300))
    return np.asarray(logsumexp(whole, axis=1) + np.log(step[:, 1] - step[:, 0]))
