"""Dates of other calendars: known days, every day there and back, and texts that are no dates."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from hrdresearch.clean.calendars import (
    CALENDARS,
    ETHIOPIAN_EPOCH,
    named_calendar,
    to_gregorian,
    western_digits,
)

DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2070, 12, 31))


def read(cell: str, calendar: str, order: str = "dmy") -> tuple[str, str]:
    row = to_gregorian(pd.Series([cell]), calendar, order).iloc[0]
    return row["text"], row["problem"]


@pytest.mark.parametrize(
    ("cell", "calendar", "day"),
    [
        ("1 Ramadan 1442", "hijri", "2021-04-13"),
        ("١ رمضان ١٤٤٢ هـ", "hijri", "2021-04-13"),
        ("1442/09/01", "hijri", "2021-04-13"),
        ("1 فروردین 1400", "persian", "2021-03-21"),
        ("۱۴۰۰/۰۱/۰۱", "persian", "2021-03-21"),
        ("1 Meskerem 2000", "ethiopian", "2007-09-12"),
        ("መስከረም 1 2000 ዓ.ም", "ethiopian", "2007-09-12"),
        ("6 Pagume 1999", "ethiopian", "2007-09-11"),
        ("12 เมษายน 2564", "buddhist", "2021-04-12"),
        ("12/04/2564", "buddhist", "2021-04-12"),
        ("พ.ศ. 2564", "buddhist", "2021"),
        ("43831", "excel", "2020-01-01"),
        ("43831.75", "excel", "2020-01-01"),
        ("2020-01-01", "excel", "2020-01-01"),
        ("1577836800", "unix", "2020-01-01"),
        ("1577836800000", "unix", "2020-01-01"),
        ("-86400", "unix", "1969-12-31"),
        ("2020", "unix", "2020"),
    ],
)
def test_a_known_day_of_each_calendar_is_read(cell: str, calendar: str, day: str) -> None:
    assert read(cell, calendar) == (day, "")


@given(DAYS)
def test_every_day_is_found_again_from_its_date_in_each_calendar(day: dt.date) -> None:
    lunar = Gregorian(day.year, day.month, day.day).to_hijri()
    solar = JalaliDate(day)
    fours, rest = divmod(day.toordinal() - ETHIOPIAN_EPOCH, 4 * 365 + 1)
    years = min(rest // 365, 2) if rest < 3 * 365 + 1 else 3
    within = rest - years * 365 - (years == 3)
    written = {
        "hijri": f"{lunar.day}/{lunar.month}/{lunar.year}",
        "persian": f"{solar.day}/{solar.month}/{solar.year}",
        "ethiopian": f"{within % 30 + 1}/{within // 30 + 1}/{4 * fours + years + 1}",
        "buddhist": f"{day.day}/{day.month}/{day.year + 543}",
        "excel": str((day - dt.date(1899, 12, 30)).days),
        "unix": str((day - dt.date(1970, 1, 1)).days * 86_400),
    }

    assert {c: read(cell, c) for c, cell in written.items()} == dict.fromkeys(
        written, (day.isoformat(), "")
    )


@given(st.text(max_size=30), st.sampled_from([c for c in CALENDARS if c != "gregorian"]))
def test_any_text_is_read_or_said_to_be_no_date(cell: str, calendar: str) -> None:
    text, problem = read(cell, calendar, "ymd")

    assert (
        text
        or problem
        or western_digits(cell).strip().casefold()
        in (
            "",
            "na",
            "n/a",
            "nan",
            "none",
            "null",
            "unknown",
            "sem informação",
        )
    )


@given(st.integers(1344, 1499), st.sampled_from(["hijri", "persian"]))
def test_a_year_alone_is_said_to_touch_two_gregorian_years(year: int, calendar: str) -> None:
    text, problem = read(str(year), calendar)

    assert (len(text), "a year alone" in problem) == (4, True)


@pytest.mark.parametrize(
    ("cell", "calendar"),
    [("31/12/1443", "hijri"), ("31/12/1400", "persian"), ("6/13/2012", "ethiopian")],
)
def test_a_day_that_the_calendar_does_not_have_is_said(cell: str, calendar: str) -> None:
    text, problem = read(cell, calendar)

    assert (text, problem.startswith("does not exist in the")) == ("", True)


def test_a_month_or_a_mark_names_the_calendar() -> None:
    cells = ["1442 هـ", "5 May 2013", "12 เม.ย. 2564", "مهر 1400", "5 Meskerem 2013", "2013-05-01"]

    assert [named_calendar(c) for c in cells] == [
        "hijri", "", "buddhist", "persian", "ethiopian", "",
    ]  # fmt: skip
