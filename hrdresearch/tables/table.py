"""A table: its model, and which of its columns mean a person and a year."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.pandas as pa


@dataclass(frozen=True)
class Table:
    """A table.

    person_column: whom disclosure control protects (a pseudonym), or None where rows are public
    acts of States. year_column: the year that a report's period is told by.
    """

    model: type[pa.DataFrameModel]
    person_column: str | None
    year_column: str | None
