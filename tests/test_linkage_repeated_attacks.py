"""Rows of a list of attacks that may tell one attack twice; names are invented."""

from __future__ import annotations

import pandas as pd

from hrdresearch.linkage import FEW_DAYS, find_repeated_attacks


def rows(*told: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(
        told, columns=["name_as_published", "event_date", "attack_act_codes", "record_id"]
    )
    return frame.assign(
        source="my-list",
        state_iso3="HND",
        event_date=pd.to_datetime(frame["event_date"]),
        event_date_precision="day",
        sex_code="not_recorded",
        name_is_person=True,
        source_row=range(2, len(frame) + 2),
        admin1_name=None,
    )


def test_the_same_person_on_the_same_day_with_the_same_act_is_told() -> None:
    found = find_repeated_attacks(
        rows(
            ("Ana Inventada", "2021-03-15", "threat|surveillance", "A1"),
            ("ANA INVENTADA", "2021-03-15", "threat", "A2"),
            ("Ana Inventada", "2021-03-16", "threat", "A3"),  # threatened again on the next day
            ("Ana Inventada", "2021-03-15", "arrest", "A4"),
            ("Ana Inventada", "2021-03-15", "not_recorded", "A5"),
        )
    )
    assert found[["row_a", "row_b", "why"]].to_numpy().tolist() == [
        [2, 3, "same name, date and act"]
    ]


def test_an_identifier_that_stands_twice_tells_of_a_name_spelled_otherwise() -> None:
    found = find_repeated_attacks(
        rows(
            ("Concha Inventada Izaguirre", "2021-03-15", "killing", "MC-11"),
            ("Concha Inventada Isaguirre", "2021-03-15", "killing", "MC-11"),
            ("Luis Prueba", "2021-03-15", "killing", "MC-11"),  # another victim of the incident
        )
    )
    assert found[["row_a", "row_b"]].to_numpy().tolist() == [[2, 3]]


def test_in_a_list_of_ones_own_the_days_of_one_attack_may_differ_a_little() -> None:
    told = rows(
        ("Ana Inventada", "2021-03-15", "threat", "A1"),
        ("Ana Inventada", "2021-03-18", "threat", "A2"),
        ("Ana Inventada", "2021-03-19", "arrest", "A3"),
        ("Ana Inventada", "2021-04-15", "threat", "A4"),
        ("Ana Inventada", "2021-03-16", "threat", "A5"),
    ).assign(admin1_name=["Colón", None, "Colón", "Colón", "Yoro"])
    assert find_repeated_attacks(told).empty
    found = find_repeated_attacks(told, FEW_DAYS)
    assert found[["row_a", "row_b", "days_apart", "why"]].to_numpy().tolist() == [
        [2, 3, 3, "same name within 7 days"],
        [3, 6, 2, "same name within 7 days"],  # a row without a place
    ]
