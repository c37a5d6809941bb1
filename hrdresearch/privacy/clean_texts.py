"""Texts in which an index of names found nothing: a report that prints them too need not be slower.

Of many briefs most texts are the same: labels, headings, definitions, the page's own style and script.
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
        """Add a text, with its role and whatever else tells how it is read."""
        self.merge([_digest(text)])

    def merge(self, digests: Iterable[bytes]) -> None:
        """Add texts by their digests, those of another process."""
        for digest in digests:
            if len(self._held) < MOST and digest not in self._held:
                self._held.add(digest)
                self._new.append(digest)

    def take_new(self) -> list[bytes]:
        """Digests added since this was last asked."""
        new, self._new = self._new, []
        return new


_BY_INDEXES: dict[str, CleanTexts] = {}


def clean_texts(indexes: str) -> CleanTexts:
    """Texts that are clean for some indexes, by the digests of these; one for the whole process."""
    return _BY_INDEXES.setdefault(indexes, CleanTexts())


def take_new_clean_texts() -> dict[str, list[str]]:
    """What this process has learned since it was last asked, for another one of its program."""
    return {key: [d.hex() for d in clean.take_new()] for key, clean in _BY_INDEXES.items()}


def learn_clean_texts(learned: Mapping[str, Iterable[str]]) -> None:
    """Take over what a copy of this process has learned."""
    for key, digests in learned.items():
        clean_texts(key).merge(map(bytes.fromhex, digests))


def _digest(text: tuple[str | None, ...]) -> bytes:
    return hashlib.blake2b(repr(text).encode("utf-8", "surrogatepass"), digest_size=16).digest()
