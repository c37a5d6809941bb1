"""Agreement of two coders beyond chance: Cohen's kappa, plain and weighted by distance.

Cohen 1960 and 1968. Weights are linear in the order of the categories. Agreement is not truth: two
coders may be wrong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hrdresearch.stats.agreement import confusion_table


@dataclass(frozen=True)
class CoderAgreement:
    """How far two coders agree.

    units: number of units that both coded. alike: number of units to which both gave the same code.
    share: ``alike`` of ``units``, 0 to 1. kappa, weighted_kappa: agreement beyond chance, 1 at best. None
    stands for a value that cannot be computed.
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

    first, second: one code for each unit, in the same order. order: all categories, from one end of the
    scale to the other. Kappa is None when both coders used only one and the same category. Raises
    KeyError for a code outside ``order``.

    >>> compare_coders(["a", "a", "b", "b"], ["a", "a", "b", "a"], ["a", "b"]).kappa
    0.5
    """
    units = len(first)
    if not units:
        return CoderAgreement(0, 0, None, None, None)
    table = confusion_table(first, second, order)
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
