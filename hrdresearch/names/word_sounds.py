"""How far apart two spellings of a word sound: an edit distance with costs for each sound.

The method is the weighted edit distance of Wagner and Fischer (1974) over sounds, as in the
ALINE family (Kondrak 2000): letters are read as sounds, sounds that romanizations confuse cost
little, a vowel that a script leaves out costs nothing much. Costs: ``vocab/name_sounds.yml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from hrdresearch.vocab import vocabulary

_GLIDES = "yw123h."
_SIZES = (7, 4, 3, 2, 1)  # letters of a group that is one sound
_LEAST_WEIGHT = 1.5  # shorter words count as much, so that Li and Lu differ much
_VOWEL_ALONE = 1.1  # weight of a word that is one vowel, with a glide at most: I, Yi, Woo
_VOWEL_FOR_CONSONANT = 1.2  # cost
_OTHER_BEGINNING = 0.25  # cost of another first consonant: spellings seldom change it
_AT_ONCE = 100_000  # pairs of words that are compared together
_OTHER_FINAL = 0.9  # cost of a final o or e for a, if all else is the same: María and Mario


@lru_cache(maxsize=200_000)
def to_sounds(letters: str) -> str:
    """Latin letters as sounds, one sign for each sound; doubled letters become one.

    >>> to_sounds("shaaban"), to_sounds("muhammad")
    ('Saban', 'muhamad')
    """
    groups = _latin()
    out, at = "", 0
    letters = re.sub(r"ou(?=[aeiou])", "w", re.sub(r"([^aeou\W\d_])\1+", r"\1", letters))
    while at < len(letters):
        for size in _SIZES:
            part = letters[at : at + size]
            if len(part) == size and (part in groups or size == 1):
                out += groups.get(part, part)
                at += size
                break
    return re.sub("N(?=[kgqGcx])", "n", re.sub(r"(.)\1+", r"\1", out))


@lru_cache(maxsize=500_000)
def sound_likeness(a: str, b: str) -> float:
    """How alike two words sound, from 0 (nothing in common) to 1 (the same).

    a, b: words as ``to_sounds`` gives them.

    >>> sound_likeness(to_sounds("mohammed"), to_sounds("muhamad")) > 0.9
    True
    >>> sound_likeness(to_sounds("maria"), to_sounds("mario")) < 0.8
    True
    """
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    size = max(_LEAST_WEIGHT, (_weight(a) + _weight(b)) / 2)
    if abs(_weight(a) - _weight(b)) > 0.5 * size:
        return 0.0
    cost = _distance(a, b) + (_OTHER_BEGINNING if _begin_apart(a, b) else 0.0)
    if a[:-1] == b[:-1] and {a[-1], b[-1]} in ({"a", "o"}, {"a", "e"}):
        cost = _OTHER_FINAL
    if min(_weight(a), _weight(b)) <= _VOWEL_ALONE:
        cost *= 2
    return max(0.0, 1 - cost / size)


def near_in_sound(
    words: Sequence[str], a: NDArray[np.integer], b: NDArray[np.integer], least: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether the two words of each pair may reach a likeness; for many pairs at once.

    words: words as ``to_sounds`` gives them. a, b: positions of the two words of each pair in ``words``.
    least: the likeness for each pair, 0 to 1. Never False if ``sound_likeness`` is ``least`` or more.
    """
    weights = np.array([_weight(word) for word in words])
    bodies = {body: n for n, body in enumerate({word[:-1] for word in words})}
    body = np.array([bodies[word[:-1]] for word in words], dtype=int)
    lengths = np.array([len(word) for word in words], dtype=int)
    found: NDArray[np.bool_] = body[a] == body[b]
    most = (1 - least) * np.maximum(_LEAST_WEIGHT, (weights[a] + weights[b]) / 2) + 1e-9
    size = np.maximum(lengths[a], lengths[b])
    for longest in np.unique(size):
        of_size = np.flatnonzero((size == longest) & ~found)
        for part in np.array_split(of_size, len(of_size) // _AT_ONCE + 1):
            found[part] = _distances(words, a[part], b[part], longest) <= most[part]
    return found


def _distances(
    words: Sequence[str], a: NDArray[np.integer], b: NDArray[np.integer], longest: int
) -> NDArray[np.float64]:
    """``_distance`` of each pair of words that have no more than ``longest`` sounds."""
    used, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    held = [words[at] for at in used]
    signs = {sign: n for n, sign in enumerate(sorted(set("".join(held))), start=1)}  # 0: no sound
    costs = np.full((len(signs) + 1, len(signs) + 1), math.inf)
    costs[0, 0] = 0
    for one, at in signs.items():
        costs[at, 1:] = [_swap(one, other) for other in signs]
    coded, gaps = np.zeros((longest, len(held)), int), np.zeros((longest, len(held)))
    for at, word in enumerate(held):
        coded[: len(word), at], gaps[: len(word), at] = [signs[s] for s in word], _gaps(word)
    (x, y), (gap_x, gap_y) = (np.split(v[:, place], 2, axis=1) for v in (coded, gaps))
    row = [np.zeros(len(a)), *np.cumsum(gap_y, axis=0)]
    for sound, gap in zip(x, gap_x, strict=True):
        before, row = row, [row[0] + gap]
        for at, other in enumerate(y):
            cheapest = np.minimum(before[at] + costs[sound, other], before[at + 1] + gap)
            row.append(np.minimum(cheapest, row[at] + gap_y[at]))
    return np.asarray(row[-1])


def consonant_classes(letters: str) -> str:
    """Consonants of a word as classes that hardly any romanization confuses.

    letters: a word as ``to_sounds`` gives it. ``candidates`` compares names with equal classes.

    >>> consonant_classes(to_sounds("khadija")) == consonant_classes(to_sounds("hadidja"))
    True
    """
    return re.sub(r"(.)\1+", r"\1", "".join(_CONSONANT_CLASS.get(sound, "") for sound in letters))


_CONSONANT_CLASS = {
    sound: name
    for name, held in {
        "p": "bpf",
        "t": "tdH",
        "k": "kgqGcCJSsZzTX",
        "m": "m",
        "n": "nNñ",
        "l": "lr",
    }.items()
    for sound in held
}


@cache
def _latin() -> dict[str, str]:
    return dict(vocabulary("name_sounds")["latin"])


@cache
def _vowels() -> frozenset[str]:
    return frozenset(vocabulary("name_sounds")["vowels"])


@cache
def _near() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for cost, pairs in sorted(vocabulary("name_sounds")["near"].items(), reverse=True):
        for one, other in pairs:
            costs[one, other] = costs[other, one] = float(cost)
    return costs


@lru_cache(maxsize=4_000)
def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    near = _near().get((a, b))
    if near is not None:
        return near
    vowels = _vowels()
    if "." in (a, b):
        other = a if b == "." else b
        return 0.03 if other in vowels else 0.1 if other in "yw12h" else 1.0
    if a in vowels and b in vowels:
        return 0.5
    return _VOWEL_FOR_CONSONANT if (a in vowels) != (b in vowels) else 1.0


@lru_cache(maxsize=200_000)
def _gaps(word: str) -> tuple[float, ...]:
    """Cost of leaving out each sound of a word."""
    vowels, out = _vowels(), []
    for at, sound in enumerate(word):
        beside = (word[at - 1] if at else "") + word[at + 1 : at + 2]
        by_vowel = any(c in vowels or c in _GLIDES for c in beside)
        if sound in ".4":
            cost = 0.02 if sound == "." else 0.1
        elif sound in vowels:
            cost = 0.2 if by_vowel else 0.4
            if sound == "e" and at == len(word) - 1:
                cost = 0.15
        elif sound == "h":
            is_inside = 0 < at < len(word) - 1 and word[at - 1] in vowels and word[at + 1] in vowels
            cost = 0.3 if is_inside or (at == 0 and word[1:2] in vowels) else 0.15
        elif sound in "yw123":
            cost = 0.2 if by_vowel else 0.3
        elif sound == "r" and at and at == len(word) - 1 and word[at - 1] == "a":
            cost = 0.4  # Thanda, Thandar
        else:
            cost = 0.85
        out.append(cost)
    return tuple(out)


@lru_cache(maxsize=200_000)
def _weight(word: str) -> float:
    vowels = _vowels()
    return sum(
        0.15 if c == "." else 0.5 if c in vowels else 0.6 if c in _GLIDES else 1.0 for c in word
    )


def _begin_apart(a: str, b: str) -> bool:
    if a[0] in _vowels() or b[0] in _vowels() or "." in (a[0], b[0]):
        return False
    return _swap(a[0], b[0]) > 0.25


def _distance(a: str, b: str) -> float:
    """Cost of turning one word into the other."""
    gaps_a, gaps_b = _gaps(a), _gaps(b)
    row = [0.0]
    for gap in gaps_b:
        row.append(row[-1] + gap)
    for sound, gap in zip(a, gaps_a, strict=True):
        before, row = row, [row[0] + gap]
        for at, other in enumerate(b):
            row.append(
                min(
                    before[at] + _swap(sound, other),
                    before[at + 1] + gap,
                    row[at] + gaps_b[at],
                )
            )
    return row[-1]
