"""Published layouts of a source, and the table of a file's rows under the columns of its layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.clean.text import has_markup, make_markup_harmless
from hrdresearch.sources.beside_the_table import AGAIN, marks_beside, rows_beside, years_above
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.reading import LARGEST_CELL, Rows

BYTE_ORDER_MARK = "\ufeff"
SPREADSHEET_ERROR = r"\s*#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)\s*"


@dataclass(frozen=True)
class Layout:
    """One published layout of a source.

    kinds: kinds of files ("csv", "xlsx"). columns: column names as published, which a file must
    have; optional: those that it may have. also: for a column, other headings under which it is
    known; upper case and punctuation make no difference. encoding: encoding of files that are not
    UTF-8; "" means UTF-8 only. facts: further entries of source.yml for this layout. header: rows of
    the file in which the column names stand, where they are not in the first row alone. reads: for a
    list without code of its own, how each field is read (``hrdresearch.sources.reads``). left_out:
    columns that are known and not read. case: column whose equal values make one case of several rows.
    only: columns and the values of the rows that are of this list, where the file holds other tables
    too. person: column whose equal values are one person's rows, in all tables of the file. sheet:
    number of the sheet of a workbook, "" for the first that holds a table.
    """

    source: str
    name: str
    title: str
    kinds: tuple[str, ...]
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    encoding: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    also: Mapping[str, list[str]] = field(default_factory=dict)
    header: tuple[int, ...] = ()
    reads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    case: str = ""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    person: str = ""
    sheet: str = ""

    def named(self, header: Iterable[str]) -> list[str]:
        """The header, with other known headings replaced by the column names of this layout."""
        names = list(header)
        if not self.also:
            return names
        lacking = [c for c in (*self.columns, *self.optional) if c not in names]
        other = {_words(h): c for c in lacking for h in (c, *self.also.get(c, ()))}
        return [other.pop(_words(h), h) for h in names]

    def missing(self, header: Iterable[str]) -> list[str]:
        """Required columns that are not in a header."""
        names = set(self.named(header))
        return [column for column in self.columns if column not in names]


@dataclass(frozen=True)
class Table:
    """Rows of a file under the columns of its layout.

    cells: text; index: row of the file. dated: row and column of cells that a workbook stores as
    dates. years_above: of a user's own list, row -> year that a heading above says, and its row.
    """

    path: Path
    layout: Layout
    cells: pd.DataFrame
    dated: frozenset[tuple[int, str]]
    encoding: str = ""
    years_above: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def column_names(rows: Rows, layout: Layout | None = None) -> list[str]:
    """Column names of a file: its first row, or the rows that a layout names, without outer space.

    Of two rows the upper one may cover several columns: ``Victim`` over ``Name`` and ``Age`` gives
    ``Victim / Name`` and ``Victim / Age``. In a user's own list a name that occurs twice gets a number,
    and a column without a name is named by its place.
    """
    if layout is None or not layout.reads:
        at = layout.header if layout else ()
        return _header(next((c for n, c in rows.rows if n in at), rows.rows[0][1]))
    at = layout.header or (rows.rows[0][0],)
    return make_own_header([cells for number, cells in rows.rows if number in at], _width(rows))


def make_own_header(lines: list[list[str]], width: int) -> list[str]:
    """Make column names from one row or two; no two are the same.

    >>> make_own_header([["Victim", "", "Place"], ["Name", "Age", ""]], 3)
    ['Victim / Name', 'Victim / Age', 'Place']
    """
    names, above = [], ""
    for at in range(width):
        upper, *lower = [_name(line[at]) if at < len(line) else "" for line in lines] or [""]
        above = upper or (above if lower and lower[0] else "")
        parts = dict.fromkeys(part for part in (above, *lower) if part)
        names.append(" / ".join(parts) or f"column {at + 1}")
    seen: Counter[str] = Counter()
    for at, name in enumerate(names):
        seen[name] += 1
        names[at] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names


def _width(rows: Rows) -> int:
    """Number of columns that hold anything."""
    return max(
        (at + 1 for _, cells in rows.rows for at, cell in enumerate(cells) if cell.strip()),
        default=0,
    )


def make_table(rows: Rows, layout: Layout, book: Book) -> Table:
    """Make the table of a file; a row that does not fit the header is set aside in the book.

    Markup becomes plain text and formulas are never computed; both are issues. Raises
    UnreadableFileError when a column name stands twice.
    """
    published = column_names(rows, layout)
    first = max(layout.header, default=rows.rows[0][0])
    header = layout.named(published)
    if layout.reads:
        rows = fill_merged_cells(rows, first, header, book)
    _refuse_repeated_columns(rows.path.name, header, layout)
    beside = rows_beside(rows, published, first) if layout.reads else {}
    for told, what, done in marks_beside(rows, first) if layout.reads else ():
        book.issues_at(told or (0,), "", what, done)
    kept, numbers = [], []
    for number, cells in rows.rows:
        if number <= first:
            continue
        misfit = rows.aside.get(number) or _misfit(cells, header, layout, published)
        reason = misfit or beside.get(number, "")
        if reason:
            book.set_aside(number, reason)
            cells = [""] * len(header)
        elif len(cells) < len(header):
            book.issue(
                number,
                "",
                "The row ends early; the cells it lacks can be done without.",
                "accepted",
            )
        kept.append([*cells, *[""] * len(header)][: len(header)])
        numbers.append(number)
    frame = pd.DataFrame(kept, columns=header, index=numbers, dtype="object")
    _note_extra_columns(header, layout, book)
    named = [column for column in header if column in (*layout.columns, *layout.optional)]
    frame = _without_markup(_take_formula_results(frame[named], rows, header, book), book)
    dated = frozenset((row, header[at]) for row, at in rows.dated if at < len(header))
    years = years_above(rows, beside) if beside else {}
    return Table(rows.path, layout, frame, dated, rows.encoding, years)


def fill_merged_cells(rows: Rows, first: int, header: list[str], book: Book) -> Rows:
    """Write the value of a cell that is merged over several rows into each of the rows, with an issue.

    first: last row of the column names. Cells merged over several columns are an issue and stay as they
    are.
    """
    by_number = {number: list(cells) for number, cells in rows.rows}
    for top, left, bottom, right in sorted(rows.merged):
        if top <= first or left >= len(header) or top not in by_number:
            continue
        value = by_number[top][left]
        for number in range(top + 1, bottom + 1):
            cells = by_number.setdefault(number, [""] * len(by_number[top]))
            cells[left] = value
            book.issue(
                number, header[left], "A cell merged with the one above.", "its value is taken"
            )
        if right > left:
            book.issue(
                top, header[left], "A cell merged over several columns.", "it stands in the first"
            )
    return replace(rows, rows=sorted(by_number.items()))


def _words(heading: str) -> str:
    return " ".join(re.findall(r"\w+", heading.casefold().replace("_", " ")))


def _header(cells: list[str]) -> list[str]:
    """Column names without outer space; empty cells at the end are left out."""
    names = [_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _name(cell: str) -> str:
    """A column name without outer space and without the mark that some files begin with."""
    return cell.replace(BYTE_ORDER_MARK, "").strip()


def _misfit(cells: list[str], header: list[str], layout: Layout, published: list[str]) -> str:
    if any(len(cell) > LARGEST_CELL for cell in cells):
        return f"A cell holds more than {LARGEST_CELL:,} characters."
    # One legacy export fills cells beyond its last named column with "na".
    surplus = [cell for cell in cells[len(header) :] if cell.strip() not in ("", "na")]
    if surplus:
        return f"The row has {len(cells)} cells, the header {len(header)}: an unquoted delimiter?"
    if any(column not in layout.optional for column in header[len(cells) :]):
        return f"The row has {len(cells)} cells, the header {len(header)}: a broken line?"
    if [_name(cell) for cell in cells[: len(header)]] == published:
        return AGAIN
    return ""


def _refuse_repeated_columns(file: str, header: list[str], layout: Layout) -> None:
    repeated = sorted(name for name, n in Counter(header).items() if name and n > 1)
    if repeated:
        raise UnreadableFileError(
            f"{file}: column {', '.join(map(repr, repeated))} stands more than once. Keep one "
            f"header row with each column of layout {layout.name!r} once."
        )


def _note_extra_columns(header: list[str], layout: Layout, book: Book) -> None:
    for column in header if not layout.only else ():  # else they belong to other tables in the file
        if column not in (*layout.columns, *layout.optional, *layout.left_out):
            book.issue(1, column, "A column that the layout does not have.", "not read")


def _take_formula_results(
    frame: pd.DataFrame, rows: Rows, header: list[str], book: Book
) -> pd.DataFrame:
    """Take the stored result of each formula, with an issue; without a result the row is set aside."""
    frame = frame.copy()
    for row, at in sorted(rows.formulas):
        column = header[at] if at < len(header) else ""
        if row not in frame.index or column not in frame.columns:
            continue
        if frame.at[row, column]:
            book.issue(row, column, "A formula.", "the result stored in the workbook is taken")
        else:
            book.set_aside(
                row, f"Column {column!r} holds a formula or an error instead of a value."
            )
    for column in frame.columns:
        for row in frame.index[frame[column].str.match(r"\s*=\s*[\w@(+-]")]:
            book.set_aside(row, f"Column {column!r} holds a formula as text.")
        for row in frame.index[frame[column].str.fullmatch(SPREADSHEET_ERROR)]:
            book.set_aside(
                row, f"Column {column!r} holds a formula or an error instead of a value."
            )
    return frame


def _without_markup(frame: pd.DataFrame, book: Book) -> pd.DataFrame:
    for column in frame.columns:
        suspect = [cell for cell in frame[column].unique() if has_markup(cell)]
        if not suspect:
            continue
        rows = frame.index[frame[column].isin(suspect)]
        frame[column] = frame[column].replace(
            {cell: make_markup_harmless(cell) for cell in suspect}
        )
        book.issues_at(rows, column, "HTML or a script.", "kept as harmless text")
    return frame
