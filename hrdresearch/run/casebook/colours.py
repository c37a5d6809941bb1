"""Reports coloured cells and notes on cells of a workbook, which a casebook does not read."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import load_workbook  # type: ignore[import-untyped]

from hrdresearch.run.casebook.faults import Faults
from hrdresearch.run.casebook.find_sheets import SheetFound

NONE = {"00000000", "FFFFFFFF", "00FFFFFF"}
COLOURED = "Colours are not read: write in a column what the colour means."
NOTED = "Notes on cells are not read: write in a column what they say."


def tell_colours(content: bytes, found: Mapping[str, SheetFound]) -> None:
    """Report coloured cells and notes on cells in the rows of a workbook (XLSX).

    content: bytes of the workbook. found: its sheets, whose faults get the reports. An empty coloured cell
    is reported by itself, because there the colour is the only information.
    """
    book = load_workbook(io.BytesIO(content))
    for sheet in found.values():
        rows = {int(row) for row in sheet.cells.index}
        whole, noted = set(), set()
        for cells in book[sheet.title].iter_rows(min_row=min(rows, default=1)):
            for cell in cells:
                if cell.row in rows and cell.comment is not None:
                    noted.add(cell.row)
                if cell.row not in rows or not _is_coloured(cell):
                    continue
                if cell.value is None:
                    _tell_empty(sheet.faults, cell.row, cell.column - 1)
                else:
                    whole.add(cell.row)
        for told, what in ((whole, COLOURED), (noted, NOTED)):
            if told:
                listed = ", ".join(map(str, sorted(told)[:20])) + (" ..." if len(told) > 20 else "")
                sheet.faults.report_sheet(what, f"Rows {listed}.")


def _tell_empty(faults: Faults, row: int, at: int) -> None:
    column = next((name for name, place in faults.places.items() if place == at), "")
    if column:
        faults.report_cell(row, column, "An empty cell is coloured: write what the colour means.")


def _is_coloured(cell: object) -> bool:
    fill = cell.fill  # type: ignore[attr-defined]
    if fill is None or fill.fill_type != "solid":
        return False
    colour = fill.fgColor
    return colour.type != "rgb" or str(colour.rgb) not in NONE
