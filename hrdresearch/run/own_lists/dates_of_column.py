"""How the dates of a column are written: order of day and month, calendar; what no cell tells is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from hrdresearch.clean.calendars import (
    DAY,
    FIRST_SERIAL,
    GREGORIAN,
    LAST_SERIAL,
    SECONDS,
    SERIAL,
    named_calendar,
    seconds_in,
    to_gregorian,
    western_digits,
)
from hrdresearch.clean.dates import read_dates
from hrdresearch.clean.dates_without_year import with_year
from hrdresearch.sources.reads_declared import OPEN

LONGEST = 40  # letters of a date
SAMPLE = 200
SERIALS_FROM = 18_000  # day numbers before 1949 are rather other numbers
_NUMBERS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d{2}.*)?")
_LIKE_A_DATE = re.compile(r"\d{4}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}|[^\W\d]{3,}[-./ ]+\d{2}$")
_DAY_AND_MONTH = re.compile(r"\d{1,2}/\d{1,2}")
SOME_YEAR = 2000  # a leap year, to see which cells are dates
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True)
class DateForm:
    """share: of the cells that are dates. order, calendar: as source.yml takes them, "?" where no cell
    tells. why: what was seen, in words; counts only, never a cell."""

    share: float
    order: str = "ymd"
    calendar: str = GREGORIAN
    why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person has to say the order or the calendar."""
        return OPEN in (self.order, self.calendar)


_PATTERNS = re.compile(
    r"(?P<dmy>(?:dd?|jj?|дд?)[./-]?(?:mm?|мм?)[./-]?[yaг]{2,4})|(?P<mdy>mm?[./-]?dd?[./-]?yy+)"
)


def with_heading(form: DateForm, heading: str) -> DateForm:
    """The form of dates, with the order that a heading states: "Date (dd/mm/yy)". Cells go before.

    >>> with_heading(DateForm(1.0, "?"), "Fecha (dd/mm/aaaa)").order
    'dmy'
    """
    found = _PATTERNS.search(heading.casefold()) if form.order == OPEN else None
    if not found or "two orders" in form.why:
        return form
    return replace(form, order=str(found.lastgroup), why="the heading states the order of dates")


def date_form(cells: Sequence[str]) -> DateForm:
    """The form of the dates of a column, from all its cells.

    >>> date_form(["31/12/2020", "01/02/2021"]).order, date_form(["01/02/2021", "03/04/2021"]).order
    ('dmy', '?')
    """
    of_cells = [c for c in cells if len(c) <= LONGEST]
    short = _with_some_year([western_digits(c) for c in dict.fromkeys(of_cells)])
    distinct = list(dict.fromkeys(short))[:SAMPLE]
    if distinct and (share := _share_of_seconds(distinct)) > 0.8:
        return DateForm(share, calendar=SECONDS, why="seconds since 1970, as a database keeps days")
    numbered = sum(bool(_LIKE_A_DATE.search(c)) or bool(named_calendar(c)) for c in distinct)
    if not distinct or len(of_cells) < len(cells) / 2 or numbered < len(distinct) / 3:
        return DateForm(0.0)
    if _share_of_serials(distinct) > 0.8:
        why = "whole numbers, as a spreadsheet counts days"
        return DateForm(_share_of_serials(distinct), calendar=SERIAL, why=why)
    calendar, why = _calendar(short)
    order, told = _order(short)
    probe = "dmy" if order == OPEN else order
    if calendar in (GREGORIAN, OPEN):
        read = read_dates(
            pd.Series([c for c in distinct if re.search(r"\d", c)], dtype="object"), probe
        )
        is_date = read["precision"].isin(["day", "month"])
        is_date |= read.index.isin(
            [i for i, c in enumerate(distinct) if c.isdigit() and len(c) == 4]
        )
        share = float(is_date.sum()) / len(distinct) if calendar == GREGORIAN else 1.0
        days = read["date"][read["precision"] == "day"].dt.day
        share *= (
            0.9 if len(days) > 5 and (days == 1).all() else 1.0
        )  # months written as their first days
    else:
        share = float((to_gregorian(pd.Series(distinct), calendar, probe)["text"] != "").mean())
    return DateForm(share, order, calendar, "; ".join(part for part in (why, told) if part))


def _with_some_year(cells: list[str]) -> list[str]:
    """The cells, a day and month alone with a year, so that they are seen as the dates they are.

    "3/4" may be anything: it is taken for a date only where another cell can be read in no other way.
    """

    def whole(cell: str) -> str:
        if _DAY_AND_MONTH.fullmatch(cell):
            return f"{cell}/{SOME_YEAR}"
        in_words = any(c.isalpha() for c in cell)
        return (in_words and with_year(cell, SOME_YEAR, "ymd")) or cell

    made = [whole(c) for c in cells]
    is_told = any(
        c != m and with_year(c, SOME_YEAR, "ymd") for c, m in zip(cells, made, strict=True)
    )
    return made if is_told else cells


def _share_of_serials(cells: Sequence[str]) -> float:
    numbers = [c.split(".")[0] for c in cells]
    fits = [n.isdigit() and len(n) == 5 and SERIALS_FROM <= int(n) <= LAST_SERIAL for n in numbers]
    return sum(fits) / len(fits) if fits and FIRST_SERIAL else 0.0


def _share_of_seconds(cells: Sequence[str]) -> float:
    """Share of numbers that are seconds of whole days: other long numbers hardly ever are."""
    seconds = [seconds_in(c) for c in cells]
    return sum(n is not None and n % DAY == 0 and n != 0 for n in seconds) / len(seconds)


def _calendar(cells: Sequence[str]) -> tuple[str, str]:
    named = Counter(name for c in cells if (name := named_calendar(c)))
    if named and sum(named.values()) >= len(cells) / 4:
        calendar, n = named.most_common(1)[0]
        return calendar, f"{n} of {len(cells)} cells name a month or a sign of this calendar"
    years = [int(y) for c in cells for y in _YEAR.findall(c)]
    if not years:
        return GREGORIAN, ""
    buddhist = sum(2430 <= y <= 2620 for y in years)
    islamic = sum(1300 <= y <= 1500 for y in years)
    if buddhist > len(years) / 2:
        return "buddhist", f"{buddhist} of {len(years)} years lie between 2430 and 2620"
    if islamic > len(years) / 2:
        lunar = sum(1420 <= y <= 1500 for y in years)
        solar = sum(1300 <= y < 1420 for y in years)
        why = f"{islamic} of {len(years)} years lie between 1300 and 1500: lunar or solar Hijri"
        return ("hijri" if lunar > solar else OPEN), why
    return GREGORIAN, ""


def _order(cells: Sequence[str]) -> tuple[str, str]:
    """Order of day, month and year in numbers, "?" where no cell or both orders are told."""
    parts = [found.groups() for c in cells if (found := _NUMBERS.fullmatch(c))]
    late = [(int(a), int(b)) for a, b, c in parts if len(a) < 3 and len(c) != 1]
    if not late:
        return "ymd", ""
    day_first, month_first = sum(a > 12 for a, _ in late), sum(b > 12 for _, b in late)
    if day_first and month_first:
        words = f"{day_first} dates have the day first, {month_first} the month: two orders in one column"
        return OPEN, words
    if day_first or month_first:
        n = day_first or month_first
        return (
            "dmy" if day_first else "mdy"
        ), f"{n} of {len(late)} dates in numbers tell the order"
    return OPEN, f"none of {len(late)} dates in numbers tells whether day or month stands first"
