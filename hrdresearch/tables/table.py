"""A table: its model, and which of its columns mean a person and a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa

from hrdresearch.vocab import codes

NOT_RECORDED = "not_recorded"
CODE_SEPARATOR = "|"


class Rows(pa.DataFrameModel):
    """What every table's model has in common."""

    class Config:
        """Strict: a column that is not declared does not pass."""

        strict = True
        ordered = True
        coerce = True


@dataclass(frozen=True)
class Table:
    """A table.

    person_column: whom disclosure control protects (a pseudonym), or None where rows are public
    acts of States. year_column: the year that a report's period is told by.
    """

    model: type[pa.DataFrameModel]
    person_column: str | None
    year_column: str | None


def in_vocabulary(column: str, vocabulary: str) -> Any:
    """A check of a model: every code of a column of joined codes stands in the vocabulary."""

    def holds(cls: type, cells: pd.Series) -> pd.Series:  # noqa: ARG001
        return holds_codes(cells, vocabulary)

    return pa.check(column, error=f"a code outside vocabulary {vocabulary!r}")(classmethod(holds))


def holds_codes(cells: pd.Series, vocabulary: str) -> pd.Series:
    """Whether every code of each joined cell stands in the vocabulary; one boolean a row.

    ``not_recorded`` stands alone and no code stands twice.
    """
    allowed = set(codes(vocabulary))

    def holds(cell: str) -> bool:
        parts = cell.split(CODE_SEPARATOR)
        alone = NOT_RECORDED not in parts or len(parts) == 1
        return bool(cell) and set(parts) <= allowed and len(set(parts)) == len(parts) and alone

    return cells.map(holds).astype(bool)
