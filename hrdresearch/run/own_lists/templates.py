"""Blank workbooks for lists that an organization keeps: drop-downs, notes in the cells, an example sheet.

Headings and values are those of the vocabularies, so a filled workbook is read like any other list:
``hrdresearch source new FILE``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.run.errors import RunError
from hrdresearch.vocab import vocabulary

LANGUAGES = ("en", "fr", "es")
ROWS = 1_000  # with drop-downs
SEVERAL = ("identity", "cause", "perpetrator")


def template_kinds() -> list[str]:
    """Kinds of lists that there is a template for."""
    return list(vocabulary("list_templates")["kinds"])


def write_template(kind: str, path: Path, language: str = "en") -> Path:
    """Write a blank workbook for a list of ``kind`` in a language and return its path.

    The first sheet holds the column names, each with a note; the second an invented example; the third
    the values of the drop-downs. Raises RunError for another kind or language, or a file that exists.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.comments import Comment  # type: ignore[import-untyped]

    known = vocabulary("list_templates")
    if kind not in known["kinds"] or language not in LANGUAGES:
        raise RunError(
            f"A template is one of {', '.join(known['kinds'])}, in {', '.join(LANGUAGES)}"
        )
    if path.suffix != ".xlsx" or path.exists():
        raise RunError(f"{path.name}: give the name of a file .xlsx that does not exist yet")
    fields = known["kinds"][kind]
    book = Workbook()
    sheets = [book.active, book.create_sheet(), book.create_sheet()]
    for sheet, title in zip(sheets, known["sheets"][language], strict=True):
        sheet.title = title
    blank, example, values = sheets
    for at, field in enumerate(fields, start=1):
        heading, note = known["columns"][field][language]
        for sheet in (blank, example):
            sheet.cell(1, at, heading).comment = Comment(note, "hrdresearch")
        blank.column_dimensions[blank.cell(1, at).column_letter].width = max(14, len(heading) + 2)
        listed = _values(known, field, kind, language)
        example.cell(2, at, known["examples"][kind].get(field) or (listed[0] if listed else None))
        if listed:
            _add_drop_down(blank, values, at, [heading, *listed], field not in SEVERAL)
    blank.freeze_panes = "A2"
    book.save(path)
    return path


def _values(known: dict[str, Any], field: str, kind: str, language: str) -> list[str]:
    """Values of the drop-down of a field; of what happened only those that the list takes."""
    by_code: dict[str, list[str]] = known["values"].get(field, {})
    taken = ("killed",) if kind == "cases" else ("detained", "released")
    return [
        words[LANGUAGES.index(language)]
        for code, words in by_code.items()
        if field != "status" or code in taken
    ]


def _add_drop_down(blank: Any, values: Any, at: int, listed: list[str], is_binding: bool) -> None:
    """Write the values into their sheet and let the cells of the column offer them."""
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    for row, value in enumerate(listed, start=1):
        values.cell(row, at, value)
    column = values.cell(1, at).column_letter
    offered = f"'{values.title}'!${column}$2:${column}${len(listed)}"
    rule = DataValidation(
        type="list", formula1=offered, allow_blank=True, showErrorMessage=is_binding
    )
    blank.add_data_validation(rule)
    rule.add(f"{column}2:{column}{ROWS + 1}")
