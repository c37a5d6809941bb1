"""Finds the lists that an estimate can rest on: each shares persons with two others and copies none."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.estimates.overlap import OverlapTable

FEWEST_SHARED = 5  # persons that a list must share with each of two others
NEARLY_ALL = (
    0.9  # share of the persons of a list that are on another, from which it may be part of it
)
FEWEST_STANDING = 10  # persons of a list; a smaller list is never taken as contained in another
HALF = 0.5  # added to each cell of the odds (Haldane 1956; Anscombe 1956)


def lists_that_carry(table: OverlapTable) -> tuple[str, ...]:
    """Lists that share five persons or more with each of two other such lists.

    >>> import pandas as pd
    >>> from hrdresearch.stats.estimates.overlap import table_from_counts
    >>> counts = pd.DataFrame({"a": [1, 0, 1], "b": [1, 1, 0], "c": [0, 1, 1], "count": [9, 8, 4]})
    >>> lists_that_carry(table_from_counts(counts))
    ()
    """
    shared = table.overlaps().to_numpy() >= FEWEST_SHARED
    np.fill_diagonal(shared, False)
    carries = np.ones(len(table.lists), dtype=bool)
    while (weak := carries & ((shared & carries).sum(axis=1) < 2)).any():
        carries &= ~weak
    return tuple(n for n, own in zip(table.lists, carries, strict=True) if own)


def lists_on_others(table: OverlapTable) -> dict[str, str]:
    """Find lists of which nearly all persons are on another list: by name, that other list.

    Such a list has ten persons or more, and at least 90 per cent of them are on the other list. Besides,
    either the same is true the other way round, or being on the one list raises the odds of being on the
    other, among persons on third lists (the low end of the 95 per cent interval of the odds ratio, Woolf
    1955, is above 1). Without this condition, every list would count as part of one that is nearly
    complete. Of two lists that contain each other the smaller one is returned.
    """
    sizes = table.patterns.T @ table.counts
    order = np.lexsort((np.arange(len(sizes)), sizes))
    found: dict[str, str] = {}
    for one in order:
        for other in order[::-1]:
            name = table.lists[other]
            if one != other and name not in found and _stands_on(table, int(one), int(other)):
                found[table.lists[one]] = name
                break
    return found


def _stands_on(table: OverlapTable, one: int, other: int) -> bool:
    on_one, on_other = (table.patterns[:, i] == 1 for i in (one, other))
    both = int(table.counts[on_one & on_other].sum())
    size, size_of_other = (int(table.counts[on].sum()) for on in (on_one, on_other))
    if size < FEWEST_STANDING or both < NEARLY_ALL * size:
        return False
    return both >= NEARLY_ALL * size_of_other or _least_odds(table, on_one, on_other) > 1


def _least_odds(
    table: OverlapTable, on_one: NDArray[np.bool_], on_other: NDArray[np.bool_]
) -> float:
    """Low end of the odds ratio of two lists, among the persons on third ones."""
    on_third = table.patterns.sum(axis=1) > on_one.astype(int) + on_other
    cells = [
        float(table.counts[on_third & (on_one == a) & (on_other == b)].sum()) + HALF
        for a, b in ((1, 1), (0, 0), (1, 0), (0, 1))
    ]
    odds = cells[0] * cells[1] / (cells[2] * cells[3])
    return odds * exp(-1.96 * sqrt(sum(1 / c for c in cells)))


def notes_on_lists(table: OverlapTable) -> tuple[str, ...]:
    """Notes for the reader on the lists of a table that its estimate cannot rest on."""
    on_others = lists_on_others(table)
    carry = lists_that_carry(table.without_lists(list(on_others))[0])
    small = [n for n in table.lists if n not in carry and n not in on_others]
    notes = [f"nearly all persons on {one} stand on {other}" for one, other in on_others.items()]
    if small:
        notes.append(
            "lists that share fewer than five persons with each of two others, and are not among those that "
            f"carry the estimate: {', '.join(small)}"
        )
    return tuple(notes)
