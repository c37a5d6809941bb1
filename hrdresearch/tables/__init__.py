"""What a row is: one pandera model a table, and how rows are chosen from it.

Codes of several values are joined by ``|`` (``"women|indigenous"``); ``"not_recorded"`` stands
alone and is a value of its own, never "no". A table is a module of this package that defines
``TABLE``; adding one touches no other file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from hrdresearch.tables.select import RowFilter, has_code, in_words, select, validate_filter
from hrdresearch.tables.table import Table

NO_TABLES = ("select", "table")


class _Tables(Mapping[str, Table]):
    """Tables by name; a model is imported when it is first asked for."""

    def __getitem__(self, name: str) -> Table:
        if name not in set(self):
            raise KeyError(f"No table {name!r}; there are: {', '.join(self)}")
        table: Table = importlib.import_module(f"{__name__}.{name}").TABLE
        return table

    def __iter__(self) -> Iterator[str]:
        return (m.name for m in pkgutil.iter_modules(__path__) if m.name not in NO_TABLES)

    def __len__(self) -> int:
        return len(list(iter(self)))


TABLES = _Tables()

__all__ = ["TABLES", "RowFilter", "Table", "has_code", "in_words", "select", "validate_filter"]
