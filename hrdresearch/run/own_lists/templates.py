"""Blank workbooks for lists that an organization keeps: drop-downs, notes in the cells, an example sheet.

Headings and values are those of the vocabularies, so a filled workbook is read like any other list:
``hrdresearch source new FILE``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrdresearch.run.errors import RunError
from hrdresearch.vocab import codes, vocabulary

LANGUAGES = ("en", "fr", "es")
ROWS = 1_000  # with drop-downs
SEVERAL = ("identity", "cause", "perpetrator")
STATUSES_OF_DETENTION = (
    "detained",
    "released",
    "banished",
    "disappeared",
)  # that a list of them counts


def write_template(kind: str, path: Path, language: str = "en") -> Path:
    """Write a blank workbook for a list of ``kind`` in a language and return its path.

    The first sheet holds the column names, each with a note; the second an invented example; the third
    the values of the drop-downs. Raises RunError for another kind or language, or a file that exists.
    """
    known = vocabulary("list_templates")
    kind = known["old_names"].get(kind, kind)
    if kind not in (*known["kinds"], *known["formats"]):
        every = (*known["kinds"], *known["formats"], *known["of_casebook"], "casebook")
        raise RunError(f"A template is one of {', '.join(every)}")
    book = new_workbook(path, language)
    sheets = [book.active, book.create_sheet(), book.create_sheet()]
    for sheet, title in zip(sheets, known["sheets"][language], strict=True):
        sheet.title = title
    blank, example, values = sheets
    columns = (
        _of_format(known, kind, language)
        if kind in known["formats"]
        else _own(known, kind, language)
    )
    for at, (heading, note, listed, shown) in enumerate(columns, start=1):
        for sheet in (blank, example):
            write_heading(sheet, at, heading, note)
        example.cell(2, at, shown or (listed[0] if listed else None))
        if listed:
            is_binding = heading not in _several(known, language)
            add_drop_down(blank, at, values, at, [heading, *listed], is_binding)
    blank.freeze_panes = "A2"
    book.save(path)
    return path


Described = tuple[str, str, list[str], str]  # heading, note, values of the drop-down, example


def _own(known: dict[str, Any], kind: str, language: str) -> Iterator[Described]:
    """Columns of a list of one's own, told by their headings."""
    for field in known["kinds"][kind]:
        heading, note = known["columns"][field][language]
        shown = known["examples"][kind].get(field, "")
        yield heading, note, _values(known, field, kind, language), shown


def _of_format(known: dict[str, Any], kind: str, language: str) -> Iterator[Described]:
    """Columns of a format that is read as it is."""
    about = known["formats"][kind]
    for name, column in about["columns"].items():
        listed = column.get("values") or (list(codes(column["codes"])) if "codes" in column else [])
        yield name, column[language], listed, about["example"].get(name, "")


def _several(known: dict[str, Any], language: str) -> set[str]:
    return {known["columns"][field][language][0] for field in SEVERAL}


def new_workbook(path: Path, language: str) -> Any:
    """An empty workbook to be saved at a path; RunError for another language, or a file that exists."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    if language not in LANGUAGES:
        raise RunError(f"A template is written in one of {', '.join(LANGUAGES)}")
    if path.suffix != ".xlsx" or path.exists():
        raise RunError(f"{path.name}: give the name of a file .xlsx that does not exist yet")
    return Workbook()


def write_heading(sheet: Any, at: int, heading: str, note: str) -> None:
    """Write the name of column number ``at`` with its note, and make the column wide enough."""
    from openpyxl.comments import Comment  # type: ignore[import-untyped]

    sheet.cell(1, at, heading).comment = Comment(note, "hrdresearch")
    sheet.column_dimensions[sheet.cell(1, at).column_letter].width = max(14, len(heading) + 2)


def _values(known: dict[str, Any], field: str, kind: str, language: str) -> list[str]:
    """Values of the drop-down of a field; of what happened only those that the list takes."""
    by_code: dict[str, list[str]] = known["values"].get(field, {})
    taken = ("killed",) if kind == "cases" else STATUSES_OF_DETENTION
    return [
        words[LANGUAGES.index(language)]
        for code, words in by_code.items()
        if field != "status" or code in taken
    ]


def add_drop_down(
    sheet: Any, at: int, values: Any, beside: int, listed: list[str], is_binding: bool
) -> None:
    """Let the cells of column ``at`` offer values, which are written into column ``beside`` of a sheet."""
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    for row, value in enumerate(listed, start=1):
        values.cell(row, beside, value)
    listed_in = values.cell(1, beside).column_letter
    offered = f"'{values.title}'!${listed_in}$2:${listed_in}${len(listed)}"
    rule = DataValidation(
        type="list", formula1=offered, allow_blank=True, showErrorMessage=is_binding
    )
    sheet.add_data_validation(rule)
    column = sheet.cell(1, at).column_letter
    rule.add(f"{column}2:{column}{ROWS + 1}")
