"""What a row is: one pandera model a table, and how rows are chosen from it.

Codes of several values are joined by ``|`` (``"women|indigenous"``); ``"not_recorded"`` stands
alone and is a value of its own, never "no".
"""

from __future__ import annotations

from dataclasses import dataclass

import pandera.pandas as pa

from hrdresearch.tables.cases import Cases
from hrdresearch.tables.select import RowFilter, has_code, in_words, select, validate_filter


@dataclass(frozen=True)
class Table:
    """A table: its model, the column of persons that disclosure control protects, its year."""

    model: type[pa.DataFrameModel]
    person_column: str | None
    year_column: str | None


TABLES: dict[str, Table] = {"cases": Table(Cases, "victim_id", "event_year")}

__all__ = [
    "TABLES",
    "Cases",
    "RowFilter",
    "Table",
    "has_code",
    "in_words",
    "select",
    "validate_filter",
]
