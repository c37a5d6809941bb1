"""Short cells of lists of the detained: years of sections, lengths, ages, places; all are invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from hrdresearch.clean.ages import read_ages
from hrdresearch.clean.dates import read_dates
from hrdresearch.clean.places import divisions_abbreviated
from hrdresearch.clean.value_words import code_of
from hrdresearch.coding.sentence import parse_sentence
from hrdresearch.run.own_lists import propose_columns, write_source
from hrdresearch.sources import Loaded, load
from hrdresearch.sources.detentions.day_words import read_exit_words
from hrdresearch.sources.reads import SEEMS_SEVERAL, SEVERAL_PERSONS

HEADS = ["No.", "Nombre", "S", "Fecha de detención", "Situación actual"]
NAMES = ("Ana Inventada", "Luis Ejemplo", "Eva Prueba", "Omar Testal", "Iris Muestra")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def saved(folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    path = folder / "lista.xlsx"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return path


def loaded_from(path: Path) -> Loaded:
    source = write_source(path, "lista", table="detentions", state="GTM")
    text = source.read_text("utf-8").replace('order: "?"', "order: dmy")
    source.write_text(text, encoding="utf-8")
    return load("lista", path)


@pytest.mark.parametrize(
    "heading",
    ["2025 (hasta la fecha)", "2025", "Detenidas en 2025 (3 casos)", "2025 (al 4 de mayo)"],
)
def test_a_section_of_one_year_gives_it_to_days_and_months(heading: str, tmp_path: Path) -> None:
    days = ("septiembre", "29/11", "9 ene", "sept.", "3 de mayo")
    rows = zip(range(1, 6), NAMES, "MHMHM", days, ["presa"] * 5, strict=True)
    found = loaded_from(saved(tmp_path, [HEADS, [heading], *map(list, rows)])).accepted

    assert found["began_date"].dt.strftime("%Y-%m-%d").tolist() == [
        *("2025-09-01", "2025-11-29", "2025-01-09", "2025-09-01", "2025-05-03")
    ]
    assert found["began_precision"].tolist() == ["month", "day", "day", "month", "day"]


def test_brackets_that_name_other_years_leave_the_year_open(tmp_path: Path) -> None:
    rows = zip(range(1, 6), NAMES, "MHMHM", ["8 sep"] * 5, ["presa"] * 5, strict=True)
    path = saved(tmp_path, [HEADS, ["2021 (o antes)"], *map(list, rows)])
    assert loaded_from(path).accepted["began_date"].isna().all()


def test_a_legend_names_its_column_by_the_lower_row_of_the_heading(tmp_path: Path) -> None:
    sexes = ("M", "H", "2 H", "3 H", "M y H")
    rows = [
        [n, name, sex, f"0{n}/0{n}/2021", "preso", "La Invención"]
        for n, name, sex in zip(range(1, 6), NAMES, sexes, strict=True)
    ]
    upper = ["PERSONA", None, None, "DETENCIÓN", None, None]
    legend = [[], ["", "CLAVES:"], ["", "S: H = hombre, M = mujer"]]
    path = saved(tmp_path, [upper, [*HEADS, "Penal"], *rows, *legend], ("A1:C1", "D1:F1"))
    found = propose_columns(path, "detentions").set_index("column")

    assert found.at["PERSONA / S", "field"] == "sex"


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("9 a (5+4)", 9),
        ("6 a 6 m", 6.5),
        ("6a 6m", 6.5),
        ("5 a + 300 d/m", 5),
        ("7 años y 200 días multa", 7),
        ("4 ans et 90 jours-amende", 4),
        ("8 años y 6 meses (acumulada)", 8.5),
        ("3 a.", 3),
    ],
)
def test_short_lengths_are_terms(cell: str, years: float) -> None:
    read = parse_sentence(cell)
    assert (read.kind, read.minimum, read.maximum) == ("term", years, years)


@pytest.mark.parametrize("cell", ["3 a 6 años", "3 a 6 meses"])
def test_a_range_stays_a_range(cell: str) -> None:
    read = parse_sentence(cell)
    assert read.minimum < read.maximum


def test_a_sentence_that_is_still_open_may_be_short() -> None:
    assert [parse_sentence(cell).kind for cell in ("pend.", "Pend", "pendiente")] == ["pending"] * 3


def test_days_of_a_fine_alone_are_no_term() -> None:
    assert parse_sentence("300 días multa").kind == "not_prison"


def test_a_letter_behind_an_age_is_years() -> None:
    assert read_ages(pd.Series(["48 a.", "48 a", "50a."]))["age"].tolist() == [48, 48, 50]


@pytest.mark.parametrize(
    "cell", ["+ 07/02/21", "† 07/02/21", "+7 feb 2021", "+ 7 de febrero de 2021"]
)
def test_a_sign_of_death_before_a_day(cell: str) -> None:
    assert read_dates(pd.Series([cell]), "dmy").at[0, "date"] == pd.Timestamp(2021, 2, 7)
    assert read_exit_words(cell) == "died_not_stated"


@pytest.mark.parametrize("cell", ["+2 años", "+34 600", "+"])
def test_a_plus_before_another_number_is_no_death(cell: str) -> None:
    assert read_exit_words(cell) == ""


@pytest.mark.parametrize(
    ("cell", "state", "divisions"),
    [
        ("Msya.", "NIC", ("Masaya",)),
        ("MYA", "NIC", ("Masaya",)),
        ("CZO", "NIC", ("Carazo",)),
        ("Gda.", "NIC", ("Granada",)),
        ("Mga.", "NIC", ("Managua",)),
        ("Hgo.", "MEX", ("Hidalgo",)),
        ("ZZA", "NIC", ()),
        ("Msya", "NIC", ()),  # without a point or capitals it may be a town
    ],
)
def test_a_contraction_of_one_division_names_it(
    cell: str, state: str, divisions: tuple[str, ...]
) -> None:
    assert divisions_abbreviated(cell, state) == divisions


@pytest.mark.parametrize(
    ("cell", "name", "code"),
    [
        ("SENT", "proceedings_stage", "final"),
        ("sentenciada", "proceedings_stage", "final"),
        ("acus.", "proceedings_stage", "investigation"),
        ("Sistema Penitenciario Norte", "detention_place", "prison"),
        ("Cárcel de mujeres", "detention_place", "prison"),
        ("Estación Cinco", "detention_place", "police"),
        ("Delegación Norte", "detention_place", "police"),
        ("Hospital Uno (antes: cárcel)", "detention_place", "hospital"),
        ("Cárcel (luego su casa)", "detention_place", "prison"),
    ],
)
def test_short_words_of_stages_and_places(cell: str, name: str, code: str) -> None:
    assert code_of(cell, name)[0] == (code,)


def test_cells_of_two_persons_are_set_aside_or_told(tmp_path: Path) -> None:
    heads = ["Nombre", "Sexo", "Edad", "Fecha de detención", "Situación actual"]
    rows: list[list[object]] = [
        [name, sex, age, f"2021-03-1{n}", "preso"]
        for n, (name, sex, age) in enumerate(
            [
                ("Luis y Omar José Ejemplo Testal (hermanos)", "2 H", "61 y 63"),
                ("Ana y Eva Inventada", "M", "40"),
                ("José Prueba y Muestra", "H", "35"),
                ("Iris Muestra", "2 M", "20 y 31"),
                ("Omar Testal", "H", "entre 30 y 34"),
            ]
        )
    ]
    loaded = loaded_from(saved(tmp_path, [heads, *rows]))
    told = loaded.issues[loaded.issues["what"].eq(SEEMS_SEVERAL)]

    assert loaded.set_aside["row"].tolist() == [2, 3]
    assert set(loaded.set_aside["reason"]) == {SEVERAL_PERSONS}
    assert sorted(zip(told["row"], told["column"], strict=True)) == [(5, "Edad"), (5, "Sexo")]
    assert loaded.accepted["age_years"].tolist() == [35, pd.NA, 32]
