"""Lengths of time in running text: "fifteen years and six months", "3 à 8 ans", "十五年六个月".

Text is folded first (``coding.folded``); words come from ``coding.length_words``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrdresearch.coding.length_words import Token, tokenize

YEARS_OF = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
LONGEST_IN_YEARS = 1000  # more is a calendar year, not a length
_ORDER = {"year": 4, "month": 3, "week": 2, "day": 1}


@dataclass(frozen=True)
class Length:
    """A length in years and its place in the text; a range where the text gives one.

    maximum: None where the text gives none ("at least ten years").
    """

    minimum: float
    maximum: float | None
    start: int
    end: int


def find_lengths(text: str) -> list[Length]:
    """Lengths in folded text, in order; a range between two lengths is one.

    >>> find_lengths("fifteen years and six months")
    [Length(minimum=15.5, maximum=15.5, start=0, end=28)]
    """
    tokens = tokenize(text)
    found: list[Length] = []
    at = 0
    while at < len(tokens):
        length, after = _read_length_at(tokens, at)
        if length is None:
            at += 1
            continue
        if found and found[-1].maximum is None and length.minimum == 0:
            first = found.pop()  # "not less than three years and not more than seven"
            length = Length(first.minimum, length.maximum, first.start, length.end)
        found.append(length)
        at = max(after, at + 1)
    return found


def _read_length_at(tokens: list[Token], at: int) -> tuple[Length | None, int]:
    """A length or a range of lengths that begins at ``at``."""
    bound = tokens[at].kind if tokens[at].kind in "<>B" else ""
    first_at = at + (1 if bound else 0)
    read = _read_range_of_numbers(tokens, first_at, bound) or _read_one_length(tokens, first_at)
    if read is None:
        return None, at + 1
    length, after = read
    if bound in "<>":
        length = _apply_bound(length, bound, tokens[at].start)
    if after < len(tokens) and tokens[after].kind in ("TO-A" if bound == "B" else "TO-<"):
        step = after + 1
        upto = step < len(tokens) and tokens[step].kind == "<"
        second = _read_one_length(tokens, step + upto)
        if second and second[0].minimum > length.minimum:
            return Length(length.minimum, second[0].maximum, length.start, second[0].end), second[1]
    if after < len(tokens) and tokens[after].kind in "<>" and tokens[after].language != "+":
        trailing = tokens[after]
        nothing_follows = _read_one_length(tokens, after + 1) is None
        if trailing.kind == ">" and nothing_follows:  # "10 años al menos"
            length, after = _apply_bound(length, ">", length.start), after + 1
    return length, after


def _apply_bound(length: Length, bound: str, start: int) -> Length:
    if bound == ">":
        return Length(length.minimum, None, start, length.end)
    if bound == "<":
        return Length(0.0, length.maximum, start, length.end)
    return length


def _read_range_of_numbers(tokens: list[Token], at: int, bound: str) -> tuple[Length, int] | None:
    """``3 to 8 years``, ``5-10 years``, ``between 5 and 10 years``: one unit for both."""
    kinds = "".join(t.kind for t in tokens[at : at + 5])
    joint = "[TOA-]" if bound == "B" else "[TO-]"
    if not re.match(rf"N(?:{joint}<?|<)N-?U", kinds) or tokens[at].kind != "N":
        return None
    low = tokens[at].value
    if low >= LONGEST_IN_YEARS:
        return None
    second = _read_one_length(tokens, at + 2 + (kinds[2] == "<"))
    if second is None:
        return None
    unit = next(t.unit for t in tokens[at + 2 :] if t.kind == "U")
    in_years = low * YEARS_OF[unit]
    minimum, maximum = sorted((in_years, second[0].maximum or in_years))
    return Length(round(minimum, 4), maximum, tokens[at].start, second[0].end), second[1]


def _read_one_length(tokens: list[Token], at: int) -> tuple[Length, int] | None:
    """``12 years 6 months``: units that grow smaller; a half; a bound by ``+``."""
    total, smallest, here, end, start, is_open = 0.0, 9, at, 0, 0, False
    while here < len(tokens):
        skip = here
        while skip < len(tokens) and total and tokens[skip].kind in "A,-" and skip < here + 2:
            skip += 1
        part = _read_number_with_unit(tokens, skip)
        if part is None or _ORDER[part[1]] >= smallest:
            break
        value, unit, here, plus = part
        total += value * YEARS_OF[unit]
        smallest, end, start = _ORDER[unit], tokens[here - 1].end, start or tokens[at].start + 1
        is_open |= plus
        if smallest == 1:
            break
    if not end or total >= LONGEST_IN_YEARS:
        return None
    total = round(total, 4)
    return Length(total, None if is_open else total, tokens[at].start, end), here


def _read_number_with_unit(tokens: list[Token], at: int) -> tuple[float, str, int, bool] | None:
    """One number with its unit: value, unit, place after it, and whether a plus stands there."""

    def kind(place: int) -> str:
        return tokens[place].kind if place < len(tokens) else ""

    here, plus, value = at, False, None
    if kind(here) == "N":
        value = tokens[here].value
        here += 1
        if kind(here) == ">" and tokens[here].language == "+":
            here, plus = here + 1, True
        if kind(here) == "A" and kind(here + 1) == "H":
            value, here = value + 0.5, here + 2
        elif kind(here) == "-" and kind(here + 1) == "U":
            here += 1
    elif kind(here) == "T" and tokens[here].value == 1 and kind(here + 1) == "U":
        value, here = 1.0, here + 1
    elif kind(here) == "H":
        value, here = 0.5, here + 1
        here += kind(here) == "-"
        here += kind(here) == "T" and kind(here + 1) == "U"  # "half a year"
    if kind(here) != "U":
        return None
    unit = tokens[here]
    if value is None:
        if not unit.value and kind(here + 1) not in "AH":
            return None
        value = unit.value
        if not value:
            return None
    elif unit.language == "zh" and unit.unit == "year" and value >= LONGEST_IN_YEARS:
        return None
    here += 1
    if kind(here) == "H":
        value, here = value + 0.5, here + 1
    elif kind(here) == "A" and kind(here + 1) == "H":
        value, here = value + 0.5, here + 2
    if kind(here) == ">" and tokens[here].language == "+":
        here, plus = here + 1, True
    return value, unit.unit, here, plus
