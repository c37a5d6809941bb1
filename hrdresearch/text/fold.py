"""Words folded for comparison: lower case, no accents or vowel marks, digits of any script as 0-9."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH
from spacy.tokens import Doc

_IS_FOLDED = "hrd_norms_are_folded"
_LETTERS_AS = {
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ک": "ك",
    "ی": "ي",
    "ـ": "",
    "–": "-",
    "—": "-",
    "−": "-",
    "‑": "-",
    "ı": "i",
    "đ": "d",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "，": ",",
    "、": ",",
    "；": ";",
}


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """A word in lower case, without accents, vowel marks and full stops, its digits as 0-9.

    >>> fold_word("Condamné"), fold_word("３"), fold_word("٣"), fold_word("U.S.")
    ('condamne', '3', '3', 'u.s')
    """
    letters = []
    for part in unicodedata.normalize("NFKD", word):
        if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
            continue
        digit = unicodedata.decimal(part, None)
        letters.append(str(digit) if digit is not None else _LETTERS_AS.get(part, part.lower()))
    return "".join(letters).rstrip(".") or word


def fold_norms(doc: Doc) -> Doc:
    """Write the folded form of each word into ``token.norm_``, where the rules look for it."""
    if not doc.user_data.get(_IS_FOLDED):
        strings = doc.vocab.strings
        folded = (strings.add(fold_word(strings[word])) for word in doc.to_array(ORTH).tolist())
        norms: Any = np.fromiter(folded, dtype=np.uint64, count=len(doc)).reshape(-1, 1)
        doc.from_array([NORM], norms)
        doc.user_data[_IS_FOLDED] = True
    return doc


def norms_of(doc: Doc) -> list[int]:
    """Numbers that stand for the folded words of a text (``doc.vocab.strings`` has the words)."""
    norms: list[int] = fold_norms(doc).to_array(NORM).tolist()
    return norms
