"""Agreement of two coders beyond chance: Cohen's kappa, plain and weighted by distance.

Cohen 1960 and 1968. Weights are linear in the order of the categories. Agreement is not truth: two
coders may be wrong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class CoderAgreement:
    """How far two coders agree.

    units: units that both coded. alike: units that both coded the same. share: alike of units.
    kappa, weighted_kappa: agreement beyond chance, 1 at best. A value that cannot be computed is
    None.
    """

    units: int
    alike: int
    share: float | None
    kappa: float | None
    weighted_kappa: float | None


def compare_coders(
    first: Sequence[str], second: Sequence[str], order: Sequence[str]
) -> CoderAgreement:
    """Compare the codes that two coders gave to the same units.

    first, second: one code a unit, in the same order. order: all categories, from one end of the
    scale to the other. Kappa is None when both coders used only one and the same category. Raises
    KeyError for a code outside ``order``.

    >>> compare_coders(["a", "a", "b", "b"], ["a", "a", "b", "a"], ["a", "b"]).kappa
    0.5
    """
    units = len(first)
    if not units:
        return CoderAgreement(0, 0, None, None, None)
    place = {code: i for i, code in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for a, b in zip(first, second, strict=True):
        table[place[a], place[b]] += 1
    alike = int(np.trace(table))
    distance = np.abs(np.subtract.outer(np.arange(len(order)), np.arange(len(order))))
    return CoderAgreement(
        units,
        alike,
        alike / units,
        _kappa(table, (distance > 0).astype(float)),
        _kappa(table, distance.astype(float)),
    )


def _kappa(table: np.ndarray, cost: np.ndarray) -> float | None:
    chance = np.outer(table.sum(1), table.sum(0)) / table.sum()
    expected = float((cost * chance).sum())
    return None if not expected else 1 - float((cost * table).sum()) / expected
