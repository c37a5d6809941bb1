"""Finds all rows of a person in a file with several tables (a casebook), from some of the rows."""

from __future__ import annotations

from collections.abc import Collection

from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.registry import list_layouts


def with_rows_of_person(
    rows: Rows, slugs: Collection[str], numbers: Collection[int]
) -> frozenset[int]:
    """Numbers of all rows of the same persons, in any table of the file, with the given numbers.

    slugs: lists that the file may belong to; their layouts name the column of the person (``person``).
    """
    found = set(numbers)
    header = rows.rows[0][1]
    for column in _person_columns(slugs) & set(header):
        at = header.index(column)
        persons = {cells[at] for n, cells in rows.rows if n in found and len(cells) > at} - {""}
        found |= {n for n, cells in rows.rows if len(cells) > at and cells[at] in persons}
    return frozenset(found)


def _person_columns(slugs: Collection[str]) -> set[str]:
    columns = set()
    for slug in slugs:
        try:
            columns |= {layout.person for layout in list_layouts(slug)} - {""}
        except SourceError:
            continue  # a list that is no longer defined
    return columns
