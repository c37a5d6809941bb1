"""Bursts: days on which an account receives far more than its own baseline, and what chance gives.

Baseline: the median of the account's days in the four weeks before. A day is part of a burst when
its count is above what a negative binomial with the baseline's mean and the account's own
dispersion would pass once in ten thousand days (a Bonferroni-like limit, not a test of one day).
Online to offline: attacks near an event against the same count when all events of the person are
moved round the calendar (circular shifts), which keeps both their rhythms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

BASELINE_DAYS = 28
RARE = 1e-4
SMALLEST_BURST = 5  # messages a day below which nothing is called a burst
SHIFTS, SEED = 500, 75165


@dataclass(frozen=True)
class NearEvents:
    """Messages near events: counted, and the range that chance gives."""

    counted: int
    expected: float
    low: float
    high: float
    events: int


def bursts(target: pd.Series, day: pd.Series) -> pd.DataFrame:
    """One row a burst: target, first and last day, messages, baseline a day."""
    found = []
    a_day = day.groupby([target, day.dt.normalize()]).size()
    busy = a_day[a_day >= SMALLEST_BURST].index.get_level_values(0).unique()
    may = target.isin(busy)  # of many accounts few ever have a day that could be called one
    for who, days in day[may].groupby(target[may]):
        counts = days.dt.normalize().value_counts().sort_index().asfreq("D", fill_value=0)
        baseline = counts.shift(1).rolling(BASELINE_DAYS, min_periods=7).median()
        # The first week has no baseline, so nothing can be called a burst in it.
        limit = np.maximum(_limit(baseline.to_numpy(), counts.to_numpy()), SMALLEST_BURST)
        hot = pd.Series(counts.to_numpy() >= limit, index=counts.index)
        for _, run in counts[hot].groupby((~hot).cumsum()[hot]):
            first = run.index[0]
            found.append(
                {
                    "target": who,
                    "first": first,
                    "last": run.index[-1],
                    "messages": int(run.sum()),
                    "baseline": float(baseline[first]),
                }
            )
    return pd.DataFrame(found, columns=["target", "first", "last", "messages", "baseline"])


def near_events(
    attacks: pd.DataFrame,
    events: pd.DataFrame,
    before: int,
    after: int,
    period: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> NearEvents | None:
    """Attacks from ``before`` days before to ``after`` days after an event of the same person.

    attacks, events: columns target and day. period: first and last day that were collected; that
    of the attacks when not given. None when no person stands in both.
    """
    both = sorted(set(attacks["target"]) & set(events["target"]))
    if not both:
        return None
    first, last = (
        day.normalize() for day in period or (attacks["day"].min(), attacks["day"].max())
    )
    length = int((last - first).days) + 1
    chance = np.random.default_rng(SEED)
    shifts = chance.integers(0, length, (SHIFTS, len(both)))
    counted, by_chance, number = 0, np.zeros(SHIFTS), 0
    for j, who in enumerate(both):
        per_day = np.zeros(length, dtype=int)
        at = (attacks.loc[attacks["target"] == who, "day"].dt.normalize() - first).dt.days
        np.add.at(per_day, at.to_numpy(), 1)
        places = (events.loc[events["target"] == who, "day"] - first).dt.days.to_numpy()
        places = places[(places >= 0) & (places < length)]
        number += len(places)
        offsets = np.arange(-before, after + 1)
        counted += _near(per_day, places, offsets)
        by_chance += [_near(per_day, (places + s) % length, offsets) for s in shifts[:, j]]
    low, high = np.quantile(by_chance, [0.025, 0.975])
    return NearEvents(counted, float(by_chance.mean()), float(low), float(high), number)


def _near(per_day: np.ndarray, places: np.ndarray, offsets: np.ndarray) -> int:
    spots = (places[:, None] + offsets[None, :]).ravel()
    spots = np.unique(spots[(spots >= 0) & (spots < len(per_day))])
    return int(per_day[spots].sum())


def _limit(baseline: np.ndarray, counts: np.ndarray) -> np.ndarray:
    from scipy.stats import nbinom, poisson

    mean = np.maximum(baseline, 0.1)
    usual = counts[counts <= np.quantile(counts, 0.95)]
    spread = float(usual.var() / max(usual.mean(), 0.1)) if len(usual) else 1.0
    if spread <= 1.05:
        return np.asarray(poisson.ppf(1 - RARE, mean)) + 1
    size = mean / (spread - 1)
    return np.asarray(nbinom.ppf(1 - RARE, size, size / (size + mean))) + 1
