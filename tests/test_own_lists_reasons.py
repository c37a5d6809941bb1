"""Why a column is left out, and guesses that its cells refuse; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.own_lists import propose_columns
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.learned_headings import LEARNED
from hrdresearch.run.own_lists.marks import marks_of

NAMES = ("Ana Inventada", "Luis Ejemplo", "Eva Prueba", "Omar Testal", "Iris Muestra")
KILLED = {"Fecha de asesinato": [f"2021-03-1{n}" for n in range(5)], "Nombre completo": NAMES}
ATTACKED = {
    "Folio": [f"22-0{n}" for n in range(5)],
    "Fecha del ataque": [f"2021-03-1{n}" for n in range(5)],
    "Tipo de agresión": ["amenaza", "amenaza de muerte", "vigilancia", "amenaza", "allanamiento"],
}
MEASURES = ("medidas cautelares", "escolta", "no", "botón de pánico", "no")
PLACES = ("Aldea Uno", "Aldea Dos", "Aldea Tres", "Aldea Cuatro", "Aldea Cinco")


def told(folder: Path, table: str, **columns: object) -> dict[str, tuple[str, str]]:
    path = folder / "list.csv"
    rows = zip(*columns.values(), strict=True)  # type: ignore[call-overload]
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = propose_columns(path, table).to_dict("records")
    return {row["column"]: (row["field"], row["why"]) for row in found}


@pytest.mark.parametrize(("table", "of"), [("cases", KILLED), ("attacks", ATTACKED)])
def test_measures_in_a_list_of_killings_or_attacks_are_of_protection(
    table: str, of: dict[str, object], tmp_path: Path
) -> None:
    found = told(tmp_path, table, **of, Medidas=MEASURES)

    assert found["Medidas"] == (
        "",
        "measures taken for the person, such as protection: no column of the table",
    )


def test_a_second_column_of_places_is_told_as_that_and_not_as_an_address(tmp_path: Path) -> None:
    columns = {"Municipio": ["Uno", "Dos", "Uno", "Dos", "Uno"], "Vereda/Correg.": PLACES}
    field, why = told(tmp_path, "cases", **KILLED, **columns)["Vereda/Correg."]

    assert field == ""
    assert why == (
        "it looks like municipality or finer place by its heading, but another column is read as it"
    )


def test_places_of_attacks_are_no_identifiers_of_events(tmp_path: Path) -> None:
    found = told(tmp_path, "attacks", **ATTACKED, **{"Municipio o comunidad": PLACES})

    assert found["Municipio o comunidad"][0] == ""


def test_whole_names_under_a_name_or_pseudonym_are_names(tmp_path: Path) -> None:
    found = told(tmp_path, "attacks", **ATTACKED, **{"Nombre / seud.": NAMES})

    assert found["Nombre / seud."][0] == "name"


def test_names_of_lawyers_do_not_say_that_there_was_none(tmp_path: Path) -> None:
    arrested = {"Дата задержания": [f"2021-03-1{n}" for n in range(5)], "ФИО": NAMES}
    found = told(
        tmp_path, "detentions", **arrested, Адвокат=["Примеров", "Тестов", "Тестов", "?", ""]
    )

    assert found["Адвокат"][0] == ""


def test_numbers_of_trials_that_several_share_give_way_to_the_numbers_of_the_rows(
    tmp_path: Path,
) -> None:
    arrested = {"تاريخ القبض": [f"2021-03-1{n}" for n in range(5)], "الاسم": NAMES}
    numbers = {
        "م": [1, 2, 3, 4, 5],
        "رقم القضية": ["12/2021", "12/2021", "7/2020", "7/2020", "9/2021"],
    }
    found = told(tmp_path, "detentions", **arrested, **numbers)

    assert (found["م"][0], found["رقم القضية"][0]) == ("case_id", "")


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("followed", ("llamada", "abogada", "taller")),
        ("sex", ("M", "T", "M")),
        ("status", ("azul",)),
    ],
)
def test_a_learned_guess_needs_cells_that_fit(field: str, cells: tuple[str, ...]) -> None:
    table = "attacks" if field == "followed" else "detentions"

    assert field not in marks_of(Column("Acción de la Red", cells), {field: LEARNED}, table)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (
            ("Penal Uno", "Rodeo Inventado", "Penal Uno", "Zona Nueve", "Penal Dos"),
            "detention_place",
        ),
        (("detenido", "libre", "detenida", "en libertad", "detenido"), "status"),
    ],
)
def test_the_cells_decide_whether_where_somebody_is_tells_a_prison_or_a_fate(
    cells: tuple[str, ...], field: str, tmp_path: Path
) -> None:
    arrested = {"Fecha de detención": [f"2021-03-1{n}" for n in range(5)], "Nombre completo": NAMES}

    assert (
        told(tmp_path, "detentions", **arrested, **{"Dónde está": cells})["Dónde está"][0] == field
    )


def test_the_outcome_of_an_attack_is_what_followed_where_its_cells_say_so(tmp_path: Path) -> None:
    followed = ("no action", "under investigation", "no action", "suspect charged", "")
    checked = ("verified", "not verified", "verified", "verified", "")
    found = told(tmp_path, "attacks", **ATTACKED, **{"Outcome / status": followed})
    other = told(tmp_path, "attacks", **ATTACKED, **{"Outcome / status": checked})

    assert (found["Outcome / status"][0], other["Outcome / status"][0]) == ("followed", "")
