"""Agreement of two coders beyond chance: Cohen's kappa, plain and weighted by distance.

Cohen 1960 and 1968. Weights are linear in the order of the categories. Agreement is not truth: two
coders may be wrong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Agreement:
    """Units coded by both, share coded alike, and kappa; None where it has no meaning."""

    units: int
    alike: int
    share: float | None
    kappa: float | None
    weighted_kappa: float | None


def agreement(first: Sequence[str], second: Sequence[str], order: Sequence[str]) -> Agreement:
    """Agreement of two codings of the same units, by the categories in their order.

    Kappa is None when both coders used one and the same category only: chance explains all.
    """
    units = len(first)
    if not units:
        return Agreement(0, 0, None, None, None)
    place = {code: i for i, code in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for a, b in zip(first, second, strict=True):
        table[place[a], place[b]] += 1
    alike = int(np.trace(table))
    distance = np.abs(np.subtract.outer(np.arange(len(order)), np.arange(len(order))))
    return Agreement(
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
