"""CSV text as rows of cells: finds the delimiter, and refuses quotation marks never closed.

A quotation mark that is opened and not closed turns many rows into one cell; the file is then
refused, because rows would be lost.
"""

from __future__ import annotations

import csv
import io
import re

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.table_size import refuse_width

DELIMITERS = ",;\t|"
FEWEST_COLUMNS = 3  # with fewer columns, rows inside a cell cannot be told from text with line ends
MANY_COLUMNS, MANY_ROWS = (
    8,
    3,
)  # so many delimiters in their places do not occur in a text by accident
_LINE_END = re.compile(r"\r\n|\r|\n")
_CSV_LIMIT = 2**31 - 1
_HEADER_WITHIN = 10_000

SWALLOWED = (
    "{}: a quotation mark is opened in row {} and closed rows later, or never; the rows between "
    "would run into one cell. Export the list again, or mend that row."
)

Row = tuple[int, list[str]]


def parse_csv(file: str, text: str) -> tuple[list[Row], str]:
    """Parse CSV text: the rows that are not empty with their numbers, and the delimiter.

    file: name of the file, for errors. Raises UnreadableFileError for binary data, for a row that
    is too wide, and for a quotation mark that is not closed in its row (with the row).

    >>> parse_csv("list.csv", "name;year\\nA. Example;2020\\n")
    ([(1, ['name', 'year']), (2, ['A. Example', '2020'])], ';')
    """
    if "\x00" in text:
        line = len(text[: text.index("\x00")].splitlines()) or 1
        raise UnreadableFileError(
            f"{file}: holds binary data (a zero byte near line {line}), so this is no CSV file or a "
            "damaged one. Export the list again."
        )
    delimiter = _delimiter(text)
    csv.field_size_limit(_CSV_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    number = swallowing = 0
    try:
        for number, cells in enumerate(reader, start=1):
            refuse_width(file, len(cells), number)
            if any(cell.strip() for cell in cells):
                if (
                    rows
                    and not swallowing
                    and holds_swallowed_rows(cells, len(rows[0][1]), delimiter)
                ):
                    swallowing = number
                rows.append((number, cells))
    except csv.Error as error:
        raise UnreadableFileError(
            f"{file}: line {reader.line_num} cannot be read as CSV ({error})."
        ) from error
    if swallowing in (0, number) and text.count('"') % 2 and _ends_in_quotes(text, delimiter):
        raise UnreadableFileError(
            f"{file}: a quotation mark is opened and never closed near row {number}; the rest "
            "of the file would run into one cell. Export the list again."
        )
    if swallowing:
        raise UnreadableFileError(SWALLOWED.format(file, swallowing))
    if not rows:
        raise UnreadableFileError(f"{file}: holds no column names and no rows.")
    return rows, delimiter


def _delimiter(text: str) -> str:
    header = text[:_HEADER_WITHIN].lstrip().splitlines()[:1]
    return max(DELIMITERS, key=header[0].count) if header else DELIMITERS[0]


def holds_swallowed_rows(cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a cell contains whole rows, because a quotation mark was not closed.

    cells: one row. width: number of columns of the header. Looked for: the end of the row, whole
    rows and the beginning of another row inside one cell.
    """
    if width < FEWEST_COLUMNS:
        return False
    for at, cell in enumerate(cells):
        if "\n" not in cell and "\r" not in cell:
            continue
        first, *between, last = _LINE_END.split(cell)
        ends_row = first.count(delimiter) == width - 1 - at
        whole = [line.count(delimiter) == width - 1 for line in between]
        is_all_rows = ends_row and all(whole) and last.count(delimiter) == at
        if len(cells) != width and (ends_row or any(whole)):
            return True
        if is_all_rows and (width >= MANY_COLUMNS or len(whole) >= MANY_ROWS):
            return True
    return False


def _ends_in_quotes(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
