"""Keyed digests of names and of identifiers of rows, by which a person can be recognized again."""

from __future__ import annotations

from hrdresearch.names.spelling import digest_words
from hrdresearch.privacy.keys import Key, pseudonym


def name_digest(name: str, key: Key) -> str | None:
    """Keyed digest of a name; accents, case and the order of its words make no difference.

    None for a name without a letter, because rows with blank names are not one person.
    """
    words = digest_words(name)
    return pseudonym(key, "name", *sorted(words)) if words else None


def record_digest(source: str, record: str, key: Key) -> str | None:
    """Keyed digest of the identifier that a list gives a row; None where it gives none."""
    held = record.strip()
    return pseudonym(key, "record", source, held) if held and held != "None" else None
