"""Dates of several days of one month, as lists write them in six languages."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.clean.dates import read_dates


@pytest.mark.parametrize(
    "cells",
    [
        ["13 y 15 de septiembre/22", "del 13 al 15 de septiembre de 22", "13-15/09/22"],
        ["13 and 15 September 22", "13-15 September 2022", "13–15/09/2022"],
        ["13 et 15 septembre 22", "du 13 au 15 septembre 2022"],
        ["13 e 15 de setembro de 22", "13 a 15 de setembro/22"],
        ["13 и 15 сентября 22", "с 13 по 15 сентября 2022"],
        ["13 و 15 سبتمبر 22", "13 إلى 15 سبتمبر 2022"],
    ],
)
def test_of_several_days_of_a_month_the_month_is_kept(cells: list[str]) -> None:
    expected = pd.DataFrame(
        {"date": pd.Timestamp("2022-09-01"), "precision": "month", "problem": ""},
        index=range(len(cells)),
    )
    found = read_dates(pd.Series(cells), "dmy", 2026)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_days_in_numbers_are_not_taken_for_a_range_in_another_order() -> None:
    assert read_dates(pd.Series(["13-14/09/22"]), "mdy", 2026)["precision"].tolist() == ["unknown"]
    assert read_dates(pd.Series(["14 y 13 de mayo/22"]), "dmy")["precision"].tolist() == ["unknown"]


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)), st.sampled_from("-/."))
def test_one_day_stays_a_day(day: dt.date, sign: str) -> None:
    cell = day.strftime(f"%d{sign}%m{sign}%Y")
    read = read_dates(pd.Series([cell]), "dmy")
    assert (read.at[0, "date"], read.at[0, "precision"]) == (pd.Timestamp(day), "day")
