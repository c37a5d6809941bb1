"""The grammar of lengths of time: joins the words of a text step by step until they are lengths.

Each word has a role, written as one letter: N number, U unit, H half, A and, T to, h up to, k toward, O or,
B between, F from, > at least, < at most, 0 nobody, P for, c 个, Y calendar year, Q length, x any other word;
the signs ``- ( ) , ; . +`` stand for themselves. "two years and a half" is NUAxH. A rule has a regular
expression over these letters, and a function that returns what takes the place of the items matched (None:
they stay). The rules are applied one after the other, each until it matches nowhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

YEARS_OF = {"decade": 10.0, "year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
FIRST_CALENDAR_YEAR = 1000  # a number from here on is no length in years
MOST_BARE = 60  # a number without a unit is a length up to 60 years
_LINKS = {"es", "fr", "pt", "ar", "fa"}  # "treinta y cinco"; in English only behind a hundred
_HALF_BEHIND = {"zh", "vi", "ar"}  # "两年半": a half without "and"
_HALF_IN_ONE = {"en", "fr", "es", "pt"}  # "une demi-année" is half of one
Languages = frozenset[str]


@dataclass(frozen=True)
class Item:
    """Words with one role: those from ``start`` to before ``end``.

    kind: letter of the role. value: of a number; of a length its lower bound in years, and ``high`` its upper
    one. unit, smallest: first and last unit of a length ("two years and a month": year, month). form: how a
    length is written: ``adjective``, ``alone``, ``elided``, ``bare``, ``short``, ``from``, ``calendar`` or
    "".
    """

    kind: str
    start: int
    end: int
    value: float = 0.0
    high: float = 0.0
    unit: str = ""
    smallest: str = ""
    languages: Languages = frozenset()
    form: str = ""

    def speaks(self, other: Item) -> bool:
        """Whether two items may be of the same language; signs and digits are of any."""
        return not (self.languages and other.languages) or bool(self.languages & other.languages)


Items = list[Item]


def read_grammar(items: Items) -> Items:
    """Return the items, with lengths (role Q) in place of the words that say them."""
    for rule, make in _RULES if any(i.kind in "UQ" for i in items) else ():
        kinds, at = "".join(i.kind for i in items), 0
        while match := rule.search(kinds, at):
            at, end = match.span()
            made = make(items[at:end])
            if made is None:
                at += 1
            else:
                items = [*items[:at], *made, *items[end:]]
                kinds = kinds[:at] + "".join(i.kind for i in made) + kinds[end:]
    return [i for i in items if i.form != "calendar" and i.value < FIRST_CALENDAR_YEAR]


def read_bare(items: Items) -> Items:
    """Return the numbers behind a length as lengths with its unit ("ten years ... seven")."""
    found, last = [], None
    for item in items:
        last = item if item.kind == "Q" else last
        if item.kind == "N" and last and item.speaks(last) and 0 < item.value <= MOST_BARE:
            found.append(replace(_with_unit(item, last), form="bare"))
    return found


def _leave_dates(m: Items) -> Items | None:
    """Mark a date as other words: "2019年3月", "2019 года", "tháng 6 năm 2020" are no lengths."""
    spoken = next(i.languages for i in m if i.kind == "U")
    is_date = m[0].kind == "Y" or "vi" in spoken
    kept = m[2:] if m[0].kind == "Y" and "zh" not in spoken else []
    return [*(replace(i, kind="x") for i in m if i not in kept), *kept] if is_date else None


def _join_number_words(m: Items) -> Items | None:
    """Join number words to one number: "treinta y cinco", "quatre-vingt-dix", "二十五"."""
    a, b = m[0], m[-1]
    spoken = a.languages & b.languages
    value = _sum_of_words(a.value, b.value, spoken, len(m) == 3 and m[1].kind == "A")
    return [replace(a, value=value, end=b.end, languages=spoken)] if spoken and value else None


def _sum_of_words(a: float, b: float, spoken: Languages, is_linked: bool) -> float:
    """The number that two number words make together; 0 if they are two numbers.

    spoken: languages of both words. is_linked: whether an "and" stands between.
    """
    ones, tens = a % 10, a % 100
    if is_linked and not (spoken & _LINKS or a >= 100):
        return 0.0
    if "ar" in spoken and a < 10 <= b < 100 and b % 10 == 0:
        return a + b if (b == 10) != is_linked else 0.0
    sums = (
        (b == 100 and a < 10, a * 100),
        (b == 10 and ones and spoken & {"zh", "vi"}, a - ones + ones * 10),
        ((a, b) == (4, 20) and "fr" in spoken, 80.0),
        (tens == 10 and 5 < b < 10 and spoken & {"fr", "es"}, a + b),
        (tens == 10 and b < 10 and spoken & {"zh", "vi", "tr"}, a + b),
        (tens in (60, 80) and b < 20 and "fr" in spoken, a + b),
        (tens >= 20 and not ones and b < 10, a + b),
        (a >= 100 and not tens and b < 100, a + b),
    )
    return next((together for holds, together in sums if holds), 0.0)


def _read_amount(m: Items) -> Items | None:
    """Join a number, its unit and a half: "two and a half years", "año y medio", "半年"."""
    at = next(n for n, i in enumerate(m) if i.kind == "U")
    unit, before, after = m[at], m[:at], m[at + 1 :]
    roles = "".join(i.kind for i in before)
    number = next((i for i in before if i.kind == "N"), None)
    has_half = bool(after) and (after[0].kind == "A" or bool(after[0].languages & _HALF_BEHIND))
    is_alone = not before and not unit.value
    if (number and not number.speaks(unit)) or (is_alone and not has_half and unit.form != "alone"):
        return None
    value = number.value if number and roles[0] == "N" else unit.value
    if roles.startswith("NH") and value == 1 and before[1].languages & _HALF_IN_ONE:
        value = 0.0
    years = (value + is_alone + 0.5 * ("H" in roles) + 0.5 * has_half) * YEARS_OF[unit.unit]
    is_marked = unit.form in ("adjective", "from", "short") or (
        is_alone and not has_half and "ar" not in unit.languages
    )
    form = unit.form if is_marked else ""
    if unit.unit == "month" and "zh" in unit.languages and "c" not in roles:
        form = "calendar"
    end = after[-1].end if has_half else unit.end
    made = Item("Q", m[0].start, end, years, years, unit.unit, "", unit.languages, form)
    return [made] if has_half else [made, *after]


def _join_units(m: Items) -> Items | None:
    """Join lengths whose units grow smaller: "12 years 6 months"."""
    a, b = m[0], m[-1]
    if YEARS_OF[a.smallest or a.unit] <= YEARS_OF[b.unit] or a.form == "from" or b.form == "alone":
        return None
    total, form = a.value + b.value, "calendar" if a.form == "calendar" else ""
    smallest = b.smallest or b.unit
    return [replace(a, end=b.end, value=total, high=total, smallest=smallest, form=form)]


def _turn_bounds(m: Items) -> Items:
    """Turn a lower bound that nobody reaches into an upper one: "None received more than three years"."""
    return [replace(i, kind={">": "<", "<": ">", "0": "x"}.get(i.kind, i.kind)) for i in m]


def _read_range(m: Items) -> Items | None:
    """Join two lengths to a range; they stay two if the second is shorter ("from 8 years to 5")."""
    first, second = (i for i in m if i.kind in "NQ")
    low, high = _with_unit(first, second), _with_unit(second, first)
    is_range = len(m) > 2 or first.form == "from"
    if not is_range or low.value == high.value or low.value != low.high or math.isinf(high.high):
        return None
    if low.value > high.value:
        return [low, high]
    return [
        replace(low, start=m[0].start, end=m[-1].end, high=high.high, form=low.form or high.form)
    ]


def _with_unit(item: Item, other: Item) -> Item:
    """Give a number the unit of the length beside it; a length keeps its own."""
    form = "adjective" if "adjective" in (item.form, item.kind == "N" and other.form) else ""
    if item.kind == "Q":
        return replace(item, form=form)
    years, spoken = item.value * YEARS_OF[other.unit], other.languages
    return Item("Q", item.start, item.end, years, years, other.unit, "", spoken, form)


def _share_unit(m: Items) -> Items | None:
    """Give each of several numbers the unit of the last: "20, 15 and 12 years"."""
    is_small = all(i.value <= 100 for i in m if i.kind == "N")
    return [_with_unit(i, m[-1]) for i in m if i.kind in "NQ"] if is_small else None


def _read_bound(m: Items) -> Items | None:
    """Read the words of a bound beside a length: "at least ten years", "10 years or more", "10+ years"."""
    length = next(i for i in m if i.kind == "Q")
    is_behind = m[0] is length
    bound = m[-1] if is_behind else m[0]
    # "on yıla kadar"; a verb before its noun: "لم تتجاوز أحكام السجن ثلاث سنوات"
    only = "tr" if is_behind and bound.kind == "h" else "ar" if m[1].kind == "x" else ""
    is_there = not only or only in bound.languages or (is_behind and only == "ar")
    if not (is_there and bound.speaks(length)) or length.value != length.high:
        return None
    low, high = (length.value, math.inf) if bound.kind in ">+" else (0.0, length.high)
    rest = m[1:-1] if is_behind else []
    end = length.end if rest else max(m[0].end, m[-1].end)
    return [replace(length, value=low, high=high, start=m[0].start, end=end), *rest]


def _read_elided(m: Items) -> Items | None:
    """Give the last number the unit said before: "one to four years, the other to seven"."""
    elided = replace(_with_unit(m[-1], m[0]), form="elided")
    return [*m[:-1], elided] if m[-1].speaks(m[-2]) else None


Make = Callable[[Items], Items | None]
_RULES: list[tuple[re.Pattern[str], Make]] = [
    (re.compile(pattern), make)
    for pattern, make in (
        (r"N\(N\)", lambda m: m[:1] if m[0].value == m[2].value else None),
        (r"YU(?:NU)*|(?:N?U){1,3}Y|(?<![NHU])UN", _leave_dates),
        (r"(?<!N)UY", lambda m: [replace(i, kind="x") for i in m]),
        (r"N\+U", lambda m: [m[0], m[2], m[1]]),
        (r"N[A-]?N", _join_number_words),
        # "two and a half to three years"
        (r"NA-?H(?=[AThO-]-?N)", lambda m: [replace(m[0], value=m[0].value + 0.5, end=m[-1].end)]),
        (r"(?:N-?(?:A?-?H-?)?|H-?N?)?c?-?U(?:A?H)?", _read_amount),
        (r"Q\.(?=Q)", lambda m: m[:1] if m[0].form == "short" else None),
        (r"Q[A,]?Q", _join_units),
        (r"0[^.<>]*[<>]", _turn_bounds),
        (r"<(?=-?Q[^.Q]*0)", _turn_bounds),  # "меньше десяти лет не получил никто"
        (r"B[NQ][AThO-][<h]?Q", _read_range),
        (r"[NQ][ATh]Q(?=B)", _read_range),
        (r"F?[NQ]-?[ThO-]-?[<h]?Q", _read_range),
        (r"Q>[AT,]?Q<", _read_range),
        (r"FQ[Th]N(?!U)|Q[Th]N(?=[.,;]|$)", _read_range),
        (r"QQ", _read_range),
        (r">-?QA?<[NQ]", _read_range),
        (r"N(?:,N)*,?AQ", _share_unit),
        (
            r"[><][kTh]?-?Q|hQ|<x{1,3}Q|Q(?:>|\+(?!-?[NQ]))|Qh(?![NQ])|Q[xP]{0,2}<(?![NQ])",
            _read_bound,
        ),
        (r"Q[^.Q]*(?:[Tkh]N(?=[.,;]|$)|[A,]N(?=P))", _read_elided),
    )
]
