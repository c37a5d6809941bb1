"""Remembers texts in which the scan found no name, so that the next report does not search them again.

Most texts of many briefs are the same: labels, headings, definitions, style and script of the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

MOST = 500_000  # digests held, about 50 megabytes


class CleanTexts:
    """Digests of texts that are clean for the same indexes, with the same names permitted.

    >>> clean = CleanTexts()
    >>> clean.add(("By year", "label", None))
    >>> ("By year", "label", None) in clean, ("By year", "text", None) in clean
    (True, False)
    """

    def __init__(self) -> None:
        self._held: set[bytes] = set()
        self._new: list[bytes] = []

    def __contains__(self, text: tuple[str | None, ...]) -> bool:
        return bool(self._held) and _digest(text) in self._held

    def add(self, text: tuple[str | None, ...]) -> None:
        """Add a text with its role, and with all else that decides how the scan reads it."""
        self.merge([_digest(text)])

    def merge(self, digests: Iterable[bytes]) -> None:
        """Add the digests of texts that another process found clean."""
        for digest in digests:
            if len(self._held) < MOST and digest not in self._held:
                self._held.add(digest)
                self._new.append(digest)

    def take_new(self) -> list[bytes]:
        """Digests that were added since the last call."""
        new, self._new = self._new, []
        return new


_BY_INDEXES: dict[str, CleanTexts] = {}


def clean_texts(indexes: str) -> CleanTexts:
    """The clean texts of some indexes, the same object at every call; indexes: their digests."""
    return _BY_INDEXES.setdefault(indexes, CleanTexts())


def take_new_clean_texts() -> dict[str, list[str]]:
    """Digests of texts that this process found clean since the last call, to hand to another process."""
    return {key: [d.hex() for d in clean.take_new()] for key, clean in _BY_INDEXES.items()}


def learn_clean_texts(learned: Mapping[str, Iterable[str]]) -> None:
    """Take over what ``take_new_clean_texts`` gave in another process."""
    for key, digests in learned.items():
        clean_texts(key).merge(map(bytes.fromhex, digests))


def _digest(text: tuple[str | None, ...]) -> bytes:
    return hashlib.blake2b(repr(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()
