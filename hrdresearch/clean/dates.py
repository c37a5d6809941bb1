"""Dates with what is recorded of them: day, month or year.

Which number is the day is declared by the layout, never guessed for a row. dateparser is asked
only for what the rules here do not know; a word that is no date by itself ("may") is not one.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import pandas as pd

EARLIEST, LATEST = 1900, 2100
ORDERS = ("ymd", "dmy", "mdy")
NO_DATE = frozenset({"", "na", "n/a", "nan", "none", "null", "unknown", "sem informação"})
LANGUAGES = ["en", "es", "pt", "fr"]

_NUMBERS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_ENGLISH = re.compile(r"([A-Z][a-z]+)\.? (\d{1,2}), (\d{4})")
_MONTHS = {
    name: month
    for month in range(1, 13)
    for name in (dt.date(2000, month, 1).strftime("%B"), dt.date(2000, month, 1).strftime("%b"))
}


def read_dates(cells: pd.Series, order: str) -> pd.DataFrame:
    """Columns ``date`` (first day allowed), ``precision`` and ``problem`` ("" when none).

    order: "ymd", "dmy" or "mdy", as the layout declares it, for dates written in numbers. A year
    first is always read as year, month, day.
    """
    if order not in ORDERS:
        raise ValueError(f"order is one of {ORDERS}")
    read = {cell: _read(cell.strip(), order) for cell in cells.unique()}
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


def formats_of(cells: pd.Series) -> dict[str, int]:
    """How many cells are written in each shape ("9999-99-99"), to tell mixed dates."""
    shapes = cells.str.strip().map(lambda cell: re.sub(r"\d", "9", re.sub(r"[^\W\d_]+", "a", cell)))
    merged = shapes.str.replace(r"\b9\b", "99", regex=True)
    return {str(shape): int(n) for shape, n in merged[merged != ""].value_counts().items()}


def _read(cell: str, order: str) -> tuple[dt.datetime | None, str, str]:
    if cell.casefold() in NO_DATE:
        return None, "unknown", ""
    for pattern, build in (
        (_ISO, lambda m: (int(m[1]), int(m[2]), int(m[3]))),
        (_ENGLISH, lambda m: (int(m[3]), _MONTHS.get(m[1], 0), int(m[2]))),
        (_NUMBERS, lambda m: _ordered(m.groups(), order)),
    ):
        found = pattern.fullmatch(cell)
        if found:
            return _whole(*build(found))
    if found := _YEAR_MONTH.fullmatch(cell):
        return _whole(int(found[1]), int(found[2]), 1, "month")
    if found := _YEAR.fullmatch(cell):
        return _whole(int(found[1]), 1, 1, "year")
    return _by_library(cell, order)


def _ordered(numbers: tuple[str, ...], order: str) -> tuple[int, int, int]:
    if len(numbers[0]) == 4:
        order = "ymd"
    by_part = dict(zip(order, numbers, strict=True))
    return _century(by_part["y"]), int(by_part["m"]), int(by_part["d"])


def _century(year: str) -> int:
    """Two-digit years: 70 to 99 are of the last century."""
    if len(year) != 2:
        return int(year)
    return int(year) + (1900 if int(year) >= 70 else 2000)


def _whole(
    year: int, month: int, day: int, precision: str = "day"
) -> tuple[dt.datetime | None, str, str]:
    if not EARLIEST <= year <= LATEST:
        return None, "unknown", f"has a year outside {EARLIEST} to {LATEST}"
    try:
        return dt.datetime(year, month, day), precision, ""
    except ValueError:
        return None, "unknown", "has a day or month that does not exist"


@lru_cache(maxsize=4096)
def _by_library(cell: str, order: str) -> tuple[dt.datetime | None, str, str]:
    if not re.search(r"(?<!\d)\d{4}(?!\d)", cell):
        return None, "unknown", "is no date with a year"
    from dateparser.date import DateDataParser  # slow to import, rarely needed

    parser = DateDataParser(
        languages=LANGUAGES,
        settings={
            "DATE_ORDER": order.upper(),
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_MONTH_OF_YEAR": "first",
            "REQUIRE_PARTS": ["year"],
        },
    )
    found = parser.get_date_data(cell)
    if found.date_obj is None:
        return None, "unknown", "cannot be read as a date"
    date, precision = found.date_obj, str(found.period)
    if precision not in ("day", "month", "year"):
        return None, "unknown", "cannot be read as a date"
    month, day = (date.month if precision != "year" else 1), (date.day if precision == "day" else 1)
    return _whole(date.year, month, day, precision)
