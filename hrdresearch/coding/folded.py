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

    def written(self, original: str, start: int, end: int) -> str:
        """Part of the original text that ``start`` to ``end`` of the folded text comes from."""
        if start >= end:
            return ""
        return original[self.places[start] : self.places[end - 1] + 1].strip()


def fold(text: str) -> Folded:
    """Lower case, no accents, plain digits and hyphens."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKD", character):
            if unicodedata.combining(piece) or unicodedata.category(piece) == "Cf":
                continue
            digit = unicodedata.decimal(piece, None)
            plain = str(digit) if digit is not None else _LETTERS_AS.get(piece, piece.lower())
            plain = " " if plain.isspace() else plain
            out += plain
            places += [place] * len(plain)
    return Folded("".join(out), tuple(places))
