"""Knows Chinese and Korean syllables in Latin letters, and spells names as other systems do.

A name in Latin letters does not say by which characters it is written. Each of its syllables is read
back to the characters that may be spelled so, and these are spelled as other places spell them (pinyin,
Hong Kong, Taiwan, older Korean systems). Tables: ``vocab/name_readings.yml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from hrdresearch.names.romanize import characters_by_syllable, romanize

_HYPHENS = re.compile(r"['’‧·‐‑ -]")
_ONE_SYLLABLE = re.compile(r"[^aeiou.]*[aeiouyw]+[^aeiou.]*")
_MOST_SYLLABLES = 3
_MOST = 60  # spellings of one word


@lru_cache(maxsize=20_000)
def syllables_of(word: str) -> tuple[str, ...]:
    """Chinese or Korean syllables of a word in Latin letters; none if it is not made of such syllables.

    >>> syllables_of("Chu-ko"), syllables_of("Guoqiang"), syllables_of("Zunela")
    (('chu', 'ko'), ('guo', 'qiang'), ())
    """
    pieces = [p for p in _HYPHENS.split(word.lower()) if p]
    found: list[str] = []
    for piece in pieces:
        split = _split(piece, _MOST_SYLLABLES)
        if not split:
            return ()
        found += split
    return tuple(found) if len(found) <= _MOST_SYLLABLES else ()


def other_spellings(word: str) -> frozenset[str]:
    """Spellings of a word in other systems of romanization, without hyphens; at most 60.

    >>> "kwokkeung" in other_spellings("Guoqiang")
    True
    >>> other_spellings("Zunela")
    frozenset()
    """
    choices = [_readings_of(syllable) for syllable in syllables_of(word)]
    out = []
    for spelled in product(*choices):
        out.append("".join(spelled))
        if len(out) == _MOST:
            break
    return frozenset(out) if choices else frozenset()


def is_syllable(word: str) -> bool:
    """Whether a word in Latin letters is one syllable, as most Chinese and Korean names are.

    >>> is_syllable("Kwok"), is_syllable("Zunela")
    (True, False)
    """
    return bool(_ONE_SYLLABLE.fullmatch(word.lower()))


def is_chinese(word: str) -> bool:
    """Whether a word in Latin letters may be one or two Chinese syllables.

    >>> is_chinese("Guoqiang"), is_chinese("Zunela")
    (True, False)
    """
    return bool(_syllables(word))


def split_chinese_names(words: list[str]) -> list[str]:
    """Split the words of a Chinese name into syllables; the words of any other name stay as they are.

    So ``Guoqiang`` can be compared with ``Kwok-keung``. words: in Latin letters.

    >>> split_chinese_names(["Wen", "Guoqiang"]), split_chinese_names(["Zunela", "Wen"])
    (['Wen', 'Guo', 'qiang'], ['Zunela', 'Wen'])
    """
    if not 2 <= len(words) <= 3:
        return words
    out = [_syllables(word) for word in words]
    return [s for own in out for s in own] if all(out) else words


def _syllables(word: str) -> list[str]:
    """The one or two Chinese syllables of a word; none where it may not be Chinese."""
    lower, known = word.lower(), characters_by_syllable()
    cuts = [n for n in range(2, len(lower) - 1) if lower[:n] in known and lower[n:] in known]
    if lower in known:
        return [word]
    return [word[: cuts[-1]], word[cuts[-1] :]] if cuts else []


def _split(piece: str, most: int) -> list[str]:
    known = characters_by_syllable()
    if piece in known:
        return [piece]
    for at in range(len(piece) - 2, 1, -1) if most > 1 else ():
        if piece[:at] in known and (rest := _split(piece[at:], most - 1)):
            return [piece[:at], *rest]
    return []


@lru_cache(maxsize=2_000)
def _readings_of(syllable: str) -> tuple[str, ...]:
    signs = sorted(characters_by_syllable()[syllable])
    return tuple(dict.fromkeys([syllable, *(r for sign in signs for r in romanize(sign))]))
