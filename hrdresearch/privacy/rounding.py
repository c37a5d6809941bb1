"""Rounding of counts of persons that leave a restricted list: multiples of 5, drawn once.

A chance number is added to a count, and the sum goes to the nearest multiple of 5: whether one
person came or went cannot be read from the figure, even by somebody who knows of all others (noise
before rounding: Hundepool et al. 2012, Statistical Disclosure Control, ch. 5). The draw of a cell
comes from the key, the edition and the name of the cell: to render an edition again gives the same
figures, and without the key nobody can repeat it. Why so, and what it costs: docs/decisions/0011.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Iterable
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd

BASE = 5
SPREAD = 2.5  # persons: standard deviation of the chance number
WIDEST = 7  # persons: the chance number is never larger
FIVE_FOR_SMALL = (0, 0, 0, 1 / 3, 2 / 3)  # chance of "5" for 0 to 4 persons
FEWEST_CHANGES = 10  # persons of an area who change before its figures do
MOST_AWAITED = 19  # persons: the number that is awaited is drawn from FEWEST_CHANGES to this
Mode = Literal["random", "nearest"]


def round_count(count: int, key: bytes, edition: str, cell: str, mode: Mode = "random") -> int:
    """Multiple of 5 that is printed for a count of persons; 0 stands for "fewer than 5".

    A count of 5 or more is never printed as "fewer than 5", and one of 0 to 2 always. Raises
    ValueError for a count below zero.

    >>> round_count(2, b"key", "2026-1", "total")
    0
    >>> round_count(23, b"key", "2026-1", "total") in (15, 20, 25, 30)
    True
    >>> round_count(23, b"key", "2026-1", "total", mode="nearest")
    25
    """
    return int(round_counts(pd.Series({cell: count}), key, edition, mode).iloc[0])


def round_counts(counts: pd.Series, key: bytes, edition: str, mode: Mode = "random") -> pd.Series:
    """Round counts of persons to the multiples of 5 that are printed, 0 for "fewer than 5".

    counts: exact counts; the index holds the names of the cells. Raises ValueError for a count below zero.
    """
    exact = counts.to_numpy(dtype=np.int64)
    if (exact < 0).any():
        raise ValueError("a count of persons is below zero")
    like = _small_equivalent(exact)
    sums = np.array([np.cumsum(_chances(n, mode)) for n in range(int(like.max(initial=0)) + 1)])
    drawn = _draws(b"round", counts.index, key, edition)
    steps = (sums[like] <= drawn[:, None]).sum(axis=1)
    return pd.Series(exact - like + BASE * steps, index=counts.index, name=counts.name)


def printed_chances(count: int, mode: Mode = "random") -> dict[int, float]:
    """Chance of each figure that may be printed for a count; the chances sum to 1.

    >>> {printed: round(chance, 2) for printed, chance in printed_chances(4).items()}
    {0: 0.33, 5: 0.67}
    """
    like = int(_small_equivalent(np.array([count]))[0])
    chances = enumerate(_chances(like, mode))
    return {count - like + BASE * step: chance for step, chance in chances if chance}


def possible_counts(published: int, mode: Mode = "random") -> range:
    """Exact counts that may stand behind a printed multiple of 5.

    >>> possible_counts(0), possible_counts(5), possible_counts(30)
    (range(0, 5), range(3, 15), range(21, 40))
    """
    if published < 0 or published % BASE:
        raise ValueError(f"{published} is no multiple of {BASE}")
    reach = range(max(published - 2 * BASE, 0), published + 2 * BASE + 1)
    behind = [count for count in reach if published in printed_chances(count, mode)]
    return range(behind[0], behind[-1] + 1)


def awaited_changes(key: bytes, edition: str, area: str) -> int:
    """Number of changed persons, 10 to 19, from which the figures of an area change in an edition.

    The number is drawn, because a fixed number would show a reader who knows of nine changes in which
    edition the tenth was.
    """
    return FEWEST_CHANGES + drawn_number(
        b"await", key, edition, area, MOST_AWAITED - FEWEST_CHANGES + 1
    )


def drawn_number(purpose: bytes, key: bytes, edition: str, name: str, below: int) -> int:
    """Draw a whole number from 0 to ``below`` - 1; the same purpose, key, edition and name give the same."""
    [drawn] = _draws(purpose, [name], key, edition)
    return int(drawn * below)


def chance_number(key: bytes, edition: str, name: str) -> int:
    """Draw the random number, -7 to 7 (bell-shaped), by which the place of a median is moved.

    The same key, edition and name give the same number.
    """
    [drawn] = _draws(b"median", [name], key, edition)
    return int(np.searchsorted(np.cumsum(list(_BELL.values())), drawn, side="right")) - WIDEST


def _small_equivalent(exact: np.ndarray) -> np.ndarray:
    """For each count a small count with the same chances of rounding, apart from whole steps of 5."""
    first = BASE * (1 + math.ceil(WIDEST / BASE)) + BASE
    return np.where(exact < first, exact, first + (exact - first) % BASE)


@cache
def _chances(count: int, mode: Mode) -> tuple[float, ...]:
    """Chance of 0, 5, 10 ... for a count that ``_small_equivalent`` gives."""
    chances = [0.0] * (2 * _STEPS)
    if mode == "nearest":
        chances[(count + BASE // 2) // BASE if count >= BASE else 0] = 1.0
    elif count < BASE:
        chances[0], chances[1] = 1 - FIVE_FOR_SMALL[count], FIVE_FOR_SMALL[count]
    else:
        for number, chance in _BELL.items():
            chances[max((count + number + BASE // 2) // BASE, 1)] += chance
    return tuple(chances)


_WEIGHTS = {n: math.exp(-(n**2) / (2 * SPREAD**2)) for n in range(-WIDEST, WIDEST + 1)}
_BELL = {n: weight / sum(_WEIGHTS.values()) for n, weight in _WEIGHTS.items()}
_STEPS = 2 + math.ceil(2 * WIDEST / BASE)


def _draws(purpose: bytes, names: Iterable[object], key: bytes, edition: str) -> np.ndarray:
    """One number from 0 to 1 (1 excluded) a name, the same for the same key, edition and name."""
    start = edition.encode("utf-8")
    start = purpose + len(start).to_bytes(4, "big") + start
    drawn = b"".join(
        hmac.digest(key, start + str(name).encode("utf-8"), "sha256")[:4] for name in names
    )
    return np.frombuffer(drawn, dtype=">u4") / 2.0**32
