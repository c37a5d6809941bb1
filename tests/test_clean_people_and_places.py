"""Ages, names and divisions. All names are invented."""

import pandas as pd
import pytest

from hrdresearch.clean.ages import age_groups, read_ages
from hrdresearch.clean.names import clean_name, name_kinds
from hrdresearch.clean.places import admin1


def test_an_impossible_age_is_a_problem_and_no_age() -> None:
    read = read_ages(pd.Series(["49", "49.0", "4145", "", "NA", "young"]))
    expected = pd.DataFrame(
        {
            "age": pd.array([49, 49, None, None, None, None], dtype="Int64"),
            "problem": ["", "", "is above 120 years", "", "", "is no number of years"],
        }
    )
    pd.testing.assert_frame_equal(read, expected)


def test_age_groups_part_at_eighteen() -> None:
    ages = pd.Series([17, 18, None], dtype="Int64")
    assert list(age_groups(ages)) == ["child", "adult", "not_recorded"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Fulana Beltrano", "person"),
        ("Ceará", "person"),
        ("Sem informação", "unidentified"),
        ("Unidentified miner 2, Anytown", "unidentified"),
        ("[name withheld]", "unidentified"),
        ("", "unidentified"),
        ("Índios Demo", "collective"),
        ("Indigenas Demo", "collective"),
        ("Trabalhadores Sem-Terra/Faz. Invented", "collective"),
        ("Trabalhador da Faz. Invented", "unidentified"),
        ("Three villagers", "collective"),
        ("Dos campesinos", "collective"),
        ("Unathi Knownedemo", "person"),
        ("Familiano Desconocida Pérez", "person"),
    ],
)
def test_entries_that_name_no_person_are_told(cell: str, kind: str) -> None:
    assert list(name_kinds(pd.Series([cell]))) == [kind]


def test_a_name_is_cleaned_of_layout_only() -> None:
    assert clean_name(' Fulano\nBeltrão ,  "Zé"') == 'Fulano Beltrão , "Zé"'


@pytest.mark.parametrize(
    ("place", "iso3", "division"),
    [
        ("Caqueta", "COL", "Caquetá"),
        ("Caquetá", "COL", "Caquetá"),
        ("Quindio", "COL", "Quindío"),
        ("Norte De Santander", "COL", "Norte de Santander"),
        ("Goias", "BRA", "Goiás"),
        ("Anytown, Huehuetenango", "GTM", "Huehuetenango"),
        ("Invented National Park", "COD", None),
        ("Pereira", "COL", None),
        ("", "COL", None),
        ("Cauca", None, None),
    ],
)
def test_a_division_has_one_spelling(place: str, iso3: str | None, division: str | None) -> None:
    assert admin1(place, iso3) == division
