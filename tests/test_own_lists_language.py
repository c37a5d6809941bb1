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
