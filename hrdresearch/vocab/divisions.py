"""Spellings of first-level administrative divisions, from ``admin1.yml``."""

from __future__ import annotations

from hrdresearch.vocab import vocabulary


def division_spellings(iso3: str) -> dict[str, str]:
    """Each spelling of a division of a State in the vocabulary, with the name in the one spelling we use.

    >>> division_spellings("MEX")["Edomex"]
    'Estado de México'
    """
    found: dict[str, str] = {}
    for division in vocabulary("admin1")["divisions"].get(iso3, []):
        name, others = (division, []) if isinstance(division, str) else next(iter(division.items()))
        found |= dict.fromkeys((name, *others), name)
    return found
