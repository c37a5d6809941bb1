"""The component ``hrd_dates`` finds the dates of a text; ``resolve_date`` makes days of them.

Each span of ``doc.spans["dates"]`` has a label, which is the kind of the date, and an id, which is its value
in a form of ISO 8601:

- ``explicit``: a month by name or number: ``2021-02-26``, ``2021-02``; without a year ``--02-26``, ``--02``.
- ``year``: a year alone: ``2021``. The year of a law ("Act No. 5 of 1997") is no date.
- ``weekday``: ``-W-5`` is a Friday.
- ``relative``: ``P3D`` is three days before publication ("three days ago").
- ``range``: "from May 2017 to March 2019" is ``2017-05/2019-03``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from typing import Any

import pandas as pd
from persiantools.jdatetime import JalaliDate
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from hrdresearch.text.codes import languages_of, spans_at
from hrdresearch.text.fold import fold_word
from hrdresearch.vocab import vocabulary

PRECISIONS = ("none", "year", "month", "day")
AHEAD = 60  # days; a day without a year, at most so long after publication, is taken as one to come
_YEAR = r"(?P<y>(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d)(?!\d)"
_OF_YEAR = rf"(?:,?\s+(?:(?:of|de|del|año|عام|سنة|من|سال|năm)\s+)?{_YEAR})"
_DAY = r"(?<![\d.,:/-])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°)?"
_TO_DAY = r"(?:\s*(?:to|and|or|-|–|/)\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?)?"
_ISO = rf"(?<![\w-]){_YEAR}-(?P<m>\d\d)(?:-(?P<d>\d\d))?(?![\w-])"
_NUMBERS = rf"(?<![\d./-])(?P<first>\d{{1,2}})([/.-])(?P<second>\d{{1,2}})\2{_YEAR}"
_BARE_YEAR = rf"(?<![\w$€£#/.,:-]){_YEAR}(?![\d%/]|s\b|[.,]\d|-\d|\s+(?:people|persons))"
_HAN_DAY = rf"(?<!\d)(?:{_YEAR}\s?年\s?)?(?P<m>\d{{1,2}})\s?月(?:\s?(?P<d>\d{{1,2}})\s?[日号號])?"
_HAN_YEAR = rf"(?<!\d){_YEAR}(?=\s?年)"
_FIGURE = re.compile(r"\d")
_OF_LAW = re.compile(
    r"\b(?:act|law|code|ordinance|bill|decree|ley|c[oó]digo|decreto|loi|d[ée]cret|lei|закон\w*|قانون)\s+"
    r"(?:(?:nos?\.?|n[º°.]|núm\.?|№|رقم)?\s*[\d/.-]+\s+)?(?:(?:\w+\s+){0,3}(?:of|de|от|لسنة)\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = r"\b(?:between|from|entre|desde|de|du|с|между)\s+(?:the\s+|el\s+|le\s+)?"
_AND = r"\s+(?:and|to|until|y|a|hasta|et|au|à|e|até|и|по|до)\s+(?:the\s+|el\s+|le\s+)?"
# Letter of a unit in ISO 8601: its name in pandas, and the precision of a date that is counted in it.
_COUNTED = {
    **{"D": ("days", "day"), "W": ("weeks", "month")},
    **{"M": ("months", "month"), "Y": ("years", "year")},
}

Value = tuple[str, str]  # kind and value
Reader = Callable[[re.Match[str]], Value | None]
Form = tuple[Reader, str]


@dataclass(frozen=True)
class Day:
    """A date, as exact as the text gives it.

    iso: ``2021-02-26``, ``2021-02``, ``2021`` or empty. precision: day, month, year or none.
    """

    iso: str = ""
    precision: str = "none"


NO_DAY = Day()


@Language.factory("hrd_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component, which fills ``doc.spans["dates"]``; of two dates that overlap the longer one stays.

    In English all kinds are found; in the other languages, dates with the name of a month, dates in figures,
    and years. A pipeline of no known language (``xx``) finds those of all languages.
    """
    in_figures, in_words = _patterns(tuple(languages_of(nlp)))

    def find_dates(doc: Doc) -> Doc:
        text = doc.text  # spaCy joins the text anew at each call
        forms = [*(in_figures if _FIGURE.search(text) else ()), *in_words]
        found = ((m, read(m)) for read, pattern in forms for m in pattern.finditer(text))
        said = ((*m.span(), *value) for m, value in found if value)
        doc.spans["dates"] = filter_spans(spans_at(doc, said))
        return doc

    return find_dates


def resolve_date(value: str, published: date | str | None = None) -> Day:
    """The date that the id of a span means; ``NO_DAY`` where the day of publication is needed and not known.

    published: day of publication, as a date or as text (2021-03-08); ValueError if it is no date. A weekday
    is the last one before publication. A day or month without a year is the last one before publication too,
    or the next one if it comes within ``AHEAD`` days. Of a range, the part is taken that both ends share.

    >>> resolve_date("--12-30", "2021-03-08"), resolve_date("-W-5", date(2021, 3, 8)).iso
    (Day(iso='2020-12-30', precision='day'), '2021-03-05')
    >>> resolve_date("2020-06-04/2020-06-09")
    Day(iso='2020-06', precision='month')
    """
    if "/" in value:
        ends = zip(*(end.split("-") for end in value.split("/")), strict=False)
        value = "-".join(a for a, _ in takewhile(lambda end: end[0] == end[1], ends))
    if not value or value[0].isdigit():
        return Day(value, PRECISIONS[bool(value) + value.count("-")])
    if published is None:
        return NO_DAY
    on = date.fromisoformat(str(published)[:10])
    if value.startswith("-W-"):
        value = f"P{(on.isoweekday() - int(value[3:])) % 7}D"
    if value.startswith("P"):
        unit, precision = _COUNTED[value[-1]]
        day = pd.Timestamp(on) - pd.DateOffset(**{unit: int(value[1:-1])})  # type: ignore[arg-type]
        return Day(day.date().isoformat()[: 1 + 3 * PRECISIONS.index(precision)], precision)
    years = range((end := on + timedelta(AHEAD)).year - (value[2:] > end.isoformat()[5:]), 0, -1)
    year = next(y for y in years if value != "--02-29" or calendar.isleap(y))
    return Day(f"{year}-{value[2:]}", PRECISIONS[value.count("-")])


@cache
def _patterns(languages: tuple[str, ...]) -> tuple[list[tuple[Reader, Any]], ...]:
    """Patterns, each with the function that reads a match: for texts with a figure, and for all texts."""
    forms: list[Form] = [(_read_day, _ISO), (_read_numbers, _NUMBERS), (_read_year, _BARE_YEAR)]
    forms += [(_read_day, _HAN_DAY), (_read_year, _HAN_YEAR), *_forms_of_months(languages)]
    forms += [_persian_form()] if languages in ((), ("fa",)) else []
    in_words = _english_forms() if languages in ((), ("en",)) else ()
    return tuple(
        [(read, re.compile(pattern, re.IGNORECASE)) for read, pattern in listed]
        for listed in (forms, in_words)
    )


def _forms_of_months(languages: tuple[str, ...]) -> Iterator[Form]:
    """Patterns with the names of months in these languages (in all, if none is given), with their readers.

    Where the language is not known, short names ("set", "out") are no months, except those of English.
    """
    words = vocabulary("date_words")
    names = {
        language: [n for listed in months for n in listed]
        for language, months in words["months"].items()
        if language in (languages or words["months"])
    }
    english, german = (_one_of(names.get(language, ["(?!)"])) for language in ("en", "de"))
    listed = [n for key, of_key in names.items() if key != "en" for n in of_key]
    others = _one_of([n for n in listed if languages or len(n) > 3 or not n.isascii()] or ["(?!)"])
    month = f"(?P<m>(?-i:(?=[A-Z])){english}|{others})"
    week = rf"(?:{_one_of(words['weekdays']['en'])},?\s+(?:the\s+)?)?"
    of = rf"(?:\s+(?:of|de|do)|\.(?=\s+{german}))?"
    yield _read_day, rf"{week}{_DAY}{_TO_DAY}{of}\s+{month}\b(?:\.?{_OF_YEAR})?"
    yield _read_day, rf"\b{month}\b\.?{_OF_YEAR}"
    one = rf"(?:(\d{{1,2}})(?:st|nd|rd|th|er|º)?{of}\s+)?({english}|{others})\b\.?(?:\s+(\d{{1,2}})\b)?"
    year = _OF_YEAR.replace("?P<y>", "")
    yield _read_range, rf"{_BETWEEN}{one}{year}?{_AND}{one}{year}"
    if "en" in names:
        month = f"(?P<m>(?-i:(?=[A-Z])){english})"
        day = rf"\.?\s+(?:the\s+)?{_DAY}"
        yield _read_day, rf"\b{week}{month}\b{day}{_TO_DAY}\b(?!:\d){_OF_YEAR}?"
        yield _read_day, rf"(?<!\d){_YEAR},?\s+{month}\b{day}\b(?!:\d)"


def _persian_form() -> Form:
    """Pattern of a day of the Persian (solar Hijri) calendar with its year, and its reader."""
    months = vocabulary("calendars")["calendars"]["persian"]["months"]
    numbers = {name: at for at, names in enumerate(months, 1) for name in names}

    def read(m: re.Match[str]) -> Value | None:
        try:
            day = JalaliDate(int(m[3]), numbers[m[2]], int(m[1])).to_gregorian()  # type: ignore[no-untyped-call]
        except ValueError:  # no such day
            return None
        return "explicit", day.isoformat()

    names = _one_of(name for name in numbers if not name.isascii())
    return read, rf"(?<!\d)(\d{{1,2}})\s+({names})\s+(?:سال\s+)?((?:۱۳|۱۴|13|14)\d\d)(?!\d)"


def _english_forms() -> Iterator[Form]:
    words = {key: by["en"] for key, by in vocabulary("date_words").items() if "en" in by}
    of = {key: _one_of(listed) for key, listed in words.items() if key != "months"}

    def read_ago(m: re.Match[str]) -> Value:
        many, unit = (
            int(words["numbers"].get(m[1].lower(), 0) or m[1]),
            words["units"][m[2].lower()],
        )
        return "relative", f"P{7 * many}D" if unit == "W" and m[3] else f"P{many}{unit}"

    def read_named(m: re.Match[str]) -> Value | None:
        day = date.fromisoformat(f"2000-{words['named_days'][m[2].lower().replace('’', chr(39))]}")
        day -= timedelta(bool(m[1]))
        return _explicit(m["y"], day.month, str(day.day))

    def read_relative(m: re.Match[str]) -> Value | None:
        is_title = m[1][0].isupper() and m.string[: m.start()].rstrip()[-1:].isalnum()
        return None if is_title else ("relative", words["relative"][" ".join(m[1].lower().split())])

    yield (
        lambda m: ("weekday", f"-W-{words['weekdays'].index(m[1].lower()) + 1}"),
        rf"(?<!\bnext )(?<!\bcoming )\b(?:(?:on|last)\s+)?(?-i:(?=[A-Z]))({of['weekdays']})\b",
    )
    yield read_relative, rf"\b({of['relative']})\b"
    yield read_ago, rf"\b(\d{{1,2}}|{of['numbers']})\s+({of['units']})\s+ago(\s+today)?\b"
    part = r"(?:early|late|mid)"
    before = rf"(?:(?:in|last|since|during|until|by|of)\s+(?:(?:the\s+)?{part}[ -])?|{part}[ -])"
    month = _one_of(name for names in words["months"] for name in names)
    yield _read_day, rf"\b{before}(?P<m>(?-i:(?=[A-Z])){month})\b(?!\s+\d)"
    names = of["named_days"].replace("'", "['’]")
    yield read_named, rf"\b(eve\s+of\s+)?({names})\b{_OF_YEAR}?"


def _read_year(m: re.Match[str]) -> Value | None:
    return None if _OF_LAW.search(m.string[: m.start()]) else ("year", str(int(m["y"])))


def _read_day(m: re.Match[str]) -> Value | None:
    said = m.groupdict()
    return _explicit(said.get("y"), _month(said["m"]), said.get("d"))


def _read_range(m: re.Match[str]) -> Value | None:
    first = _explicit(m[4] or m[8], _month(m[2]), m[1] or m[3])
    last = _explicit(m[8], _month(m[6]), m[5] or m[7])
    return ("range", f"{first[1]}/{last[1]}") if first and last else None


def _read_numbers(m: re.Match[str]) -> Value | None:
    """A date in numbers; its year alone, where either number could be the month."""
    first, second = int(m["first"]), int(m["second"])
    if first <= 12 and second <= 12 and first != second:
        return "year", str(int(m["y"]))
    day, month = (first, second) if second <= 12 else (second, first)
    return _explicit(m["y"], month, str(day))


def _month(written: str) -> int:
    """Number of a month that is written as a number or by its name."""
    return int(written) if written.isdigit() else _months()[fold_word(" ".join(written.split()))]


@cache
def _months() -> dict[str, int]:
    listed = vocabulary("date_words")["months"].values()
    return {
        fold_word(name): at
        for months in listed
        for at, names in enumerate(months, 1)
        for name in names
    }


def _explicit(year: str | None, month: int, day: str | None) -> Value | None:
    """A date of kind ``explicit``; its month alone if the day does not exist, None if nothing is left."""
    last = calendar.monthrange(int(year or 2000), month)[1] if 1 <= month <= 12 else 0
    is_day = day is not None and 1 <= int(day) <= last
    if not last or not (is_day or year or day is None):
        return None
    front = str(int(year)) if year else "-"
    return "explicit", f"{front}-{month:02d}" + (f"-{int(day or 0):02d}" if is_day else "")


def _one_of(words: Any) -> str:
    longest_first = sorted(map(str, words), key=len, reverse=True)
    return "(?:" + "|".join(w.replace(" ", r"\s+") for w in longest_first) + ")"
