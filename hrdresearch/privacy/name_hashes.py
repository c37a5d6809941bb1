"""Keyed hashes of the spellings of names: what the file of a names index holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hrdresearch.names.spelling import folded_words
from hrdresearch.privacy.keys import Key

LABEL, PERMITTED, FORM, WHOLE = 8, 16, 32, 64  # marks beside those of ``names.variants``


@dataclass
class NameHashes:
    """Keyed hashes that an index of names holds.

    marks: hash of each spelling and form of a name -> its marks. words: words of names. labels: labels
    and words of labels. page: words that the page prints by itself. near_keys, near_words: a key of the
    spelling of a word, and the word; sorted by the keys. is_restricted: whether some names are of a list
    that is not public. kinds: kinds of identifiers.
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


class HashedNames:
    """Answers of an index of names that need its hashes only."""

    def __init__(self, key: Key, hashes: NameHashes) -> None:
        self._key = key
        self._hashes = hashes
        self._marks, self._words, self._labels = hashes.marks, hashes.words, hashes.labels

    @property
    def holds_names(self) -> bool:
        """Whether the index holds any name; one with labels alone finds a name in no text."""
        return any(mark != LABEL for mark in self._marks.values())

    def holds_form(self, kind: str, spelling: str) -> bool:
        """Whether a spelling is a form of this kind of some name that may not be printed."""
        mark = self._marks.get(self._digest(kind, spelling))
        return mark is not None and not mark & PERMITTED

    def word_digest(self, token: str) -> int | None:
        """Hash of a folded word where it is a word of a name."""
        digest = self._digest("word", token)
        return digest if digest in self._words else None

    def words_near(self, keys: set[str]) -> tuple[int, ...]:
        """Hashes of words of names that have one of these spelling keys."""
        digests = np.array([self._digest("near", key) for key in keys], dtype=np.uint64)
        held = self._hashes.near_keys
        first, last = np.searchsorted(held, digests), np.searchsorted(held, digests, "right")
        near = [self._hashes.near_words[a:b] for a, b in zip(first, last, strict=True) if a < b]
        return tuple(dict.fromkeys(int(digest) for words in near for digest in words))

    def is_page_word(self, token: str) -> bool:
        """Whether the page prints this folded word by itself."""
        return self._digest("page", token) in self._hashes.page

    def is_label_word(self, token: str) -> bool:
        """Whether the folded word is a word of a label."""
        return self._digest("label word", token) in self._labels

    def mark_of_word(self, text: str) -> str:
        """Keyed mark of a text; it is the same for all spellings that the index takes for one."""
        return f"{self._digest('accepted word', folded_words(text)):016x}"

    def _digest(self, kind: str, spelling: str) -> int:
        return hash_spelling(self._key, kind, spelling)
