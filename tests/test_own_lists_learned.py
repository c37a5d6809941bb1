"""A learned guess for headings that no vocabulary has: always a guess, held to what the cells hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.clean.value_words import code_of
from hrdresearch.clean.word_forms import fold, is_name_in_capitals
from hrdresearch.run.own_lists import look_at_list
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.learned_headings import (
    LEARNED,
    NONE,
    kinds_of,
    learned_field,
    with_learned,
)
from hrdresearch.run.own_lists.learned_values import learned_code
from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.list_examples import heading_examples, value_examples

DAYS = ["2021-03-14", "2022-11-02", "2020-07-30"]
ANSWERS = ["sí", "no", "sí"]


@pytest.mark.parametrize(
    ("heading", "cells", "table", "field"),
    [
        ("Qué día salió del penal la compañera", DAYS, "detentions", "release_date"),
        ("Was any of the gear given back to the reporter", ["returned", "no", "partly"], "attacks", "seized"),
        ("Est passé devant des juges militaires", ["oui", "non", "oui"], "detentions", "military_court"),
        ("На какую тему писал убитый", ["коррупция", "экология", "коррупция"], "cases", "cause"),
        ("Data da reunião com o doador do projeto", DAYS, "cases", NONE),
    ],
)  # fmt: skip
def test_a_heading_that_no_vocabulary_has_is_guessed_from_examples(
    heading: str, cells: list[str], table: str, field: str
) -> None:
    assert fold(heading) not in {fold(e.heading) for e in heading_examples()}
    column = Column(heading, cells)
    assert learned_field(column, table) == learned_field(column, table)
    [score] = with_learned([column], [heading_scores(heading)], table)
    assert score == {field: LEARNED}


def test_a_learned_field_is_a_guess_and_never_one_that_the_cells_are_not(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    head = "Nombre,Qué día salió del penal la compañera,País"
    for cells, field in ((DAYS, "release_date"), (["azul", "verde", "rojo"], "")):
        names = ("Fulana Ejemplo", "Beltrana Ejemplo", "Sicrana Ejemplo")
        rows = [f"{name},{cell},COL" for name, cell in zip(names, cells, strict=True)]
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        told = look_at_list(path, "detentions").proposals[1]
        assert (told.field, told.sure) == (field, "guess" if field else "left out")
        assert not field or "looks like columns of other lists" in told.why


def test_a_heading_that_the_vocabulary_knows_is_not_guessed() -> None:
    column = Column("Fecha de liberación", ANSWERS)
    known = heading_scores(column.heading)
    assert with_learned([column], [known], "detentions") == [known]


def test_examples_hold_known_fields_and_codes_and_no_cell_that_looks_like_a_name() -> None:
    fields = {*vocabulary("list_fields")["fields"], NONE}
    kinds = {kind for e in heading_examples() for kind in e.kinds.split()}
    assert {e.field for e in heading_examples()} <= fields
    assert {table for e in heading_examples() for table in e.tables.split()} == {
        "cases", "detentions", "attacks",
    }  # fmt: skip
    assert {k for k in kinds if not k.startswith("codes_")} <= {
        *kinds_of(Column("x", DAYS)), "name_part", "number", "age", "year", "day", "person", "place",
        "sex", "state", "url", "coordinate", "yes_no", "division", "long", "words1", "words3", "words9",
    }  # fmt: skip
    named = [e for e in value_examples() if is_name_in_capitals(e.value)]
    assert [e.value for e in named if not code_of(e.value, e.codes)[0]] == []
    assert {(e.codes, e.code) for e in value_examples() if e.code not in codes(e.codes)} == set()


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("Фамилия", "Имя, отч.", "Г.р."), ("family_name", "given_name", "birth_date")),
        (("Surname", "Oth. names used", "Sex"), ("family_name", "given_name", "sex")),
    ],
)
def test_beside_a_column_of_surnames_what_looks_like_a_name_is_the_given_name(
    tmp_path: Path, headings: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    people = ("Testalin Zumo Zumalov", "Demalin Oleg Orlovich", "Probalin Ilja P.", "Falsin Jan J.")
    third = ("1980", "1975", "1990", "1988") if headings[-1] == "Г.р." else ("f", "m", "f", "m")
    lines = [
        ";".join((*person.split(" ", 1), year, f"0{n + 1}.03.2023"))
        for n, (person, year) in enumerate(zip(people, third, strict=True))
    ]
    file = tmp_path / "list.csv"
    file.write_text("\n".join([";".join((*headings, "Дата ареста")), *lines]), encoding="utf-8")
    look = look_at_list(file, "detentions")
    assert tuple(p.field for p in look.proposals[:3]) == fields


def test_how_a_person_died_is_not_guessed() -> None:
    assert learned_code("Arma de fuego", "death_type") == ()
