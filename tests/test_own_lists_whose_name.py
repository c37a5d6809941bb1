"""Whose name a row has, by headings of the person beside those of others; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.own_lists import propose_columns

NAMES = ["Ana Inventada", "Luis Ejemplo Dos", "Eva Prueba", "Rosa Testal"]
OTHERS = ["Juan Fulano", "Iris Mengana", "Olga Zutana", "Hugo Perengano"]


def fields(folder: Path, head: str, *columns: list[str], table: str = "attacks") -> dict[str, str]:
    rows = [
        f"{i},2021-01-1{i},amenaza,{','.join(row)}"
        for i, row in enumerate(zip(*columns, strict=True))
    ]
    path = folder / "list.csv"
    path.write_text("\n".join([f"ID,Fecha,Qué pasó,{head}", *rows]), encoding="utf-8")
    frame = propose_columns(path, table)
    return dict(zip(frame["column"], frame["field"], strict=True))


@pytest.mark.parametrize(
    "heading",
    [
        "Víctima",
        "victima",
        "Persona agredida",
        "Affected person",
        "الضحية",
        "المحتجز",
        "Потерпевший(ая)",
    ],
)
@pytest.mark.parametrize(
    "cells", [NAMES, ["ana", "luis", "eva", "rosa"], ["N.N.", "Ana M.", "la vecina", "J. T."]]
)
def test_the_victim_is_a_name_however_it_is_written(
    heading: str, cells: list[str], tmp_path: Path
) -> None:
    assert fields(tmp_path, heading, cells)[heading] == "name"


@pytest.mark.parametrize("heading", ["Víctima", "Victims", "الضحية", "Потерпевшие"])
def test_numbers_under_it_are_no_names(heading: str, tmp_path: Path) -> None:
    assert fields(tmp_path, heading, ["2", "1", "1", "3"])[heading] == ""


def test_kinds_of_persons_under_it_are_no_names(tmp_path: Path) -> None:
    assert (
        fields(tmp_path, "Víctima", ["periodista", "abogada", "periodista", "campesino"])["Víctima"]
        != "name"
    )


@pytest.mark.parametrize(
    "other", ["Abogado", "Contacto de la familia", "Адвокат", "المحامي", "Judge"]
)
@pytest.mark.parametrize(
    "person", ["Compa", "Quién fue", "Privada de libertad", "Кто", "الشخص", "HRD"]
)
def test_of_two_columns_of_names_that_of_the_person_is_taken(
    other: str, person: str, tmp_path: Path
) -> None:
    found = fields(tmp_path, f"{other},{person}", OTHERS, NAMES)
    assert (found[other], found[person]) == ("", "name")


def test_a_list_of_threats_alone_is_one_of_attacks(tmp_path: Path) -> None:
    assert fields(tmp_path, "Víctima", NAMES, table="")["Qué pasó"] == "act"
