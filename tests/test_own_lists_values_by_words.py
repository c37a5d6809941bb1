"""Values of one row alone are coded by their words, never written or printed; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load

ROWS = [
    ("Amenaza por llamada", "Elementos de la policía", "si"),
    ("Allanamiento de su casa por la noche", "Ejército", "no"),
    ("Le quemaron el gallinero", "Don Inventado", "si"),
    ("amenazas", "Ejército", "no"),
    ("amenazas", "Ejército", "no"),
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def spanish(folder: Path) -> Path:
    rows = [
        f"{n},Fulana Ejemplo {n},1{n}/03/2021,COL,{act},{by},{complaint}"
        for n, (act, by, complaint) in enumerate(ROWS, 1)
    ]
    head = "N°,Nombre,Fecha del hecho,País,Qué pasó,Responsable,Por su labor"
    path = folder / "lista.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_values_of_one_row_have_a_code_and_are_not_written(tmp_path: Path) -> None:
    path = spanish(tmp_path)
    source = write_source(path, "lista", table="attacks").read_text("utf-8")
    loaded = load("lista", path)

    assert not any(word in source for word in ("llamada", "Allanamiento", "Elementos", "gallinero"))
    assert loaded.accepted["attack_act_codes"].tolist() == [
        "threat",
        "search_seizure",
        "not_recorded",
        "threat",
        "threat",
    ]
    assert loaded.accepted["perpetrator_codes"].tolist()[:3] == [
        "police",
        "armed_forces",
        "not_recorded",
    ]
    assert "attack_act: by_words  # GUESS: 2 values" in source


def test_a_value_read_by_its_words_is_masked_told_and_can_be_refused(tmp_path: Path) -> None:
    path = spanish(tmp_path)
    source = write_source(path, "lista", table="attacks")
    line = ["source", "check", str(path), "--source", "lista", "--language", "en"]
    masked, shown = (CliRunner().invoke(app, [*line, *more]).output for more in ([], ["--show"]))

    assert "llamada" not in masked and "gallinero" not in masked
    assert "Read by their words, attack_act: 2" in masked
    assert "'Amenaza por llamada' threat" in shown
    assert "column Qué pasó were matched by their words" in " ".join(
        map(str, load("lista", path).notes)
    )

    text = source.read_text("utf-8")
    source.write_text(text.replace("# GUESS: 2 values", "# checked: 2 values").replace(
        "  attack_act:\n", '  attack_act:\n    Amenaza por llamada: "?"\n', 1
    ), "utf-8")  # fmt: skip
    again = load("lista", path)
    assert again.accepted["attack_act_codes"].tolist()[0] == "not_recorded"
    assert not any("Qué pasó were matched by their words" in str(note) for note in again.notes)

    source.write_text(text.replace("  attack_act: by_words  # GUESS: 2 values\n", ""), "utf-8")
    assert load("lista", path).accepted["attack_act_codes"].tolist()[1] == "not_recorded"


def test_nobody_is_taken_for_dead_by_a_part_of_what_one_row_says(tmp_path: Path) -> None:
    said = [
        "asesinada",
        "asesinada",
        "asesinada",
        "Asesinada en la prisión",
        "murió su gallina pinta",
    ]
    rows = [f"Fulana Ejemplo {n},1{n}/03/2021,COL,{what}" for n, what in enumerate(said)]
    path = tmp_path / "lista.csv"
    path.write_text("\n".join(["Nombre,Fecha de muerte,País,Situación", *rows]), encoding="utf-8")
    write_source(path, "lista", table="cases")
    loaded = load("lista", path)

    assert len(loaded.accepted) == 4
    assert loaded.set_aside["row"].tolist() == [6]
