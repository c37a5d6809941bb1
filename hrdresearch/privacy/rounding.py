"""Rounding of counts of persons that leave a restricted list: multiples of 5, drawn once.

A count goes up or down to a neighbouring multiple of 5 by chance, the nearer the likelier, so that
on average it stays what it is (random rounding: Hundepool et al. 2012, Statistical Disclosure
Control, ch. 5). The draw of a cell comes from the key, the edition and the name of the cell: to
render an edition again gives the same figures, and without the key nobody can repeat it.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

BASE = 5
FEWEST_CHANGES = 10
Mode = Literal["random", "nearest"]


def round_count(count: int, key: bytes, edition: str, cell: str, mode: Mode = "random") -> int:
    """Multiple of 5 that is printed for a count of persons; 0 stands for "fewer than 5".

    A count of 5 or more is never printed as "fewer than 5", and none as 0. Raises ValueError for a
    count below zero.

    >>> round_count(20, b"key", "2026-1", "total")
    20
    >>> round_count(23, b"key", "2026-1", "total") in (20, 25)
    True
    >>> round_count(4, b"key", "2026-1", "total", mode="nearest")
    0
    """
    return int(round_counts(pd.Series({cell: count}), key, edition, mode).iloc[0])


def round_counts(counts: pd.Series, key: bytes, edition: str, mode: Mode = "random") -> pd.Series:
    """Printed multiples of 5 for counts of persons; the index holds the names of the cells."""
    exact = counts.to_numpy(dtype=np.int64)
    if (exact < 0).any():
        raise ValueError("a count of persons is below zero")
    if mode == "nearest":
        printed = (exact + BASE // 2) // BASE * BASE
        printed[exact < BASE] = 0
    else:
        above = _draws(counts.index, key, edition) < exact % BASE / BASE
        printed = (exact // BASE + above) * BASE
    return pd.Series(printed, index=counts.index, name=counts.name)


def possible_counts(published: int, mode: Mode = "random") -> range:
    """Exact counts that may stand behind a printed multiple of 5.

    >>> possible_counts(20)
    range(16, 25)
    >>> possible_counts(0), possible_counts(5)
    (range(0, 5), range(1, 10))
    """
    if published < 0 or published % BASE:
        raise ValueError(f"{published} is no multiple of {BASE}")
    if mode == "random":
        return range(max(published - BASE + 1, 0), published + BASE)
    if published == 0:
        return range(BASE)
    return range(max(published - BASE // 2, BASE), published + BASE // 2 + 1)


def _draws(cells: Sequence[object] | pd.Index, key: bytes, edition: str) -> np.ndarray:
    """One number from 0 to 1 (1 excluded) a cell, the same for the same key, edition and name."""
    start = edition.encode("utf-8")
    start = b"round" + len(start).to_bytes(4, "big") + start
    drawn = b"".join(
        hmac.digest(key, start + str(cell).encode("utf-8"), "sha256")[:4] for cell in cells
    )
    return np.frombuffer(drawn, dtype=">u4") / 2.0**32
