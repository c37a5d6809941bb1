"""Public officials whom reports may name, so that the scan accepts the name of the mandate holder."""

from __future__ import annotations

import re
from functools import cache

from hrdresearch.vocab import vocabulary


def places_of_officials(text: str) -> list[tuple[int, int]]:
    """Start and end of each full name of a public official in a text.

    >>> places_of_officials("by Mary Lawlor, and Lawlor")
    [(3, 14)]
    """
    return [match.span() for match in _pattern().finditer(text)]


@cache
def _pattern() -> re.Pattern[str]:
    names = [
        r"[\s-]+".join(map(re.escape, n.split())) for n in vocabulary("public_officials")["names"]
    ]
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)
