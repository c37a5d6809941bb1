"""Folds words for comparison: lower case, no accents or vowel marks, digits of any script as 0-9."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH
from spacy.strings import StringStore
from spacy.tokens import Doc

_NORMS = "hrd_norms"
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
    """Return a word in lower case, without accents, vowel marks and final full stops, with digits 0-9.

    >>> fold_word("Condamné"), fold_word("３"), fold_word("٣"), fold_word("U.S.")
    ('condamne', '3', '3', 'u.s')
    """
    kept = (
        sign
        for sign in unicodedata.normalize("NFKD", word)
        if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf"
    )
    folded = (str(unicodedata.decimal(s, _LETTERS_AS.get(s, s.lower()))) for s in kept)
    return "".join(folded).rstrip(".") or word


def fold_norms(doc: Doc) -> Doc:
    """Write the folded form of each word into ``token.norm_``, which the rules compare; return the text."""
    norms_of(doc)
    return doc


def norms_of(doc: Doc) -> list[int]:
    """Return a number for each word of a text, equal for words that fold alike; keep it with the text.

    ``doc.vocab.strings[number]`` is the folded word.
    """
    norms: list[int] | None = doc.user_data.get(_NORMS)
    if norms is None:
        strings = doc.vocab.strings
        norms = [_fold_known(strings, word) for word in doc.to_array(ORTH).tolist()]
        column: Any = np.array(norms, dtype=np.uint64).reshape(-1, 1)
        doc.from_array([NORM], column)
        doc.user_data[_NORMS] = norms
    return norms


@lru_cache(maxsize=500_000)
def _fold_known(strings: StringStore, word: int) -> int:
    return int(strings.add(fold_word(strings[word])))
