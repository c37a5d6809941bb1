"""What persons decide on pairs of rows, and what becomes of it in a new edition of a list."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from hrdresearch.linkage.carried import carry_decisions_over, match_rows_of_editions
from hrdresearch.linkage.decisions import (
    COLUMNS,
    ContradictionError,
    apply_decisions,
    decisions_without_rows,
    find_contradictions,
    standing_decisions,
)
from hrdresearch.linkage.persons import Links, link_same_persons, pairs_to_decide
from hrdresearch.linkage.persons.to_decide import KEPT, LEFT_OUT

DAY = "2019-03-04"
NAMES = ("Vegunta", "Lansat", "Wibblu", "Oroshpe", "Kantemi")
SAID = tuple[str, str, str]


def decided(*said: SAID, by: str = "desk-4") -> pd.DataFrame:
    """Decisions on consecutive days."""
    rows = [(a, b, word, by, "", f"2026-01-{n:02d}") for n, (a, b, word) in enumerate(said, 1)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def pairs(*found: tuple[str, str, float]) -> pd.DataFrame:
    """Pairs of rows of the lists a and b."""
    rows = [("a", one, "b", other, chance) for one, other, chance in found]
    return pd.DataFrame(rows, columns=["list_a", "row_a", "list_b", "row_b", "probability"])


def rows(*names: str) -> pd.DataFrame:
    """Invented persons on one day in one place."""
    return pd.DataFrame(
        {"name_as_published": names, "event_date": DAY, "place_as_published": "Zunera"}
    ).assign(state_iso3="COL")


def linked(links: Links) -> list[list[str]]:
    """Rows of each cluster of several."""
    keys = links.clusters["list"] + links.clusters["row"]
    groups = keys.groupby(links.clusters["cluster"]).apply(sorted)
    return [group for group in groups if len(group) > 1]


def test_a_decision_wins_over_the_probability_and_the_surest_pair_stands_first() -> None:
    found = apply_decisions(
        pairs(("1", "1", 0.9), ("2", "2", 0.4), ("3", "3", 0.2)),
        decided(("a:1", "b:1", "different"), ("b:3", "a:3", "same")),
    )

    expected = pairs(("3", "3", 1.0), ("2", "2", 0.4), ("1", "1", 0.0))
    pd.testing.assert_frame_equal(found, expected.assign(decided=["same", "", "different"]))


def test_the_last_decision_on_a_pair_wins_and_can_be_taken_back() -> None:
    said = (("a:1", "b:1", "same"), ("b:1", "a:1", "different"))

    assert standing_decisions(decided(*said))["decision"].tolist() == ["different"]
    assert standing_decisions(decided(*said, ("a:1", "b:1", "open"))).empty


def test_the_time_of_a_decision_counts_and_not_its_row() -> None:
    said = decided(("a:1", "b:1", "same"), ("a:1", "b:1", "different"))

    assert standing_decisions(said[::-1])["decision"].tolist() == ["different"]


def test_contradictory_decisions_are_told_without_keys_and_names() -> None:
    said = decided(
        ("a:Ernal", "b:1", "same"), ("b:1", "c:1", "same"), ("c:1", "a:Ernal", "different")
    )

    assert find_contradictions(said) == [
        "One decision says that two rows are different persons (desk-4, 2026-01-03), and 2 others "
        "make them one (desk-4, 2026-01-01; desk-4, 2026-01-02). Take one of them back"
    ]
    with pytest.raises(ContradictionError, match="Take one of them back"):
        apply_decisions(pairs(("Ernal", "1", 0.5)), said)


def test_a_decision_on_a_row_that_no_list_holds_is_kept_and_told() -> None:
    said = decided(("a:1", "b:1", "same"), ("a:1", "b:gone", "same"))
    held = pd.DataFrame({"list": ["a", "b"], "row": ["1", "1"]})

    assert decisions_without_rows(said, held)["right_key"].tolist() == ["b:gone"]
    assert apply_decisions(pairs(("1", "1", 0.5)), said)["decided"].tolist() == ["same"]


def test_an_unknown_word_and_a_row_with_itself_are_no_decision() -> None:
    with pytest.raises(ValueError, match="same, different, open"):
        standing_decisions(decided(("a:1", "b:1", "perhaps")))
    with pytest.raises(ValueError, match="the same row twice"):
        standing_decisions(decided(("a:1", "a:1", "same")))


def test_rows_that_the_model_never_compared_become_one_person() -> None:
    links = link_same_persons({"a": rows("Ernal Vegunta"), "b": rows("Zunela Testal")})

    found = links.with_decisions(decided(("a:0", "b:0", "same")))

    assert (linked(links), linked(found)) == ([], [["a0", "b0"]])
    assert found.explain(0)["found"].tolist()[1:] == ["not compared"] * (len(found.explain(0)) - 1)


def test_a_pair_that_is_parted_stays_apart_through_others_and_in_every_draw() -> None:
    lists = {name: rows("Ernal Vegunta") for name in "abc"}
    links = link_same_persons(lists)

    found = links.with_decisions(decided(("a:0", "b:0", "different")))

    assert linked(links) == [["a0", "b0", "c0"]]
    assert linked(found) == [["a0", "c0"]]
    assert all(not (table["a"] & table["b"]).any() for table in found.overlap_draws(5))


def test_two_rows_of_one_list_are_one_person_where_somebody_said_so() -> None:
    links = link_same_persons({"a": rows("Ernal Vegunta", "Zunela Testal")})

    found = links.with_decisions(decided(("a:0", "a:1", "same")))

    assert linked(found) == [["a0", "a1"]]


def test_decisions_outlive_a_new_edition_in_which_rows_are_added_and_moved() -> None:
    first = rows("Ernal Vegunta", "Zunela Testal").set_axis(["x", "y"])
    second = rows("Osmel Mirapan", "Zunela Testal", "Ernal Vegunta").set_axis(["z", "y", "x"])
    said = decided(("a:x", "b:0", "different"))

    found = [
        linked(link_same_persons({"a": a, "b": rows("Ernal Vegunta")}).with_decisions(said))
        for a in (first, second)
    ]

    assert found == [[], []]


def test_the_pair_comes_first_that_would_teach_most_and_its_reasons_hold_no_name() -> None:
    first, second = rows("Ernal Vegunta", "Zunela Testal"), rows("Ernal Vegunta", "Zunila Testal")
    links = link_same_persons({"a": first, "b": second})
    links = replace(links, pairs=links.pairs.assign(probability=[0.97, 0.5]))

    found = pairs_to_decide(links)

    assert found["left_key"].tolist() == ["a:1", "a:0"]
    assert found["teaches"].tolist() == [2.0, round(2 * 0.19439, 4)]
    assert "event date: the same day, which speaks very strongly" in found["reasons"][0]
    assert "vegunta" not in found.to_string().casefold()


def test_a_pair_that_differs_in_the_name_alone_is_asked_until_it_is_decided() -> None:
    first, second = rows("Ernal Testal Vegunta"), rows("Osmel Testal Vegunta")
    links = link_same_persons({"a": first, "b": second})

    found = links.with_decisions(decided(("a:0", "b:0", "different")))

    assert pairs_to_decide(links)[["left_key", "kind"]].to_numpy().tolist() == [["a:0", "asked"]]
    assert pairs_to_decide(found)["kind"].tolist() == ["decided"]


def test_sure_links_stand_among_the_pairs_as_a_control() -> None:
    names = [f"{first} {last}" for first in ("Ernal", "Osmel", "Yadri") for last in NAMES]
    links = link_same_persons({"a": rows(*names), "b": rows(*names)})
    links = replace(links, pairs=links.pairs.assign(probability=[0.6] * 11 + [1.0] * 4))

    found = pairs_to_decide(links)

    assert found.index[found["kind"] == "control"].tolist() == [6, 12]


def sisters() -> Links:
    """One person of the first list; in the second her row, in another order, and her sister's."""
    first = rows("María Eugenia Torresdemo Quiñones")
    second = rows("QUIÑONES TORRESDEMO, María Eugenia", "Marina Torresdemo Quiñones")
    second["place_as_published"] = ["Zunera de Mirapan", "Zunera"]
    return link_same_persons({"a": first, "b": second})


def test_the_same_words_in_another_order_go_before_a_slip_in_a_given_name() -> None:
    links = sisters()

    assert links.pairs["row_b"].tolist() == ["1", "0"], "the sister's row agrees in more facts"
    assert linked(links) == [["a0", "b0"]]
    assert all(drawn.nunique() == 2 for drawn in links.cluster_draws(3))


def test_a_likely_pair_that_is_left_out_is_asked_first_beside_its_rival() -> None:
    names = [f"Ernal {last}" for last in NAMES]
    first, second = rows("Marina Testal Vegunta", *names), rows("Maria Testal Vegunta", *names)
    second.loc[len(second)] = second.loc[0].replace(
        {"Maria Testal Vegunta": "Marima Testal Vegunta"}
    )
    links = link_same_persons({"a": first, "b": second})
    links = replace(links, pairs=links.pairs.assign(probability=0.999))

    found = pairs_to_decide(links, most=2)

    assert found["left_key"].tolist()[:2] == ["a:0", "a:0"]
    assert set(found["right_key"][:2]) == {"b:0", "b:6"}
    left_out, kept = found["reasons"][:2].str.split("\n").str[-1]
    assert (left_out, kept) == (LEFT_OUT, KEPT)


def test_a_pair_that_is_left_out_is_settled_when_its_rival_is_decided() -> None:
    links = sisters().with_decisions(decided(("a:0", "b:0", "same")))

    assert pairs_to_decide(links)["kind"].tolist() == ["decided"]


def test_names_that_are_not_one_persons_are_said_to_make_no_link_by_themselves() -> None:
    links = link_same_persons(
        {"a": rows("Ernal Testal Vegunta"), "b": rows("Osmel Testal Vegunta")}
    )

    (reasons,) = pairs_to_decide(links)["reasons"]

    assert reasons.endswith("the names are not one person's, so no link by itself")
    assert "of 1" not in reasons


def edition(*people: tuple[str, str, str]) -> pd.DataFrame:
    """Invented persons of one edition; row keys are name, day and place, as in lists without numbers."""
    found = pd.DataFrame(people, columns=["name_as_published", "event_date", "place_as_published"])
    found = found.assign(state_iso3="COL", event_date_precision="day", event_year=2019)
    found.index = found["name_as_published"] + found["event_date"] + found["place_as_published"]
    return found.assign(event_date=pd.to_datetime(found["event_date"]))


def test_decisions_follow_their_rows_into_an_edition_where_every_key_is_another() -> None:
    names = [
        f"{first} {last}" for first, last in zip(("Ernal", "Zunela", "Osmel"), NAMES, strict=False)
    ]
    names += ["Yadri Kantemi", "Dorvazor Oroshpe"]
    older = edition(*((name, DAY, "Zunera") for name in names))
    newer = edition(
        (f"{names[0]} Testal", DAY, "Zunera, Valle"),
        (names[1], "2019-03-05", "Zunera"),
        (names[2], DAY, "Zunera (Valle)"),
        (names[3], "2019-11-23", "Mirapan"),
        ("Belovia Casimbel", DAY, "Zunera"),
    )
    old, new = list(older.index), list(newer.index)
    said = decided(
        *((f"a:{old[n]}", f"b:{n}", word) for n, word in enumerate(["same", "different", "same"])),
        (f"a:{old[4]}", "b:4", "same"),
    )
    moved = {f"a:{was}": f"a:{now}" for was, now in match_rows_of_editions(older, newer).items()}
    held = {*(f"a:{key}" for key in new), *(f"b:{n}" for n in range(5))}

    found = carry_decisions_over(said, moved, held)
    both = pd.concat([said, found], ignore_index=True)

    standing = standing_decisions(both)[["left_key", "right_key", "decision"]]
    expected = [(f"a:{new[n]}", f"b:{n}", w) for n, w in enumerate(["same", "different", "same"])]
    expected.append((f"a:{old[4]}", "b:4", "same"))
    assert sorted(standing.itertuples(index=False, name=None)) == sorted(expected)
    assert carry_decisions_over(both, moved, held).empty


def test_a_decision_that_was_taken_on_the_new_rows_is_not_overruled() -> None:
    said = decided(("a:old", "b:1", "same"), ("a:new", "b:1", "different"))

    assert carry_decisions_over(said, {"a:old": "a:new"}, {"a:new", "b:1"}).empty


def test_a_decision_comes_back_with_the_older_edition() -> None:
    said = decided(("a:old", "b:1", "same"))
    there = carry_decisions_over(said, {"a:old": "a:new"}, {"a:new", "b:1"})
    both = pd.concat([said, there], ignore_index=True)

    back = carry_decisions_over(both, {"a:new": "a:old"}, {"a:old", "b:1"})

    standing = standing_decisions(pd.concat([both, back], ignore_index=True))
    assert standing[["left_key", "decision"]].to_numpy().tolist() == [["a:old", "same"]]
