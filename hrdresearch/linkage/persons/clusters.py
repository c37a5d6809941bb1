"""Joins rows to clusters of one person, from the most probable pair to the least probable."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence


def cluster_rows(
    pairs: Iterable[tuple[int, int]],
    lists: Sequence[Hashable],
    may_repeat: Sequence[bool],
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[int]:
    """Cluster rows; returns the cluster of each row, named by the smallest number of a row in it.

    pairs: linked rows, the most probable first. lists: the list of each row. may_repeat: whether the list
    of each row holds duplicates; of a list without duplicates a cluster takes one row at most, and a pair
    that would add a second is left out. same, apart: pairs that persons decided to be one person, or two.
    These decisions are kept in all cases, and no link joins two rows that are to stay apart.

    >>> cluster_rows([(0, 2), (1, 2)], ["a", "a", "b"], [False] * 3)
    [0, 1, 0]
    >>> cluster_rows([(0, 2), (1, 2)], ["a", "a", "b"], [False] * 3, [(0, 1)], [(0, 2)])
    [0, 0, 2]
    """
    parent = list(range(len(lists)))
    held = [
        frozenset() if repeats else frozenset({name})
        for name, repeats in zip(lists, may_repeat, strict=True)
    ]
    strangers: dict[int, set[int]] = {}  # rows that are to stay apart from a cluster, by its root
    for one, other in apart:
        strangers.setdefault(one, set()).add(other)
        strangers.setdefault(other, set()).add(one)
    decided = [(*pair, True) for pair in same]
    for one, other, is_decided in (*decided, *((*pair, False) for pair in pairs)):
        first, second = sorted((_root(parent, one), _root(parent, other)))
        if first == second or (not is_decided and held[first] & held[second]):
            continue
        if any(_root(parent, row) == first for row in strangers.get(second, ())):
            continue
        parent[second] = first
        held[first] |= held[second]
        strangers[first] = strangers.get(first, set()) | strangers.get(second, set())
    return [_root(parent, row) for row in range(len(lists))]


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
