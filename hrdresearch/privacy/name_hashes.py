"""Keyed hashes of the spellings of names: what the file of a names index holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hrdresearch.privacy.keys import Key

LABEL, PERMITTED, FORM = 8, 16, 32  # marks beside those of ``names.variants``


@dataclass
class Hashes:
    """Keyed hashes of an index.

    marks: spellings and forms of names, with their marks. words: words of names. labels: labels, and
    words of labels. page: words that the page prints by itself. near_keys, near_words: a key of a
    word's spelling, and the word; sorted by the keys. is_restricted: some names are of a list that is
    not public. kinds: of identifiers.
    """

    marks: dict[int, int] = field(default_factory=dict)
    words: set[int] = field(default_factory=set)
    labels: set[int] = field(default_factory=set)
    page: frozenset[int] = frozenset()
    near_keys: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    near_words: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    is_restricted: bool = False
    kinds: set[str] = field(default_factory=set)


def hash_spelling(key: Key, kind: str, spelling: str) -> int:
    """Keyed hash of one spelling of a name (BLAKE2b, 8 bytes)."""
    message = f"{kind}\x00{spelling}".encode()
    return int.from_bytes(hashlib.blake2b(message, digest_size=8, key=key.secret).digest(), "big")
