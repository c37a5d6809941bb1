"""Disjoint cells of a set of counts: groups of persons whom exactly the same counts include.

They are made from the filters of the counts, so a group exists also where nobody is in it: a reader
does not know which groups are empty. Counts by columns that no filter uses together (say, by year
and by sex) say of each other only how many persons there are. They are therefore looked at apart,
as ``LinkedCounts``, which share only the number of persons.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_DISJOINT_CELLS = 4000
NESTED_COLUMNS = (
    ("admin1_name", "state_iso3"),
    ("age_years", "age_group_code"),
    ("event_date", "event_year"),
)
_NONE_OF_THESE = object()
Vector = npt.NDArray[np.float64]


@dataclass
class AuditCell:
    """A count in the audit.

    members: pseudonyms of the persons counted. fixed: published before, so that it can no longer
    be withheld. published: the value published before. before: its value in an earlier edition.
    says_only_withheld: a small count that prints "withheld" and not "fewer than k". may_be_zero:
    a withheld count of which the reader cannot know that it is not zero.
    """

    members: frozenset[str]
    filter: Mapping[str, Any]
    is_shown: bool
    fixed: bool = False
    published: int | None = None
    before: int | None = None
    says_only_withheld: bool = False
    may_be_zero: bool = False

    @property
    def size(self) -> int:
        """True number of persons."""
        return len(self.members)


@dataclass(frozen=True)
class LinkedCounts:
    """Counts whose filters use linked columns.

    positions: which of the counts. conditions: for each of them the classes of values that its
    filter selects, by column. classes: all classes of each column. observed: all persons.
    """

    positions: tuple[int, ...]
    conditions: tuple[dict[str, frozenset[int]], ...]
    classes: dict[str, tuple[int, ...]]
    observed: frozenset[str]


def split_by_linked_columns(cells: Sequence[AuditCell]) -> list[LinkedCounts]:
    """Split the counts into groups whose filters have no column in common.

    A count without a condition belongs to every group.
    """
    conditions, classes = _conditions(cells)
    groups: list[set[str]] = []
    for condition in conditions:
        columns = set(condition)
        if not columns:
            continue
        touching = [g for g in groups if g & columns]
        groups = [g for g in groups if not g & columns] + [columns.union(*touching)]
    everyone = frozenset[str]().union(*(cell.members for cell in cells)) if cells else frozenset()
    parts = []
    for group in groups or [set[str]()]:
        positions = tuple(n for n, c in enumerate(conditions) if not c or set(c) <= group)
        parts.append(
            LinkedCounts(
                positions,
                tuple(conditions[n] for n in positions),
                {column: classes[column] for column in sorted(group)},
                everyone,
            )
        )
    return parts


def _conditions(
    cells: Sequence[AuditCell],
) -> tuple[list[dict[str, frozenset[int]]], dict[str, tuple[int, ...]]]:
    """Conditions of each count as sets of value classes by column, and the classes of each column.

    A condition that every person meets is left out.
    """
    out: list[dict[str, frozenset[int]]] = [{} for _ in cells]
    classes: dict[str, tuple[int, ...]] = {}
    for column in sorted({column for cell in cells for column in cell.filter}):
        wanted = {
            _condition_key(c.filter[column]): c.filter[column] for c in cells if column in c.filter
        }
        values = _distinct_values(wanted.values())
        met = {
            text: frozenset(n for n, value in enumerate(values) if _meets_condition(value, want))
            for text, want in wanted.items()
        }
        some = frozenset[int]().union(*met.values())
        is_closed = all(column in cell.filter for cell in cells)
        domain = some if is_closed else frozenset(range(len(values)))
        alike = {tuple(n in held for held in met.values()): n for n in sorted(domain, reverse=True)}
        kept = frozenset(alike.values())
        if not is_closed and _covers_everyone(cells, column):
            kept &= some
        classes[column] = tuple(sorted(kept))
        for n, cell in enumerate(cells):
            if column in cell.filter and met[_condition_key(cell.filter[column])] & kept != kept:
                out[n][column] = met[_condition_key(cell.filter[column])] & kept
    return out, classes


def _covers_everyone(cells: Sequence[AuditCell], column: str) -> bool:
    """Whether the counts by this column include every person, so that no other value occurs."""
    by_column = [cell.members for cell in cells if column in cell.filter]
    everyone = frozenset[str]().union(*(cell.members for cell in cells))
    return frozenset[str]().union(*by_column) == everyone


def disjoint_cells(cells: Sequence[AuditCell], part: LinkedCounts) -> tuple[Vector, Vector]:
    """Which disjoint cells are possible, and how many persons each holds.

    A matrix of 0 and 1 (counts by disjoint cells: whether the count includes the cell), and the
    true number of persons in each disjoint cell.
    """
    signatures: dict[tuple[bool, ...], int] = {}
    count = math.prod(len(values) for values in part.classes.values())
    if count <= MOST_DISJOINT_CELLS:
        for combination in itertools.product(*part.classes.values()):
            holder = dict(zip(part.classes, combination, strict=True))
            if _is_possible(holder, cells, part):
                signature = tuple(
                    all(holder[column] in held for column, held in condition.items())
                    for condition in part.conditions
                )
                signatures.setdefault(signature, 0)
    for person in part.observed:
        signature = tuple(person in cell.members for cell in cells)
        signatures[signature] = signatures.get(signature, 0) + 1
    ordered = sorted(signatures)
    matrix = np.array(ordered, dtype=np.float64).reshape(len(ordered), len(cells)).T
    return np.ascontiguousarray(matrix), np.array([signatures[s] for s in ordered], dtype=float)


def _is_possible(holder: dict[str, int], cells: Sequence[AuditCell], part: LinkedCounts) -> bool:
    """Whether a combination of values can occur.

    A division lies in one State, so a division with a State in which nobody has both cannot.
    """
    for fine, coarse in NESTED_COLUMNS:
        if fine not in holder or coarse not in holder:
            continue
        fine_members = _members_of(fine, holder[fine], cells, part)
        coarse_members = _members_of(coarse, holder[coarse], cells, part)
        if fine_members and coarse_members and not fine_members & coarse_members:
            return False
    return True


def _members_of(
    column: str, value: int, cells: Sequence[AuditCell], part: LinkedCounts
) -> frozenset[str]:
    held = [
        cell.members
        for cell, condition in zip(cells, part.conditions, strict=True)
        if value in condition.get(column, ()) and len(condition[column]) == 1
    ]
    return frozenset[str]().union(*held)


def _distinct_values(wanted: Any) -> list[Any]:
    """Values that the filters on a column name, and one further value that meets no filter.

    Other values are not made up (a reader may know the period); persons who have them are taken
    from the rows.
    """
    values: dict[Any, None] = {}
    ends: set[Any] = set()
    for want in wanted:
        if isinstance(want, Mapping):
            ends |= {want[end] for end in ("from", "to") if want.get(end) is not None}
        else:
            for value in want if isinstance(want, list | tuple) else [want]:
                values[value] = None
    values |= dict.fromkeys(sorted(ends, key=str))
    return [*values, _NONE_OF_THESE]


def _meets_condition(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        if value is None or value is _NONE_OF_THESE:
            return False
        low, high = wanted.get("from"), wanted.get("to")
        try:
            return (low is None or value >= low) and (high is None or value <= high)
        except TypeError:
            return False
    return value in (wanted if isinstance(wanted, list | tuple) else [wanted])


def _condition_key(wanted: Any) -> str:
    return json.dumps(wanted, sort_keys=True, default=str)
