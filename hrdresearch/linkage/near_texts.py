"""Groups of near-identical messages, by MinHash (Broder 1997); large archives need little memory.

A message is compared as the set of its sequences of five characters. With eight bands of ten minima,
messages that share nine tenths of their sequences nearly always come into one group, and messages
that share a third almost never do. Only eight numbers of each message (its bands) are kept, so the
texts need not be in memory together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

BANDS, ROWS, LENGTH = 8, 10, 5
SHORTEST = 20  # characters; shorter messages are alike by chance
TOO_SHORT = -1
_NO_LETTER = re.compile(r"[\W_]+")
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalnum()}
_CHANCE = np.random.default_rng(75165)
# Multiplication by an odd number is one to one on 32 bits, so each pair orders all sequences anew.
_ODD = _CHANCE.integers(0, 1 << 31, BANDS * ROWS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_SHIFT = _CHANCE.integers(0, 1 << 32, BANDS * ROWS, dtype=np.uint32)
_STEP = np.uint64(0x9E3779B97F4A7C15)


def hash_bands(texts: Sequence[str]) -> NDArray[np.int64]:
    """Hash each message to one number for each band; messages with the same number in a band are alike.

    Returns one row for each message and one column for each band; -1 for a message of fewer
    than 20 characters.
    """
    keys = np.full((len(texts), BANDS), TOO_SHORT, dtype=np.int64)
    plain = [_plain(text) for text in texts]
    long = np.array([i for i, text in enumerate(plain) if len(text) >= SHORTEST], dtype=np.int64)
    if not len(long):
        return keys
    pieces, starts = _pieces([plain[i] for i in long])
    bands = np.zeros((len(long), BANDS), dtype=np.uint64)
    for at, (odd, shift) in enumerate(zip(_ODD, _SHIFT, strict=True)):
        least = np.minimum.reduceat(pieces * odd + shift, starts)
        bands[:, at // ROWS] = _mixed(bands[:, at // ROWS] * _STEP + least)
    keys[long] = (bands >> np.uint64(1)).astype(np.int64)  # never negative: -1 means too short
    return keys


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().translate(_NO_LETTERS).split())
    return _NO_LETTER.sub(" ", text.lower()).strip()


def group_near_texts(bands: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Group messages that are alike: the number of the group of each message, -1 for a message alone.

    bands: one array for each band, with the number of every message (columns of ``hash_bands``).
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    label = np.zeros(0, dtype=np.int64)
    for keys in bands:
        if not len(label):
            label = np.arange(len(keys), dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        same = (np.diff(keys[order]) == 0) & (keys[order][1:] != TOO_SHORT)
        later, earlier = label[order[1:][same]], label[order[:-1][same]]
        pairs = np.ones(len(later), dtype=np.int8)
        edges = coo_matrix((pairs, (later, earlier)), (len(keys),) * 2)
        label = connected_components(edges, directed=False)[1].astype(np.int64)[label]
    sizes = np.bincount(label, minlength=1)
    return np.where(sizes[label] > 1, label, -1) if len(label) else label


def _pieces(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Hashes of all sequences of five characters, and where those of each text begin."""
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    hashed = np.zeros(len(signs) - LENGTH + 1, dtype=np.uint64)
    for at in range(LENGTH):
        hashed = hashed * _STEP + signs[at : at + len(hashed)].astype(np.uint64)
    lengths = np.array([len(text) for text in texts])
    ends = np.cumsum(lengths)
    within = np.ones(len(signs), dtype=bool)  # a sequence may not run into the next text
    for back in range(1, LENGTH):
        within[ends - back] = False
    sequences = lengths - LENGTH + 1
    spread = _mixed(hashed[within[: len(hashed)]])
    return (spread >> np.uint64(32)).astype(np.uint32), np.cumsum(sequences) - sequences


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread over all 64 bits (the last steps of splitmix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(x ^ (x >> np.uint64(27)))
