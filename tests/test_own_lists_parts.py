"""Cells that name several, and names that are no person's; all cells are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.clean.value_words import code_of
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load
from hrdresearch.sources.reads import SEVERAL_PERSONS


@pytest.mark.parametrize(
    ("cell", "name", "codes"),
    [
        (
            "Agentes de PNC y seguridad privada del ingenio",
            "perpetrator",
            "police private_security",
        ),
        ("seguridad privada y PNC", "perpetrator", "private_security police"),
        ("guardias de la empresa", "perpetrator", "private_security"),
        ("pobladores cercanos a la empresa", "perpetrator", ""),
        ("vecinos afines a la minera", "perpetrator", "local_residents"),
        ("Derechos de las mujeres + territorio", "cause", "womens_rights land_environment"),
        ("Maya Queqchí", "identity", "indigenous"),
    ],
)
def test_each_part_of_a_cell_is_read(cell: str, name: str, codes: str) -> None:
    assert set(code_of(cell, name)[0]) == set(codes.split())


@pytest.mark.parametrize("cell", ["(reserva de identidad)", "Lideresa de Nebaj", "Anónimo"])
def test_a_cell_that_describes_somebody_is_no_name(cell: str) -> None:
    assert name_kinds(pd.Series([cell])).tolist() == ["unidentified"]


def test_organizations_among_the_names_are_counted_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(
        "No.,Nombre,Sexo,Departamento,Fecha del ataque,Tipo de agresión\n"
        "1,Ana Invento,Mujer,Izabal,2021-01-04,Amenazas\n"
        "2,Comunidad Inventada,,Quiché,2021-02-05,Vigilancia\n"
        "3,(reserva de identidad),Mujer,Izabal,2021-03-05,Amenazas\n"
        "4,Delia Invento,Mujer,Izabal,2021-05-08,Vigilancia\n"
        "5,Radio Invento,,Izabal,2021-06-08,Amenazas\n",
        encoding="utf-8",
    )
    write_source(path, "lista")
    loaded = load("lista", path)

    kinds = ["named", "organization", "person", "named", "organization"]
    assert loaded.accepted["victim_kinds"].tolist() == kinds
    told = loaded.issues[loaded.issues["what"].str.contains("organization or a community")]
    assert told["row"].tolist() == [3, 6]


@pytest.mark.parametrize(
    ("cell", "is_aside"),
    [
        ("Ana Invento y Luis Invento", True),
        ("Ana Invento Uno / Berta Ejemplo Dos", True),
        ("Ana Invento Uno / Berta Invento", True),
        ("Ana Invento Uno y su hija Berta Ejemplo", True),
        ("José Invento y Gasset", False),
        ("Ivan Testov / Иван Тестов", False),
        ("Ana Invento / Anna Invento", False),
        ("Comité de Agua Clara y Tierra Libre", False),
    ],
)
def test_a_cell_with_two_persons_is_set_aside(
    cell: str, is_aside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(
        "No.,Nombre,Sexo,Departamento,Fecha del ataque,Tipo de agresión\n"
        f"1,{cell},Mujer,Izabal,2021-01-04,Amenazas\n"
        "2,Berta Invento,Mujer,Quiché,2021-02-05,Vigilancia\n"
        "3,Carla Invento,Mujer,Izabal,2021-03-05,Amenazas\n"
        "4,Delia Invento,Mujer,Izabal,2021-05-08,Vigilancia\n",
        encoding="utf-8",
    )
    write_source(path, "lista")
    told = load("lista", path).set_aside
    assert told["reason"].tolist() == ([SEVERAL_PERSONS] if is_aside else [])
