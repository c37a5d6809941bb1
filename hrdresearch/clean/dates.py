"""Dates, with their precision: day, month or year.

The layout declares which number is the day; it is never guessed for a single row. dateparser is used
only for texts that the rules of this module cannot read. A word such as "may" alone is not a date.
A year of two digits is the last one that is not after a given year ("61" is 1961).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import chain
from typing import Any

import pandas as pd
from anyascii import anyascii

from hrdresearch.vocab import vocabulary

EARLIEST, LATEST = 1900, 2100
LONGEST_MONTH = 31
DAY_TO_YEAR = ("day", "month", "year")
YEAR_OR_MONTH = "year or month only"
CUT = "is cut to its year: only the year can be told"
FIRST_OF_TWO = "names two days: the first is taken"
IMPOSSIBLE = "has a day or month that does not exist in the order of this format"
ORDERS = ("ymd", "dmy", "mdy")
NO_DATE = frozenset({"", "na", "n/a", "nan", "none", "null", "unknown", "sem informação"})
LANGUAGES = ["en", "es", "pt", "fr", "ru", "ar"]

_NUMBERS = re.compile(
    r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?"
)
# A whole date in numbers among words; a month in Roman numerals, with a day or without.
_AMONG_WORDS = re.compile(
    r"(?<![\d/.-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d|[/.-]\d)"
)
_ROMAN = re.compile(r"(?:(\d{1,2})[-/. ]+)?(x|i{1,3}|iv|vi{0,3}|ix|xii?)[-/. ]+(\d{4}|\d{2})", re.I)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_WORD = re.compile(r"[a-z]+")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_PARTED = re.compile(r"(?<![\w-])\d{1,2}-[a-z]+\.?-\d{4}(?![\w-])")  # 12-mar-2021
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(\d{4})(?!\d)")
# With a month in letters and a year of two digits, in Latin letters: 02-feb-19, 3 de mar. de 21, 15/ene/18.
_BETWEEN, _DAY_OF = r"[-/., ]+(?:del? )?", r"(\d{1,2})(?:er|st|nd|rd|th|o)?"
_WORD_OF = r"((?!del? )[a-z']+(?: (?!del? )[a-z']+)?)\.?"
_SHORT_YEAR = re.compile(rf"(?:{_DAY_OF}{_BETWEEN})?{_WORD_OF}{_BETWEEN}'?(\d{{2}})(?: ?g\.?)?")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?[- /](\d{1,2})(?:st|nd|rd|th)?[-/, ]+'?(\d{2})")  # Feb 3, 21
# Days from and to within a month: "13 y 14 de septiembre/22", "13-14/09/22". The first day, and what follows.
_DAYS = re.compile(
    r"(?:(?:from|del?|entre|du|с|من) )?(\d{1,2}) ?(?:-|–|/|and|to|y|al?|et|au|e|и|до|по|و|إلى|الى) ?(\d{1,2})"
    r"(?=(?P<numbers>[/.]\d{1,2}[/.]\d{2,4}\Z)|[ ./-]*[^\W\d])"
)
# The date of something else than the act: when it was found, disclosed, or at the latest.
_NOT_OF_THE_ACT = re.compile(r"\b(before|after|found|since|by|antes|despues|depois|avant|apres)\b")
_NO_DATE_OF_ACT = re.compile(r"\b(unknown date|disclosed|revealed)\b")
_LATIN = ("en", "es", "pt", "fr")
_MONTHS = {
    str(spelling): number
    for number, names in enumerate(
        zip(*(vocabulary("date_words")["months"][code] for code in _LATIN), strict=True), start=1
    )
    for name in chain.from_iterable(names)
    for spelling in (anyascii(name), anyascii(name)[:3])
}
_MONTHS_OF_ALL = {  # of languages in other letters, too: full words, and the beginnings that tell one month
    **{
        anyascii(str(word)).casefold(): number
        for code in ("ru", "ar")
        for number, words in enumerate(vocabulary("date_words")["months"][code], start=1)
        for word in (
            *words,
            *(w[:3] for w in words if code == "ru" and w[:3] not in ("мая", "май")),
        )
    },
    **_MONTHS,
}
LAST_OF_OLD = 2069  # without a latest year, 70 to 99 are 1970 to 1999

Reading = tuple[dt.datetime | None, str, str]


def read_dates(cells: pd.Series, order: str, latest: int = LAST_OF_OLD) -> pd.DataFrame:
    """Read dates from text.

    order: "ymd", "dmy" or "mdy", for dates in numbers; a date that begins with the year is always
    year, month, day. latest: last year that a year of two digits may stand for. Returns columns
    ``date`` (the first possible day), ``precision`` (day, month, year or unknown) and ``problem``
    (what is wrong with the text, or ""). Raises ValueError for
    another order.

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
    if first := _first_of_days(cell, "dmy"):
        return has_short_year(first)
    return _of_short_year(anyascii(cell).casefold(), LAST_OF_OLD) is not None


def _read(cell: str, order: str, latest: int) -> Reading:
    if cell.casefold() in NO_DATE:
        return None, "unknown", ""
    if found := _NUMBERS.fullmatch(cell):
        return _whole(*_ordered(found.groups(), order, latest))
    if found := _YEAR_MONTH.fullmatch(cell):
        return _whole(int(found[1]), int(found[2]), 1, "month")
    if found := _YEAR.fullmatch(cell):
        return _whole(int(found[1]), 1, 1, "year")
    if found := _ROMAN.fullmatch(cell):
        day, roman, year = found.groups()
        month = _ROMANS.index(roman.casefold()) + 1
        return _whole(_century(year, latest), month, int(day or 1), "day" if day else "month")
    if first := _first_of_days(cell, order):
        return _of_days(cell, _read(first, order, latest))
    if short := _of_short_year(anyascii(cell).casefold(), latest):
        return short
    if whole := _among_words(cell):
        return _read(whole, order, latest)
    if cell.isascii() or _has_month(cell):
        return _in_words(anyascii(cell).casefold()) or _by_library(cell, order)
    return _by_library(cell, order)


def _of_days(cell: str, read: Reading) -> Reading:
    """The first of two days that follow each other, as an issue; of more days only the month."""
    date, precision, _ = read
    if not date or precision != "day":
        return read
    first, last = map(int, re.findall(r"\d+", cell)[:2])
    if last == first + 1:
        return date, "day", FIRST_OF_TWO
    return _whole(date.year, date.month, 1, "month")


def _among_words(cell: str) -> str:
    """The one whole date in numbers among words of the act; "" for another text.

    >>> _among_words("detenida 19/07/2021, en casa"), _among_words("antes del 19/07/2021")
    ('19/07/2021', '')
    """
    text = anyascii(cell).casefold()
    dates = list(_AMONG_WORDS.finditer(text))
    is_act = not _NOT_OF_THE_ACT.search(text) and not _NO_DATE_OF_ACT.search(text)
    one = len(dates) == 1 and len(set(_YEAR_IN_TEXT.findall(text))) == 1
    return dates[0][0] if one and is_act and re.search("[a-z]", text) else ""


def _first_of_days(cell: str, order: str) -> str:
    """A date of several days of one month with the first of them alone; "" for another text.

    >>> _first_of_days("13-14/09/22", "dmy"), _first_of_days("13 y 14 de mayo/22", "dmy")
    ('13/09/22', '13 de mayo/22')
    """
    text = " ".join(cell.casefold().split())
    found = _DAYS.match(text)
    if not found or not int(found[1]) < int(found[2]) <= LONGEST_MONTH:
        return ""
    if found["numbers"] and order != "dmy":
        return ""
    return found[1] + text[found.end() :]


def _has_month(cell: str) -> bool:
    return any(word in _MONTHS for word in _WORD.findall(anyascii(cell).casefold()))


def _in_words(text: str) -> Reading | None:
    """Read a date with the month in words.

    Of several days only the month is kept; of several months only the year, which is a problem. None
    when the text has no year or no known month.
    """
    years = set(_YEAR_IN_TEXT.findall(text))
    if len(years) > 1 or _NO_DATE_OF_ACT.search(text):
        return None, "unknown", "names no single year of the act"
    months = {_MONTHS[word] for word in _WORD.findall(text) if word in _MONTHS}
    if not years or (not months and not re.search(r"[a-z]", text)):
        return None
    year = int(years.pop())
    if len(months) != 1 or _NOT_OF_THE_ACT.search(text):
        lost = bool(months or _DAY.search(text))
        return (*_whole(year, 1, 1, "year")[:2], CUT if lost else "")
    days = set(_DAY.findall(text))
    if len(days) != 1 or ("-" in text and not _PARTED.search(text)):
        return _whole(year, months.pop(), 1, "month")
    return _whole(year, months.pop(), int(days.pop()))


def _of_short_year(text: str, latest: int) -> Reading | None:
    """Read a date with a month in letters and a year of two digits; None for another text.

    The day stands first, but where its number can only be a year ("98-feb-02").
    """
    if found := _MONTH_FIRST.fullmatch(text):
        word, day, year = found.groups()
    elif found := _SHORT_YEAR.fullmatch(text):
        day, word, year = found.groups()
    else:
        return None
    month = _MONTHS_OF_ALL.get(word)
    if not month:
        return None
    if day and int(day) > LONGEST_MONTH:
        day, year = year, day
    return _whole(_century(year, latest), month, int(day or 1), "day" if day else "month")


def _ordered(numbers: tuple[str | Any, ...], order: str, latest: int) -> tuple[int, int, int]:
    if len(numbers[0]) == 4:
        order = "ymd"
    elif order == "ymd" and len(numbers[2]) == 4:
        return int(numbers[2]), 0, 0  # day or month first where the layout has the year first
    by_part = dict(zip(order, numbers, strict=True))
    return _century(by_part["y"], latest), int(by_part["m"]), int(by_part["d"])


def _century(year: str, latest: int) -> int:
    """Year with four digits; of two digits, the last such year that is not after ``latest``."""
    return int(year) if len(year) != 2 else latest - (latest - int(year)) % 100


def _whole(year: int, month: int, day: int, precision: str = "day") -> Reading:
    if not EARLIEST <= year <= LATEST:
        return None, "unknown", f"has a year outside {EARLIEST} to {LATEST}"
    try:
        return dt.datetime(year, month, day), precision, ""
    except ValueError:
        return dt.datetime(year, 1, 1), "year", IMPOSSIBLE


@lru_cache(maxsize=4096)
def _by_library(cell: str, order: str) -> Reading:
    years = set(_YEAR_IN_TEXT.findall(cell))
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
    if date is not None and precision in DAY_TO_YEAR:
        month = date.month if precision != "year" else 1
        return _whole(date.year, month, date.day if precision == "day" else 1, precision)
    if len(years) == 1:
        return (*_whole(int(years.pop()), 1, 1, "year")[:2], "can be read for its year only")
    return None, "unknown", "cannot be read as a date"
