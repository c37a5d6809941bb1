"""Spanish lists of attacks and detentions: what had been misread, with its harm. All rows are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.clean.value_words import code_of
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.sources import load
from hrdresearch.sources.beside_the_table import REMARK

HEADER = "Código,Nombre,Persona u organización,Sexo,Departamento,Fecha del ataque,Tipo de agresión,Motivo"
ATTACKS = f"""{HEADER}
1,Ana Invento,Persona,F,Izabal,2023-01-04,Amenaza de muerte,por su labor
2,Beto Invento,persona,H,Quiché,2023-02-05,Intento de asesinato,por su labor
3,Carla Invento,Persona,M,Izabal,2023-03-06,Intento de asesinato,no claro
4,Radio Inventada,Organización,,Quiché,2023-04-07,Allanamiento,por su labor
5,Delia Invento,Persona,Mujer,Izabal,2023-05-08,Vigilancia,no claro
6,Ema Invento,Persona,M,Izabal,2023-06-09,Amenazas,por su labor
Fuente: registro propio,,,,,,,
"""


@pytest.fixture
def attacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "agresiones.csv"
    path.write_text(ATTACKS, encoding="utf-8")
    return path


def test_a_line_below_the_table_on_its_source_is_no_row(attacks: Path) -> None:
    write_source(attacks, "agresiones")
    loaded = load("agresiones", attacks)

    assert len(loaded.accepted) == 6
    assert loaded.set_aside[["row", "reason"]].to_numpy().tolist() == [[8, REMARK]]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Intento de asesinato", ("physical_attack",)),
        ("tentativa de homicidio", ("physical_attack",)),
        ("attempted murder", ("physical_attack",)),
        ("intento de secuestro", ()),
        ("Asesinato", ("killing",)),
    ],
)
def test_who_survived_an_attempt_is_not_counted_as_killed(
    cell: str, codes: tuple[str, ...]
) -> None:
    assert code_of(cell, "attack_act")[0] == codes


def test_a_column_that_tells_persons_from_organizations_is_read_as_that(attacks: Path) -> None:
    look = look_at_list(attacks)

    fields = {p.column: p.field for p in look.proposals}
    assert (fields["Persona u organización"], fields["Motivo"]) == ("victim", "work_link")


def test_the_letter_of_hombre_is_a_man_and_m_beside_it_and_f_is_asked(attacks: Path) -> None:
    sexes = look_at_list(attacks).crosswalks["sex"]
    rows = [r.replace(",F,", ",H,") for r in ATTACKS.splitlines()]
    attacks.write_text("\n".join([*rows, *(r for r in rows[1:3])]), encoding="utf-8")
    of_two = look_at_list(attacks).crosswalks["sex"]

    assert "M" in sexes.without and "M" not in sexes.sure
    assert (of_two.sure["H"], of_two.guessed["M"]) == (("male",), ("female",))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Q'eqchi'", "indigenous"),
        ("Maya q'anjob'al", "indigenous"),
        ("K’iche’", "indigenous"),
        ("Xinka", "indigenous"),
        ("maya", "indigenous"),
        ("Garífuna", "afrodescendant"),
        ("Mestizo/a", "other"),
        ("Ladina", "other"),
    ],
)
def test_a_people_that_a_list_writes_down_has_a_code(cell: str, code: str) -> None:
    assert code_of(cell, "identity") == ((code,), True)


@pytest.mark.parametrize(
    ("cell", "status", "end"),
    [
        ("sigue preso", "detained", "held"),
        ("En prisión preventiva", "detained", "held"),
        ("Libre con medidas sustitutivas", "released", "released"),
        ("Libre, caso cerrado", "released", "released"),
        ("Falta de mérito", "released", "released"),
        ("Salió libre", "released", "released"),
        ("Arresto domiciliario", "detained", "held"),
    ],
)
def test_words_on_custody_of_a_spanish_list_need_no_code_of_the_user(
    cell: str, status: str, end: str
) -> None:
    assert code_of(cell, "list_status") == ((status,), True)
    assert code_of(cell, "detention_exit") == ((end,), True)


def test_who_is_convicted_was_held_and_nobody_knows_the_end() -> None:
    assert code_of("Condenado", "list_status") == (("detained",), True)
    assert code_of("Condenado", "detention_exit") == ((), False)


LIVING = "#,¿Qué pasó?,¿Cuándo?,¿A quién?,¿Qué defiende?,¿Qué hizo el Estado?\n" + "\n".join(
    f"{n},{act},{n:02d}/05/2023,{name} Invento,el río,{answer}"
    for n, (act, name, answer) in enumerate(
        [
            ("Amenaza", "Ana Rara", "Nada"),
            ("Lo mataron", "Beto Raro", "Abrió investigación"),
            ("Seguimiento", "Carla Rara", "Nada"),
            ("Amenaza", "Delia Rara", "Nada"),
            ("Disparos contra su casa", "Ema Rara", "Abrió investigación"),
            ("Orden de captura", "Fidel Raro", "Nada"),
        ],
        start=13,
    )
)


@pytest.mark.parametrize("heading", ["¿Qué pasó?", "Relación de lo vivido"])
def test_threatened_persons_are_never_taken_for_killed(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(LIVING.replace("¿Qué pasó?", heading), encoding="utf-8")
    look = look_at_list(path)

    fields = {p.column: p.field for p in look.proposals}
    assert look.table == "attacks"
    assert (fields[heading], fields["¿Qué hizo el Estado?"]) == ("act", "followed")


def test_who_arrested_and_what_is_defended_are_told_by_words_and_cells(tmp_path: Path) -> None:
    path = tmp_path / "presos.csv"
    path.write_text(
        "Folio,Nombre,Fecha de detención,Corporación que realizó la detención,Motivo de la defensa,Delito,"
        "Lugar de reclusión,Forma de salida\n"
        "1,Ana Invento,2021-03-13,Policía Estatal,Defensa del agua,Robo,Penal de Invento,Libre\n"
        "2,Beto Invento,2021-04-14,Marina,Defensa del bosque,Motín,Penal de Invento,Absuelto\n"
        "3,Carla Invento,2021-05-15,Policía Estatal,Defensa del agua,Robo,Su casa,sigue preso\n",
        encoding="utf-8",
    )
    fields = {p.column: p.field for p in look_at_list(path).proposals}

    assert fields["Corporación que realizó la detención"] == "authority"
    assert fields["Motivo de la defensa"] == "cause"
    assert (fields["Lugar de reclusión"], fields["Forma de salida"]) == ("detention_place", "exit")


def test_kinds_of_attack_are_never_who_a_person_is(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_text(
        "Nombre,Categoría,Fecha de detención,Delito\n"
        "Ana Invento,Amenaza,2021-03-13,Robo\nBeto Invento,Allanamiento,2021-04-14,Motín\n"
        "Carla Invento,Detención arbitraria,2021-05-15,Robo\nDelia Invento,Amenaza,2021-06-15,Robo\n",
        encoding="utf-8",
    )
    told = {p.column: p.field for p in look_at_list(path, "detentions").proposals}

    assert told["Categoría"] in ("", "status")


@pytest.mark.parametrize(
    ("heading", "sign"), [("Departamento/Municipio", "/"), ("Depto. y municipio", ", ")]
)
def test_a_division_that_shares_its_column_with_a_place_is_read(
    heading: str, sign: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    rows = [f'{n},Ana Invento{n},"Izabal{sign}El Estor",2023-01-{n},Amenaza' for n in range(13, 17)]
    path.write_text(
        "\n".join([f"No.,Nombre,{heading},Fecha,Tipo de agresión", *rows]), encoding="utf-8"
    )
    write_source(path, "lista", table="attacks", state="GTM")
    loaded = load("lista", path)

    assert set(loaded.accepted["admin1_name"]) == {"Izabal"}
