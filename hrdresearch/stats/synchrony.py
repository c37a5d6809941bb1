"""Finds pairs of accounts that post within a minute of each other more often than by chance.

Two accounts meet in an hour when each has a message within a minute of one of the other's. By chance:
every message is moved at random by up to four minutes (interval jitter; Amarasingham and others
2012). The jitter keeps the hours at which each account posts, and events to which many react within a
quarter of an hour; it changes only agreement to the minute. A crowd that reacts within very few minutes
may still look like synchronous accounts. A pair counts when it meets in a number of hours that any pair
reaches in fewer than one of twenty shuffled archives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SECONDS, HOUR = 60, 3600
JITTER = 240  # most seconds by which a message is moved
FEWEST_HOURS = 3  # fewest hours in which a pair must meet, whatever chance gives
SHUFFLES, SEED = 60, 75165
MOST_MESSAGES = 500_000  # only the latest ones are used
MOST_BETWEEN = 50  # most messages between two that count as near, in a crowded minute


@dataclass(frozen=True)
class Synchrony:
    """Pairs of accounts that meet in many hours, and the number of pairs to expect by chance.

    hours: hours in which a pair must meet. pairs: pairs that do. expected, high: pairs by chance,
    the mean and the 97.5th percentile. accounts: accounts of all pairs. groups: groups of accounts
    that pairs connect. largest: accounts of the largest group.
    """

    hours: int
    pairs: int
    expected: float
    high: float
    accounts: int
    groups: int
    largest: int


def find_synchronous_pairs(author: pd.Series, posted_at: pd.Series) -> Synchrony | None:
    """Find pairs of accounts that post within a minute of each other more often than by chance.

    author, posted_at: account and time of each message (same index); a message without either is
    left out. None where fewer than two accounts post in ``FEWEST_HOURS`` hours or more.
    """
    frame = pd.DataFrame({"author": author, "at": posted_at}).dropna().sort_values("at")
    frame = frame.tail(MOST_MESSAGES)
    seconds = frame["at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    who = frame["author"].astype("object").factorize()[0]
    hours_of = pd.DataFrame({"who": who, "hour": seconds // HOUR}).drop_duplicates()["who"]
    often = np.flatnonzero(np.bincount(hours_of, minlength=1) >= FEWEST_HOURS)
    is_often = np.isin(who, often)
    seconds, who = seconds[is_often], who[is_often]
    if len(often) < 2:
        return None
    chance = np.random.default_rng(SEED)
    shuffled = [
        _meetings(seconds + chance.integers(-JITTER, JITTER + 1, len(seconds)), who)[1]
        for _ in range(SHUFFLES)
    ]
    highest = np.quantile([m.max(initial=0) for m in shuffled], 0.95, method="higher")
    limit = max(FEWEST_HOURS, int(highest) + 1)
    by_chance = [int((m >= limit).sum()) for m in shuffled]
    pairs, met = _meetings(seconds, who)
    found = pairs[met >= limit]
    groups = _groups(found)
    return Synchrony(
        hours=limit,
        pairs=len(found),
        expected=float(np.mean(by_chance)),
        high=float(np.quantile(by_chance, 0.975)),
        accounts=sum(groups),
        groups=len(groups),
        largest=max(groups, default=0),
    )


def _meetings(
    seconds: NDArray[np.int64], who: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of accounts (two columns), and the number of hours in which each pair meets."""
    order = np.argsort(seconds, kind="stable")
    at, account = seconds[order], who[order].astype(np.int64)
    size, first = int(account.max()) + 1, int(at[0]) // HOUR
    hours = int(at[-1]) // HOUR - first + 1
    keys: list[NDArray[np.int64]] = []
    for step in range(1, min(MOST_BETWEEN + 1, len(at))):
        near = np.flatnonzero(at[step:] - at[:-step] <= SECONDS)
        if not len(near):
            break
        earlier, later = account[near], account[near + step]
        pair = np.minimum(earlier, later) * size + np.maximum(earlier, later)
        keys.append(np.unique((pair * hours + at[near] // HOUR - first)[earlier != later]))
    met = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
    pairs, often = np.unique(met // hours, return_counts=True)
    return np.stack([pairs // size, pairs % size], axis=1), often


def _groups(pairs: NDArray[np.int64]) -> list[int]:
    """Number of accounts of each group that pairs connect."""
    if not len(pairs):
        return []
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    accounts, index = np.unique(pairs, return_inverse=True)
    index = index.reshape(pairs.shape)
    edges = coo_matrix((np.ones(len(pairs)), (index[:, 0], index[:, 1])), (len(accounts),) * 2)
    return [int(n) for n in np.bincount(connected_components(edges, directed=False)[1])]
