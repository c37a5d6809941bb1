"""Tables: a pandera model of each, which says what one row is, and filters that select rows.

Codes of several values are joined by ``|`` (``"women|indigenous"``); ``"not_recorded"`` stands
alone and is a value of its own, never "no". A table is a module of this package that defines
``TABLE``; adding one touches no other file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from hrdresearch.tables.filter_words import filter_in_words, label_in_column
from hrdresearch.tables.row_filters import (
    RowFilter,
    has_code,
    join_filters,
    match_rows,
    validate_filter,
)
from hrdresearch.tables.table import CODE_SEPARATOR, Table

NO_TABLES = ("filter_words", "lean_imports", "row_filters", "table")
# Rows shipped with the project for the self-test, in the form of these tables; none is a person.
FIXTURES = {
    "fixture_commitments": "commitments",
    "fixture_laws": "laws",
    "fixture_letters": "communications",
    "fixture_releases": "press_releases",
    "fixture_visits": "visits",
}


class _Tables(Mapping[str, Table]):
    """Tables by name; a model is imported when it is first asked for."""

    def __getitem__(self, name: str) -> Table:
        if name not in {*self, *FIXTURES}:
            raise KeyError(f"No table {name!r}; there are: {', '.join(self)}")
        model = FIXTURES.get(name, name)
        table: Table = importlib.import_module(f"{__name__}.{model}").TABLE
        return replace(table, person_column=None) if name in FIXTURES else table

    def __iter__(self) -> Iterator[str]:
        return iter(_names_of_tables())

    def __len__(self) -> int:
        return len(_names_of_tables())


@cache
def _names_of_tables() -> tuple[str, ...]:
    return tuple(m.name for m in pkgutil.iter_modules(__path__) if m.name not in NO_TABLES)


TABLES = _Tables()

__all__ = [
    "CODE_SEPARATOR",
    "TABLES",
    "RowFilter",
    "Table",
    "filter_in_words",
    "has_code",
    "join_filters",
    "label_in_column",
    "match_rows",
    "validate_filter",
]
