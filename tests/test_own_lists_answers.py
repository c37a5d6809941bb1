"""Guesses and values without a code are answered at the terminal, without editing a file; all is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.cli.list_questions import _of_value, ask_what_is_left
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.answers import code_given, open_lines, with_answers
from hrdresearch.sources import load
from hrdresearch.sources.own_guesses import guesses_of_own

WORK = ["periodista", "periodista", "vkwxz"]
ROWS = [
    "Amenaza por teléfono",
    "Amenaza por teléfono",
    "Le echaron la bronca",
    "Le echaron la bronca",
]


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    rows = [f"Fulana Ejemplo {n},2021-03-1{n},COL,{act}" for n, act in enumerate(ROWS)]
    path.write_text("\n".join(["Nombre,Fecha del hecho,País,Qué pasó", *rows]), encoding="utf-8")
    return path


def test_each_open_value_is_asked_and_the_answer_is_read(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_source(listed, "lista", table="attacks")
    typed = iter(["", "nonsense", "harassment", ""])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(typed))
    assert len(open_lines(source.read_text("utf-8"))) == 2
    ask_what_is_left("lista", listed)

    assert open_lines(source.read_text("utf-8")) == []
    assert not [g for g in guesses_of_own("lista") if g.value == "Amenaza por teléfono"]
    acts = load("lista", listed).accepted["attack_act_codes"].tolist()
    assert acts == ["threat", "threat", "harassment", "harassment"]


def test_a_guess_may_be_taken_away_and_several_codes_be_given(listed: Path) -> None:
    text = write_source(listed, "lista", table="attacks").read_text("utf-8")
    first, second = open_lines(text)
    text = with_answers(text, [(first, "?"), (second, "threat, harassment")])
    assert yaml.safe_load(text)["crosswalks"]["attack_act"] == {
        "Amenaza por teléfono": "?",
        "Le echaron la bronca": ["threat", "harassment"],
    }
    with pytest.raises(ValueError, match="threat"):
        code_given(second, "nonsense")


def test_a_column_left_out_that_looks_a_little_like_a_field_is_asked_and_its_values_get_codes(
    listed: Path,
) -> None:
    head = "Nombre,Fecha del hecho,País,Otra,Edad xqz"
    names = ("Fulana Ejemplo", "Beltrana Ejemplo", "Sicrana Ejemplo")
    rows = [f"{name},2021-03-11,COL,rojo,{w}" for name, w in zip(names, WORK, strict=True)]
    listed.write_text("\n".join([head, *rows]), encoding="utf-8")
    left = {p.column: p.may_be for p in look_at_list(listed, "cases").proposals if not p.field}
    assert left["Otra"] == "" and left["Edad xqz"]

    words = ["source", "new", str(listed), "--table", "killings", "--ask", "--language", "en"]
    made = CliRunner().invoke(app, words, input="identity\n" + "\n" * 12)

    assert made.exit_code == 0, made.output
    assert "'Edad xqz' is not read; it may be " in made.output
    assert "'Otra' is not read" not in made.output
    rows_read = load("lista", listed).accepted
    assert rows_read["identity_codes"].tolist() == ["journalist", "journalist", "not_recorded"]


def test_a_column_of_another_kind_of_list_is_asked_as_what_it_may_be_in_this_one(
    listed: Path,
) -> None:
    head = "Nombre,Fecha de detención,País,Quién"
    rows = [f"{name} Ejemplo,2021-03-1{n},COL,PNC" for n, name in enumerate(("Ana", "Bea", "Eva"))]
    listed.write_text("\n".join([head, *rows]), encoding="utf-8")
    [who] = [p for p in look_at_list(listed, "detentions").proposals if p.column == "Quién"]
    assert (who.field, who.may_be) == ("", "authority")


def test_values_of_a_column_that_is_no_longer_read_are_not_asked(listed: Path) -> None:
    text = write_source(listed, "lista", table="attacks").read_text("utf-8")
    assert {line.name for line in open_lines(text)} == {"attack_act"}
    lines = [line for line in text.splitlines() if not line.startswith("      act: ")]
    assert len(lines) == len(text.splitlines()) - 1
    assert open_lines("\n".join(lines)) == []


def test_codes_are_asked_with_what_they_mean() -> None:
    line = open_lines(
        'crosswalks:\n  detention_exit:\n    salida rara: "?"  # 2 rows have no code\n'
    )[0]
    asked = _of_value(line)

    assert "escaped (Left otherwise" in asked.above
    assert "held (Still held when last known)" in asked.above
