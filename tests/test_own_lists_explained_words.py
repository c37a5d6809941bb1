"""Short forms that a legend explains are read in words in fields without codes; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from list_books import book

from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.sources import SourceError, load
from hrdresearch.sources.legends import in_words, pairs_in

DETAINED: list[list[object]] = [
    ["Nombre", "Fecha de detención", "País", "Delitos", "Situación actual"],
    ["Ana Inventada", "2021-03-15", 1, "TERR., TRAI", "detenida"],
    ["Luis Ejemplo", "2021-04-16", 2, "TRAI", "detenido"],
    ["Eva Prueba", "2021-05-17", 1, "A.I.", "detenida"],
    ["Rosa Testal", "2021-06-18", 2, "terr.", "detenida"],
]
LEGEND: list[list[object]] = [
    ["Delitos"],
    ["TERR.", "terrorismo"],
    ["TRAI", "traición a la patria"],
    ["AI", "asociación ilícita"],
    [],
    ["País: 1 = Honduras, 2 = Guatemala"],
]
IN_WORDS = [
    "terrorismo, traición a la patria",
    "traición a la patria",
    "asociación ilícita",
    "terrorismo",
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


@pytest.mark.parametrize("place", ["another sheet", "below"])
def test_charges_and_states_in_short_forms_are_read_in_the_words_of_the_legend(
    place: str, tmp_path: Path
) -> None:
    sheets = [DETAINED, LEGEND] if place == "another sheet" else [[*DETAINED, [], *LEGEND]]
    path = book(tmp_path, *sheets)
    source = write_source(path, "lista", table="detentions")
    rows = load("lista", path).accepted
    text = source.read_text("utf-8")

    assert rows["charge_text"].tolist() == IN_WORDS
    assert rows["state_iso3"].tolist() == ["HND", "GTM", "HND", "GTM"]
    guess = text.splitlines()[[x.strip()[:7] for x in text.splitlines()].index("charge:") - 1]
    assert "GUESS" in guess and "explained beside the list" in guess


def test_divisions_and_places_in_short_forms_are_read_in_the_words_of_the_legend(
    tmp_path: Path,
) -> None:
    killed: list[list[object]] = [
        ["Nombre", "Fecha de asesinato", "Depto.", "Municipio"],
        ["Ana Inventada", "2021-03-15", "D1", "STC"],
        ["Luis Ejemplo", "2021-04-16", "D2", "LPR"],
        ["Eva Prueba", "2021-05-17", "D1", "STC"],
    ]
    legend: list[list[object]] = [
        ["D1", "Copán"],
        ["D2", "Yoro"],
        ["STC", "Santa Invento de Copán"],
        ["LPR", "La Prueba"],
    ]
    path = book(tmp_path, killed, legend)
    look = look_at_list(path)
    write_source(path, "lista", table="cases", state="HND")
    rows = load("lista", path).accepted

    assert look.state == "HND"
    assert rows["admin1_name"].tolist() == ["Copán", "Yoro", "Copán"]
    assert rows["place_as_published"].tolist() == [
        *["Santa Invento de Copán", "La Prueba"],
        "Santa Invento de Copán",
    ]


def test_words_of_a_legend_that_may_be_names_are_not_written_into_the_open_file() -> None:
    means = {"AI": "Ana Inventada", "TR": "traición"}
    column = Column("Delitos", ["AI", "TR", "TR, AI"], means)

    assert column.means_in_use("charge") == {"TR": "traición"}


def test_a_code_is_no_part_of_a_word_and_stands_with_points_or_without() -> None:
    means = {"A.F.": "arma de fuego", "DE": "desorden"}

    assert in_words("AF", means) == in_words("a.f.", means) == "arma de fuego"
    assert in_words("robo de AFICHES; DE", means) == "robo de AFICHES; desorden"
    assert pairs_in("terr. = terrorismo; A.F. = arma de fuego") == {
        "terr.": "terrorismo",
        "A.F.": "arma de fuego",
    }


def test_means_is_for_fields_that_are_read_in_words(tmp_path: Path) -> None:
    path = book(tmp_path, DETAINED)
    source = write_source(path, "lista", table="detentions", state="HND")
    text = source.read_text("utf-8")
    source.write_text(
        text.replace("column: Situación actual", "column: Situación actual, means: {d: detenida}"),
        "utf-8",
    )

    with pytest.raises(SourceError, match="under crosswalks"):
        load("lista", path)


def test_rows_of_an_example_on_another_sheet_explain_nothing(tmp_path: Path) -> None:
    example = [DETAINED[0], ["Iris Muestra", "2020-01-01", "Kenya", "sedición", "detenida"]]
    rows = [[*row[:2], "Kenya", "sedición", row[4]] for row in DETAINED[1:]]
    look = look_at_list(book(tmp_path, [DETAINED[0], *rows], example), "detentions")

    assert all(not column.means for column in look.columns.values())


def test_a_short_form_among_words_is_read_as_a_whole_cell(tmp_path: Path) -> None:
    killed: list[list[object]] = [
        ["Nombre", "Fecha de asesinato", "Presunto responsable", "Modalidad"],
        ["Ana Inventada", "2021-03-15", "policía", "A.F."],
        ["Luis Ejemplo", "2021-04-16", "DPX", "arma de fuego"],
        ["Eva Prueba", "2021-05-17", "sicarios", "arma blanca"],
        ["Rosa Testal", "2021-06-18", "ejército, tipo DPX", "golpes"],
    ]
    legend: list[list[object]] = [["A.F.", "arma de fuego"], ["DPX", "policía de investigación"]]
    look = look_at_list(book(tmp_path, killed, legend), "cases")

    assert look.crosswalks["death_type"].guessed == {"A.F.": ("killing",)}
    assert look.crosswalks["perpetrator"].guessed == {"DPX": ("police",)}


def test_numbers_of_articles_are_read_in_the_words_of_their_sheet(tmp_path: Path) -> None:
    held: list[list[object]] = [
        ["ФИО", "Дата задержания", "Ст. УК"],
        ["Примерова Анна", "2021-03-15", "278 ч. 2; 36"],
        ["Тестова Ева", "2021-04-16", "327"],
        ["Образцова Ия", "2021-05-17", "ст.278"],
    ]
    articles: list[list[object]] = [
        ["статья УК", "о чем", "комм."],
        [278, "массовые беспорядки", "часть 3"],
        [327, "призывы к захвату власти"],
        [36, "соучастие"],
    ]
    path = book(tmp_path, held, articles)
    write_source(path, "spisok", table="detentions", state="KGZ")

    assert load("spisok", path).accepted["charge_text"].tolist() == [
        "массовые беспорядки ч. 2; соучастие",
        "призывы к захвату власти",
        "ст.массовые беспорядки",
    ]


def test_a_sheet_of_contacts_does_not_explain_the_states(tmp_path: Path) -> None:
    rows = [
        [*row[:2], state, *row[3:]]
        for row, state in zip(DETAINED[1:], ("HND", "GTM", "HND", "GTM"), strict=True)
    ]
    contacts: list[list[object]] = [["HND", "Iris Muestra"], ["GTM", "Omar Ensayo"]]
    path = book(tmp_path, [DETAINED[0], *rows], contacts)
    source = write_source(path, "lista", table="detentions")

    assert load("lista", path).accepted["state_iso3"].tolist() == ["HND", "GTM", "HND", "GTM"]
    assert "Iris" not in source.read_text("utf-8")
