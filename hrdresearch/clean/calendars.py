"""Turns dates of other calendars, and day or second numbers of programs, into Gregorian dates.

Lunar Hijri dates go by the Umm al-Qura calendar (library hijridate, 1343 to 1500), solar Hijri ones by
persiantools, Ethiopian ones by their rule (twelve months of 30 days, and five or six days), Thai ones by
543 years. docs/decisions/0091-calendars.md says why, and how exact each is.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from functools import cache

import pandas as pd
from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from hrdresearch.clean.dates import NO_DATE
from hrdresearch.vocab import vocabulary

GREGORIAN, SERIAL, SECONDS = "gregorian", "excel", "unix"
CALENDARS = (GREGORIAN, "hijri", "persian", "ethiopian", "buddhist", SERIAL, SECONDS)
BUDDHIST_YEARS = 543
ETHIOPIAN_EPOCH = dt.date(8, 8, 27).toordinal()  # 1 Meskerem of the year 1
# 1900-03-01 to 2099; before that, Excel counts a day that did not exist (29 February 1900).
FIRST_SERIAL, LAST_SERIAL = 61, 73_050
EPOCH = dt.date(1899, 12, 30)
INEXACT = "is a {part} alone of the {calendar}: the Gregorian {part} that holds its middle is taken"
_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ]\d{1,2}:\d{2}.*)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_INTEGER = re.compile(r"(\d{1,6})(?:\.\d+)?")
_SECONDS = re.compile(r"(0|-?\d{5,10}|-?\d{12,13})(?:\.0+)?")
DAY = 86_400  # seconds

Read = tuple[str, str]


def to_gregorian(cells: pd.Series, calendar: str, order: str) -> pd.DataFrame:
    """Dates in text as Gregorian dates: ``2021-04-13``, ``2021-04`` or ``2021``.

    cells: text. calendar: one of ``CALENDARS``; of "gregorian" the cells come back as they are. order:
    "ymd", "dmy" or "mdy", for dates in numbers whose year does not stand first. Returns columns ``text``
    ("" where there is no date) and ``problem`` (what is wrong or inexact, or ""). Raises ValueError for
    another calendar.

    >>> to_gregorian(pd.Series(["1 Ramadan 1442", "2021"]), "hijri", "dmy")["text"].tolist()
    ['2021-04-13', '']
    """
    if calendar not in CALENDARS:
        raise ValueError(f"calendar is one of {', '.join(CALENDARS)}")
    read = {cell: _read(western_digits(cell).strip(), calendar, order) for cell in cells.unique()}
    columns = {
        name: [read[cell][at] for cell in cells] for at, name in enumerate(("text", "problem"))
    }
    return pd.DataFrame(columns, index=cells.index, dtype="object")


def western_digits(text: str) -> str:
    """The text with digits of all scripts as 0 to 9.

    >>> western_digits("١٤٤٢/٠٩/٠١")
    '1442/09/01'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def named_calendar(text: str) -> str:
    """Calendar to which the name of a month, or a mark beside the year, belongs; "" if there is none.

    >>> named_calendar("5 Meskerem 2013"), named_calendar("5 May 2013")
    ('ethiopian', '')
    """
    folded = western_digits(text).casefold()
    if not any(sign.isalpha() for sign in folded):
        return ""
    for calendar, (months, marks) in _words().items():
        if any(_stands_in(word, folded) for word in (*months, *marks)):
            return calendar
    return ""


def _read(cell: str, calendar: str, order: str) -> Read:
    if calendar == GREGORIAN or cell.casefold() in NO_DATE:
        return ("" if cell.casefold() in NO_DATE else cell), ""
    if calendar == SERIAL:
        return _serial(cell)
    if calendar == SECONDS:
        return _day_of_seconds(cell)
    numbers = _numbers(cell, calendar, order)
    if numbers is None:
        return "", f"cannot be read as a date of the {_label(calendar)}"
    year, month, day = numbers
    try:
        if day:
            return _as_text(_convert(calendar, year, month, day), "day"), ""
        part, middle = ("month", (month, 15)) if month else ("year", (7, 1))
        told = (
            "" if calendar == "buddhist" else INEXACT.format(part=part, calendar=_label(calendar))
        )
        return _as_text(_convert(calendar, year, *middle), part), told
    except (ValueError, OverflowError):
        return "", f"does not exist in the {_label(calendar)}"


def _serial(cell: str) -> Read:
    """Day number of a spreadsheet (43831 is 1 January 2020); any other date passes as it stands."""
    number = _INTEGER.fullmatch(cell)
    if number is None or len(number[1]) <= 4:
        return cell, ""
    days = int(number[1])
    if not FIRST_SERIAL <= days <= LAST_SERIAL:
        return "", "is no day number of a spreadsheet"
    return (EPOCH + dt.timedelta(days=days)).isoformat(), ""


def _day_of_seconds(cell: str) -> Read:
    """Seconds since 1970 (of 12 digits or more: thousandths); any other date passes as it stands."""
    seconds = seconds_in(cell)
    if seconds is None:
        return cell, ""
    return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date().isoformat(), ""


def seconds_in(cell: str) -> int | None:
    """Seconds since 1970 that a cell holds, as databases keep dates; None for another cell.

    >>> seconds_in("1577836800000"), seconds_in("2020")
    (1577836800, None)
    """
    number = _SECONDS.fullmatch(cell)
    if number is None:
        return None
    return int(number[1]) // (1000 if len(number[1].lstrip("-")) > 10 else 1)


def _numbers(cell: str, calendar: str, order: str) -> tuple[int, int, int] | None:
    """Year, month and day; month and day are 0 where the text has none."""
    if found := _NUMBERS.fullmatch(cell):
        parts = found.groups()
        by_part = dict(zip("ymd" if len(parts[0]) == 4 else order, map(int, parts), strict=True))
        return by_part["y"], by_part["m"], by_part["d"]
    if found := _YEAR_MONTH.fullmatch(cell):
        return int(found[1]), int(found[2]), 0
    months, marks = _words()[calendar]
    text = cell.casefold()
    for mark in sorted(marks, key=len, reverse=True):
        if text != (without := text.replace(mark, " ").strip()) and re.search(r"\d{4}", without):
            return _numbers(without, calendar, order)
    named = [word for word in sorted(months, key=len, reverse=True) if _stands_in(word, text)]
    text = text.replace(named[0], " ") if named else text
    years, days = re.findall(r"(?<!\d)\d{4}(?!\d)", text), re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if len(years) != 1 or len(days) > 1 or (days and not named):
        return None
    return int(years[0]), months[named[0]] if named else 0, int(days[0]) if days and named else 0


def _convert(calendar: str, year: int, month: int, day: int) -> dt.date:
    """The Gregorian day; ValueError for a day that does not exist or that no table covers."""
    return _CONVERTERS[calendar](year, month, day)


def _hijri(year: int, month: int, day: int) -> dt.date:
    found = Hijri(year, month, day).to_gregorian()
    return dt.date(found.year, found.month, found.day)


def _persian(year: int, month: int, day: int) -> dt.date:
    found = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]
    gregorian: dt.date = found.to_gregorian()
    return gregorian


def _ethiopian(year: int, month: int, day: int) -> dt.date:
    longest = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not 1 <= month <= 13 or not 1 <= day <= longest:
        raise ValueError
    days = 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1
    return dt.date.fromordinal(ETHIOPIAN_EPOCH + days)


def _buddhist(year: int, month: int, day: int) -> dt.date:
    return dt.date(year - BUDDHIST_YEARS, month, day)


_CONVERTERS: dict[str, Callable[[int, int, int], dt.date]] = {
    "hijri": _hijri,
    "persian": _persian,
    "ethiopian": _ethiopian,
    "buddhist": _buddhist,
}


def _as_text(day: dt.date, part: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[part]]


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text by itself; Thai has no spaces between words."""
    if word not in text:
        return False
    return bool(re.search(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", text))


def _label(calendar: str) -> str:
    return str(vocabulary("calendars")["calendars"][calendar]["label"])


@cache
def _words() -> dict[str, tuple[dict[str, int], tuple[str, ...]]]:
    """Months (word -> number) and marks of each calendar."""
    return {
        calendar: (
            {
                str(word).casefold(): number
                for number, words in enumerate(entry["months"], start=1)
                for word in words
            },
            tuple(str(mark).casefold() for mark in entry["marks"]),
        )
        for calendar, entry in vocabulary("calendars")["calendars"].items()
    }
