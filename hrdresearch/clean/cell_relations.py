"""Short forms of words in a cell ("s/juicio"), and relatives of those whom it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from hrdresearch.clean.word_forms import SMALL_WORDS, fold, places_of
from hrdresearch.vocab import vocabulary

_SHORT = re.compile(r"(?<![^\s(,;])(w/out|w/o|[scw]/)\s*(?=[^\W\d_]{3})", re.I)
_SIGNS = re.compile(r"[,;/+|\n]+")
_AND = re.compile(r"\s+(?:y|e|and|et|и)\s+|\s+و\s*", re.I)
_INDEFINITE = frozenset(
    ("un", "una", "um", "uma", "une", "a", "an", "el", "la", "del", "los", "las", "the")
)
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


def without_kin_parts(cell: str) -> tuple[list[str], list[str]]:
    """Parts of a cell that name somebody's relatives, and those that name the person; no part without kin.

    Behind "and" the person is named again, unless an article holds both together ("de un campesino y
    periodista") or the gender is another one than that of the relative.

    >>> without_kin_parts("hijo de campesino y periodista"), without_kin_parts("hijo de maestro y abogada")
    ((['hijo de campesino'], ['periodista']), (['hijo de maestro', 'abogada'], []))
    """
    of_kin: list[str] = []
    own: list[str] = []
    for piece in _SIGNS.split(cell):
        parts = [part for part in _AND.split(piece) if fold(part)]
        words = [fold(part).split() for part in parts]
        first = next((at for at, of in enumerate(words) if _governs(of)), len(parts))
        own += parts[:first]
        of_kin += parts[first : first + 1]
        for part, of_part in zip(parts[first + 1 :], words[first + 1 :], strict=True):
            is_held = _INDEFINITE & set(words[first]) or not _is_of_gender(words[first], of_part)
            (of_kin if is_held and not _governs(of_part) else own).append(part)
    return (of_kin, own) if of_kin else ([], [])


def _governs(words: Sequence[str]) -> bool:
    """Whether a part names a relative with somebody behind: "hijo de ...", but not "padre de familia"."""
    is_family = any(word.startswith("famil") for word in words[1:])
    return not is_family and any(
        word in _kin() and words[at + 1 :] for at, word in enumerate(words)
    )


def _is_of_gender(kin: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the endings of a relative and of a profession do not speak of two genders (-o, -a)."""
    relative = next(word for word in kin if word in _kin())
    ends = {
        word[-1] for word in (relative, own[0]) if word[-1] in "oa" and not word.endswith("sta")
    }
    return len(ends) < 2


def _is_after_kin(words: Sequence[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and words[before] in _ARTICLES:
        before -= 1
    is_family = words[at].startswith("famil")  # a "padre de familia" is nobody's relative here
    if is_family or before < 0 or words[before] not in _kin():
        return False
    return before < at - 1 or not words[before].isascii()  # "жена журналиста" has no "of"


@cache
def _kin() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in vocabulary("list_values")["kin"])
