"""Short forms of words in a cell ("s/juicio"), and relatives of those whom it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from hrdresearch.clean.word_forms import SMALL_WORDS, fold, places_of
from hrdresearch.vocab import vocabulary

_SHORT = re.compile(r"(?<![^\s(,;])(w/o|[scw]/)\s*(?=[^\W\d_]{3})", re.I)
_ARTICLES = SMALL_WORDS | {"un", "una", "uno", "um", "uma", "une"}


def words_in_full(cell: str) -> str:
    """A cell with its short forms of "with" and "without" in full.

    >>> [words_in_full(c) for c in ("s/juicio", "S/ juicio", "s/j", "w/o trial", "detenido/a")]
    ['sin juicio', 'sin juicio', 'sin juicio', 'without trial', 'detenido/a']
    """
    if "/" not in cell:
        return cell
    forms = vocabulary("list_values")
    if whole := forms["short_cells"].get(cell.strip().casefold()):
        return str(whole)
    full = {str(short).rstrip("/"): str(word) for short, word in forms["short_forms"].items()}
    return _SHORT.sub(lambda m: full[m[1].casefold().rstrip("/")] + " ", cell)


def without_kin(words: Sequence[str], phrases: Sequence[Sequence[str]]) -> list[bool]:
    """Whether each phrase names the person of a cell, and not somebody whose relative the person is.

    >>> without_kin(["sobrino", "de", "dirigente"], [["dirigente"]])
    [False]
    """
    places = [places_of(words, phrase) for phrase in phrases]
    of_kin = [at for of in places for at in of if _is_after_kin(words, at)]
    first = min(of_kin, default=len(words))
    return [any(at < first for at in of) for of in places]


def _is_after_kin(words: Sequence[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and words[before] in _ARTICLES:
        before -= 1
    is_family = words[at].startswith("famil")  # a "padre de familia" is nobody's relative here
    return 0 <= before < at - 1 and words[before] in _kin() and not is_family


@cache
def _kin() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in vocabulary("list_values")["kin"])
