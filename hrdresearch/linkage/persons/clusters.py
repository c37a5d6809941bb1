"""Clusters of rows that are one person, from the surest pair to the least sure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence


def cluster_rows(
    pairs: Iterable[tuple[int, int]], lists: Sequence[Hashable], may_repeat: Sequence[bool]
) -> list[int]:
    """Cluster of each row: the smallest number of a row in it.

    pairs: linked rows, the surest first. lists: the list of each row. may_repeat: whether the list of
    each row holds duplicates; of another list a cluster holds one row at most, so a pair that would
    bring two into one cluster is left out.

    >>> cluster_rows([(0, 2), (1, 2)], ["a", "a", "b"], [False] * 3)
    [0, 1, 0]
    """
    parent = list(range(len(lists)))
    held = [
        frozenset() if repeats else frozenset({name})
        for name, repeats in zip(lists, may_repeat, strict=True)
    ]
    for one, other in pairs:
        first, second = sorted((_root(parent, one), _root(parent, other)))
        if first != second and not held[first] & held[second]:
            parent[second] = first
            held[first] |= held[second]
    return [_root(parent, row) for row in range(len(lists))]


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
