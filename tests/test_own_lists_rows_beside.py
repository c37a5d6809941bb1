"""Rows of a sheet that are no row of the list, or do not count; all rows are invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.styles import Font

from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.sources import load
from hrdresearch.sources.beside_the_table import AGAIN, KEY, SECTION, STRUCK, TOTALS

HEADER = ["No.", "Nombre", "Sexo", "Departamento", "Fecha del ataque", "Tipo de agresión"]
ROWS = [
    ["AÑO 2021"],
    [1, "Ana Invento", "Mujer", "Izabal", "2021-01-04", "Amenazas"],
    [2, "Beto Invento", "Hombre", "Quiché", "2021-02-05", "Vigilancia"],
    ["SIN FECHA"],
    HEADER,
    [3, "Carla Invento", "Mujer", "Izabal", "", "Amenazas"],
    [4, "Delia Invento", "Mujer", "Izabal", "2021-05-08", "Allanamiento"],
    [5, "Ema Invento", "Mujer", "", "", "Amenazas"],
    ["", "Fito Invento"],
    ["TOTAL", 6],
    ["Con denuncia", 2],
    ["CLAVES"],
    ["Sexo", "1 mujer", "2 hombre"],
]


def test_sections_headers_totals_keys_and_struck_rows_are_set_aside_with_their_reason(
    tmp_path: Path, monkeypatch: object
) -> None:
    path = tmp_path / "lista.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    sheet.merge_cells("A2:F2")
    for cell in sheet[8]:
        cell.font = Font(strike=True)
    sheet["B4"].font = Font(strike=True)  # one cell alone is a correction, and the row counts
    book.save(path)
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))  # type: ignore[attr-defined]
    write_source(path, "lista")
    loaded = load("lista", path)

    told = loaded.set_aside[["row", "reason"]].sort_values("row").reset_index(drop=True)
    expected = [(2, SECTION), (5, SECTION), (6, AGAIN), (8, STRUCK), (11, TOTALS), (12, TOTALS)]
    expected += [(13, KEY), (14, KEY)]
    pd.testing.assert_frame_equal(
        told.astype({"row": "int64", "reason": "object"}),
        pd.DataFrame(expected, columns=["row", "reason"]).astype({"reason": "object"}),
    )
    assert loaded.accepted["source_row"].tolist() == [3, 4, 7, 9, 10]
    assert look_at_list(path).rows == 5
