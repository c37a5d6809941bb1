"""Names as they are compared: two spellings of one name should agree, two names should not."""

from __future__ import annotations

import re

from anyascii import anyascii

_QUOTES = str.maketrans("“”„«»’‘`", '"""""\'\'\'')
_ASIDE = re.compile(r"\"[^\"]{1,60}\"|\([^()]{1,60}\)|(?<!\w)'[^']{2,60}'(?!\w)")


def normalized(name: str) -> str:
    """Name in Latin letters and lower case, without accents, punctuation, nicknames or asides."""
    without = _ASIDE.sub(" ", name.translate(_QUOTES))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", anyascii(without).casefold()).split())
