"""Handles of accounts that the leak scan looks for, besides the names of a build.

A names index finds a name in many spellings and ignores digits. A handle is one exact word, with its
digits and underscores, and an archive may hold millions of them. Only keyed hashes are kept. A handle
that is also a word of the page ("reports") is looked for only after ``@``, because alone it would be
found in every report.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from hrdresearch.names.spelling import plain_text
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.name_search import Span
from hrdresearch.privacy.names_index import NamesIndex

WORD = re.compile(r"(@?)(\w[\w.\-]*(?:@\w[\w.\-]*)?)")
SHORTEST = 4  # letters of a handle that is looked for without @ before it
SHORTEST_NUMBER = 9  # digits of an account number that is looked for
KIND = "handle"


def hash_handles(handles: Iterable[str], key: Key, page: Collection[str]) -> bytes:
    """Hash handles with the key; returns the contents of a file for ``HandlesIndex``.

    page: words that the page itself prints, in lower case.
    """
    behind_at: set[int] = set()
    alone: set[int] = set()
    for handle in handles:
        plain = plain_text(handle).strip().strip("@").casefold()
        if not plain or " " in plain:
            continue
        digest = _digest(key, plain)
        behind_at.add(digest)
        if len(plain) >= (SHORTEST_NUMBER if plain.isdigit() else SHORTEST) and plain not in page:
            alone.add(digest)
    with io.BytesIO() as file:
        np.savez_compressed(file, behind_at=_sorted(behind_at), alone=_sorted(alone))
        return file.getvalue()


def words_of_text(text: str) -> set[str]:
    """Words of a text in lower case, without ``@`` and a final full stop.

    >>> sorted(words_of_text("Write to @Maria_9."))
    ['maria_9', 'to', 'write']
    """
    return {found[2].rstrip(".-").casefold() for found in WORD.finditer(text)}


class HandlesIndex(NamesIndex):
    """A names index that also finds account handles."""

    def __init__(self, names: NamesIndex, key: Key, data: bytes) -> None:
        self.__dict__.update(names.__dict__)
        self._handle_key = key
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            self._behind_at, self._alone = held["behind_at"], held["alone"]
        self.entries = names.entries + len(self._behind_at)

    @property
    def finds_nothing(self) -> bool:
        """Always False, because the index holds handles."""
        return False

    def find(self, text: str) -> list[Span]:
        """Find names and handles; the places are those in ``plain_text(text)``."""
        return super().find(text) + self._find_handles(text)

    def find_beside_names(self, text: str) -> list[Span]:
        """Find handles and identifiers in a text that holds no name."""
        return super().find_beside_names(text) + self._find_handles(text)

    def _find_handles(self, text: str) -> list[Span]:
        found = []
        for word in WORD.finditer(plain_text(text)):
            plain = word[2].rstrip(".-").casefold()
            held = self._behind_at if word[1] else self._alone
            if _holds(held, _digest(self._handle_key, plain)):
                found.append(Span(word.start(2), word.start(2) + len(plain), KIND, False))
        return found


def _digest(key: Key, plain: str) -> int:
    hashed = hashlib.blake2b(f"handle\x00{plain}".encode(), digest_size=8, key=key.secret)
    return int.from_bytes(hashed.digest(), "big")


def _sorted(digests: set[int]) -> NDArray[np.uint64]:
    return np.sort(np.fromiter(digests, dtype=np.uint64, count=len(digests)))


def _holds(held: NDArray[np.uint64], digest: int) -> bool:
    at = int(np.searchsorted(held, np.uint64(digest)))
    return at < len(held) and int(held[at]) == digest
