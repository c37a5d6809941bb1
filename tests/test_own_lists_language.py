"""What is said of a list is in its language, and its rows are shown while questions are open."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app


def test_rows_are_shown_while_questions_are_open_and_what_is_said_is_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "list.csv"
    rows = [f"Анна Примерова {n},0{n}/02/2021,угроза" for n in range(1, 5)]
    path.write_text("\n".join(["ФИО,Дата,Что произошло", *rows]), encoding="utf-8")
    made, english = (
        CliRunner().invoke(app, ["source", "new", str(path), "--name", name, *more]).output
        for name, more in (("my-list", []), ("other", ["--language", "en"]))
    )
    line = ["source", "check", str(path), "--source", "my-list", "--show"]
    checked = CliRunner().invoke(app, line)

    assert "Вопросы (2):" in made and "Questions (2):" in english
    assert checked.exit_code == 1  # no build before the questions are answered
    assert "Первые строки (4)" in checked.output and "row 2: " in checked.output
    assert (
        "date: dmy, state: ?" in checked.output and "GTM" not in checked.output.split("Первые")[1]
    )


def test_remarks_on_a_whole_list_are_told_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    rows = [f"Ana Invento {n},0{n}/02/2021,F,Amenaza" for n in range(1, 6)]
    heads = ["Registro inventado,,,", "Nombre,Fecha del hecho,Sexo,Hecho"]
    path.write_text("\n".join([*heads, *rows, "TOTAL,5,,"]), encoding="utf-8")
    spanish, english = (
        CliRunner().invoke(app, ["source", "new", str(path), "--name", name, *more]).output
        for name, more in (("lista", []), ("other", ["--language", "en"]))
    )
    assert "The column names stand in row 2; what stands above is not read." in english
    assert "A row of totals, and no person. (rows 8 are set aside)" in english
    assert "están en la fila 2; lo que está más arriba no se lee." in spanish
    assert "Una fila de totales, no de una persona. (filas 8 quedan aparte)" in spanish
