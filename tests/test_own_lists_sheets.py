"""A workbook of several sheets: which one is read, and what is said of the others; all rows are invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.raw_file import empty_rows
from hrdresearch.sources import SourceError, load
from hrdresearch.sources.reading import read_sheets

HEADER = ["Nombre", "Sexo", "Departamento", "Fecha del ataque", "Tipo de agresión"]
ROWS = [[f"Fulana Ejemplo {n}", "1", "Izabal", f"2021-01-{n:02}", "Amenazas"] for n in range(1, 9)]
SUMMARY = [["Mes", "Ataques", "Mujeres", "Hombres"], ["enero", 8, 8, 0], ["febrero", 0, 0, 0]]
LEGEND = [["Sexo", "1 mujer", "2 hombre"]]


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    book = openpyxl.Workbook()
    for title, rows in (
        ("Resumen", SUMMARY),
        ("Casos", [HEADER, *ROWS]),
        ("Claves", LEGEND),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "lista.xlsx")
    return tmp_path / "lista.xlsx"


def test_the_longest_sheet_is_read_and_a_legend_counts_as_read(workbook: Path) -> None:
    look = look_at_list(workbook)
    assert (look.rows, look.sheet, look.other_sheets) == (len(ROWS), 2, ((1, len(SUMMARY)),))
    ran = CliRunner().invoke(
        app, ["source", "new", str(workbook), "--table", "attacks", "--state", "GTM"]
    )
    assert ran.exit_code == 0, ran.output
    said = ran.output.splitlines()
    assert "hoja 2" in said[0] and "1 (3)" in said[0]
    assert not any("Claves" in line or "Sheet 3" in line for line in said)
    loaded = load("lista", workbook)
    assert len(loaded.accepted) == len(ROWS)


def test_another_sheet_is_read_by_its_name_or_number(workbook: Path) -> None:
    by_name, by_number = (look_at_list(workbook, sheet=sheet) for sheet in ("Resumen", "1"))
    assert by_name.sheet == by_number.sheet == 1
    assert by_name.rows == len(SUMMARY) - 1
    with pytest.raises(SourceError, match="Sheets with rows: 1, 2, 3"):
        look_at_list(workbook, sheet="Casas")


def test_a_withdrawn_row_is_emptied_on_the_sheet_that_is_read(workbook: Path) -> None:
    write_source(workbook, "lista", table="attacks", state="GTM")
    empty_rows(workbook, {3}, ["lista"])
    sheets = read_sheets(workbook)
    assert [n for n, _ in sheets["Casos"].rows] == [1, 2, *range(4, len(ROWS) + 2)]
    assert len(sheets["Resumen"].rows) == len(SUMMARY)
