"""A crosswalk of a whole cell, of divisions, and what source check says is without a code; all invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.shown_rows import rows_as_read
from hrdresearch.sources import load
from hrdresearch.sources.errors import SourceFactsError

LIST = """\
Ficha,Nombre,Fecha,Departamento,Perfil,Tipo de agresión
F1,Fulana Ejemplo Uno,13/02/2021,Huehue,alcalde indígena; tejedora,amenaza
F2,Fulano Ejemplo Dos,14/02/2021,Huehue,alcalde indígena; tejedora,amenaza
F3,Fulana Ejemplo Tres,15/06/2021,Petén,campesina; tejedora,amenaza
F4,Fulano Ejemplo Cuatro,16/06/2021,Zona Reina,abogada,amenaza
F5,Fulana Ejemplo Cinco,17/06/2021,Zona Reina,abogada,amenaza
"""
SOURCE = """\
like: attacks
title: Lista
basis: Invented.
layouts:
  list:
    title: Lista
    kinds: [csv]
    reads:
      case_id: {column: Ficha}
      name: {column: Nombre}
      date: {column: Fecha, order: dmy}
      admin1: {column: Departamento}
      identity: {column: Perfil%s}
      act: {column: Tipo de agresión}
      state: {value: GTM}
crosswalks:
  identity:
    alcalde indígena; tejedora: [indigenous, leader]
    campesina: farmer
%s"""


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def said(tmp_path: Path, split: str = "", more: str = "") -> None:
    folder = tmp_path / "sources" / "lista"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.yml").write_text(SOURCE % (split, more), encoding="utf-8")


@pytest.mark.parametrize("split", ["", ', split: ";"'])
def test_a_crosswalk_of_a_whole_cell_is_taken_before_the_cell_is_cut(
    split: str, tmp_path: Path, listed: Path
) -> None:
    said(tmp_path, split)
    found = load("lista", listed).accepted["identity_codes"].tolist()
    assert found == ["indigenous|leader", "indigenous|leader", "farmer", "lawyer", "lawyer"]


@pytest.mark.parametrize("split", ["", ', split: ";"'])
def test_every_value_has_a_code_is_said_only_where_it_is_so(
    split: str, tmp_path: Path, listed: Path
) -> None:
    said(tmp_path, split)
    told = list(rows_as_read("lista", listed, is_shown=True))
    assert "Every value has a code." not in told
    assert [line for line in told if line.startswith(("  identity,", "  admin1,"))] == [
        "  identity, 'Perfil': 'tejedora' (1 row)",
        "  admin1, 'Departamento': 'Huehue' (2 rows), 'Zona Reina' (2 rows)",
    ]
    [note] = [str(n) for n in load("lista", listed).notes if "division" in str(n)]
    assert note.startswith("4 of its rows tell a place in the column of divisions")
    known = '    tejedora: indigenous\n  admin1: {huehue: Huehuetenango, "Zona Reina": Quiché}\n'
    said(tmp_path, split, known)
    assert list(rows_as_read("lista", listed))[-1] == "Every value has a code."
    assert not [n for n in load("lista", listed).notes if "division" in str(n)]
    rows = load("lista", listed).accepted
    divisions = ["Huehuetenango", "Huehuetenango", "Petén", "Quiché", "Quiché"]
    assert rows["admin1_name"].tolist() == divisions
    assert rows["identity_codes"].tolist()[2] == "farmer|indigenous"


def test_a_division_that_no_state_has_is_refused(tmp_path: Path, listed: Path) -> None:
    said(tmp_path, more="  admin1: {Huehue: Nowhere}\n")
    with pytest.raises(SourceFactsError, match="crosswalks: admin1"):
        load("lista", listed)


def test_the_beginning_of_one_division_is_guessed_and_other_words_are_asked(
    tmp_path: Path, listed: Path
) -> None:
    text = LIST.replace("Zona Reina", "Jalapa").replace("Petén", "Santa Rosa")
    listed.write_text(text + text.partition("\n")[2].replace("Jalapa", "Zona"), encoding="utf-8")
    found = look_at_list(listed, "attacks").crosswalks["admin1"]
    assert (found.sure, found.guessed, found.without) == (
        {},
        {"Huehue": ("Huehuetenango",)},
        {"Zona": 2},
    )
    written = write_source(listed, "lista", table="attacks", state="GTM")
    assert "    Huehue: Huehuetenango  # GUESS" in written.read_text(encoding="utf-8").splitlines()
