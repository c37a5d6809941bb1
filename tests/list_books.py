"""Workbooks of invented lists for tests of lists of one's own."""

from __future__ import annotations

from pathlib import Path

import openpyxl


def book(folder: Path, *sheets: list[list[object]]) -> Path:
    """A workbook ``lista.xlsx`` with these rows on each of its sheets."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    path = folder / "lista.xlsx"
    made.save(path)
    return path
