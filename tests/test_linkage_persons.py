"""Rows of several lists that are the same person."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.estimates import table_from_rows
from hrdresearch.linkage.persons import (
    Links,
    LinkSettings,
    link_same_persons,
    nearest_rows,
    threshold_curve,
)
from hrdresearch.linkage.persons.facts import NOT_ONE_NAME
from hrdresearch.linkage.persons.missed import missed_pairs
from hrdresearch.linkage.persons.model import declared_model, learn_shares_of_same
from hrdresearch.linkage.persons.name_table import _split
from hrdresearch.linkage.persons.quality import measure_sampled_pairs
from hrdresearch.names.name_words import split_name

DAY = "2019-03-04"


def rows(*people: tuple[str, str], place: str = "Zunera", **columns: object) -> pd.DataFrame:
    """Invented persons: name and day of the event, in one place of Colombia."""
    return pd.DataFrame(people, columns=["name_as_published", "event_date"]).assign(
        place_as_published=place, state_iso3="COL", **columns
    )


def linked(links: Links) -> set[tuple[str, str]]:
    """Pairs of rows in one cluster, as list and row."""
    found = links.clusters.assign(key=links.clusters["list"] + links.clusters["row"])
    groups = found.groupby("cluster")["key"].apply(sorted)
    return {(g[0], other) for g in groups for other in g[1:]}


def is_linked(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return bool(linked(link_same_persons({"a": rows(a), "b": rows(b)})))


def test_a_name_in_arabic_and_in_latin_letters_is_one_person() -> None:
    assert is_linked(("محمود الخطيب", DAY), ("Mahmoud al-Khatib", DAY))


def test_family_names_in_another_order_are_one_person() -> None:
    assert is_linked(("Zunela Testal Vegunta", DAY), ("VEGUNTA TESTAL, Zunela", DAY))


def test_a_nickname_in_quotes_is_one_person_with_and_without_it() -> None:
    assert is_linked(('Ernal "Chispo" Vegunta', DAY), ("Ernal Vegunta", DAY))
    assert is_linked(('Ernal "Chispo" Vegunta', DAY), ("Chispo Vegunta", DAY))


def test_swapped_day_and_month_are_one_person_and_the_reason_says_so() -> None:
    links = link_same_persons(
        {"a": rows(("Ernal Vegunta", "2019-03-04")), "b": rows(("Ernal Vegunta", "2019-04-03"))}
    )

    assert linked(links) == {("a0", "b0")}
    assert links.explain(0).set_index("fact").loc["event_date", "found"] == "day and month swapped"


def test_a_code_for_two_states_is_no_other_state_than_either() -> None:
    joint = rows(("Ernal Vegunta", "2019"), place="").assign(state_iso3="XIP")
    place = rows(("Ernal Vegunta", "2019"), place="Zunera").assign(state_iso3="PSE")

    links = link_same_persons({"a": joint, "b": place})

    assert "the same State, the division not known" in links.explain_in_words(0)


def test_a_letter_that_an_export_lost_is_read_as_others_have_it() -> None:
    assert is_linked(("Jos_ Testal P_rez", DAY), ("José Testal Pérez", DAY))
    assert not is_linked(("Jos_ Testal", DAY), ("Josué Testal", DAY))


def test_pairs_with_some_words_in_common_teach_nothing_of_one_person() -> None:
    same, common = 1, NOT_ONE_NAME
    patterns = pd.DataFrame(
        {"name": [same, common], "event_date": [0, 7], "pairs": [100, 4000]}, dtype=int
    )

    learned = learn_shares_of_same(patterns, declared_model(), 500_000)

    assert 0.9 < learned.chance * 500_000 / 100 < 1.1
    assert learned.same["event_date"][0] > 0.9


def test_brothers_killed_on_the_same_day_stay_two() -> None:
    assert not is_linked(("Ernal Testal Vegunta", DAY), ("Osmel Testal Vegunta", DAY))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mario", "María"),
        ("Daniel", "Daniela"),
        ("José", "Josué"),
        ("Hassan", "Hussein"),
        ("حسن", "حسين"),
    ],
)
def test_brothers_and_sisters_with_similar_names_stay_two(one: str, other: str) -> None:
    assert not is_linked((f"{one} Testal Vegunta", DAY), (f"{other} Testal Vegunta", DAY))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jhon Gilademo Ruiz", "John Gilademo Ruiz"),
        ("William Restrepodemo Gil", "Wilian Restrepodemo Gil"),
        ("Francisco Gilademo Ruiz", "Pacho Gilademo Ruiz"),
        ("نور الدين شكري", "Noureddine Choukri"),
        ("Nour al-Din Shukri", "Noureddine Choukri"),
        ("Salah Eddine Testal", "Salahuddin Testal"),
        ("غسان القيسي", "Ghassan Qaisi"),
        ("عبد القادر بن صالح", "Abdelkader Bensalah"),
        ("Abdelkader Ben Salah", "Abdelkader Bensalah"),
        ("جمال خاشقجي", "Jamal Khashoggi"),
    ],
)
def test_spellings_of_one_name_are_linked(one: str, other: str) -> None:
    assert is_linked((one, DAY), (other, DAY))


def test_the_nearest_rows_hold_the_owner_of_a_nickname_by_a_name_and_the_year() -> None:
    register = rows(("Zunela Testal", DAY), ("Ernal Vegunta", DAY), ("Osmel Vegunta", "2014-05-06"))

    found = nearest_rows(rows(("Chispo Vegunta", "2019")), register, most=1)

    assert found[["row", "rank"]].to_numpy().tolist() == [["1", 1]]


def test_a_row_without_a_name_is_linked_to_nobody() -> None:
    unnamed = rows(("N.N.", DAY), ("unknown", DAY), ("", DAY))
    links = link_same_persons({"a": unnamed, "b": unnamed})

    assert (linked(links), links.not_named) == (set(), 6)


def test_the_same_name_years_apart_in_another_state_is_not_linked() -> None:
    other = rows(("Ernal Vegunta", "2012-11-30"), place="Mirapan").assign(state_iso3="BRA")

    assert not linked(link_same_persons({"a": rows(("Ernal Vegunta", DAY)), "b": other}))


def test_a_list_is_linked_to_itself_only_where_it_holds_duplicates() -> None:
    twice = rows(("Ernal Vegunta", DAY), ("Vegunta Ernal", DAY))
    once = {"a": twice, "b": rows(("Ernal Vegunta", DAY))}

    strict = link_same_persons(once)
    loose = link_same_persons(once, LinkSettings(holds_duplicates=frozenset({"a"})))

    assert linked(strict) == {("a0", "b0")}
    assert linked(loose) == {("a0", "a1"), ("a0", "b0")}


def test_a_month_without_its_day_agrees_with_a_day_in_it() -> None:
    assert is_linked(("Ernal Vegunta", "2019-03"), ("Ernal Vegunta", DAY))


def test_the_table_of_overlap_goes_into_an_estimate() -> None:
    links = link_same_persons(
        {
            "a": rows(("Ernal Vegunta", DAY), ("Zunela Testal", DAY)),
            "b": rows(("Ernal Vegunta", DAY)),
            "c": rows(("Osmel Mirapan", "2020-01-09")),
        }
    )

    assert links.overlap().to_numpy().tolist() == [[1, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert table_from_rows(links.overlap()).listed == 3
    assert [len(table) for table in links.overlap_draws(3)] == [3, 3, 3]


def test_weights_of_the_facts_add_up_to_the_probability_and_no_name_is_told() -> None:
    links = link_same_persons(
        {"a": rows(("Ernal Vegunta", DAY)), "b": rows(("Vegunta Ernal", DAY))}
    )
    steps, words = links.explain(0), links.explain_in_words(0)

    assert abs(steps["probability"].iloc[-1] - links.pairs["probability"][0]) < 1e-9
    assert "name: the same words in another order" in words
    assert "vegunta" not in (words + steps.to_string() + links.pairs.to_string()).casefold()


def test_precision_and_recall_are_counted_over_all_true_pairs() -> None:
    lists = {
        "a": rows(("Ernal Vegunta", DAY), ("Zunela Testal", DAY)),
        "b": rows(("Ernal Vegunta", DAY), ("Osmel Mirapan", DAY)),
    }
    who = {"a": pd.Series([1, 2]), "b": pd.Series([1, 2])}

    curve = threshold_curve(link_same_persons(lists), who, [0.5])

    assert curve.iloc[0].tolist() == [0.5, 1.0, 1.0, 0.5, 2 / 3]


def test_pairs_that_were_not_drawn_count_with_the_weight_of_their_stratum() -> None:
    columns = ["stratum", "is_link", "is_same", "size"]
    drawn = [("sure", True, True, 90)] * 9 + [("sure", True, False, 90)]
    drawn += [("far", False, False, 1000)] * 9 + [("far", False, True, 1000)]

    precision, recall = measure_sampled_pairs(pd.DataFrame(drawn, columns=columns))

    assert (precision.value, round(recall.value, 4)) == (0.9, round(81 / 181, 4))
    assert precision.low < 0.9 < precision.high
    assert recall.low < 81 / 181 < recall.high


def test_none_of_a_few_drawn_pairs_is_not_taken_for_none() -> None:
    columns = ["stratum", "is_link", "is_same", "size"]
    drawn = [("sure", True, True, 90)] * 90 + [("far", False, False, 1000)] * 10

    precision, recall = measure_sampled_pairs(pd.DataFrame(drawn, columns=columns))

    assert precision == (1.0, 1.0, 1.0)
    assert (recall.value, recall.low < 0.6) == (1.0, True)


@pytest.mark.parametrize("name", ["Ernal Vegunta", "José Luis de la Cruz", "Abd al-Rahman Testal",
    "Guoqiang Zhang", "Dr. Zunela Testal", "Ali K. Testal", "Cacique Ernal Vegunta"])  # fmt: skip
def test_words_of_a_name_are_those_of_the_whole_name_where_they_are_kept_apart(name: str) -> None:
    whole = [w for w in split_name(name).words if not w.is_optional and w.letters[0]]

    assert _split(name)[0] == whole


PEOPLE = [
    ("Ernal Vegunta", DAY),
    ("Vegunta Ernal", "2019-04-03"),
    ("Zunela Testal Mirapan", "2019-03"),
    ("Testal Zunela", DAY),
    ("N.N.", DAY),
    ("Osmel Testal Mirapan", DAY),
]


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(len(PEOPLE))), st.permutations(["a", "b"]))
def test_the_order_of_rows_and_lists_makes_no_difference(
    order: list[int], names: list[str]
) -> None:
    lists = {"a": rows(*PEOPLE), "b": rows(*PEOPLE[::-1])}
    expected = link_same_persons(lists)

    found = link_same_persons({name: lists[name].iloc[order] for name in names})

    pd.testing.assert_frame_equal(found.pairs, expected.pairs)
    pd.testing.assert_frame_equal(found.clusters, expected.clusters)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from(["Quibor Lansat", "Yadri Oroshpe", "Fenk Wibblu"]), max_size=4))
def test_a_list_of_strangers_changes_no_link(strangers: list[str]) -> None:
    lists = {"a": rows(*PEOPLE), "b": rows(*PEOPLE[::-1])}
    far = rows(*((name, "1994-07-08") for name in strangers), place="Ulvik").assign(
        state_iso3="NOR"
    )

    found = link_same_persons({**lists, "strangers": far})

    pd.testing.assert_frame_equal(found.pairs, link_same_persons(lists).pairs)


def near_pairs(*probabilities: float) -> pd.DataFrame:
    ends = {"list_a": "a", "row_a": "0", "list_b": "b", "row_b": "1"}
    return pd.DataFrame({"probability": probabilities}).assign(**ends)


def test_no_more_near_pairs_are_expected_than_links_were_missed() -> None:
    linked, near = near_pairs(*[0.99] * 90), near_pairs(*[0.9] * 30, 0.2)

    found = missed_pairs(linked, near, {frozenset("ab"): 0.9})["probability"]

    assert abs(found.sum() - 10) < 1e-6
    assert found.iloc[0] > found.iloc[-1]
    assert missed_pairs(linked, near[-1:], {frozenset("ab"): 0.9})["probability"].tolist() == [0.2]
    assert missed_pairs(linked, near, {frozenset("ac"): 0.9}).empty


def test_near_pairs_are_drawn_where_recall_was_measured() -> None:
    links = link_same_persons(
        {
            "a": rows(("Ernal Vegunta", DAY), ("Zunela Testal", DAY)),
            "b": rows(("Ernal Vegunta", DAY), ("Osmel Mirapan", DAY)),
        }
    )
    links = replace(links, near=near_pairs(0.9).assign(row_a="1"))

    plain = [len(table) for table in links.overlap_draws(30)]
    with_missed = [len(t) for t in links.overlap_draws(30, recalls={frozenset("ab"): 0.5})]

    assert set(plain) == {3}
    assert with_missed.count(2) > 20
