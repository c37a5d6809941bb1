"""Splits Arabic names of two words that some write as one: Noureddine, Nour al-Din; Bensalah, Ben Salah."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hrdresearch.vocab import vocabulary

_DIN = re.compile(r"\b(?!geraldin)(\w{3,})?[ -]?(?:[aeiou]d|[ae]l)[ '-]?d(?:i|ee|y)ne?\b", re.I)
_ARABIC_DIN = re.compile(r"\b(\w{2,}) ?ال ?دين\b")
_BEN = re.compile(r"\bben(?!jam)(?=[^\W\dei_]\w{3,}\b)", re.I)


@lru_cache(maxsize=500_000)
def split_joined_names(text: str) -> str:
    """Write names with -eddine and Ben- in a text as two words, without the article between them.

    >>> split_joined_names("Noureddine, Nur al-Din, Bensalah, Benita")
    'Nour Din, Nur Din, Ben salah, Benita'
    """
    text = _ARABIC_DIN.sub(r"\1 دين", text)
    text = _single_din().sub(r"\1 Din", text)
    return _BEN.sub("Ben ", _DIN.sub(lambda m: f"{m[1] or ''} Din", text))


@cache
def _single_din() -> re.Pattern[str]:
    before = "|".join(vocabulary("name_words")["before_din"].split())
    return re.compile(rf"\b({before})[aeiou]?d(?:i|ee|y)ne?\b", re.I)
