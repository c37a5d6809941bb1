"""Invented casebooks for tests: the blank workbook, filled with rows by column name."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from hrdresearch.run.casebook.sheet_kinds import casebook_columns, sheet_kinds
from hrdresearch.run.casebook.template import write_casebook_template

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

ONE: dict[str, list[dict[str, Any]]] = {
    "persons": [
        {"person_id": "P-1", "name": "Zunela Testal", "sex": "female", "birth_date": "1980"},
        {"person_id": "P-2", "name": "Orvo Inventado", "sex": "male"},
    ],
    "cases": [{"case_id": "C-1", "date": "2021-05-31", "state": "Kenya"}],
    "sources": [{"source_id": "S-1", "source_kind": "interview", "reliability": "known"}],
    "allegations": [
        {
            "allegation_id": "A-1",
            "person_id": "P-1",
            "case_id": "C-1",
            "act": "killed",
            "source_id": "S-1",
        }
    ],
    "detentions": [
        {"detention_id": "D-1", "person_id": "P-2", "state": "Kenya", "arrest_date": "2020-02-03"}
    ],
    "submissions": [{"submission_id": "L-1", "case_id": "C-1", "submission_kind": "letter"}],
    "outcomes": [
        {
            "outcome_id": "O-1",
            "person_id": "P-2",
            "outcome": "released",
            "outcome_date": "2022-03-04",
        }
    ],
}


def with_rows(**changed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The small casebook with other rows in some sheets."""
    return {**ONE, **changed}


def write_book(
    path: Path, rows: Rows, language: str = "en", edit: Callable[[Any], None] = lambda _: None
) -> Path:
    """The blank workbook with these rows, by sheet and column name, then edited."""
    book = openpyxl.load_workbook(io.BytesIO(_blank(language)))
    for name, records in rows.items():
        kind = sheet_kinds()[name]
        sheet = book[kind.titles[language]]
        places = {c.name: at for at, c in enumerate(kind.columns, start=1)}
        for row, record in enumerate(records, start=2):
            for column, value in record.items():
                sheet.cell(row, places[column], value)
    edit(book)
    book.save(path)
    return path


@cache
def _blank(language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_casebook_template(Path(folder) / "blank.xlsx", language).read_bytes()


def in_language(column: str, code: str, language: str) -> str:
    """A value of a drop-down in a language."""
    return casebook_columns()[column].words[code][("en", "fr", "es").index(language)]
