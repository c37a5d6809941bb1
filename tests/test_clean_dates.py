"""Dates: what is recorded of them, in several shapes and languages."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.clean.dates import FIRST_OF_TWO, count_date_forms, read_dates
from hrdresearch.clean.dates_in_words import CUT, IMPOSSIBLE


def read(cell: str, order: str = "dmy") -> tuple[str, str]:
    row = read_dates(pd.Series([cell]), order).iloc[0]
    return ("" if pd.isna(row["date"]) else row["date"].date().isoformat()), row["precision"]


@pytest.mark.parametrize(
    ("cell", "order", "date", "precision"),
    [
        ("2019-03-30", "dmy", "2019-03-30", "day"),
        ("04/05/2019", "dmy", "2019-05-04", "day"),
        ("04/05/2019", "mdy", "2019-04-05", "day"),
        ("1/5/92", "mdy", "1992-01-05", "day"),
        ("1/5/17", "mdy", "2017-01-05", "day"),
        ("2019-05", "ymd", "2019-05-01", "month"),
        ("2019", "ymd", "2019-01-01", "year"),
        ("Jan-93", "mdy", "1993-01-01", "month"),
        ("April 30, 2018", "mdy", "2018-04-30", "day"),
        ("12 de mayo de 2019", "dmy", "2019-05-12", "day"),
        ("3 de março de 2020", "dmy", "2020-03-03", "day"),
        ("1 août 2016", "dmy", "2016-08-01", "day"),
        ("12 мая 2015", "dmy", "2015-05-12", "day"),
        ("mid-April, 2005", "mdy", "2005-04-01", "month"),
        ("May 17 or 18, 2012", "mdy", "2012-05-01", "month"),
        ("June 30 or July 1, 2015", "mdy", "2015-01-01", "year"),
        ("summer 1993", "mdy", "1993-01-01", "year"),
        ("before 16 April 2017", "mdy", "2017-01-01", "year"),
        ("body found on September 2, 2017", "mdy", "2017-01-01", "year"),
        ("2019-05-31T00:00:00Z", "ymd", "2019-05-31", "day"),
    ],
)
def test_a_date_keeps_what_is_recorded_of_it(
    cell: str, order: str, date: str, precision: str
) -> None:
    assert read(cell, order) == (date, precision)


@pytest.mark.parametrize(
    ("cell", "date", "precision"),
    [
        ("02-feb-19", "2019-02-02", "day"),
        ("3 mar 21", "2021-03-03", "day"),
        ("15/ene/18", "2018-01-15", "day"),
        ("15/ene./18", "2018-01-15", "day"),
        ("7 de septiembre de 07", "2007-09-07", "day"),
        ("1er févr. 99", "1999-02-01", "day"),
        ("20 set 98", "1998-09-20", "day"),
        ("3 марта 21", "2021-03-03", "day"),
        ("05.сен.20", "2020-09-05", "day"),
        ("12 мар. 22 г.", "2022-03-12", "day"),
        ("3 شباط 21", "2021-02-03", "day"),
        ("٥ كانون الثاني ٢٠", "2020-01-05", "day"),
        ("Feb 3, 21", "2021-02-03", "day"),
        ("98-feb-02", "1998-02-02", "day"),
        ("ene/18", "2018-01-01", "month"),
        ("Mar. '21", "2021-03-01", "month"),
        ("04-may-61", "1961-05-04", "day"),
        ("04/05/61", "1961-05-04", "day"),
        ("04/05/26", "2026-05-04", "day"),
        ("04/05/27", "1927-05-04", "day"),
        ("31-feb-19", "2019-01-01", "year"),
        ("foo 21", "", "unknown"),
        ("3 y 21", "", "unknown"),
    ],
)
def test_a_year_of_two_digits_is_none_after_the_latest(
    cell: str, date: str, precision: str
) -> None:
    row = read_dates(pd.Series([cell]), "dmy", latest=2026).iloc[0]
    assert (("" if pd.isna(row["date"]) else row["date"].date().isoformat()), row["precision"]) == (
        date,
        precision,
    )


@pytest.mark.parametrize("cell", ["may", "May", "", "NA", "unknown", "mid-", "Date unknown"])
def test_a_word_is_no_date(cell: str) -> None:
    assert read(cell) == ("", "unknown")


def test_two_years_are_no_single_year() -> None:
    assert read("October 2015 - June 2016") == ("", "unknown")


def test_a_day_that_does_not_exist_keeps_the_year_and_says_so() -> None:
    found = read_dates(pd.Series(["31/02/2015"]), "dmy").iloc[0]
    assert found["precision"] == "year"
    assert found["problem"] == "has a day or month that does not exist in the order of this format"


def test_month_first_in_a_day_first_list_is_never_swapped_by_guess() -> None:
    assert read("03/25/2019", "dmy") == ("2019-01-01", "year")


def test_a_day_first_date_in_a_year_first_list_keeps_its_own_year() -> None:
    assert read("25/03/2020", "ymd") == ("2020-01-01", "year")


def test_a_year_out_of_range_is_emptied() -> None:
    assert read("0001-01-01") == ("", "unknown")


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        read_dates(pd.Series(["2019"]), "ydm")


def test_mixed_shapes_are_counted() -> None:
    cells = pd.Series(["2019-05-01", "01/05/2019", "1/5/2019", "May 2019", "2019", ""])
    assert count_date_forms(cells) == {
        "year first": 1,
        "numbers parted by /, year of 4 digits": 2,
        "in words": 1,
        "year or month only": 1,
    }


@given(
    st.dates(
        min_value=pd.Timestamp("1970-01-01").date(), max_value=pd.Timestamp("2069-12-31").date()
    )
)
def test_numbers_turn_back_in_each_order(date) -> None:  # type: ignore[no-untyped-def]
    assert read(date.strftime("%d/%m/%Y"), "dmy")[0] == date.isoformat()
    assert read(date.strftime("%m/%d/%y"), "mdy")[0] == date.isoformat()
    assert read(date.isoformat(), "mdy")[0] == date.isoformat()


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    assert read(text)[1] in ("day", "month", "year", "unknown")


@pytest.mark.parametrize(
    ("text", "date", "precision", "problem"),
    [
        ("murió en la celda 19/07/2021", "2021-07-19", "day", ""),
        ("19.07.2021 (по словам семьи)", "2021-07-19", "day", ""),
        ("arrested 2021-07-19 at home", "2021-07-19", "day", ""),
        ("antes del 19/07/2021", "2021-01-01", "year", CUT),
        ("from 19/07/2021 to 25/07/2021", "2021-01-01", "year", CUT),
        ("26-XI-2020", "2020-11-26", "day", ""),
        ("3/iv/19", "2019-04-03", "day", ""),
        ("IX/2019", "2019-09-01", "month", ""),
        ("31-II-2020", "2020-01-01", "year", IMPOSSIBLE),
        ("3 y 4 de mayo 2015", "2015-05-03", "day", FIRST_OF_TWO),
        ("3-4/05/2015", "2015-05-03", "day", FIRST_OF_TWO),
        ("3 a 9 de mayo 2015", "2015-05-01", "month", ""),
        ("abril o mayo de 2015", "2015-01-01", "year", CUT),
        ("summer 1993", "1993-01-01", "year", ""),
    ],
)
def test_a_day_among_words_is_read_and_what_is_cut_says_so(
    text: str, date: str, precision: str, problem: str
) -> None:
    found = read_dates(pd.Series([text]), "dmy", 2026).iloc[0]
    assert (str(found["date"].date()), found["precision"], found["problem"]) == (
        date,
        precision,
        problem,
    )


@pytest.mark.parametrize(
    "cell", ["2021", "в 2021 году", "2021 году", "principios de 2021", "٢٠٢١", "??/??/2021"]
)
def test_a_year_alone_is_kept_however_it_is_said(cell: str) -> None:
    [(date, precision)] = read_dates(pd.Series([cell]), "dmy")[["date", "precision"]].to_numpy()
    assert (pd.Timestamp(date).year, precision) == (2021, "year")
