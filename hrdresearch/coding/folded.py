"""Text folded for comparison, with a map back to the text as written.

Lower case, no accents or vowel marks, digits of any script as 0-9, one kind of hyphen and comma.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LETTERS_AS = {
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ـ": "",
    "–": "-",
    "—": "-",
    "−": "-",
    "‑": "-",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "，": ",",
    "、": ",",
    "；": ";",
}


@dataclass(frozen=True)
class Folded:
    """Folded text, and for each of its characters the position in the original text."""

    text: str
    places: tuple[int, ...]

    def as_written(self, original: str, start: int, end: int) -> str:
        """Part of the original text that ``start`` to ``end`` of the folded text comes from."""
        if start >= end:
            return ""
        return original[self.places[start] : self.places[end - 1] + 1].strip()


def fold(text: str) -> Folded:
    """Fold a text: lower case, no accents, plain digits and hyphens.

    >>> fold("Condamné à ３ ans").text
    'condamne a 3 ans'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character):
            if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
                continue
            digit = unicodedata.decimal(part, None)
            plain = str(digit) if digit is not None else _LETTERS_AS.get(part, part.lower())
            plain = " " if plain.isspace() else plain
            letters += plain
            places += [place] * len(plain)
    return Folded("".join(letters), tuple(places))
