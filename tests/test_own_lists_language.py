"""What is said of a list is in its language, and its rows are shown while questions are open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.own_lists.prompts import ASKED_IN, remark_told


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


ENGLISH_REMARKS = (
    "11 rows (2, 3, 4, 5, 6 and 6 more), column 'x': The date has no year (the year is that of the row "
    "above: row 76).",
    "Row 39, column 'x': A column that the layout does not have (not read).",
    "Whole file, column 'x': Mixed dates: 60 year first, 4 in words (each read by the rule of its shape).",
    "3 of 40 charges of this list are coded as other or name no charge that a rule reads; unread.csv in the "
    "restricted folder of the build has them.",
    "Row 5, column 'x': This cell seems to name two persons or more (counted as one person).",
)


@pytest.mark.parametrize("language", ["es", "fr", "ar", "ru"])
@pytest.mark.parametrize("remark", ENGLISH_REMARKS)
def test_remarks_of_the_check_are_told_as_a_whole(language: str, remark: str) -> None:
    before = ASKED_IN.set(language)
    said = remark_told(remark)
    ASKED_IN.reset(before)

    english, told = (set(re.findall(r"[a-z]+", text.casefold())) for text in (remark, said))
    assert english & told <= {
        "x",
        "no",
        "date",
        "dates",
        "a",
        "unread",
        "csv",
        "restricted",
    }  # words of both languages
    assert sorted(re.findall(r"\d+", said)) == sorted(re.findall(r"\d+", remark))


def test_remarks_in_spanish_read_as_sentences() -> None:
    before = ASKED_IN.set("es")
    said = [remark_told(remark) for remark in ENGLISH_REMARKS]
    ASKED_IN.reset(before)

    assert said[0] == (
        "11 filas (2, 3, 4, 5, 6 y 6 más), columna 'x': La fecha no tiene año (el año es el de la fila 76, "
        "más arriba)."
    )
    assert said[1] == "Fila 39, columna 'x': Una columna que este formato no tiene (no se lee)."
