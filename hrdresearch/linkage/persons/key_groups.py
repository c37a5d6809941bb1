"""Groups numbers by key, and makes pairs of numbers that share a key.

A pair is one whole number: the smaller number times 2**32, plus the larger. ``pair_ends`` takes it apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]


class Groups(NamedTuple):
    """Numbers by key: ``numbers`` has those of the first key, then of the next; ``sizes`` how many each."""

    keys: Ints
    sizes: Ints
    numbers: Ints


def group_by_key(keys: Ints, numbers: Ints) -> Groups:
    """Group numbers by key; keys of only one number are left out. keys: the key of each number."""
    order = np.argsort(keys)
    keys, numbers = keys[order], numbers[order]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else order
    sizes = np.diff(np.append(starts, len(keys)))
    return select_groups(Groups(keys[starts], sizes, numbers), sizes > 1)


def select_groups(groups: Groups, is_kept: NDArray[np.bool_]) -> Groups:
    """Keep some of the groups; is_kept: for each key whether it is kept."""
    numbers = groups.numbers[np.repeat(is_kept, groups.sizes)]
    return Groups(groups.keys[is_kept], groups.sizes[is_kept], numbers)


def shared_pairs(groups: Groups) -> NDArray[np.int64]:
    """Make the pairs of all numbers that share a key, each pair once, in ascending order.

    >>> [divmod(int(pair), 2**32) for pair in shared_pairs(group_by_key(*np.array([[7, 7, 8], [2, 1, 3]])))]
    [(1, 2)]
    """
    starts = np.cumsum(groups.sizes) - groups.sizes
    found = [np.empty(0, np.int64)]
    for size in np.unique(groups.sizes):
        one, other = np.triu_indices(size, 1)
        held = groups.numbers[starts[groups.sizes == size][:, None] + np.arange(size)]
        a, b = held[:, one].ravel(), held[:, other].ravel()
        codes = np.minimum(a, b).astype(np.int64) << 32 | np.maximum(a, b)
        found.append(codes[a != b])
    codes = np.concatenate(found)
    codes.sort()
    return codes[np.append(True, codes[1:] != codes[:-1])] if len(codes) else codes


def pair_ends(pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two numbers of each pair."""
    return pairs >> 32, pairs & (2**32 - 1)
