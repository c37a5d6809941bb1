"""All rows of a person in a file that holds several tables, such as a casebook, from some of them."""

from __future__ import annotations

from collections.abc import Collection

from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.registry import list_layouts


def with_rows_of_person(
    rows: Rows, slugs: Collection[str], numbers: Collection[int]
) -> frozenset[int]:
    """The numbers, and those of all rows that are of the same persons, in any table of the file.

    slugs: lists that the file may be of; whose row a row is, their layouts say (``person``).
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
            continue  # the list is no longer known here
    return columns
