"""Legends of codes in any form and place are read as the codes of their columns; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from list_books import book

from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.sources import load
from hrdresearch.sources.legends import read_legend

HEAD = ["No.", "Nombre", "Fecha del hecho", "Gen", "Tipo", "Depto."]
ROWS = [
    [1, "Ana Inventada", "2021-03-15", 1, 1, "Cortés"],
    [2, "Luis Ejemplo", "2021-04-16", 2, 2, "Cortés"],
    [3, "Eva Prueba", "2021-05-17", 1, "1,3", "Yoro"],
    [4, "Rosa Testal", "2021-06-18", 1, 3, "Yoro"],
]
ACTS = ["amenaza", "agresión física", "allanamiento"]
FORMS: dict[str, list[list[object]]] = {
    "cells of code and words": [
        ["Gen", "1 mujer", "2 hombre"],
        ["Tipo", *(f"{n} {act}" for n, act in enumerate(ACTS, 1))],
    ],
    "one cell": [
        ["Gen: 1=mujer, 2=hombre"],
        ["Tipo: 1 = amenaza; 2 = agresión física; 3 = allanamiento"],
    ],
    "three columns": [
        ["Variable", "Código", "Significado"],
        ["Gen", 1, "mujer"],
        ["", 2, "hombre"],
        *(["Tipo" if n == 1 else "", n, act] for n, act in enumerate(ACTS, 1)),
    ],
    "a title above": [
        ["Género"],
        [1, "mujer"],
        [2, "hombre"],
        [],
        ["Tipo de agresión"],
        *([n, act] for n, act in enumerate(ACTS, 1)),
    ],
    "side by side": [
        ["Gen", "", "Tipo", ""],
        [1, "mujer", 1, ACTS[0]],
        [2, "hombre", 2, ACTS[1]],
        ["", "", 3, ACTS[2]],
    ],
}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["another sheet", "below"])
def test_a_legend_is_read_in_any_form(form: str, place: str, tmp_path: Path) -> None:
    of_list: list[list[object]] = [HEAD, *ROWS]
    sheets = [of_list, FORMS[form]] if place == "another sheet" else [[*of_list, [], *FORMS[form]]]
    path = book(tmp_path, *sheets)
    write_source(path, "lista", table="attacks", state="HND")
    rows = load("lista", path).accepted

    assert rows["sex_code"].tolist() == ["female", "male", "female", "female"]
    assert rows["attack_act_codes"].tolist() == [
        "threat",
        "physical_attack",
        "threat|search_seizure",
        "search_seizure",
    ]


def test_a_legend_may_stand_in_the_heading_or_above_the_list(tmp_path: Path) -> None:
    head = [*HEAD[:3], "Sexo (1=mujer, 2=hombre)", *HEAD[4:]]
    above: list[list[object]] = [["Tipo: 1 amenaza, 2 agresión física, 3 allanamiento"], []]
    path = book(tmp_path, [*above, head, *ROWS])
    look = look_at_list(path, "attacks")

    assert look.rows == 4
    assert look.crosswalks["sex"].guessed == {"1": ("female",), "2": ("male",)}
    assert look.crosswalks["attack_act"].guessed["3"] == ("search_seizure",)


def test_rows_of_the_list_behind_an_empty_row_are_no_legend(tmp_path: Path) -> None:
    more = [[5, "Iris Inventada"], [6, "Olga Ejemplo"]]
    look = look_at_list(book(tmp_path, [HEAD, *ROWS, [], *more]), "attacks")

    assert look.rows == 6


def test_letters_of_sex_are_told_without_a_heading(tmp_path: Path) -> None:
    rows = [[*row[:3], "F" if row[3] == 1 else "M", *row[4:]] for row in ROWS]
    path = book(tmp_path, [[*HEAD[:3], None, *HEAD[4:]], *rows])
    look = look_at_list(path, "attacks")
    write_source(path, "lista", table="attacks", state="HND")

    assert [p.field for p in look.proposals][3] == "sex"
    assert look.crosswalks["sex"].sure == {"F": ("female",)}  # M stands in one row
    assert load("lista", path).accepted["sex_code"].tolist() == [
        "female",
        "male",
        "female",
        "female",
    ]


def test_a_code_that_is_called_like_a_column_is_a_code_where_it_stands_right_of_the_titles() -> (
    None
):
    lines = [
        ["S", "1", "woman"],
        ["", "2", "man"],
        ["Cat", "", ""],
        ["", "S", "student"],
        ["", "pend.", "asked, no answer"],
    ]
    found, used = read_legend(lines, {"S": "S", "Cat": "Cat"}.get)
    assert found == {
        "S": {"1": "woman", "2": "man"},
        "Cat": {"S": "student", "pend.": "asked, no answer"},
    }
    assert all(used)


def test_a_column_whose_heading_says_nothing_is_told_by_what_its_legend_says(
    tmp_path: Path,
) -> None:
    of_list: list[list[object]] = [
        ["Name", "Taken on", "Held in", "S"],
        ["Ana Inventada", "2021-03-15", "Egypt", 1],
        ["Luis Ejemplo", "2021-04-16", "Egypt", 2],
        ["Eva Prueba", "2021-05-17", "Egypt", 9],
        ["Club Ejemplo", "2021-06-18", "Egypt", 8],
    ]
    legend: list[list[object]] = [
        ["S", 1, "woman"],
        ["", 2, "man"],
        ["", 8, "group"],
        ["", 9, "not recorded"],
    ]
    look = look_at_list(book(tmp_path, of_list, legend), table="detentions")
    fields = {p.column: p.field for p in look.proposals}
    assert fields["S"] == "sex"
