"""Hierarchical log-linear models of an overlap table, and their design.

A model is a set of interactions of two lists (or three, where asked). It is hierarchical: an interaction
of three lists comes with those of their three pairs. A list, an interaction and a cell are written as the
bits of a whole number: 5 is the first list with the third.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.estimates.overlap import OverlapTable

MOST_LISTS = 6  # 32,768 models with interactions of two lists
MOST_MODELS = 40_000

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ModelSpace:
    """All hierarchical models of a table, with the design that they share.

    table: the overlap table. terms: parameters (intercept, lists, interactions), as bits of a number.
    counts: persons of each cell; each pattern except the empty one is a cell. design: a row for each cell,
    a column for each parameter; 1 where the parameter is part of the cell. given: a row for each model, a
    column for each parameter; True where the model has it.
    """

    table: OverlapTable
    terms: tuple[int, ...]
    counts: Numbers
    design: Numbers
    given: Flags

    @cached_property
    def empty(self) -> Flags:
        """Parameters whose lists share nobody: their estimate is minus infinity."""
        return np.asarray(self.design.T @ self.counts == 0)

    @cached_property
    def cells(self) -> Flags:
        """For each model, the cells that are estimated; the cells of its empty parameters are fixed at 0.

        So the estimate of a model with empty overlaps exists in the wider sense of Chan, Silverman and
        Vincent (2021).
        """
        barred = self.given[:, self.empty].astype(float) @ self.design[:, self.empty].T
        return np.asarray(barred == 0)

    @cached_property
    def estimated(self) -> Flags:
        """For each model, the parameters that are estimated."""
        return np.asarray(self.given & ~self.empty)

    def name(self, model: int) -> str:
        """The interactions of a model in words: "police x press, press x church"."""
        named = [
            " x ".join(n for i, n in enumerate(self.table.lists) if term >> i & 1)
            for term, is_in in zip(self.terms, self.given[model], strict=True)
            if is_in and term.bit_count() > 1
        ]
        return ", ".join(named) or "no interactions"


def model_space(table: OverlapTable, order: int = 2) -> ModelSpace:
    """All hierarchical models with interactions of up to ``order`` lists (2 or 3), except the saturated one.

    Raises ValueError for more than six lists or 40,000 models: merge lists, or use latent classes.
    """
    size = len(table.lists)
    if size > MOST_LISTS or not 1 <= order <= 3:
        raise ValueError(
            f"log-linear models take up to {MOST_LISTS} lists and interactions of up to three; these are "
            f"{size} lists with order {order}: merge lists (merge_lists) or use estimate_latent_classes"
        )
    order = min(order, size - 1)
    lists = [1 << i for i in range(size)]
    more = [sum(chosen) for n in range(2, order + 1) for chosen in combinations(lists, n)]
    terms = (0, *lists, *more)
    cell = np.arange(1, 2**size)
    design = ((cell[:, None] & np.array(terms)) == np.array(terms)).astype(float)
    bits = 1 << np.arange(size)
    counts = np.bincount(table.patterns @ bits, table.counts, 2**size)[1:]
    models = []
    for chosen in _hierarchical(more):
        models.append([t in chosen for t in more])
        if len(models) > MOST_MODELS:
            raise ValueError(
                f"these lists have more than {MOST_MODELS:,} models of order {order}: take order 2, or "
                "merge lists (merge_lists)"
            )
    given = np.hstack([np.ones((len(models), 1 + size), bool), np.array(models, bool, ndmin=2)])
    return ModelSpace(table, terms, counts.astype(float), design, given)


def _hierarchical(terms: list[int]) -> Iterator[frozenset[int]]:
    """All sets of interactions in which three lists come only with their three pairs."""
    pairs = [t for t in terms if t.bit_count() == 2]
    triples = [t for t in terms if t.bit_count() == 3]
    for number in range(2 ** len(pairs)):
        chosen = frozenset(p for i, p in enumerate(pairs) if number >> i & 1)
        open_ = [t for t in triples if all(p in chosen for p in pairs if p & t == p)]
        for more in range(2 ** len(open_)):
            yield chosen | {t for i, t in enumerate(open_) if more >> i & 1}
