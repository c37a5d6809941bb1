"""Workbooks of one's own that were edited by hand: each oddity is told by row, or read right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font, PatternFill
from PIL import Image

from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.sources import Loaded, load

HEAD = ["N°", "Nombre completo", "Fecha de muerte", "País", "Sexo", "Presunto responsable"]
NAMES = ("Fulana Ejemplo Uno", "Beltrano Ejemplo Dos", "Sicrana Ejemplo Tres")
DAYS = ["2021-01-13", "2021-02-14", "2021-03-15"]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def edited(folder: Path, change: Callable[[Any, Any], None]) -> Path:
    """A workbook of three invented persons, after somebody edited it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    for n, name in enumerate(NAMES, start=1):
        sheet.append([n, name, f"{12 + n}/0{n}/2021", "Colombia", "F", "policía"])
    change(book, sheet)
    path = folder / "lista.xlsx"
    book.save(path)
    return path


def read(path: Path) -> Loaded:
    write_source(path, "my-list")
    return load("my-list", path)


def days(loaded: Loaded) -> list[str]:
    return [str(day.date()) for day in loaded.accepted["event_date"]]


def hide(_: Any, sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:F4"
    sheet.row_dimensions[3].hidden = True


def note(_: Any, sheet: Any) -> None:
    sheet["B3"].comment = Comment("fue liberada", "x")


def strike(_: Any, sheet: Any) -> None:
    sheet["B3"].font = Font(strike=True)


def colour(_: Any, sheet: Any) -> None:
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (hide, "A row that is hidden or filtered away."),
        (note, "A note stands on a cell of the row."),
        (strike, "Text of the row is struck through."),
        (colour, "A cell of the row is coloured."),
    ],
)
def test_what_no_cell_says_is_told_by_row_and_every_row_is_read(
    change: Callable[[Any, Any], None], what: str, tmp_path: Path
) -> None:
    path = edited(tmp_path, change)
    loaded = read(path)
    told = loaded.issues[loaded.issues["what"] == what]
    assert (list(told["row"]), days(loaded)) == ([3], DAYS)
    assert any(what.removesuffix(".") in remark for remark in look_at_list(path).remarks)
    assert "liberada" not in loaded.issues.to_string()


def test_a_protected_sheet_with_hidden_columns_and_a_picture_is_read_and_told(
    tmp_path: Path,
) -> None:
    Image.new("RGB", (2, 2)).save(tmp_path / "p.png")

    def change(_: Any, sheet: Any) -> None:
        sheet.protection.sheet = True
        sheet.column_dimensions["E"].hidden = True
        sheet.add_image(Picture(str(tmp_path / "p.png")), "H2")

    loaded = read(edited(tmp_path, change))
    assert days(loaded) == DAYS and list(loaded.accepted["sex_code"]) == ["female"] * 3
    assert {"Columns are hidden (1).", "Pictures stand on the sheet (1)."} <= set(
        loaded.issues["what"]
    )


def test_a_remark_below_the_table_is_no_person_and_a_row_with_a_name_alone_is_one(
    tmp_path: Path,
) -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.append(["", "Otra Ejemplo Sola"])
        sheet.append(["Nota: datos preliminares, sujetos a verificación por la red (2024)"])

    aside = read(edited(tmp_path, change)).set_aside[["row", "reason"]].to_numpy().tolist()
    assert aside[-1] == [6, "A line of text beside the table, and no row of it."]
    assert [row for row, why in aside if why != aside[-1][1]] == [5]


def test_totals_and_a_second_table_below_are_set_aside_with_the_reason(tmp_path: Path) -> None:
    def change(_: Any, sheet: Any) -> None:
        for row in (
            ["TOTAL", 3],
            [],
            ["N°", "Nombre completo", "Fecha", "País"],
            [1, "Otra Ejemplo Herida", "14/02/2021", "Colombia"],
        ):
            sheet.append(row)

    loaded = read(edited(tmp_path, change))
    second = "A second table begins in row 7: put it into a file of its own."
    assert days(loaded) == DAYS
    assert loaded.set_aside[["row", "reason"]].to_numpy().tolist() == [
        [5, "A row of totals, and no person."],
        [7, second],
        [8, second],
    ]


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    def change(book: Any, _: Any) -> None:
        book.create_sheet("Carátula", 0)["A1"] = "Registro de casos"
        book.create_sheet("2022").append(HEAD)

    loaded = read(edited(tmp_path, change))
    told = [what for what in loaded.issues["what"] if "is not read" in what]
    assert days(loaded) == DAYS
    assert [what.split(" of ")[0] for what in told] == ["Sheet 1", "Sheet 3"]


def test_days_of_several_kinds_in_one_column_are_read_alike(tmp_path: Path) -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet["C2"], sheet["C3"], sheet["C4"] = dt.datetime(2021, 1, 13), 44241, "15-мар-2021"

    loaded = read(edited(tmp_path, change))
    serial = loaded.issues[loaded.issues["what"] == "The day number of a spreadsheet."]
    assert (days(loaded), list(serial["row"])) == (DAYS, [3])


def test_a_formula_that_was_never_computed_sets_its_row_aside(tmp_path: Path) -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet["C3"] = "=DATE(2021,2,14)"

    loaded = read(edited(tmp_path, change))
    assert loaded.set_aside["row"].tolist() == [3] and len(loaded.accepted) == 2


@pytest.mark.parametrize(
    ("encoding", "sign"), [("utf-16", ";"), ("utf-16", "\t"), ("utf-8-sig", ";")]
)
def test_texts_that_spreadsheet_programs_save_are_read(
    encoding: str, sign: str, tmp_path: Path
) -> None:
    rows = [
        HEAD,
        *(
            [n, name, f"{12 + n}/0{n}/2021", "Colombia", "F", "policía"]
            for n, name in enumerate(NAMES, 1)
        ),
    ]
    path = tmp_path / "lista.csv"
    path.write_bytes("\n".join(sign.join(map(str, row)) for row in rows).encode(encoding))
    assert days(read(path)) == DAYS
