# ruff: noqa: E501 - rows of lists stand as they are
"""Cells as organizations write them: short years, abbreviated divisions, ages that are not exact, s/d."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.clean.ages import read_ages
from hrdresearch.clean.places import division_of_place, divisions_abbreviated
from hrdresearch.clean.text import split_values
from hrdresearch.cli import app
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load

LIST = """Folio;Nombre;Fecha de los hechos;Entidad;Sexo;Edad;Oficio / gremio;Probable responsable;Observaciones
1;Fulana Ejemplo Uno;02-feb-19;Mich.;mujer;40 aprox.;Maestra;Sicarios / Policía;Volvía de una asamblea
2;Beltrano Ejemplo Dos;17-mar-19;Chis.;hombre;menor de edad;Campesino;s/d;
3;Sicrana Ejemplo Tres;15/ene/18;N.L.;mujer;30-35;s/d / Campesina;Policía / n/d;
4;Mengano Ejemplo Cuatro;3 mar 21;CDMX;hombre;s/d;Maestro;Policía / s/d;
5;Zutano Ejemplo Cinco;31-dic-98;D.F.;hombre;52;Campesino;no consta;
6;Perengana Ejemplo Seis;21-ene-21;Ta.;mujer;joven;Campesina;Sicarios;
"""


PARTS = (("admin1", 1), ("place", 2))


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    write_source(path, "lista")
    return load("lista", path)


def said(loaded, column: str) -> list[tuple[int, str, str]]:  # type: ignore[no-untyped-def]
    issues = loaded.issues[loaded.issues["column"] == column]
    return [(int(i.row), i.what, i.done) for i in issues.itertuples()]


def test_a_short_year_is_read_and_the_check_says_by_what_rule(tmp_path: Path, loaded) -> None:  # type: ignore[no-untyped-def]
    days = list(loaded.accepted["event_date"].dt.strftime("%Y-%m-%d"))
    assert days == [
        "2019-02-02",
        "2019-03-17",
        "2018-01-15",
        "2021-03-03",
        "1998-12-31",
        "2021-01-21",
    ]
    year = pd.Timestamp.today().year
    assert said(loaded, "Fecha de los hechos") == [
        (0, "6 years have two digits only.", f"read as years from {year - 99} to {year}")
    ]
    checked = CliRunner().invoke(
        app, ["source", "check", str(tmp_path / "lista.csv"), "--source", "lista"]
    )
    assert f"read as years from {year - 99} to {year}" in checked.output


def test_abbreviated_divisions_are_read_and_an_ambiguous_one_is_listed(loaded) -> None:  # type: ignore[no-untyped-def]
    divisions = loaded.accepted["admin1_name"].fillna("").tolist()
    assert divisions == [
        "Michoacán",
        "Chiapas",
        "Nuevo León",
        "Ciudad de México",
        "Ciudad de México",
        "",
    ]
    assert said(loaded, "Entidad") == [
        (7, "An abbreviation that may be Tabasco or Tamaulipas.", "no division")
    ]


def test_ages_that_are_not_exact_are_read_by_a_rule_and_their_words_are_kept(loaded) -> None:  # type: ignore[no-untyped-def]
    rows = loaded.accepted
    assert rows["age_years"].fillna(-1).tolist() == [40, -1, 32, -1, 52, -1]
    groups = ["adult", "child", "adult", "not_recorded", "adult", "not_recorded"]
    assert rows["age_group_code"].tolist() == groups
    assert rows["text_as_published"].tolist()[:4] == [
        "Volvía de una asamblea Age as written: 40 aprox.", "Age as written: menor de edad.",
        "Age as written: 30-35.", "",
    ]  # fmt: skip
    assert [(row, what) for row, what, _ in said(loaded, "Edad")] == [
        (2, "The age is not exact."), (3, "The age is said in words (child)."),
        (4, "The age is a range."), (7, "The age is no number of years."),
    ]  # fmt: skip


def test_words_of_nothing_are_known_before_a_cell_is_parted(loaded) -> None:  # type: ignore[no-untyped-def]
    rows = loaded.accepted
    assert rows["perpetrator_codes"].tolist() == [
        "hitmen|police", "not_recorded", "police", "police", "not_recorded", "hitmen",
    ]  # fmt: skip
    assert rows["identity_codes"].tolist()[2] == "farmer"
    assert said(loaded, "Probable responsable") == []


def test_a_cell_with_division_and_place_is_read_by_its_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "dos lugares.csv"
    path.write_text(
        LIST.replace("Mich.", "Oaxaca, Juchitán").replace("Chis.", "Puebla"), encoding="utf-8"
    )
    written = write_source(path, "lugares")
    text = written.read_text(encoding="utf-8")
    [before] = [line for line in text.splitlines() if "column: Entidad" in line]
    divided = [f'{name}: {{column: Entidad, split: ",", part: {at}}}' for name, at in PARTS]
    written.write_text(
        text.replace(before, "\n".join(6 * " " + one for one in divided)), encoding="utf-8"
    )
    rows = load("lugares", path).accepted
    assert rows["admin1_name"].tolist()[:2] == ["Oaxaca", "Puebla"]
    assert rows["place_as_published"].fillna("").tolist()[:2] == ["Juchitán", ""]


def test_an_empty_cell_of_a_column_that_the_list_has_is_not_known_and_not_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    head, *rows = LIST.splitlines()
    answers = ["sí", "", "no", "s/d", "", "quizá"]
    path = tmp_path / "amenazas.csv"
    lines = [f"{row};{answer}" for row, answer in zip(rows, answers, strict=True)]
    path.write_text("\n".join([f"{head};Amenazas previas", *lines]), encoding="utf-8")
    write_source(path, "amenazas")
    cases = load("amenazas", path).accepted
    assert cases["threats_before"].tolist() == [
        "yes", "unknown", "no", "unknown", "unknown", "unknown",
    ]  # fmt: skip
    assert set(cases["impunity_code"]) == {"not_asked"}  # no column


def test_a_code_that_means_more_than_its_word_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    row = "Fulana Ejemplo {};1{}/03/2021;Nicaragua;desterrada;F\n"
    path = tmp_path / "presos.csv"
    path.write_text(
        "Nombre;Fecha de detención;País;Situación actual;Sexo\n"
        + row.format("Uno", 2) + row.format("Dos", 3), encoding="utf-8",
    )  # fmt: skip
    text = write_source(path, "presos").read_text(encoding="utf-8")
    assert (
        "    desterrada: banished  # Banished, deported or expelled from the country, or released into exile"
        in text
    )
    assert "    F: female\n" in text


def test_the_command_that_is_printed_can_be_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "Registro 2016-2024.csv"
    path.write_text(LIST, encoding="utf-8")
    told = CliRunner().invoke(app, ["source", "new", str(path)])
    assert f"hrdresearch source check '{path}' --source" in told.output.replace("\n", "")


@pytest.mark.parametrize(
    ("cell", "age", "group"),
    [
        ("menor", None, "child"), ("Несовершеннолетний", None, "child"), ("mineur", None, "child"),
        ("قاصر", None, "child"), ("Mayor de edad", None, "adult"), ("menor (16)", 16, "child"),
        ("~35", 35, "adult"), ("aprox. 40 años", 40, "adult"), ("c. 40", 40, "adult"),
        ("около 40 лет", 40, "adult"), ("40s", 44, "adult"), ("entre 30 y 35 años", 32, "adult"),
        ("15-20", None, "not_recorded"), ("20-60", None, "adult"), ("-3", None, "not_recorded"),
        ("17 meses", None, "not_recorded"), ("menor (45)", None, "not_recorded"),
    ],
)  # fmt: skip
def test_an_age_in_words_or_about(cell: str, age: int | None, group: str) -> None:
    read = read_ages(pd.Series([cell])).iloc[0]
    assert (None if pd.isna(read["age"]) else read["age"], read["group"]) == (age, group)
    assert read["problem"] != "" or cell == "menor (16)"


@pytest.mark.parametrize(
    ("cell", "iso3", "divisions"),
    [
        ("Ags", "MEX", ["Aguascalientes"]), ("Gto.", "MEX", ["Guanajuato"]), ("B.C.S.", "MEX", ["Baja California Sur"]),
        ("B.C.", "MEX", ["Baja California"]), ("NL", "MEX", ["Nuevo León"]), ("S.L.P.", "MEX", ["San Luis Potosí"]),
        ("Q. Roo", "MEX", ["Quintana Roo"]), ("Edo. de Méx.", "MEX", ["Estado de México"]), ("Oax", "MEX", ["Oaxaca"]),
        ("Cund.", "COL", ["Cundinamarca"]), ("Ant.", "COL", ["Antioquia"]), ("N. de Santander", "COL", ["Norte de Santander"]),
        ("SP", "BRA", ["São Paulo"]), ("RJ", "BRA", ["Rio de Janeiro"]), ("RS", "BRA", ["Rio Grande do Sul"]),
        ("TN", "IND", ["Tamil Nadu"]), ("AP", "IND", ["Andhra Pradesh", "Arunachal Pradesh"]),
        ("Ca.", "COL", ["Caldas", "Caquetá", "Casanare", "Cauca"]),
        ("Santa", "COL", []), ("Villa Uno", "COL", []), ("SP", "COL", []), ("sp", "IND", []), ("", "MEX", []), ("X", "MEX", []),
    ],
)  # fmt: skip
def test_an_abbreviation_is_one_division_or_none(
    cell: str, iso3: str, divisions: list[str]
) -> None:
    assert sorted(divisions_abbreviated(cell, iso3)) == divisions
    assert division_of_place(cell, iso3) is None or cell in ("CDMX", "D.F.")


def test_a_word_of_nothing_with_the_sign_between_values_is_whole() -> None:
    assert split_values("s/d", "/") == ["s/d"]
    assert split_values("Policía/N/D/ Sicarios", "/") == ["Policía", "N/D", "Sicarios"]
    assert split_values("casas/dos", "/") == ["casas", "dos"]
