"""Merges a newer version of a casebook into the one that was loaded before, by identifiers of rows.

New rows are added and different cells are changed. An empty cell, or a row that is missing in the newer
version, changes nothing. Only a cell with a single minus sign removes a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrdresearch.run.casebook.cells import CLEARED, Record
from hrdresearch.run.casebook.sheet_kinds import sheet_kinds

Casebook = dict[str, dict[str, Record]]  # sheet -> identifier -> row
ADDED, CHANGED, TAKEN_BACK = "added", "changed", "taken back"
KEPT = "kept, though empty in the file"
DECISIONS = ("same_as", "not_same_as")  # --ask makes them too, so the workbook may not hold them


@dataclass(frozen=True)
class Change:
    """A row added, or a cell changed.

    key: identifier of the row. row: its number in the workbook. kind: "added", "changed", "taken back" or
    "kept, though empty in the file". was, is_: the values before and after.
    """

    sheet: str
    key: str
    row: int
    column: str
    kind: str
    was: str = ""
    is_: str = ""


@dataclass(frozen=True)
class Merged:
    """The casebook after merging, and its changes.

    not_in_file: number of rows that stay although the newer version does not hold them, by sheet.
    """

    values: Casebook
    changes: tuple[Change, ...]
    not_in_file: Mapping[str, int]


def empty_casebook() -> Casebook:
    """An empty casebook."""
    return {name: {} for name in sheet_kinds()}


def merge_rows(before: Casebook, newer: Mapping[str, Mapping[int, Record]]) -> Merged:
    """Merge rows of a workbook into the casebook that was loaded before.

    newer: sheet -> number of the row -> values. Merging the same version twice changes nothing.
    """
    values, left = empty_casebook(), {}
    changes: list[Change] = []
    for name, kind in sheet_kinds().items():
        empty = {c.name: "" for c in kind.columns}
        rows = {key: dict(record) for key, record in before[name].items()}
        given = newer.get(name, {})
        for row, record in given.items():
            key = record[kind.key]
            if key not in rows:
                rows[key] = empty | {c: "" if v == CLEARED else v for c, v in record.items()}
                changes.append(Change(name, key, row, "", ADDED))
            else:
                changes += _changed(rows[key], name, key, row, record)
        left[name] = len(rows) - len({record[kind.key] for record in given.values()})
        values[name] = rows
    return Merged(values, tuple(changes), left)


def _changed(held: Record, sheet: str, key: str, row: int, record: Record) -> list[Change]:
    """Change the cells of a row in place; returns the changes."""
    changes = []
    for column, value in record.items():
        was = held.get(column, "")
        is_ = "" if value == CLEARED else value
        if value and is_ != was:
            held[column] = is_
            changes.append(
                Change(sheet, key, row, column, CHANGED if is_ else TAKEN_BACK, was, is_)
            )
        elif not value and was and column not in DECISIONS:
            changes.append(Change(sheet, key, row, column, KEPT, was, was))
    return changes
