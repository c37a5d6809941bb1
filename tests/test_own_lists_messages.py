"""What is said of a list of one's own before and at its build, in its language; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.own_lists import look_at_list, write_source

HEAD = "Nombre,Fecha de detención,País,Sexo,Autoridad que detuvo,Situación actual"
ROWS = [
    ("Ana", "13/03/2021", "PNC", "presa"),
    ("Bea", "", "PNC", "se nos fue en custodia"),
    ("Carla", "", "PNC", "se nos fue en custodia"),
    ("Dora", "14/03/2021", "policía ", "trasladada"),
    ("Ema", "15/03/2021", "policía", "libre"),
    ("Fina", "16/03/2021", "policía", "libre"),
    ("Gala", "", "policía", "se nos fue en custodia"),
]


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "lista.csv"
    rows = [f"{name} Invento Prueba,{day},NIC,F,{who},{how}" for name, day, who, how in ROWS]
    notes = ["TOTAL,7,,,,", "Fuente: registro inventado de un grupo de prueba,,,,,"]
    path.write_text("\n".join([HEAD, *rows, *notes]) + "\n", encoding="utf-8")
    return path


def said(*words: str) -> str:
    made = CliRunner().invoke(app, [*words])
    assert made.exit_code == 0, made.output + repr(made.exception)
    return made.output


def test_who_would_be_set_aside_for_a_status_is_told_first_by_new_and_check(listed: Path) -> None:
    words = ("--language", "en")
    new = said("source", "new", str(listed), "--table", "detentions", *words)
    check = said("source", "check", str(listed), "--source", "lista", *words)
    for output in (new, check):
        first, second, *_ = output.splitlines()
        assert first.startswith("3 persons are set aside: what happened to them has no code")
        assert "rows 3, 4, 8" in first and "'se nos fue en custodia'" in first
        assert second.startswith("1 person is counted") and "row 5" in second
        assert "trasladada" not in output.split("without a code")[0]  # one row: not printed


def test_rows_that_are_none_of_the_list_are_not_counted_as_persons(listed: Path) -> None:
    write_source(listed, "lista", table="detentions")
    assert look_at_list(listed, "detentions").rows == 7
    check = said("source", "check", str(listed), "--source", "lista", "--language", "en")
    assert "7 rows of persons = 4 accepted + 3 set aside" in check
    assert "; other rows of the file, not counted (totals, headings, notes): 2" in check


def build(path: Path, *more: str) -> str:
    from hrdresearch.run.stated_basis import state_basis

    write_source(path, "lista", table="detentions")
    state_basis("imprisonment", Path("work"), "lista", "agreement", "2026-01-31", "Invented")
    line = ["build", "imprisonment", "--source", f"lista={path}", "--work", "work"]
    return said(*line, "--open-on-this-machine", *more)


def test_a_build_says_what_was_changed_set_aside_and_what_comes_next(listed: Path) -> None:
    told = build(listed, "--language", "en")
    assert (
        "lista: 7 rows of persons = 4 accepted + 3 set aside; other rows of the file, not" in told
    )
    assert "set aside, 3 rows: Column 'Situación actual' has a word without a code" in told
    assert "corrected, emptied" not in told
    assert "Next: hrdresearch run imprisonment" in told
    assert f"hrdresearch source check {listed} --source lista" in told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", ["7 filas de personas = 4 aceptadas + 3 aparte", "Sigue: hrdresearch run"]),
        (
            "fr",
            ["7 lignes de personnes = 4 acceptées + 3 mises de côté", "Suite : hrdresearch run"],
        ),
        ("ar", ["hrdresearch run"]),
        ("ru", ["строк о людях: 7", "Дальше: hrdresearch run"]),
    ],
)
def test_a_build_speaks_the_language_of_the_list(
    language: str, words: list[str], listed: Path
) -> None:
    told = build(listed, *(["--language", language] if language else []))
    for some in words:
        assert some in told
    for english in (
        "rows of persons",
        "accepted",
        "set aside",
        "without a code",
        "built:",
        "Next:",
    ):
        assert english not in told
