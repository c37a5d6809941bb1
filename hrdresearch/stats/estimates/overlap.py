"""Overlap tables: how many persons are on which combination of lists.

Multiple systems estimation needs nothing else: a row for each pattern of lists (on the first and the
third, not on the second), and the number of persons with this pattern. The table holds no person, and no
row for the persons on no list, whose number is estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ON_LIST = {1: 1, 0: 0, "1": 1, "0": 0, "True": 1, "False": 0, "TRUE": 1, "FALSE": 0}


@dataclass(frozen=True, eq=False)
class OverlapTable:
    """Numbers of persons by pattern of lists.

    lists: names of the lists. patterns: 0 or 1, a row for each pattern, a column for each list. counts:
    persons of each pattern, all above 0. Patterns that nobody has are left out. Make a table with
    ``table_from_rows`` or ``table_from_counts``.
    """

    lists: tuple[str, ...]
    patterns: NDArray[np.int64]
    counts: NDArray[np.int64]

    @property
    def listed(self) -> int:
        """Number of persons on at least one list."""
        return int(self.counts.sum())

    def to_frame(self) -> pd.DataFrame:
        """The table as a frame: a column for each list, and ``count``."""
        return pd.DataFrame(self.patterns, columns=list(self.lists)).assign(count=self.counts)

    def overlaps(self) -> pd.DataFrame:
        """Persons that each two lists share; on the diagonal, the persons of each list."""
        shared = (self.patterns * self.counts[:, None]).T @ self.patterns
        return pd.DataFrame(shared, index=list(self.lists), columns=list(self.lists))

    def listed_times(self) -> NDArray[np.int64]:
        """Persons on exactly one list, on exactly two, and so on."""
        times = np.bincount(self.patterns.sum(axis=1), self.counts, len(self.lists) + 1)
        return times[1:].astype(np.int64)

    def merge_lists(self, names: Sequence[str], into: str) -> OverlapTable:
        """Make one list of several that feed each other; it has every person who is on any of them.

        Raises ValueError when a name is not a list of the table.
        """
        self._know(names)
        others = [name for name in self.lists if name not in names]
        frame = self.to_frame()
        merged = frame[list(names)].max(axis=1)
        return table_from_counts(frame[[*others, "count"]].assign(**{into: merged}))

    def without_lists(self, names: Sequence[str]) -> tuple[OverlapTable, int]:
        """Leave lists out; returns the table, and the number of persons who stood on no other list."""
        self._know(names)
        left = self.to_frame().drop(columns=list(names))
        on_any = left.drop(columns="count").any(axis=1)
        return table_from_counts(left[on_any]), int(left.loc[~on_any, "count"].sum())

    def without_empty_lists(self) -> OverlapTable:
        """Leave out lists on which nobody stands."""
        full = self.patterns.sum(axis=0) > 0
        names = tuple(name for name, is_full in zip(self.lists, full, strict=True) if is_full)
        return self if full.all() else OverlapTable(names, self.patterns[:, full], self.counts)

    def _know(self, names: Sequence[str]) -> None:
        if unknown := [name for name in names if name not in self.lists]:
            raise ValueError(
                f"{', '.join(unknown)}: no list of this table ({', '.join(self.lists)})"
            )


def table_from_rows(frame: pd.DataFrame, lists: Sequence[str] | None = None) -> OverlapTable:
    """Make an overlap table from a row for each person, with a column of 0 and 1 for each list.

    lists: columns to read; without it all. True and False are read too. Raises ValueError for other
    values, for an empty cell, because unknown is not zero, and for persons on no list.

    >>> people = pd.DataFrame({"police": [1, 1, 0], "press": [0, 1, 1], "church": [0, 1, 0]})
    >>> table_from_rows(people).counts.tolist()
    [1, 1, 1]
    """
    names = list(lists or frame.columns)
    return table_from_counts(_marks(frame, names).assign(count=1), "count", names)


def table_from_counts(
    frame: pd.DataFrame, count: str = "count", lists: Sequence[str] | None = None
) -> OverlapTable:
    """Make an overlap table from a row for each pattern of lists; ``count`` has the number of persons.

    lists: columns of 0 and 1; without it all other columns. Rows with one pattern are added up.
    Raises ValueError for other values, and for persons on no list.

    >>> patterns = pd.DataFrame({"a": [1, 0, 1], "b": [0, 1, 1], "c": [1, 1, 1], "count": [4, 5, 2]})
    >>> table_from_counts(patterns).listed
    11
    """
    if count not in frame:
        raise ValueError(f"the table has no column {count!r} with the number of persons: name it")
    names = [str(name) for name in lists or [c for c in frame.columns if c != count]]
    marks = _marks(frame, names).to_numpy()
    numbers = pd.to_numeric(frame[count], errors="coerce").to_numpy(float)
    bad = ~((numbers >= 0) & (numbers == np.floor(numbers)))
    if bad.any():
        raise ValueError(
            f"column {count!r}, row {1 + int(bad.argmax())}: the number of persons is a whole number, "
            "0 or more"
        )
    nowhere = int(numbers[~marks.any(axis=1)].sum())
    if nowhere:
        raise ValueError(
            f"{nowhere} persons are on none of the lists {', '.join(names)}: leave them out (an "
            "estimate counts them among those who were never listed)"
        )
    patterns, at = np.unique(marks, axis=0, return_inverse=True)
    counts = np.bincount(at.ravel(), numbers, len(patterns)).astype(np.int64)
    return OverlapTable(tuple(names), patterns[counts > 0], counts[counts > 0])


def tables_by_stratum(frame: pd.DataFrame, stratum: str) -> dict[str, OverlapTable]:
    """Make an overlap table for each value of the column ``stratum`` (a place, a kind of perpetrator).

    frame: a row for each person. Lists on which nobody of a stratum stands are left out of its table.
    Raises ValueError where the stratum is empty.
    """
    if frame[stratum].isna().any():
        raise ValueError(f"column {stratum!r} is empty in {int(frame[stratum].isna().sum())} rows")
    names = [c for c in frame.columns if c != stratum]
    return {
        str(value): table_from_rows(rows, names).without_empty_lists()
        for value, rows in frame.groupby(stratum, sort=True)
    }


def _marks(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The columns as 0 and 1."""
    if missing := [name for name in names if name not in frame]:
        raise ValueError(f"the table has no column {', '.join(missing)}")
    if len(set(names)) < len(names):
        raise ValueError("two lists have the same name")
    out = {}
    for name in names:
        found = frame[name].map(ON_LIST)
        empty = frame[name].isna()
        if empty.any():
            raise ValueError(
                f"list {name!r} is empty in {int(empty.sum())} rows: write 0 where the person was "
                "looked for and not found on it"
            )
        if found.isna().any():
            row = 1 + int(found.isna().to_numpy().argmax())
            raise ValueError(
                f"list {name!r}, row {row}: 1 (on the list) or 0 (not on it) is expected"
            )
        out[name] = found.astype(np.int64)
    return pd.DataFrame(out, index=frame.index, columns=list(names))
