"""Defines what every table has: a model of its columns, a column of persons and a column of years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import pandera.pandas as pa

from hrdresearch.tables.lean_imports import import_without
from hrdresearch.vocab import codes

import_without("pandera.typing.dask", "dask")  # of a second or more

NOT_RECORDED = "not_recorded"
CODE_SEPARATOR = "|"


class Rows(pa.DataFrameModel):
    """Base of the models of all tables."""

    class Config:
        """Strict: a column that is not declared does not pass."""

        strict = True
        ordered = True
        coerce = True


@dataclass(frozen=True)
class Table:
    """A table and its special columns.

    person_column: column with the pseudonym of the person whom disclosure control protects; None
    where the rows are public acts of States. year_column: column of the year by which rows belong
    to the period of a report.
    """

    model: type[pa.DataFrameModel]
    person_column: str | None
    year_column: str | None

    @property
    def columns(self) -> list[str]:
        """Names of the columns of its model, in their order."""
        return list(self.model.to_schema().columns)

    def empty(self) -> pd.DataFrame:
        """The table without rows; its columns have no types yet."""
        return pd.DataFrame(columns=self.columns)


def joined_codes(vocabulary: str, description: str) -> Any:
    """Field of a model for a column of joined codes, which holds codes of a vocabulary only."""
    field = pa.Field(description=description)
    error = f"a code outside vocabulary {vocabulary!r}"
    field.checks.append(pa.Check(partial(are_valid_codes, vocabulary=vocabulary), error=error))
    return field


def are_valid_codes(cells: pd.Series, vocabulary: str) -> pd.Series:
    """Whether each cell holds codes of the vocabulary only; one boolean for each row.

    cells: codes joined by ``|``. A cell is not valid if it is empty, has a code twice, or has
    ``not_recorded`` beside another code.

    >>> are_valid_codes(pd.Series(["female", "female|male", "x", ""]), "sex").tolist()
    [True, True, False, False]
    """
    allowed = set(codes(vocabulary))

    def holds(cell: str) -> bool:
        parts = cell.split(CODE_SEPARATOR)
        alone = NOT_RECORDED not in parts or len(parts) == 1
        return bool(cell) and set(parts) <= allowed and len(set(parts)) == len(parts) and alone

    return cells.map(holds).astype(bool)
