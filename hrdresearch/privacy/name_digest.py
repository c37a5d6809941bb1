"""Keyed digests of a name and of a row's identifier, by which a person can be found again."""

from __future__ import annotations

from hrdresearch.names.spelling import digest_words
from hrdresearch.privacy.keys import Key, pseudonym


def name_digest(name: str, key: Key) -> str | None:
    """Keyed digest of a name, equal for any accents, case and order of its words.

    None for a name without a letter: blank names are not one person.
    """
    words = digest_words(name)
    return pseudonym(key, "name", *sorted(words)) if words else None


def record_digest(source: str, record: str, key: Key) -> str | None:
    """Keyed digest of the identifier that a list gives a row; None where it gives none."""
    held = record.strip()
    return pseudonym(key, "record", source, held) if held and held != "None" else None
