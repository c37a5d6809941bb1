"""Writes the blank workbook of a casebook: sheets with drop-downs and notes in headings, and an example."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from hrdresearch.run.casebook.sheet_kinds import Column, SheetKind, sheet_kinds
from hrdresearch.run.own_lists.templates import add_drop_down, new_workbook, write_heading
from hrdresearch.vocab import vocabulary


def write_casebook_template(path: Path, language: str = "en", only: Collection[str] = ()) -> Path:
    """Write a blank casebook in a language (en, fr, es); raises RunError as ``write_template`` does.

    only: names of the sheets to write; without it, all sheets.
    """
    book = new_workbook(path, language)
    known = vocabulary("casebook")
    names = known["example_sheets"][language]
    kinds = [kind for kind in sheet_kinds().values() if not only or kind.name in only]
    blank = [book.create_sheet(kind.titles[language]) for kind in kinds]
    example, values = (book.create_sheet(name) for name in names)
    used = 0
    row = 1
    for sheet, kind in zip(blank, kinds, strict=True):
        for at, column in enumerate(kind.columns, start=1):
            write_heading(sheet, at, column.headings[language], column.notes[language])
            if column.words:
                used += 1
                listed = [column.headings[language], *_offered(column, language)]
                add_drop_down(sheet, at, values, used, listed, not column.is_many)
        sheet.freeze_panes = "A2"
        row = _write_example(example, row, kind, known["example"], language)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def _offered(column: Column, language: str) -> list[str]:
    at = ("en", "fr", "es").index(language)
    return [words[at] for words in column.words.values()]


def _write_example(
    sheet: Any, row: int, kind: SheetKind, values: dict[str, str], language: str
) -> int:
    """Write title, column names and one row of a sheet into the example; returns the next free row."""
    sheet.cell(row, 1, kind.titles[language])
    for at, column in enumerate(kind.columns, start=1):
        sheet.cell(row + 1, at, column.headings[language])
        given = values.get(column.name)
        sheet.cell(row + 2, at, given or (_offered(column, language)[0] if column.words else None))
    return row + 4
