"""A keyed digest of a whole name, by which a person can be found again for withdrawal."""

from __future__ import annotations

from hrdresearch.names.spelling import plain_text, word_runs
from hrdresearch.privacy.keys import Key, pseudonym


def name_key(name: str, key: Key) -> str:
    """Digest of a name, equal whatever its accents, case, script of Latin, and order of words."""
    pieces = [p for run in word_runs(plain_text(name)) for word in run for p in word.pieces]
    return pseudonym(key, "name", *sorted(pieces))
