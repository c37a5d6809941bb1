"""Reads dates, with their precision: day, month or year.

The layout declares which number is the day; it is never guessed for a single row. dateparser is used
only for texts that our own rules cannot read. A word such as "may" alone is not a date.
A year of two digits is the last one that is not after a given year ("61" is 1961).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pandas as pd
from anyascii import anyascii

from hrdresearch.clean.dates_in_words import (
    YEAR_IN_TEXT,
    Reading,
    date_among_words,
    first_of_several_days,
    has_month_name,
    read_month_in_words,
    read_two_digit_year,
    reading_of,
    year_of_four_digits,
)

DAY_TO_YEAR = ("day", "month", "year")
YEAR_OR_MONTH = "year or month only"
FIRST_OF_TWO = "names two days: the first is taken"
ORDERS = ("ymd", "dmy", "mdy")
NO_DATE = frozenset({"", "na", "n/a", "nan", "none", "null", "unknown", "sem informação"})
LANGUAGES = ["en", "es", "pt", "fr", "ru", "ar"]

_NUMBERS = re.compile(
    r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?"
)
_ROMAN = re.compile(r"(?:(\d{1,2})[-/. ]+)?(x|i{1,3}|iv|vi{0,3}|ix|xii?)[-/. ]+(\d{4}|\d{2})", re.I)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SIGN_OF_DEATH = re.compile(r"[†✝+]\s*(?=\d{1,4}[-/. ])")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
LAST_TWO_DIGIT_YEAR = 2069  # if the latest year is not known: 70 to 99 are 1970 to 1999


def read_dates(cells: pd.Series, order: str, latest: int = LAST_TWO_DIGIT_YEAR) -> pd.DataFrame:
    """Read dates from text.

    order: "ymd", "dmy" or "mdy", for dates in numbers; a date that begins with the year is always
    year, month, day. latest: last year that a year of two digits may stand for. Returns columns
    ``date`` (the first possible day), ``precision`` (day, month, year or unknown) and ``problem``
    (what is wrong with the text, or ""). Raises ValueError for another order.

    >>> read_dates(pd.Series(["31/12/2001", "May 2001"]), "dmy")["precision"].tolist()
    ['day', 'month']
    """
    if order not in ORDERS:
        raise ValueError(f"order is one of {ORDERS}")
    read = {cell: _read(cell.strip(), order, latest) for cell in cells.unique()}
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime(pd.Series([read[cell][0] for cell in cells], dtype="object")),
            "precision": [read[cell][1] for cell in cells],
            "problem": [read[cell][2] for cell in cells],
        }
    )
    frame["date"] = frame["date"].astype("datetime64[ns]")
    frame.index = cells.index
    return frame


def count_date_forms(cells: pd.Series) -> dict[str, int]:
    """Count the dates by the form in which they are written.

    >>> count_date_forms(pd.Series(["2001-12-31", "2002", "May 2001"]))
    {'year first': 1, 'year or month only': 1, 'in words': 1}
    """
    shapes = cells.map({cell: _shape(cell.strip()) for cell in cells.unique()})
    return {str(shape): int(n) for shape, n in shapes[shapes != ""].value_counts().items()}


def _shape(cell: str) -> str:
    if cell.casefold() in NO_DATE:
        return ""
    if found := _NUMBERS.fullmatch(cell):
        separator = re.sub(r"\d", "", cell)[0]
        first, last = len(found[1]) == 4, len(found[3])
        return "year first" if first else f"numbers parted by {separator}, year of {last} digits"
    if _YEAR.fullmatch(cell) or _YEAR_MONTH.fullmatch(cell):
        return YEAR_OR_MONTH
    return "in words"


def has_short_year(cell: str) -> bool:
    """Whether a text is a date with a year of two digits.

    >>> [has_short_year(c) for c in ("02-feb-19", "2/2/19", "2/2/2019", "2019", "may")]
    [True, True, False, False, False]
    """
    if found := _NUMBERS.fullmatch(cell):
        return max(len(found[1]), len(found[3])) <= 2
    if first := first_of_several_days(cell, "dmy"):
        return has_short_year(first)
    return read_two_digit_year(anyascii(cell).casefold(), LAST_TWO_DIGIT_YEAR) is not None


def _read(cell: str, order: str, latest: int) -> Reading:
    cell = _SIGN_OF_DEATH.sub("", cell)
    if cell.casefold() in NO_DATE:
        return None, "unknown", ""
    if found := _NUMBERS.fullmatch(cell):
        return reading_of(*_ordered(found.groups(), order, latest))
    if found := _YEAR_MONTH.fullmatch(cell):
        return reading_of(int(found[1]), int(found[2]), 1, "month")
    if found := _YEAR.fullmatch(cell):
        return reading_of(int(found[1]), 1, 1, "year")
    if found := _ROMAN.fullmatch(cell):
        day, roman, year = found.groups()
        month = _ROMANS.index(roman.casefold()) + 1
        return reading_of(
            year_of_four_digits(year, latest), month, int(day or 1), "day" if day else "month"
        )
    if first := first_of_several_days(cell, order):
        return _of_days(cell, _read(first, order, latest))
    if short := read_two_digit_year(anyascii(cell).casefold(), latest):
        return short
    if whole := date_among_words(cell):
        return _read(whole, order, latest)
    if cell.isascii() or has_month_name(cell):
        return read_month_in_words(anyascii(cell).casefold()) or _by_library(cell, order)
    return _by_library(cell, order)


def _of_days(cell: str, read: Reading) -> Reading:
    """Reading of a cell that names several days: of two neighbouring days the first, with a problem; of more
    days only the month. read: reading of the first day.
    """
    date, precision, _ = read
    if not date or precision != "day":
        return read
    first, last = map(int, re.findall(r"\d+", cell)[:2])
    if last == first + 1:
        return date, "day", FIRST_OF_TWO
    return reading_of(date.year, date.month, 1, "month")


def _ordered(numbers: tuple[str | Any, ...], order: str, latest: int) -> tuple[int, int, int]:
    if len(numbers[0]) == 4:
        order = "ymd"
    elif order == "ymd" and len(numbers[2]) == 4:
        return int(numbers[2]), 0, 0  # day or month first where the layout has the year first
    by_part = dict(zip(order, numbers, strict=True))
    return year_of_four_digits(by_part["y"], latest), int(by_part["m"]), int(by_part["d"])


@lru_cache(maxsize=4096)
def _by_library(cell: str, order: str) -> Reading:
    years = set(YEAR_IN_TEXT.findall(cell))
    if not years:
        return None, "unknown", "has no year of four digits"
    from dateparser.date import (  # type: ignore[import-untyped]  # slow, rarely needed
        DateDataParser,
    )

    settings: Any = {
        "DATE_ORDER": order.upper(),
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
        "REQUIRE_PARTS": ["year"],
    }
    found = DateDataParser(languages=LANGUAGES, settings=settings).get_date_data(cell)
    date, precision = found.date_obj, str(found.period)
    is_written = date is not None and date.year in map(int, years)  # "2021 году" is not years ago
    if is_written and precision in DAY_TO_YEAR:
        month = date.month if precision != "year" else 1
        return reading_of(date.year, month, date.day if precision == "day" else 1, precision)
    if len(years) == 1:
        return (*reading_of(int(years.pop()), 1, 1, "year")[:2], "can be read for its year only")
    return None, "unknown", "cannot be read as a date"
