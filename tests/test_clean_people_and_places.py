"""Ages, names and divisions. All names are invented."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.clean.ages import age_groups, read_ages
from hrdresearch.clean.distance import distance_classes, distance_in_km
from hrdresearch.clean.places import division_of_place
from hrdresearch.clean.text import clean_name
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.same_person import exact_key, person_keys
from hrdresearch.studies.killings.by_division import all_divisions
from hrdresearch.vocab.gazetteer import gazetteer


def test_an_impossible_age_is_a_problem_and_no_age() -> None:
    read = read_ages(pd.Series(["49", "49.0", "4145", "", "NA", "young"]))
    expected = pd.DataFrame(
        {
            "age": pd.array([49, 49, None, None, None, None], dtype="Int64"),
            "problem": ["", "", "is above 120 years", "", "", "is no number of years"],
        }
    )
    pd.testing.assert_frame_equal(read[["age", "problem"]], expected)


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
    assert division_of_place(place, iso3) == division


def test_names_are_compared_without_accents_and_other_scripts_letter_for_letter() -> None:
    assert exact_key("José  DEMO") == exact_key("Jose\u0301 Demo") == exact_key("Jose Demo")
    assert exact_key("Fulano de Beltrão, “Zé da Demo” (Tal)") == "fulano de beltrao"
    assert exact_key("Ana O’Demo") == exact_key("Ana O'Demo")
    assert exact_key("刘斌甲") != exact_key("柳彬甲")


PERSONS = [  # name, State, sex, year of birth, person
    ("José Keldemo", "COL", "male", 1980, "a"),
    ("Jose Keldemo", "COL", "not_recorded", None, "a"),  # one spelling, and nothing against it
    ("Jose Keldemo", "COL", "female", 1980, "b"),
    ("Jose Keldemo", "COL", "male", 1981, "c"),
    ("Jose Keldemo", "PER", "male", 1980, "d"),
    ("", "COL", "female", None, "e"),
    ("", "COL", "female", None, "f"),
    ("[name withheld]", "COL", "male", None, "g"),
    ("[name withheld]", "COL", "male", None, "h"),
]


@pytest.mark.parametrize("order", [range(9), range(8, -1, -1), (1, 0, 2, 3, 4, 5, 6, 7, 8)])
def test_one_person_is_one_name_without_another_sex_or_year_of_birth(order: range) -> None:
    rows = pd.DataFrame(PERSONS, columns=["name", "state", "sex", "birth", "person"])
    rows = rows.iloc[list(order)]
    keys = person_keys(
        rows["name"], within=[rows["state"]], sex=rows["sex"], birth_year=rows["birth"]
    )
    assert list(keys.index) == list(rows.index)
    known = rows.index != 1  # agrees with three persons: goes with one of them, and is no other
    assert rows["person"][known].groupby(keys[known]).nunique().max() == 1
    assert keys[known].nunique() == keys.nunique() == 8


def test_a_row_that_is_added_changes_the_keys_of_its_own_name_at_most() -> None:
    names = pd.Series(["Aru Keldemo", "Aru Keldemo", "Ilo Marandi", "Aru Keldemo"])
    sex = pd.Series(["unknown", "male", "female", "female"])
    before = person_keys(names[:3], sex=sex[:3])
    after = person_keys(names, sex=sex)
    assert before.tolist() == ["aru keldemo", "aru keldemo", "ilo marandi"]
    assert after[2] == before[2]
    assert after[:2].tolist() == ["aru keldemo|female|", "aru keldemo|male|"]
    assert after[3] == after[0]  # a row that agrees with two goes with one, whatever the order


def test_a_municipality_has_a_class_of_distance_only_where_its_division_holds_it_once() -> None:
    rows = pd.DataFrame(
        [
            ("BRA", "Amazonas", "MANAUS", "near"),
            ("BRA", "Pará", "Santa Maria das\nBarreiras ", "far"),
            ("BRA", "Bahia", "Maragogipe", "between"),
            ("COL", "Meta", "Puerto Rico", "between"),  # by another spelling
            ("COL", "Caquetá", "Puerto Rico", "between"),
            ("BRA", "Maranhão", "Bom Jardim", "not_located"),  # two, 400 km apart
            ("BRA", "Pará", "Vila Kelvarquim", "not_located"),
            ("COL", None, "Puerto Rico", "not_located"),
            ("BRA", "Pará", "", "not_recorded"),
            ("PHL", "Samar", "Catbalogan", "not_located"),  # a State without a gazetteer
        ],
        columns=["iso3", "division", "place", "expected"],
    )
    found = distance_classes(rows["iso3"], rows["division"], rows["place"])
    assert list(found) == list(rows["expected"])


@given(
    *[st.tuples(st.floats(-90, 90), st.floats(-180, 180)) for _ in range(2)],
)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_earth_round(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    assert distance_in_km(a, b) == pytest.approx(distance_in_km(b, a))
    assert 0 <= distance_in_km(a, b) <= 20_016
    assert distance_in_km(a, a) == 0


def test_every_division_of_a_state_in_the_gazetteer_has_a_seat_but_one() -> None:
    divisions = {iso3: set(all_divisions(iso3)) for iso3 in ("BRA", "COL")}
    seats = {
        iso3: [place.division for place in gazetteer() if place.is_seat and place.iso3 == iso3]
        for iso3 in divisions
    }
    assert sorted(seats["BRA"]) == sorted(divisions["BRA"])
    assert sorted(seats["COL"]) == sorted(divisions["COL"] - {"Cundinamarca"})
