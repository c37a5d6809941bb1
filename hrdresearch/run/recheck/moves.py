"""Which rows made a count another one: added, removed, dated anew, placed anew, classed anew.

Every count of rows, of different values, and every first or last value is taken apart so that the parts
add up to the difference.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from hrdresearch.run.recount import OF_VALUES
from hrdresearch.tables import select

ADDED, REMOVED, DATED, PLACED, CLASSED = (
    "added",
    "removed",
    "dated anew",
    "placed anew",
    "classed anew",
)
FIELD_CAME, FIELD_LEFT = "field added", "field gone"
KINDS = (ADDED, REMOVED, DATED, PLACED, CLASSED, FIELD_CAME, FIELD_LEFT)
NOT_ASKED = "not_asked"
SAYS_NOTHING = {NOT_ASKED, "not_recorded", "not_assessed", "unknown"}  # in every row: no such field
PLACES = ("state_iso3", "state_m49", "admin1_name")
DATES = ("_date", "_year", "_date_precision")
UNTOLD = ("source", "source_row", "state_m49", "event_date_precision")  # told by another column

Reason: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Move:
    """Rows, or values, by which a count differs for one reason.

    what: ``added``, ``removed``, ``dated anew``, ``placed anew``, ``classed anew``; ``field added`` and
    ``field gone`` where one edition of the list has no such field. columns: in which the rows differ.
    count: below zero for those that left.
    """

    what: str
    columns: tuple[str, ...]
    count: int


class KeyedRows:
    """Rows of a table indexed by their key; what a filter selects in each column is looked up once."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._selected: dict[tuple[str, str], np.ndarray] = {}
        self._silent: dict[str, np.ndarray] = {}

    @property
    def keys(self) -> pd.Index:
        """Keys of the rows."""
        return self.frame.index

    def meets(self, column: str, wanted: Any) -> np.ndarray:
        """Whether each row meets the condition of one column; ValueError without the column."""
        key = (column, json.dumps(wanted, sort_keys=True))
        if key not in self._selected:
            rows = self.frame[[column]] if column in self.frame else self.frame
            self._selected[key] = select(rows, {column: wanted}).to_numpy(bool)
        return self._selected[key]

    def select(self, filter_: Mapping[str, Any]) -> np.ndarray:
        """Whether a filter selects each row."""
        chosen = np.ones(len(self.frame), bool)
        for column, wanted in filter_.items():
            chosen &= self.meets(column, wanted)
        return chosen

    def says_nothing(self, column: str) -> np.ndarray:
        """Whether the list of each row has no such field: not asked, or nothing in any of its rows."""
        if column not in self._silent:
            cells = self.frame[column].astype("string").fillna("unknown")
            without = cells.isin(SAYS_NOTHING).groupby(self.frame["source"]).transform("all")
            self._silent[column] = (cells.eq(NOT_ASKED) | without).to_numpy(bool)
        return self._silent[column]

    def count(self, filter_: Mapping[str, Any], measure: str) -> int | None:
        """A count as a claim states it: ``rows``, ``distinct:``, ``smallest:`` or ``largest:COLUMN``.

        None where no row has a value to give; ValueError for a column that the table does not have.
        """
        chosen = self.select(filter_)
        kind, _, column = measure.partition(":")
        if not column:
            return int(chosen.sum())
        values = self.frame.loc[chosen, column].dropna()
        return OF_VALUES[kind](values) if kind == "distinct" or len(values) else None


def moves_between(
    before: KeyedRows, after: KeyedRows, filter_: Mapping[str, Any], measure: str
) -> list[Move]:
    """Why a count of ``before`` is another one in ``after``; counts add up to the difference.

    before, after: rows of one table, with one key for the same row. ValueError where one of them has no
    row whose value the measure could take.

    >>> was = pd.DataFrame({"source": "x", "event_year": [2019, 2020]}, index=["a", "b"])
    >>> now = pd.DataFrame({"source": "x", "event_year": [2020, 2020, 2020]}, index=["a", "b", "c"])
    >>> moves = moves_between(KeyedRows(was), KeyedRows(now), {"event_year": 2020}, "rows")
    >>> [(m.what, m.count) for m in moves]
    [('added', 1), ('dated anew', 1)]
    """
    chosen = [rows.select(filter_) for rows in (before, after)]
    keys = [rows.keys[own] for rows, own in zip((before, after), chosen, strict=True)]
    kind, _, column = measure.partition(":")
    if not column:
        came = _reasons(keys[1].difference(keys[0]), after, before, filter_, ADDED)
        left = _reasons(keys[0].difference(keys[1]), before, after, filter_, REMOVED)
        return _ordered(came, left)
    sides = [(before, after, chosen[0], REMOVED), (after, before, chosen[1], ADDED)]
    if kind == "distinct":
        values = [set(rows.frame.loc[own, column].dropna()) for rows, _, own, _ in sides]
        came = Counter(_reason_of_value(v, column, *sides[1]) for v in values[1] - values[0])
        left = Counter(_reason_of_value(v, column, *sides[0]) for v in values[0] - values[1])
        return _ordered(came, left)
    was, now = (rows.count(filter_, measure) for rows in (before, after))
    if was is None or now is None:
        raise ValueError(f"no row has a value in {column}")
    if was == now:
        return []
    is_beyond = now > was if kind == "largest" else now < was
    reason = _reason_of_value(now if is_beyond else was, column, *sides[is_beyond])
    return [Move(*reason, now - was)]


def _ordered(came: Counter[Reason], left: Counter[Reason]) -> list[Move]:
    """Moves by kind and column; those that came before those that left for the same reason."""
    moves = [Move(*reason, count) for reason, count in came.items() if count]
    moves += [Move(*reason, -count) for reason, count in left.items() if count]
    return sorted(moves, key=lambda m: (KINDS.index(m.what), m.columns, -m.count))


def _reasons(
    keys: pd.Index, here: KeyedRows, there: KeyedRows, filter_: Mapping[str, Any], alone: str
) -> Counter[Reason]:
    """Why rows are selected on one side only: they are not there, or another value stands there."""
    both = keys.intersection(there.keys)
    own, other = here.keys.get_indexer(both), there.keys.get_indexer(both)
    fails = {c: ~there.meets(c, wanted)[other] for c, wanted in filter_.items()}
    silent_there = {c: there.says_nothing(c)[other] & fails[c] for c in filter_}
    silent_here = {c: here.says_nothing(c)[own] & fails[c] for c in filter_}
    came, left = (FIELD_CAME, FIELD_LEFT) if alone == ADDED else (FIELD_LEFT, FIELD_CAME)
    found: Counter[Reason] = Counter({(alone, ()): len(keys) - len(both)})
    for row in range(len(both)):
        columns = tuple(sorted(c for c in filter_ if fails[c][row]))
        if any(silent_there[c][row] for c in columns):
            found[(came, columns)] += 1
        elif any(silent_here[c][row] for c in columns):
            found[(left, columns)] += 1
        else:
            found[(kind_of_columns(columns), columns)] += 1
    return found


def kind_of_columns(columns: tuple[str, ...]) -> str:
    """What a correction of these columns is called.

    >>> kind_of_columns(("event_year",)), kind_of_columns(("event_year", "sex_code"))
    ('dated anew', 'classed anew')
    """
    if all(c.endswith(DATES) for c in columns):
        return DATED
    return PLACED if all(c in PLACES for c in columns) else CLASSED


def _reason_of_value(
    value: Any, column: str, here: KeyedRows, there: KeyedRows, chosen: np.ndarray, alone: str
) -> Reason:
    """Reason of a value that one side alone has: its rows are not there, or one stands there corrected."""
    holds = chosen & here.frame[column].eq(value).fillna(False).to_numpy(bool)
    if not here.keys[holds].isin(there.keys).any():
        return alone, ()
    return kind_of_columns((column,)), (column,)


def moves_of_lists(
    before: KeyedRows, after: KeyedRows, key_column: str | None = None
) -> Iterator[tuple[str, list[Move]]]:
    """For each list of a table: rows added and removed, and rows with another value in each column.

    key_column: not told.
    """
    for source in sorted(set(before.frame["source"]) | set(after.frame["source"])):
        keys = [rows.keys[rows.meets("source", source)] for rows in (before, after)]
        both = keys[0].intersection(keys[1])
        moves = [
            Move(ADDED, (), len(keys[1]) - len(both)),
            Move(REMOVED, (), len(both) - len(keys[0])),
            *_corrected(both, before, after, key_column),
        ]
        yield source, [move for move in moves if move.count]


def _corrected(
    both: pd.Index, before: KeyedRows, after: KeyedRows, key_column: str | None
) -> Iterator[Move]:
    """Rows that both sides have with another value, by column; a row counts under each."""
    sides = [(rows, rows.keys.get_indexer(both)) for rows in (before, after)]
    columns = before.frame.columns.intersection(after.frame.columns)
    for column in [c for c in columns if c not in UNTOLD and c != key_column]:
        was, now = (
            rows.frame[column].iloc[own].astype("string").fillna("").to_numpy()
            for rows, own in sides
        )
        silent = [rows.says_nothing(column)[own] for rows, own in sides]
        differ = was != now
        if f"{column}_precision" in columns:  # a day beside a year alone is no other day
            known = [rows.frame[f"{column}_precision"].iloc[own].to_numpy() for rows, own in sides]
            differ &= known[0] == known[1]
        for what, chosen in (
            (FIELD_CAME, differ & silent[0]),
            (FIELD_LEFT, differ & ~silent[0] & silent[1]),
            (kind_of_columns((column,)), differ & ~silent[0] & ~silent[1]),
        ):
            if chosen.any():
                yield Move(what, (column,), int(chosen.sum()))
