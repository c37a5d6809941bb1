"""First-level divisions of lists of detentions are read and counted; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from imprisonment_builds import make_build

from hrdresearch.run.own_lists import propose_columns, write_source
from hrdresearch.sources import load
from hrdresearch.studies.imprisonment.study import Imprisonment

LIST = """Nombre,Fecha de detención,Estado,Situación actual
Ana Inventada,2021-03-15,Zulia,detenida
Luis Ejemplo,2021-04-16,Zulia,detenido
Eva Prueba,2021-05-17,Mérida,detenida
Rosa Testal,2021-06-18,Ningún Lugar,detenida
"""


def test_divisions_of_detentions_are_read_in_one_spelling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    fields = propose_columns(path).set_index("column")["field"]
    write_source(path, "lista", state="VEN")
    loaded = load("lista", path)

    assert fields["Estado"] == "admin1"
    assert loaded.accepted["admin1_name"].tolist()[:3] == ["Zulia", "Zulia", "Mérida"]
    assert "admin1_name" in loaded.facts.asked


def test_persons_are_counted_by_division_where_the_report_is_of_one_state(tmp_path: Path) -> None:
    spells = [
        {"person_id": f"p{n}", "admin1_name": name}
        for n, name in enumerate(("Cairo", "Cairo", "Giza", None))
    ]
    build = make_build(tmp_path, spells=spells)
    found = {
        c.name: c.value for c in Imprisonment(build, {"state": "EGY"}).detained.by_division().claims
    }

    assert found == {
        "detained_by_division.egy.cairo": 2,
        "detained_by_division.egy.giza": 1,
        "detained_by_division.egy.placed": 3,
    }


def test_two_names_of_divisions_that_are_one_in_latin_letters_are_two_numbers(
    tmp_path: Path,
) -> None:
    spells = [
        {"person_id": f"p{n}", "admin1_name": name}
        for n, name in enumerate(("جدة", "جده", "جده", "Giza"))
    ]
    build = make_build(tmp_path, spells=spells)
    found = Imprisonment(build, {"state": "EGY"}).detained.by_division().claims

    assert {c.name.rpartition(".")[2]: c.value for c in found} == {
        "giza": 1, "jdh": 1, "jdh_2": 2, "placed": 4,
    }  # fmt: skip


def test_a_list_without_divisions_has_no_table_of_them(tmp_path: Path) -> None:
    detained = Imprisonment(make_build(tmp_path, spells=[{}, {}]), {"state": "EGY"}).detained

    assert (detained.by_division().rows, detained.by_division().statements) == ((), ())
