"""A keyed digest of a whole name, by which a person can be found again for withdrawal."""

from __future__ import annotations

from hrdresearch.names.spelling import digest_words
from hrdresearch.privacy.keys import Key, pseudonym


def name_key(name: str, key: Key) -> str:
    """Digest of a name, equal whatever its accents, case, script of Latin, and order of words."""
    return pseudonym(key, "name", *sorted(digest_words(name)))
