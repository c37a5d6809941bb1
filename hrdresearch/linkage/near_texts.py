"""Near-identical messages by MinHash (Broder 1997).

A message is the set of its sequences of five characters. Eight bands of five minima put messages
that share about two thirds of them or more into one group.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

BANDS, ROWS, LENGTH = 8, 5, 5
SHORTEST = 20  # characters; shorter messages are alike by chance
_PRIME = (1 << 61) - 1


def near_groups(texts: Sequence[str]) -> pd.Series:
    """Group number of each message, or empty where no other message is like it."""
    plain = [" ".join("".join(c if c.isalnum() else " " for c in t.lower()).split()) for t in texts]
    parent = list(range(len(plain)))
    for keys in _band_keys(plain).T:
        seen: dict[int, int] = {}
        for i, key in enumerate(keys.tolist()):
            if key >= 0:
                j = seen.setdefault(key, i)
                if j != i:
                    parent[_root(parent, i)] = _root(parent, j)
    roots = pd.Series([_root(parent, i) for i in range(len(plain))])
    alone = roots.map(roots.value_counts()) < 2
    return roots.astype("Int64").mask(alone)


def _band_keys(texts: Sequence[str]) -> np.ndarray:
    """One number a message and band; -1 for messages too short to compare."""
    chance = np.random.default_rng(75165)
    a = chance.integers(1, 1 << 31, BANDS * ROWS, dtype=np.uint64)
    b = chance.integers(0, 1 << 31, BANDS * ROWS, dtype=np.uint64)
    keys = np.full((len(texts), BANDS), -1, dtype=np.int64)
    for i, text in enumerate(texts):
        if len(text) < SHORTEST:
            continue
        pieces = {zlib.crc32(text[j : j + LENGTH].encode()) for j in range(len(text) - LENGTH + 1)}
        hashed = np.fromiter(pieces, dtype=np.uint64, count=len(pieces))
        minima = ((hashed[:, None] * a + b) % np.uint64(_PRIME)).min(axis=0)
        for band in range(BANDS):
            keys[i, band] = zlib.crc32(minima[band * ROWS : (band + 1) * ROWS].tobytes())
    return keys


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i
