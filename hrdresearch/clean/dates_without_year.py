"""Gives a month, or a day and month, without a year the year that the list says elsewhere."""

from __future__ import annotations

import datetime as dt
import re

from anyascii import anyascii

from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.dates_in_words import month_of_word

_IN_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|o)?[-/., ]+(?:del? |of )?([^\d\s]+)")


def with_year(cell: str, year: int, order: str) -> str:
    """The date of a cell that holds a day and a month, or a month in letters, alone; "" for any other text.

    order: "dmy" or "mdy", for numbers; "ymd" says nothing of them, and only numbers that can be read in one
    way are read.

    >>> [with_year(c, 2022, "dmy") for c in ("8 sep", "29/11", "septiembre", "May 2021")]
    ['2022-09-08', '2022-11-29', '2022-09', '']
    """
    text = anyascii(western_digits(cell)).casefold().strip(" .")
    if text.isalpha() and (month := month_of_word(text)):
        return f"{year}-{month:02}"
    if found := _IN_WORDS.fullmatch(text):
        return _valid(year, month_of_word(found[2]), int(found[1]))
    if not (found := _IN_NUMBERS.fullmatch(text)):
        return ""
    first, second = int(found[1]), int(found[2])
    day_first, month_first = _valid(year, second, first), _valid(year, first, second)
    if order == "ymd":
        both = day_first and month_first and day_first != month_first
        return "" if both else day_first or month_first
    return day_first if order == "dmy" else month_first


def _valid(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
