"""Turns many messages at once into features: hashes of their words and character sequences.

Method: feature hashing (Weinberger et al. 2009). It stores no list of words: a model is an array of numbers,
holds no text of the archive, and is loaded without running code. A hash is a polynomial over code points and
is taken from one running sum over all messages, so that no loop over messages is needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BITS = 19
CHARACTERS = (2, 3, 4, 5)
LONGEST = 600  # only the first 600 characters of a message count; posts are shorter

_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
_MIX = np.uint64(0xD6E8FEB86659FD93)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\[url\]|@url\b")
_HANDLE = re.compile(r"@\w+|\[user\]")
_MARKS = re.compile(r"([^\w\s])")
_RUNS = re.compile(r"(\w)\1{2,}")
Counts: TypeAlias = (
    sparse.coo_matrix
)  # messages by features; a feature may have several entries in a message


def tidy_for_features(texts: Sequence[str]) -> str:
    """Return the messages as lines of one text, in lower case.

    Addresses become "§", handles "¤"; punctuation stands apart from words.
    """
    joined = "\n".join(" ".join(text[:LONGEST].split()) for text in texts).lower()
    joined = _HANDLE.sub(" ¤ ", _ADDRESS.sub(" § ", joined))
    return _MARKS.sub(r" \1 ", _RUNS.sub(r"\1\1", joined))


@np.errstate(over="ignore")  # hashes are sums modulo 2**64
def hash_features(texts: Sequence[str]) -> tuple[Counts, Counts]:
    """Return the features of messages: words with pairs of words, and character sequences."""
    codes, line = _code_points(texts)
    powers = _powers(_BASE, len(codes))
    sums = np.cumsum(np.append(np.uint64(0), (codes.astype(np.uint64) + np.uint64(7)) * powers))
    back = _powers(_INVERSE, len(codes) + 1)
    space = (codes == 32) | (codes == 10)
    first, last = np.flatnonzero(np.diff(~space, prepend=False, append=False)).reshape(-1, 2).T
    words = (sums[last] - sums[first]) * back[first]
    owner = line[first]
    is_pair = owner[:-1] == owner[1:]
    pairs = words[:-1] * _MIX + (words[1:] ^ (words[1:] >> np.uint64(31)))
    inner = np.concatenate([[0], np.cumsum(space, dtype=np.int32)])
    starts = [_sequence_starts(codes, space, inner, length) for length in CHARACTERS]
    characters = [
        _mix((sums[at + length] - sums[at]) * back[at], 10 + length)
        for at, length in zip(starts, CHARACTERS, strict=True)
    ]
    both = [_mix(words, 1), _mix(pairs[is_pair], 2)]
    return (
        _counts(both, [owner, owner[:-1][is_pair]], len(texts)),
        _counts(characters, [line[at] for at in starts], len(texts)),
    )


def _counts(
    features: Sequence[NDArray[np.int64]], messages: Sequence[NDArray[np.int64]], rows: int
) -> Counts:
    """Counts of features in messages; features, messages: parts of the two lists of equal length."""
    index = np.concatenate(features)
    ones = np.ones(len(index))
    return Counts((ones, (np.concatenate(messages), index)), shape=(rows, 1 << BITS))


def _code_points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Code points of all messages between spaces, and the message that each belongs to."""
    text = " " + tidy_for_features(texts).replace("\n", " \n ") + " "
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    return codes, np.cumsum(codes == 10).astype(np.int64)


def _powers(base: np.uint64, count: int) -> NDArray[np.uint64]:
    return np.cumprod(np.where(np.arange(count) > 0, base, np.uint64(1)), dtype=np.uint64)


def _mix(value: NDArray[np.uint64], kind: int) -> NDArray[np.int64]:
    value = (value ^ (value >> np.uint64(29))) * _MIX + np.uint64(kind) * _BASE
    value = (value ^ (value >> np.uint64(32))) * _MIX
    return (value >> np.uint64(64 - BITS)).astype(np.int64)


def _sequence_starts(
    codes: NDArray[np.uint32], space: NDArray[np.bool_], inner: NDArray[np.int64], length: int
) -> NDArray[np.int64]:
    """Starts of sequences of characters with no space within, though maybe as first or last character.

    space: which characters are spaces; inner: how many spaces come before each.
    """
    count = max(0, len(codes) - length + 1)
    has_no_space = inner[length - 1 : length - 1 + count] == inner[1 : count + 1]
    ends_in_spaces = space[:count] & space[length - 1 : length - 1 + count]
    return np.flatnonzero(has_no_space & ~ends_in_spaces & (codes[:count] != 10))
