"""Short forms in a cell, with a point or in capitals ("crimen org."): words that they may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from hrdresearch.clean.word_forms import fold

FEWEST, LONGEST = 3, 8  # letters of a short form
FEWEST_IN_CAPITALS = 4  # of one without a point
MOST_WORDS = 6  # of a cell; more are a sentence, which ends in a point
MOST = 60  # readings of a cell
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?\.?")


def readings(cell: str, known: Sequence[str]) -> list[str]:
    """A cell with each of its short forms in full, in every way; empty where it has none that is known.

    known: words, folded. A short form begins like its word, and ends in a point or is in
    capitals; around a hyphen stand its beginning and end.

    >>> readings("grupo org.", ["organizado", "organizada", "armado"])
    ['grupo organizado', 'grupo organizada']
    """
    words = _WORD.findall(cell)
    in_full = [_in_full(word, known) for word in words]
    if not any(in_full) or len(words) > MOST_WORDS:
        return []
    ways = [full or [fold(word)] for word, full in zip(words, in_full, strict=True)]
    number = 1
    for way in ways:
        number *= len(way)
    return [" ".join(way) for way in product(*ways)] if number <= MOST else []


def _in_full(word: str, known: Sequence[str]) -> list[str]:
    begin, hyphen, end = (fold(part) for part in word.partition("-"))
    if hyphen or "-" in word:
        fits = [w for w in known if w.startswith(begin) and w.endswith(end) and w != begin + end]
        return fits if len(begin) >= FEWEST and 0 < len(end) <= FEWEST else []
    in_capitals = word.isupper() and len(word) >= FEWEST_IN_CAPITALS
    if not (word.endswith(".") or in_capitals) or not FEWEST <= len(begin) <= LONGEST:
        return []
    return [w for w in known if w.startswith(begin) and w != begin]
