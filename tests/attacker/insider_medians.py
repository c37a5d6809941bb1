"""What printed medians tell an insider of the one person whose change he does not know.

He is stronger here than elsewhere: he knows the value of everybody else in every edition.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pandas as pd
from cell_words import classes_of
from invented_lists import MEDIANS, History
from printed_by_rules import Edition

from hrdresearch.privacy.rounding import SPREAD, WIDEST

_PLACES = np.arange(-WIDEST, WIDEST + 1)
_CHANCES = np.exp(-(_PLACES**2) / (2 * SPREAD**2))
_CHANCES /= _CHANCES.sum()


def read_medians(history: History, editions: list[Edition]) -> dict[str, tuple[pd.Series, ...]]:
    """By column, the chance of each class for the unknown person before and after reading."""
    found = {}
    for column, limits in MEDIANS.items():
        names = classes_of(limits)
        before = _in_classes(history.lists[history.gap - 1], column)
        weight = np.array(before / before.sum())
        for n in range(history.gap, len(editions)):
            told = editions[n].get("medians", {}).get(f";{column}=median")
            if told is not None and editions[n]["as_at"][""] == editions[n]["edition"]:
                weight = weight * _told(history, n, column, names.index(told))
        prior = pd.Series(before / before.sum(), names)
        found[column] = (prior, pd.Series(weight / weight.sum(), names))
    return found


def class_of(person: pd.DataFrame, column: str) -> str:
    """Name of the class that a person is in."""
    return classes_of(MEDIANS[column])[int(np.argmax(_in_classes(person, column)))]


def _in_classes(rows: pd.DataFrame, column: str) -> np.ndarray:
    at = [bisect_right(MEDIANS[column], float(value)) for value in rows[column]]
    return np.bincount(at, minlength=len(MEDIANS[column]) + 1).astype(float)


def _told(history: History, n: int, column: str, told: int) -> np.ndarray:
    """Chance of the printed class, for each class that the unknown person may be of."""
    others = _in_classes(history.lists[n], column) - history.sign * _in_classes(
        history.target, column
    ) * (history.sign > 0)
    if history.sign < 0:  # who went is one of those whom he knew before
        others = others + _in_classes(history.target, column)
    chances = []
    for one in np.eye(len(others)):
        counts = others + history.sign * one
        ends = counts.cumsum()
        places = counts.sum() // 2 + _PLACES
        inside = (places < ends[told]) & (places >= (ends[told - 1] if told else -np.inf))
        chances.append(max(float(_CHANCES[inside].sum()), 1e-12) * (counts.min() >= 0))
    return np.array(chances)
