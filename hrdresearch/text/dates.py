"""The component ``hrd_dates``: dates of a text as spans, with what they say and how they say it.

The label of a span of ``doc.spans["dates"]`` is its kind: ``explicit`` (a month by name or number),
``weekday``, ``relative`` ("three days ago"), ``year`` (a year alone; that of a law, "Act No. 5 of 1997", is
none) or ``range`` ("from May 2017 to March 2019", as ``2017-05/2019-03``). Its id is the value in the
forms of ISO 8601: ``2021-02-26``, ``2021-02``, ``2021``; ``--02-26`` and ``--02`` without a year;
``-W-5`` for a Friday; ``P3D`` for three days before publication. ``resolve_date`` makes a day of it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from hrdresearch.vocab import vocabulary

PRECISIONS = ("none", "year", "month", "day")
_YEAR = r"((?:19|20|١٩|٢٠)\d\d)(?!\d)"
_OF_YEAR = rf"(?:,?\s+(?:(?:of|de|del|año|عام|سنة|من)\s+)?{_YEAR})"
_DAY = r"(?<![\d.,:/-])(\d{1,2})(?:st|nd|rd|th|er|º|°)?"
_TO_DAY = r"(?:\s*(?:to|and|or|-|–|/)\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?)?"
_NUMBERS = {
    "iso": re.compile(rf"(?<![\w-]){_YEAR}-(\d\d)(?:-(\d\d))?(?![\w-])"),
    "numbers": re.compile(rf"(?<![\d./-])(\d{{1,2}})([/.-])(\d{{1,2}})\2{_YEAR}"),
}
_BARE_YEAR = re.compile(
    rf"(?<![\w$€£#/.,:-]){_YEAR}(?![\d%/]|s\b|[.,]\d|-\d|\s+(?:people|persons))"
)

_OF_LAW = re.compile(
    r"\b(?:act|law|code|ordinance|bill|decree|ley|c[oó]digo|decreto|loi|d[ée]cret|lei|закон\w*|قانون)\s+"
    r"(?:(?:nos?\.?|n[º°.]|núm\.?|№|رقم)?\s*[\d/.-]+\s+)?(?:(?:\w+\s+){0,3}(?:of|de|от|لسنة)\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = r"\b(?:between|from|entre|desde|de|du|с|между)\s+(?:the\s+|el\s+|le\s+)?"
_AND = r"\s+(?:and|to|until|y|a|hasta|et|au|à|e|até|и|по|до)\s+(?:the\s+|el\s+|le\s+)?"

Value = tuple[str, str]  # kind and value
Form = tuple[Callable[[re.Match[str]], Value | None], re.Pattern[str]]


@dataclass(frozen=True)
class Day:
    """A date as exact as its text gives it.

    iso: ``2021-02-26``, ``2021-02``, ``2021`` or empty. precision: day, month, year or none.
    """

    iso: str = ""
    precision: str = "none"


NO_DAY = Day()


@Language.factory("hrd_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component that fills ``doc.spans["dates"]``, of two that overlap the longer one.

    English is read whole; of es, fr, pt, ru and ar days, months and years; of the others numbers.
    """
    known = vocabulary("date_words")["months"]
    forms = _forms(nlp.lang if nlp.lang in known else "en" if nlp.lang == "xx" else "")

    def find_dates(doc: Doc) -> Doc:
        spans, text = [], doc.text  # spaCy joins the text anew at each call
        for read, pattern in forms:
            for found in pattern.finditer(text):
                if value := read(found):
                    kind, iso = value
                    span = doc.char_span(
                        *found.span(), label=kind, span_id=iso, alignment_mode="expand"
                    )
                    spans += [span] if span is not None else []
        doc.spans["dates"] = filter_spans(spans)
        return doc

    return find_dates


def resolve_date(value: str, published: date | str | None = None) -> Day:
    """The day that the id of a span means; ``NO_DAY`` where publication is needed and not known.

    published: a date, or one as text (2021-03-08). A day or month without a year is the last one before
    publication, and so is a weekday; of a range what both ends have in common counts. Raises ValueError
    for a publication that is no date.

    >>> resolve_date("--12-30", "2021-03-08"), resolve_date("-W-5", date(2021, 3, 8)).iso
    (Day(iso='2020-12-30', precision='day'), '2021-03-05')
    >>> resolve_date("2020-06-04/2020-06-09")
    Day(iso='2020-06', precision='month')
    """
    if "/" in value:
        ends = zip(*(end.split("-") for end in value.split("/")), strict=False)
        value = "-".join(a for a, _ in takewhile(lambda end: end[0] == end[1], ends))
        return resolve_date(value) if value else NO_DAY
    if value[:1].isdigit():
        return Day(value, PRECISIONS[1 + value.count("-")])
    if published is None:
        return NO_DAY
    if isinstance(published, str):
        published = date.fromisoformat(published[:10])
    if value.startswith("-W-"):
        back = (published.isoweekday() - int(value[3:])) % 7
        return Day((published - timedelta(back)).isoformat(), "day")
    if value.startswith("P"):
        return _before(published, int(value[1:-1]), value[-1])
    year = published.year if value[2:] <= published.isoformat()[5:] else published.year - 1
    if value == "--02-29":
        year = next(y for y in range(year, year - 8, -1) if calendar.isleap(y))
    return Day(f"{year}-{value[2:]}", "day" if value.count("-") == 3 else "month")


def _before(published: date, many: int, unit: str) -> Day:
    """A day so many days, weeks, months or years ago, no more exact than it was counted."""
    if unit == "D":
        return Day((published - timedelta(many)).isoformat(), "day")
    if unit == "W":
        return Day((published - timedelta(7 * many)).isoformat()[:7], "month")
    if unit == "Y":
        return Day(str(published.year - many), "year")
    months = published.year * 12 + published.month - 1 - many
    return Day(f"{months // 12}-{months % 12 + 1:02d}", "month")


@cache
def _forms(language: str) -> list[Form]:
    """What is looked for in a language, and how a match is read."""
    forms: list[Form] = [(_read_iso, _NUMBERS["iso"]), (_read_numbers, _NUMBERS["numbers"])]
    forms.append((_read_year, _BARE_YEAR))
    if language:
        words = vocabulary("date_words")
        forms += _forms_of_months(words, language)
    if language == "en":
        forms += _english_forms(words)
    return forms


def _forms_of_months(words: Mapping[str, Any], language: str) -> Iterator[Form]:
    number = {
        name: place + 1 for place, names in enumerate(words["months"][language]) for name in names
    }
    month = _one_of(number)
    week = rf"(?:{_one_of(words['weekdays'].get(language, ['(?!)']))},?\s+(?:the\s+)?)?"

    def read(day: int, name: int, year: int) -> Callable[[re.Match[str]], Value | None]:
        def read_match(m: re.Match[str]) -> Value | None:
            if language == "en" and not m[name][0].isupper():
                return None
            return _explicit(m[year], number[m[name].lower()], m[day] if day else None)

        return read_match

    def read_range(m: re.Match[str]) -> Value | None:
        first = _explicit(m[4] or m[8], number[m[2].lower()], m[1] or m[3])
        last = _explicit(m[8], number[m[6].lower()], m[5] or m[7])
        return ("range", f"{first[1]}/{last[1]}") if first and last else None

    of = r"(?:\s+(?:of|de|do))?"
    yield read(1, 2, 3), _pattern(rf"{week}{_DAY}{_TO_DAY}{of}\s+({month})\b(?:\.?{_OF_YEAR})?")
    yield read(0, 1, 2), _pattern(rf"\b({month})\b\.?{_OF_YEAR}")
    one = rf"(?:(\d{{1,2}})(?:st|nd|rd|th|er|º)?{of}\s+)?({month})\b\.?(?:\s+(\d{{1,2}})\b)?"
    yield read_range, _pattern(rf"{_BETWEEN}{one}{_OF_YEAR}?{_AND}{one}{_OF_YEAR}")
    if language == "en":
        days = rf"(?:the\s+)?{_DAY}{_TO_DAY}\b(?!:\d)"
        yield read(2, 1, 3), _pattern(rf"\b{week}({month})\b\.?\s+{days}{_OF_YEAR}?")
        part = r"(?:early|late|mid)"
        before = (
            rf"(?:(?:in|last|since|during|until|by|of)\s+(?:(?:the\s+)?{part}[ -])?|{part}[ -])"
        )
        yield read(0, 1, 2), _pattern(rf"\b{before}({month})\b(?!\s+\d)()")


def _english_forms(words: Mapping[str, Any]) -> Iterator[Form]:
    weekdays, units = words["weekdays"]["en"], words["units"]["en"]
    relative, numbers, named = (words[key]["en"] for key in ("relative", "numbers", "named_days"))

    def read_ago(m: re.Match[str]) -> Value:
        many = int(numbers.get(m[1].lower(), 0) or m[1])
        unit = units[m[2].lower()]
        return "relative", f"P{7 * many}D" if unit == "W" and m[3] else f"P{many}{unit}"

    def read_named(m: re.Match[str]) -> Value | None:
        month, day = map(int, str(named[m[2].lower().replace("’", "'")]).split("-"))
        when = date(2000, month, day) - timedelta(1 if m[1] else 0)
        return _explicit(m[3], when.month, str(when.day))

    def read_weekday(m: re.Match[str]) -> Value | None:
        return ("weekday", f"-W-{weekdays.index(m[1].lower()) + 1}") if m[1][0].isupper() else None

    def read_relative(m: re.Match[str]) -> Value | None:
        is_title = m[1][0].isupper() and m.string[: m.start()].rstrip()[-1:].isalnum()
        return None if is_title else ("relative", relative[" ".join(m[1].lower().split())])

    names = _one_of(named).replace("'", "['’]")
    many = rf"(\d{{1,2}}|{_one_of(numbers)})"
    yield (
        read_weekday,
        _pattern(rf"(?<!\bnext )(?<!\bcoming )\b(?:(?:on|last)\s+)?({_one_of(weekdays)})\b"),
    )
    yield read_relative, _pattern(rf"\b({_one_of(relative)})\b")
    yield read_ago, _pattern(rf"\b{many}\s+({_one_of(units)})\s+ago(\s+today)?\b")
    yield read_named, _pattern(rf"\b(eve\s+of\s+)?({names})\b{_OF_YEAR}?")


def _read_year(m: re.Match[str]) -> Value | None:
    return None if _OF_LAW.search(m.string[: m.start()]) else ("year", str(int(m[1])))


def _read_iso(m: re.Match[str]) -> Value | None:
    return _explicit(m[1], int(m[2]), m[3])


def _read_numbers(m: re.Match[str]) -> Value | None:
    """Day and month are told apart only where one is above 12 or both are equal."""
    first, second = int(m[1]), int(m[3])
    if first <= 12 and second <= 12 and first != second:
        return "year", str(int(m[4]))
    day, month = (first, second) if second <= 12 else (second, first)
    return _explicit(m[4], month, str(day))


def _explicit(year: str | None, month: int, day: str | None) -> Value | None:
    """An explicit date; of a day that does not exist its month."""
    if not 1 <= month <= 12 or not (year or day or day is None):
        return None
    front = str(int(year)) if year else "-"
    last = calendar.monthrange(int(year) if year else 2000, month)[1]
    if day is None or not 1 <= int(day) <= last:
        return ("explicit", f"{front}-{month:02d}") if year or day is None else None
    return "explicit", f"{front}-{month:02d}-{int(day):02d}"


def _one_of(words: Any) -> str:
    longest_first = sorted(map(str, words), key=len, reverse=True)
    return "(?:" + "|".join(w.replace(" ", r"\s+") for w in longest_first) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
