"""Faults of a workbook, by sheet and cell; they never repeat the contents of a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from hrdresearch.run.errors import RunError


class CasebookError(RunError):
    """A workbook cannot be loaded as it is; the message names sheets and cells, never their content."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a sheet, row or cell.

    sheet: title in the workbook. row: number of the row, 0 for the whole sheet. cell: such as D7.
    what: what is wrong. done: what was done about it.
    """

    sheet: str
    row: int
    cell: str
    what: str
    done: str

    def __str__(self) -> str:
        where = f", {self.cell}" if self.cell else f", row {self.row}" if self.row else ""
        return f"Sheet {self.sheet!r}{where}: {self.what} {self.done}"


ASIDE = "The row is not loaded."
CELL = "The cell is not loaded."


@dataclass
class Faults:
    """Collects the faults of one sheet.

    places: name of a column -> its number, from 0. aside: numbers of the rows that are set aside.
    """

    sheet: str
    places: dict[str, int]
    listed: list[Fault] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)

    def report_cell(self, row: int, column: str, what: str, done: str = CELL) -> None:
        """Report a fault of one cell."""
        self.listed.append(Fault(self.sheet, row, self._cell(row, column), what, done))

    def set_row_aside(self, row: int, column: str, what: str) -> None:
        """Set a row aside because of one of its cells; column "": because of the row as a whole."""
        self.aside.add(row)
        self.report_cell(row, column, what, ASIDE)

    def set_rows_aside(self, rows: Iterable[int], column: str, what: str) -> None:
        """Set several rows aside for the same reason."""
        for row in rows:
            self.set_row_aside(row, column, what)

    def report_sheet(self, what: str, done: str = "") -> None:
        """Report a fault of the whole sheet."""
        self.listed.append(Fault(self.sheet, 0, "", what, done))

    def _cell(self, row: int, column: str) -> str:
        at = self.places.get(column)
        return f"{get_column_letter(at + 1)}{row}" if at is not None and row else ""
