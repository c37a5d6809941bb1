"""Several values in a cell, fields of who documented a case and of what was seized; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.clean.text import split_known_values
from hrdresearch.clean.value_words import code_of
from hrdresearch.run.own_lists import propose_columns, write_source
from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.sources import SourceError, load


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("police + army", ["police", "army"]),
        ("police / army; gang", ["police", "army", "gang"]),
        ("police and army", ["police", "army"]),
        ("army y police", ["army", "police"]),
        ("police", []),
        ("police and Ann Example", []),
    ],
)
def test_a_cell_is_cut_only_where_each_part_is_known(cell: str, parts: list[str]) -> None:
    assert split_known_values(cell, {"police", "army", "gang"}.__contains__) == parts


def test_each_cell_is_cut_at_its_own_sign_and_no_name_is(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [
        "Ana Ejemplo,2020-02-13,GTM,campesino,policía",
        "Bea Ejemplo,2020-02-14,GTM,periodista + campesino,policía y sicarios",
        "Eva Ejemplo,2020-02-15,GTM,abogado; periodista,sicarios / policía",
        "Ida Ejemplo,2020-02-16,GTM,campesino,policía y Fulano Prueba",
    ]
    path.write_text(
        "\n".join(["Nombre,Fecha de muerte,País,Ocupación,Responsable", *rows]), "utf-8"
    )
    write_source(path, "my-list")
    loaded = load("my-list", path)
    assert loaded.accepted[["identity_codes", "perpetrator_codes"]].to_numpy().tolist() == [
        ["farmer", "police"],
        ["journalist|farmer", "police|hitmen"],
        ["lawyer|journalist", "hitmen|police"],
        ["farmer", "not_recorded"],
    ]
    assert loaded.issues["row"].tolist() == [5]


@pytest.mark.parametrize(
    "heading",
    [
        "Documentó",
        "SEGUIMIENTO / Documentó",
        "DOCUMENTÓ:",
        "Documented by",
        "Fuente que documenta",
        "Кто задокументировал",
        "وثّقها",
    ],
)
def test_who_documented_a_case_is_its_contributor(heading: str) -> None:
    scores = heading_scores(heading)
    assert max(scores, key=lambda field: scores[field]) == "contributor"


def test_a_document_is_no_contributor() -> None:
    assert heading_scores("Documento").get("contributor", 0.0) < 0.7


def test_what_was_seized_is_read_and_never_called_not_applicable(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [
        "Ana Ejemplo,2020-02-13,GTM,amenaza,no,Red Inventada",
        "Bea Ejemplo,2020-02-14,GTM,amenaza,computadora,Red Inventada",
        "Eva Ejemplo,2020-02-15,GTM,allanamiento,no devuelto,Red Inventada",
        "Ida Ejemplo,2020-02-16,GTM,amenaza,un objeto raro,",
        "Isa Ejemplo,2020-02-17,GTM,amenaza,,",
    ]
    heads = "Nombre,Fecha del ataque,País,Tipo de ataque,Equipo incautado,Documentó"
    path.write_text("\n".join([heads, *rows]), "utf-8")
    fields = propose_columns(path, "attacks")["field"].tolist()
    assert fields == ["name", "date", "state", "act", "seized", "contributor"]

    write_source(path, "my-list", table="attacks")
    loaded = load("my-list", path)
    assert loaded.accepted["seized_status_code"].tolist() == [
        "not_applicable",
        "not_recorded",
        "in_custody",
        "not_recorded",
        "not_applicable",
    ]
    assert loaded.other_words["contributor"] == {"Red Inventada"}  # looked for in every report


def test_a_frequent_cell_of_two_known_values_is_cut_and_no_part_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = ["Ana Ejemplo,2020-02-13,GTM,Policía y soldados"] * 4 + [
        "Eva Ejemplo,2020-02-14,GTM,Soldados"
    ]
    path.write_text("\n".join(["Nombre,Fecha de muerte,País,Responsable", *rows]), "utf-8")
    text = write_source(path, "my-list").read_text("utf-8")
    assert "Policía y soldados" not in text
    codes = load("my-list", path).accepted["perpetrator_codes"].tolist()
    assert codes == ["police|armed_forces"] * 4 + ["armed_forces"]
    assert code_of("policía, ejército", "perpetrator") == (("police", "armed_forces"), False)


def test_a_word_in_the_feminine_is_no_guess_for_women() -> None:
    assert code_of("Defensora del agua", "identity") == ((), False)


def test_divisions_of_a_state_that_the_program_does_not_know_are_the_lists_own(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    places = ["Santa Ana", "Santa Ana", "Cabañas", "cabañas", "Cabañas", "San Vicente"]
    rows = [f"Ana{n} Ejemplo,2020-02-1{n},{place}" for n, place in enumerate(places)]
    path.write_text("\n".join(["Nombre,Fecha de muerte,Departamento", *rows]), "utf-8")
    source = write_source(path, "my-list", state="SLV")
    text = source.read_text("utf-8")
    assert "these are the list's own words" in text and "    Cabañas: Cabañas" in text
    assert "San Vicente" not in text  # a value of one row

    loaded = load("my-list", path)
    found = loaded.accepted["admin1_name"].fillna("").tolist()
    assert found == ["Santa Ana", "Santa Ana", "Cabañas", "Cabañas", "Cabañas", ""]
    assert loaded.issues["row"].tolist() == [7]
    of_known = write_source(path, "other-list", state="GTM").read_text("utf-8")
    assert "own words" not in of_known


def test_names_of_divisions_are_refused_where_the_program_knows_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Nombre,Fecha de muerte,Departamento\nAna Ejemplo,2020-02-13,Petén\n", "utf-8")
    source = write_source(path, "my-list", state="GTM")
    source.write_text(
        source.read_text("utf-8") + "crosswalks: {admin1: {Petén: Nowhere}}\n", "utf-8"
    )
    with pytest.raises(SourceError, match="Nowhere is none of"):
        load("my-list", path)
