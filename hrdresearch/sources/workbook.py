"""Workbooks (.xls, .xlsx) as text cells; a zip is measured before anything is unpacked."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from hrdresearch.clean.word_forms import fold
from hrdresearch.sources.errors import UnreadableFileError, unreadable_if_damaged
from hrdresearch.sources.legends import read_legend
from hrdresearch.sources.sheet_marks import SheetMarks, marks_of_sheet, sheet_path
from hrdresearch.sources.table_size import LARGEST_SHEET, refuse_width
from hrdresearch.vocab import vocabulary

WIDEST_SHEET = 16_384  # no spreadsheet program makes a wider one
LARGEST_UNPACKED = 300_000_000
LARGEST_RATIO = 150
FEWEST_COLUMNS = 4  # of the longest list of a workbook
FIRST_ROWS = 10  # that may hold the column names
LONGEST = "longest"
MOST_OF_LEGEND = 200  # rows
RATIO_FROM = 20_000_000  # a small, very regular sheet may well be packed tightly

Position = tuple[int, int]
Merged = tuple[int, int, int, int]
_PLACED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)[\"']")
_ROW_BEGINS, _CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c\b")
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[\s>/]')
_ERROR = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


SheetCells = tuple[
    list[tuple[int, list[str]]], frozenset[Position], frozenset[Position], frozenset[Merged]
]


def read_workbook(
    path: Path, kind: str, content: bytes, sheet: str = ""
) -> tuple[SheetCells, SheetMarks, tuple[tuple[int, int], ...], int]:
    """Read a sheet as text, the first that holds a table if none is named; see ``read_every_sheet``.

    sheet: its number from 1, or its name; "longest": that with most rows of several cells. A sheet of one
    column, such as a cover, is skipped if another one holds a table. Returns the cells, the marks of the
    sheet, number and rows of each sheet that is not read, without those of our templates and those that only
    explain codes, and the number of the sheet. UnreadableFileError if no sheet is called so.
    """
    found = list(read_every_sheet(path, kind, content))
    if not found:
        raise UnreadableFileError(f"{path.name}: no sheet of the workbook holds anything.")
    numbers = {n: at for at, n in enumerate(_sheet_names(content), start=1)}
    name, cells = next(((n, c) for n, c in found if _is_table(c[0])), found[0])
    own = {
        title for titles in vocabulary("list_templates")["sheets"].values() for title in titles[1:]
    }
    if sheet == LONGEST:
        longest = max(
            (one for one in found if one[0] not in own), key=lambda one: _long_rows(one[1][0])
        )
        name, cells = longest if _long_rows(longest[1][0]) else (name, cells)
    elif sheet:
        named = [one for one in found if sheet in (str(numbers[one[0]]), one[0])]
        if not named:
            raise UnreadableFileError(
                f"{path.name}: no sheet that holds anything has this name or number. Sheets with rows: "
                f"{', '.join(str(numbers[n]) for n, _ in found)}."
            )
        name, cells = named[-1]
    marks = marks_of_sheet(content, numbers[name] - 1) if kind == "xlsx" else SheetMarks()
    heads = {fold(cell): cell for _, line in cells[0][:FIRST_ROWS] for cell in line if cell.strip()}
    others = tuple(
        (numbers[n], len(c[0]))
        for n, c in found
        if n != name and n not in own and not _is_legend(c[0], heads)
    )
    return cells, marks, others, numbers[name]


def _long_rows(rows: list[tuple[int, list[str]]]) -> int:
    """Number of rows with several cells, of a sheet that has at least one of FEWEST_COLUMNS cells."""
    filled = [sum(bool(c.strip()) for c in cells) for _, cells in rows]
    return sum(n > 2 for n in filled) if max(filled, default=0) >= FEWEST_COLUMNS else 0


def _is_legend(rows: list[tuple[int, list[str]]], heads: Mapping[str, str]) -> bool:
    """Whether a sheet only explains codes."""
    if len(rows) > MOST_OF_LEGEND:
        return False
    found, used = read_legend([c for _, c in rows], lambda text: heads.get(fold(text), ""))
    return bool(found) and all(used)


def _is_table(rows: list[tuple[int, list[str]]]) -> bool:
    return len(rows) > 1 and any(sum(bool(c.strip()) for c in cells) > 1 for _, cells in rows)


def _sheet_names(content: bytes) -> list[str]:
    return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names)


def read_every_sheet(path: Path, kind: str, content: bytes) -> Iterator[tuple[str, SheetCells]]:
    """Name and cells of each sheet that is not empty, as text.

    kind: "xls" or "xlsx". content: bytes of the file. Cells are the rows with their numbers, the
    positions of dates, the positions of formulas and errors, and merged cells; a position is the row
    number and the number of the cell from 0, of merged cells that of the first and of the last. Raises
    UnreadableFileError for a damaged, locked or far too large workbook.
    """
    with unreadable_if_damaged(
        f"{path.name}: the workbook is damaged or protected by a password. Open it in a "
        "spreadsheet program and save it again."
    ):
        if kind == "xlsx":
            _measure(path, content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for index, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_index(index)
            cells = sheet.to_python(skip_empty_area=False)
            if any(value != "" for row in cells for value in row):
                refuse_width(path.name, max(map(len, cells)))
                formulas = _formulas(content, index) if kind == "xlsx" else frozenset()
                merged = frozenset(
                    (a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in sheet.merged_cell_ranges or ()
                )
                yield name, (*_as_text(cells, formulas), formulas, merged)


def _measure(path: Path, content: bytes) -> None:
    """Refuse a zip bomb by its directory, before anything is unpacked."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise UnreadableFileError(f"{path.name}: named .xlsx, but it is no such workbook.")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
    unpacked = sum(member.file_size for member in members)
    ratio = unpacked / max(1, len(content))
    if unpacked > LARGEST_UNPACKED or (unpacked > RATIO_FROM and ratio > LARGEST_RATIO):
        raise UnreadableFileError(
            f"{path.name}: would unpack to {unpacked // 1_000_000} MB, {ratio:.0f} times its size. "
            "It is not opened: this is no ordinary list."
        )
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for member in members:
            if _is_far_out(packed.read(member)):
                raise UnreadableFileError(
                    f"{path.name}: a cell stands far outside the table, at the end of the sheet, "
                    "or a row has far too many cells. Copy the table alone into a new workbook."
                )


def _is_far_out(xml: bytes) -> bool:
    """True when a sheet reaches further than LARGEST_SHEET cells; False for any other part."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = xml.decode("utf-16").encode()
    if b"sheetData" not in xml:
        return False
    by_row = _ROW_BEGINS.split(xml)
    rows = max([len(by_row), *(int(n) for n in _ROW.findall(xml))])
    columns = max(len(_CELL.findall(row)) for row in by_row)
    for letters, number in _PLACED.findall(xml):
        rows = max(rows, int(number))
        columns = max(columns, _place(letters.decode().upper()) + 1)
    return columns > WIDEST_SHEET or rows * columns > LARGEST_SHEET


def _as_text(
    cells: list[list[Any]], formulas: frozenset[Position]
) -> tuple[list[tuple[int, list[str]]], frozenset[Position]]:
    rows, dated = [], set()
    with_formula = {row for row, _ in formulas}
    for number, row in enumerate(cells, start=1):
        texts = [_text(value) for value in row]
        if any(text.strip() for text in texts) or number in with_formula:
            rows.append((number, texts))
        dated |= {(number, at) for at, value in enumerate(row) if isinstance(value, dt.date)}
    return rows, frozenset(dated)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return "" if value is None else str(value)


def _formulas(content: bytes, index: int) -> frozenset[Position]:
    """Positions of formulas and errors ("#REF!") in the sheet at ``index`` of the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = sheet_path(packed, index)
        xml = packed.read(sheet) if sheet else b""
    found = _FORMULA.findall(xml) + _ERROR.findall(xml)
    return frozenset((int(row), _place(column.decode())) for column, row in found)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
