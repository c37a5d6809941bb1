"""Folds messages for the patterns: lower case, without accents, vowel marks and invisible characters.

Each character of a folded message has its position in the message as written, so that evidence can be shown
as written. Misspellings on purpose ("k1ll") are undone in ``mending``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hrdresearch.vocab import vocabulary

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufe0f\u0640"
_PAIRS = " ".join(vocabulary("attacks/letters")["folded"].values()).split()
_LETTERS = str.maketrans({pair[0]: pair[1] for pair in _PAIRS}) | dict.fromkeys(
    map(ord, _INVISIBLE), ""
)


@dataclass(frozen=True)
class Folded:
    """A folded message; ``positions[i]`` is the place of its character i in the message as written."""

    text: str
    positions: Sequence[int]

    def as_written(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the message as written, of a place in the folded text."""
        return self.positions[start], self.positions[max(start, end - 1)] + 1


class _CharacterTable(dict[int, str]):
    """Folded form of every character, computed when it first occurs."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).translate(_LETTERS))
        kept = "".join(part for part in parts if not unicodedata.combining(part))
        return self.setdefault(code, kept.lower().translate(_LETTERS))


_table = _CharacterTable({ord("й"): "й", ord("Й"): "й"})  # not и with a breve


def fold_message(text: str) -> Folded:
    """Fold a message, and keep the position of each character in the message as written.

    >>> fold_message("Tu es un TRAÎTRE").text
    'tu es un traitre'
    """
    if text.isascii():
        return Folded(text.lower(), range(len(text)))
    places = [place for place, sign in enumerate(text) for _ in _table[ord(sign)]]
    return Folded(text.translate(_table), places)


def folded_text(text: str) -> str:
    """Return a text folded as by ``fold_message``, without positions: for words of the vocabulary."""
    return text.translate(_table)
