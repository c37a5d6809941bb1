"""Finds the rows that changed a count: added, removed, or with another date, place or code.

It works for counts of rows, counts of different values, and smallest or largest values. The parts always
add up to the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from hrdresearch.run.recount import OF_VALUES
from hrdresearch.tables import match_rows
from hrdresearch.tables.row_filters import KeptMasks

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
SAYS_NOTHING = {
    NOT_ASKED,
    "not_recorded",
    "not_assessed",
    "unknown",
}  # in all rows: field is missing
PLACES = ("state_iso3", "state_m49", "admin1_name")
DATES = ("_date", "_year", "_date_precision")
UNTOLD = ("source", "source_row", "state_m49", "event_date_precision")  # repeat another column

Reason: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Move:
    """The part of a difference that has one reason.

    what: ``added``, ``removed``, ``dated anew``, ``placed anew``, ``classed anew`` (another date, place or
    code), or ``field added`` and ``field gone`` if one edition of the list has no such field. columns:
    columns in which the rows differ. count: number of rows or values; negative if they are lost.
    """

    what: str
    columns: tuple[str, ...]
    count: int


class KeyedRows:
    """Rows of a table, indexed by their key; the result of each condition is kept for the next filter."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._kept: KeptMasks = {}
        self._silent: dict[str, np.ndarray] = {}

    @property
    def keys(self) -> pd.Index:
        """Keys of the rows."""
        return self.frame.index

    def match(self, filter_: Mapping[str, Any]) -> np.ndarray:
        """Whether a filter selects each row."""
        return match_rows(self.frame, filter_, self._kept).to_numpy(bool)

    def says_nothing(self, column: str) -> np.ndarray:
        """Whether a column has no information for each row: not asked, or empty in the whole list."""
        if column not in self._silent:
            cells = self.frame[column].astype("string").fillna("unknown")
            without = cells.isin(SAYS_NOTHING).groupby(self.frame["source"]).transform("all")
            self._silent[column] = (cells.eq(NOT_ASKED) | without).to_numpy(bool)
        return self._silent[column]

    def count(self, filter_: Mapping[str, Any], measure: str) -> int | None:
        """A count as a claim states it: ``rows``, ``distinct:``, ``smallest:`` or ``largest:COLUMN``.

        None if no selected row has a value; ValueError for a column that the table does not have.
        """
        chosen = self.match(filter_)
        kind, _, column = measure.partition(":")
        if not column:
            return int(chosen.sum())
        values = self.frame.loc[chosen, column].dropna()
        return OF_VALUES[kind](values) if kind == "distinct" or len(values) else None


def moves_between(
    before: KeyedRows, after: KeyedRows, filter_: Mapping[str, Any], measure: str
) -> list[Move]:
    """Why a count differs between ``before`` and ``after``; the moves add up to the difference.

    before, after: rows of one table; the same row has the same key. ValueError if no selected row has a
    value for the measure.

    >>> was = pd.DataFrame({"source": "x", "event_year": [2019, 2020]}, index=["a", "b"])
    >>> now = pd.DataFrame({"source": "x", "event_year": [2020, 2020, 2020]}, index=["a", "b", "c"])
    >>> moves = moves_between(KeyedRows(was), KeyedRows(now), {"event_year": 2020}, "rows")
    >>> [(m.what, m.count) for m in moves]
    [('added', 1), ('dated anew', 1)]
    """
    chosen = [rows.match(filter_) for rows in (before, after)]
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
    """Moves sorted by kind and columns; for the same reason, gains before losses."""
    moves = [Move(*reason, count) for reason, count in came.items() if count]
    moves += [Move(*reason, -count) for reason, count in left.items() if count]
    return sorted(moves, key=lambda m: (KINDS.index(m.what), m.columns, -m.count))


def _reasons(
    keys: pd.Index, here: KeyedRows, there: KeyedRows, filter_: Mapping[str, Any], alone: str
) -> Counter[Reason]:
    """Why rows are selected on one side only: the other side lacks them, or has another value."""
    both = keys.intersection(there.keys)
    own, other = here.keys.get_indexer(both), there.keys.get_indexer(both)
    fails = {c: ~there.match({c: wanted})[other] for c, wanted in filter_.items()}
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
    """Kind of a correction of these columns.

    >>> kind_of_columns(("event_year",)), kind_of_columns(("event_year", "sex_code"))
    ('dated anew', 'classed anew')
    """
    if all(c.endswith(DATES) for c in columns):
        return DATED
    return PLACED if all(c in PLACES for c in columns) else CLASSED


def _reason_of_value(
    value: Any, column: str, here: KeyedRows, there: KeyedRows, chosen: np.ndarray, alone: str
) -> Reason:
    """Why only one side has a value: the other side lacks its rows, or a row was corrected."""
    holds = chosen & here.frame[column].eq(value).fillna(False).to_numpy(bool)
    if not here.keys[holds].isin(there.keys).any():
        return alone, ()
    return kind_of_columns((column,)), (column,)


def moves_of_lists(
    before: KeyedRows, after: KeyedRows, key_column: str | None = None
) -> Iterator[tuple[str, list[Move]]]:
    """For each list of a table: rows added and removed, and rows with another value in each column.

    key_column: a column that is left out, because it is the key.
    """
    for source in sorted(set(before.frame["source"]) | set(after.frame["source"])):
        keys = [rows.keys[rows.match({"source": source})] for rows in (before, after)]
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
    """Rows that both sides have with another value, by column; a row counts once for each column."""
    sides = [(rows, rows.keys.get_indexer(both)) for rows in (before, after)]
    columns = before.frame.columns.intersection(after.frame.columns)
    for column in [c for c in columns if c not in UNTOLD and c != key_column]:
        was, now = (
            rows.frame[column].iloc[own].astype("string").fillna("").to_numpy()
            for rows, own in sides
        )
        silent = [rows.says_nothing(column)[own] for rows, own in sides]
        differ = was != now
        if f"{column}_precision" in columns:  # a day instead of a year alone is not another date
            known = [rows.frame[f"{column}_precision"].iloc[own].to_numpy() for rows, own in sides]
            differ &= known[0] == known[1]
        for what, chosen in (
            (FIELD_CAME, differ & silent[0]),
            (FIELD_LEFT, differ & ~silent[0] & silent[1]),
            (kind_of_columns((column,)), differ & ~silent[0] & ~silent[1]),
        ):
            if chosen.any():
                yield Move(what, (column,), int(chosen.sum()))
