"""Recognizes the sheets of a casebook in a workbook, by their columns and not by their titles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from hrdresearch.clean.word_forms import fold
from hrdresearch.run.casebook.faults import CasebookError, Faults
from hrdresearch.run.casebook.sheet_kinds import SheetKind, sheet_kinds
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.layout import Layout, make_own_header, make_table
from hrdresearch.sources.reading import Rows, read_sheets
from hrdresearch.vocab import vocabulary

HEADER_WITHIN = 10  # rows above the column names at most
LEAST_COLUMNS = 2


@dataclass(frozen=True)
class SheetFound:
    """A recognized sheet of a workbook.

    kind: which sheet of a casebook it is. cells: texts; columns named as in the casebook, index: row of
    the sheet. faults: faults found so far. dated: row and column of cells that are stored as dates.
    title: title in the workbook; it may hold a name and is never printed.
    """

    kind: SheetKind
    cells: pd.DataFrame
    faults: Faults
    dated: frozenset[tuple[int, str]]
    title: str = ""


def find_sheets(
    path: Path, opener: Callable[[Path], bytes] = Path.read_bytes
) -> tuple[dict[str, SheetFound], list[str]]:
    """Find the sheets of a casebook in a workbook; returns them by name, and remarks on other sheets.

    opener: reads the file. CasebookError if a sheet lacks a column it needs, a column occurs twice, or
    two sheets are the same; SourceError if the file is not a workbook.
    """
    found: dict[str, SheetFound] = {}
    remarks, wrong = [], []
    for number, (name, rows) in enumerate(read_sheets(path, opener).items(), start=1):
        if fold(name) in _example_titles():
            continue
        title = name if _titled(name) else f"number {number}"  # other titles may hold a name
        try:
            one = _read(title, rows)
        except CasebookError as error:
            wrong.append(str(error))
            continue
        if one is None:
            remarks.append(f"Sheet {title!r} is not a sheet of a casebook and is not read.")
        elif one.kind.name in found:
            other = found[one.kind.name].faults.sheet
            wrong.append(
                f"Sheets {other!r} and {title!r} have the same columns: put their rows into one sheet."
            )
        else:
            found[one.kind.name] = replace(one, title=name)
            if one.kind is not _titled(title):
                remarks.append(
                    f"Sheet {title!r} is read as {one.kind.titles['en']}, by its columns."
                )
    if wrong or not found:
        raise CasebookError(
            " ".join(wrong) or f"{path.name}: no sheet has the columns of a casebook."
        )
    return found, remarks


def _read(title: str, rows: Rows) -> SheetFound | None:
    at, kind = _header_row(rows)
    titled = _titled(title)
    if kind is None:
        if titled is None:
            return None
        needed = ", ".join(
            repr(c.headings["en"]) for c in titled.columns if c.name in titled.needed
        )
        raise CasebookError(
            f"Sheet {title!r}: its column names were not found. It needs {needed}, in one row, each once."
        )
    cells = next(row for number, row in rows.rows if number == at)
    names, unknown = _names(title, kind, make_own_header([cells], len(cells)))
    if titled is not None and not set(kind.needed) <= set(names):
        kind = titled  # a sheet whose own identifier is gone looks like another one
    if lacking := [c for c in kind.columns if c.name in kind.needed and c.name not in names]:
        columns = ", ".join(repr(c.headings["en"]) for c in lacking)
        raise CasebookError(
            f"Sheet {title!r} lacks column {columns}: has it been renamed or moved?"
        )
    return _table(title, kind, rows, at, names, unknown)


def _table(
    title: str, kind: SheetKind, rows: Rows, at: int, names: list[str], unknown: dict[str, int]
) -> SheetFound:
    faults = Faults(title, {name: place for place, name in enumerate(names)})
    layout = Layout(
        "casebook", kind.name, "", (rows.kind,), (), tuple(names), header=(at,), reads={"": {}}
    )
    header = [cells if number != at else names for number, cells in rows.rows]
    numbered = [(number, cells) for (number, _), cells in zip(rows.rows, header, strict=True)]
    book = Book(title)
    table = make_table(replace(rows, rows=numbered), layout, book)
    known = [c.name for c in kind.columns if c.name in names]
    _tell(book, faults, {*known, *unknown}, kind)
    for heading, place in unknown.items():
        if table.cells[heading].str.strip().any():
            near = get_close_matches(fold(heading), list(kind.headings()), 1, 0.75)
            meant = f" Is {kind.headings()[near[0]].headings['en']!r} meant?" if near else ""
            faults.report_sheet(
                f"Column {get_column_letter(place + 1)} does not belong to this sheet.{meant}",
                "It is not read.",
            )
    held = table.cells[known]
    is_empty = held.apply(lambda c: c.str.strip()).eq("").all(axis=1)
    beside = (
        table.cells[[*unknown]].apply(lambda c: c.str.strip()).ne("").any(axis=1)
        if unknown
        else False
    )
    faults.set_rows_aside(
        held.index[is_empty & beside], "", "All columns that are read are empty in this row."
    )
    return SheetFound(kind, held[~is_empty], faults, table.dated)


def _tell(book: Book, faults: Faults, known: set[str], kind: SheetKind) -> None:
    """Add the faults that the general reader of tables found, by cell.

    A merged identifier sets its row aside: each row needs an identifier of its own.
    """
    for row, reason in book.set_aside_frame()[["row", "reason"]].itertuples(index=False):
        column = next((c for c in known if repr(c) in reason), "")
        faults.set_row_aside(
            int(row), column, reason.replace(f"Column {column!r} holds", "It holds")
        )
    for row, column, what, done in book.issues_frame()[
        ["row", "column", "what", "done"]
    ].itertuples(index=False):
        if column == kind.key and "merged" in what:
            faults.set_row_aside(
                int(row), column, "An identifier is merged over several rows: unmerge it."
            )
        elif column in known:
            faults.report_cell(int(row), column, what, f"{done[0].upper()}{done[1:]}.")


def _names(title: str, kind: SheetKind, header: list[str]) -> tuple[list[str], dict[str, int]]:
    """The name of each column; and unknown headings, with their positions from 0."""
    by_heading = kind.headings()
    names: list[str] = []
    unknown: dict[str, int] = {}
    for place, heading in enumerate(header):
        column = by_heading.get(fold(heading)) or by_heading.get(fold(heading.rsplit(" (", 1)[0]))
        if column is None:
            unknown[heading] = place
            names.append(heading)
        elif column.name in names:
            letters = f"{get_column_letter(names.index(column.name) + 1)} and {get_column_letter(place + 1)}"
            raise CasebookError(
                f"Sheet {title!r}: columns {letters} have the same name "
                f"({column.headings['en']!r}): keep one."
            )
        else:
            names.append(column.name)
    return names, unknown


def _header_row(rows: Rows) -> tuple[int, SheetKind | None]:
    """Number of the row with the column names, and the kind of sheet that most of them belong to."""
    best: tuple[int, int, SheetKind | None] = (0, 0, None)
    for number, cells in rows.rows[:HEADER_WITHIN]:
        words = {fold(cell) for cell in cells if cell.strip()}
        for kind in sheet_kinds().values():
            named = {c.name for heading, c in kind.headings().items() if heading in words}
            own = len(named) if kind.key in named else 0
            if own >= LEAST_COLUMNS and own > best[0]:
                best = (own, number, kind)
    return best[1], best[2]


def _titled(title: str) -> SheetKind | None:
    return next(
        (
            kind
            for kind in sheet_kinds().values()
            if fold(title) in {fold(kind.name), *map(fold, kind.titles.values())}
        ),
        None,
    )


def _example_titles() -> set[str]:
    return {fold(t) for of in vocabulary("casebook")["example_sheets"].values() for t in of}
