"""Reads ages in completed years, also ages that are not exact.

What is not exact is read by a rule, and the result says so: of "40 aprox." the number; of a range
("30-35") its middle, rounded down; of "40s" its middle, 44. "Minor" or "adult" is an age group and no
number.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.text import put_on_one_line, unaccented
from hrdresearch.vocab import vocabulary

OLDEST, OF_AGE, WIDEST = 120, 18, 15  # years
NO_AGE = frozenset({"", "na", "n/a", "nan", "none", "unknown", "unspecified", "sem informação"})
NO_GROUP, NO_NUMBER = "not_recorded", "no number of years is read"
_NUMBER = re.compile(r"(\d{1,9})(?:[.,]0+)?")
_YEARS = re.compile(
    r"(?<![^\W\d])(?:years?(?: old)?|yrs?|y o|anos?(?: de edad)?|ans?|a(?=\.?\Z)|лет|года?|г|سنة|سنوات|عاما?)"
    r"(?![^\W\d])\.?"
)
AGES = re.compile(
    r"\d{1,2}(?:,\s*\d{1,2})*(?:\s*(?:y|and|et|&|и|و)\s*\d{1,2})+"
)  # of several persons
_DECADE = re.compile(r"([1-9]0)\s*['’]?s")

Read = tuple[int | None, str, str, str]


def read_ages(cells: pd.Series) -> pd.DataFrame:
    """Read ages from text.

    Returns columns ``age`` (Int64, completed years, empty where there is none), ``group`` (child, adult or
    not_recorded), ``problem`` (what is wrong or not exact, or "") and ``done`` (what the program did then,
    such as "its middle is read").

    >>> read_ages(pd.Series(["34", "unknown", "150", "~40", "30-35", "menor"]))["age"].tolist()
    [34, <NA>, <NA>, 40, 32, <NA>]
    """
    read = {cell: _read(cell) for cell in cells.unique()}
    names = ("age", "group", "problem", "done")
    frame = pd.DataFrame([read[cell] for cell in cells], index=cells.index, columns=list(names))
    return frame.astype({"age": "Int64"})


def age_groups(ages: pd.Series) -> pd.Series:
    """Age group of each age in years: child (under 18), adult or not_recorded.

    >>> age_groups(pd.Series([17, 18, pd.NA], dtype="Int64")).tolist()
    ['child', 'adult', 'not_recorded']
    """
    groups = pd.Series(NO_GROUP, index=ages.index)
    groups = groups.mask((ages < OF_AGE).fillna(False).astype(bool), "child")
    return groups.mask((ages >= OF_AGE).fillna(False).astype(bool), "adult")


def _read(cell: str) -> Read:
    text = cell.strip()
    if text.casefold() in NO_AGE:
        return None, NO_GROUP, "", ""
    words = _plain(text)
    if group := _groups().get(words):
        return None, group, f"is said in words ({group})", NO_NUMBER
    bare = put_on_one_line(_YEARS.sub(" ", words))
    if number := _NUMBER.fullmatch(bare):
        return _of_number(int(number[1]))
    if decade := _DECADE.fullmatch(bare):
        first = int(decade[1])
        return _of_range(first, first + 9)
    if AGES.fullmatch(bare):
        return None, NO_GROUP, "is of several persons", "emptied"
    if ends := _range().fullmatch(bare):
        return _of_range(int(ends[1]), int(ends[2]))
    if (parts := re.fullmatch(r"(.+?)[ ,(]+(.+)", bare)) and _groups().keys() & set(parts.groups()):
        word, number_of = sorted(parts.groups(), key=str.isdigit)  # "menor (16)"
        if number_of.isdigit() and _group(int(number_of)) == _groups()[word]:
            return _of_number(int(number_of))
    without = put_on_one_line(_about().sub(" ", bare))
    if without != bare and (number := _NUMBER.fullmatch(without)):
        age, group, problem, done = _of_number(int(number[1]))
        if problem:
            return age, group, problem, done
        return age, group, "is not exact", "the number is read"
    return None, NO_GROUP, "is no number of years", "emptied"


def _of_number(age: int) -> Read:
    if age > OLDEST:
        return None, NO_GROUP, f"is above {OLDEST} years", "emptied"
    return age, _group(age), "", ""


def _of_range(first: int, last: int) -> Read:
    """The middle of a range; of a wide one the group alone, where both ends are in it."""
    if not first < last <= OLDEST:
        return None, NO_GROUP, "is no number of years", "emptied"
    group = _group(first) if _group(first) == _group(last) else NO_GROUP
    if last - first > WIDEST or group == NO_GROUP:
        return None, group, "is a wide range", NO_NUMBER
    return (first + last) // 2, group, "is a range", "its middle is read"


def _group(age: int) -> str:
    return "child" if age < OF_AGE else "adult"


def _plain(text: str) -> str:
    return put_on_one_line(unaccented(western_digits(text)).casefold().strip(" .,;()[]"))


@cache
def _groups() -> dict[str, str]:
    by_code = vocabulary("list_values")["values"]["age_group"]
    return {_plain(word): code for code, words in by_code.items() for word in words}


@cache
def _range() -> re.Pattern[str]:
    words = vocabulary("list_values")
    begins, between = (_any(words[key]) for key in ("range_begins", "between"))
    return re.compile(rf"(?:{begins}\s*)?(\d{{1,3}})\s*{between}\s*(\d{{1,3}})")


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"{_any(vocabulary('list_values')['about'])}\.?")


def _any(words: list[str]) -> str:
    """Pattern of any of several words, each by itself; signs may stand beside a number."""
    plain = sorted({_plain(w) or w for w in words}, key=len, reverse=True)
    parts = [
        rf"(?<![^\W\d_]){re.escape(w)}(?![^\W\d_])" if w.isalpha() or " " in w else re.escape(w)
        for w in plain
    ]
    return f"(?:{'|'.join(parts)})"
