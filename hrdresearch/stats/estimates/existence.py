"""Tests whether the estimate of a log-linear model exists and is unique.

With sparse overlaps the likelihood of a model may have no maximum, or may not identify its parameters; a
program may print a number all the same. Both are tested as in Chan, Silverman and Vincent (2021), after
Fienberg and Rinaldo (2012).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.estimates.models import ModelSpace
from hrdresearch.stats.estimates.poisson import Fits

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

CLEAR = (
    1e-7  # a fit can prove that the estimate exists if all its cells expect more persons than this
)
EXACT = 1e-4  # most that the margins of such a fit may be off, as a part of its smallest cell
POSITIVE = 1e-6  # result of the linear programme that counts as above 0


def is_identified(space: ModelSpace) -> Flags:
    """For each model, whether its cells identify all its parameters (full rank of its design)."""
    design = space.design
    products = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    both = space.estimated[:, :, None] & space.estimated[:, None, :]
    gram = np.where(both, (space.cells.astype(float) @ products).reshape(both.shape), 0)
    gram += np.eye(design.shape[1]) * ~space.estimated[:, :, None]
    return np.asarray(np.linalg.eigvalsh(gram)[:, 0] > 1e-9)


def has_estimate(space: ModelSpace, fits: Fits) -> Flags:
    """For each model, whether its estimate exists.

    It exists when positive numbers in all its cells have the margins of the counts (Fienberg and Rinaldo
    2012). A fit is a proof where its margins differ from those of the counts by far less than its smallest
    number: without an estimate they would differ by at least that number divided by the sum of the
    coefficients of a facet, which are small whole numbers. For the other models a linear programme
    decides; a model that includes all parameters of one without an estimate has none either.
    """
    away = (space.counts - fits.fitted) * space.cells @ space.design * space.estimated
    least = np.where(space.cells, fits.fitted, np.inf).min(axis=1)
    exists = (np.abs(away).max(axis=1) < EXACT * least) & (least > CLEAR)
    in_doubt = np.flatnonzero(~exists)
    barred = [tuple(row) for row in space.given[:, space.empty]]
    keys = [sum(1 << int(i) for i in np.flatnonzero(row)) for row in space.estimated]
    failed: dict[tuple[bool, ...], set[int]] = {}
    for model in sorted(in_doubt, key=lambda m: space.estimated[m].sum()):
        known = failed.setdefault(barred[model], set())
        if _holds_any(keys[model], known):
            continue
        cells, used = space.cells[model], space.estimated[model]
        exists[model] = estimate_exists(space.design[cells][:, used], space.counts[cells])
        if not exists[model]:
            known.add(keys[model])
    return np.asarray(exists)


def estimate_exists(design: Numbers, counts: Numbers) -> bool:
    """Whether positive numbers have the margins of the counts, by linear programming.

    design: a row for each cell, a column for each parameter. The smallest of the numbers is made as large
    as possible; the estimate exists when it is above 0.

    >>> estimate_exists(np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([3.0, 0.0]))
    False
    """
    from scipy.optimize import linprog

    cells = len(design)
    goal = np.r_[np.zeros(cells), -1.0]
    least = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    margins = np.hstack([design.T, np.zeros((design.shape[1], 1))])
    found = linprog(
        goal,
        least,
        np.zeros(cells),
        margins,
        design.T @ counts,
        bounds=(None, None),
        method="highs",
    )
    return bool(found.status == 0 and -found.fun > POSITIVE)


def _holds_any(key: int, failed: Iterable[int]) -> bool:
    """Whether a model includes all parameters of a model without an estimate: then it has none either."""
    return any(key & other == other for other in failed)
