"""Undoes spelling tricks: separate letters, signs within words, words misspelt to pass a filter.

Only a word that becomes a word of the vocabulary is changed, so that numbers, initials and names stay as they
are.
"""

from __future__ import annotations

import re

from hrdresearch.coding.attacks.folding import Folded
from hrdresearch.coding.attacks.words import TOKEN, Words

_HAN = "[\u4e00-\u9fff]"
_HAN_APART = re.compile(rf"(?<={_HAN})[ *._\-·|~]+(?={_HAN})")
_LETTER_BY_LETTER = re.compile(r"(?<!\w)[^\W\d_]([ .\-_*]{1,2})[^\W\d_](?:\1[^\W\d_])+(?!\w)")


def undo_spelling_tricks(folded: Folded, words: Words) -> Folded:
    """Undo spelling tricks ("k.i.l.l", "k1ll") where the mended word is one of ``words``."""
    if words.language == "zh":
        apart = [(m.start(), m.end(), "") for m in _HAN_APART.finditer(folded.text)]
        return _replace_parts(folded, apart)
    return _mend_words(_join_letters(folded, words), words)


def _replace_parts(folded: Folded, changes: list[tuple[int, int, str]]) -> Folded:
    """Replace parts of a text; each new letter gets a position of the part that it replaces.

    changes: start, end and new text of each part, in the order of the text.
    """
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for start, end, new in changes:
        parts += [folded.text[at:start], new]
        spots = [i for i in range(start, end) if folded.text[i].isalnum()] or [start]
        spots = spots if len(spots) == len(new.replace(" ", "")) else list(range(start, end))
        letters = (len(new[:i].replace(" ", "")) for i in range(len(new)))
        spots_of_new = (spots[min(letter, len(spots) - 1)] for letter in letters)
        places += [*folded.positions[at:start], *(folded.positions[s] for s in spots_of_new)]
        at = end
    mended = Folded("".join(parts) + folded.text[at:], (*places, *folded.positions[at:]))
    return mended if changes else folded


def _join_letters(folded: Folded, words: Words) -> Folded:
    """``k i l l`` and ``k.i.l.l`` become one word, if that word is known."""
    changes = []
    for found in _LETTER_BY_LETTER.finditer(folded.text):
        spots = [i for i in range(*found.span()) if folded.text[i].isalpha()]
        letters = "".join(folded.text[i] for i in spots)
        changes += next(
            (
                [(spots[first], spots[last - 1] + 1, intended)]
                for first in range(len(letters) - 2)
                for last in range(len(letters), first + 2, -1)
                if (intended := words.join_letters(letters[first:last]))
            ),
            [],
        )
    return _replace_parts(folded, changes)


def _mend_words(folded: Folded, words: Words) -> Folded:
    words.mask(folded.text)
    changes = [
        (m.start(), m.end(), words.spelled[m.group()])
        for m in TOKEN.finditer(folded.text)
        if m.group() in words.spelled
    ]
    return _replace_parts(folded, changes)
