"""Date of an attack in an English news report: as exact as the report gives it, and no more.

"On 26 February", "March 3, 2021", "2021-03-08", "yesterday", "on Friday" (counted back from the day
of publication), "in May 2019", "in 2019". A numeric date whose day and month could change places
gives its year and no more. Of several dates the one nearest to what was done is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PRECISIONS = ("none", "year", "month", "day")
LEAD = 600  # characters in which the attack itself is usually told
NEAR = 120  # characters from an act within which a date speaks of it
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"((?:19|20)\d{2})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_FORMS = (
    ("dmy", re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?\b", re.IGNORECASE)),
    ("mdy", re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?:,?\s+{_YEAR})?", re.IGNORECASE)),
    ("iso", re.compile(rf"\b{_YEAR}-(\d{{2}})-(\d{{2}})\b")),
    ("numbers", re.compile(rf"\b(\d{{1,2}})[/.](\d{{1,2}})[/.]{_YEAR}\b")),
    ("month", re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE)),
    ("weekday", re.compile(rf"\b(?:on|last|since)\s+({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)),
    ("day", re.compile(r"\b(yesterday|today|tonight|last night|this morning)\b", re.IGNORECASE)),
    ("bare", re.compile(rf"\b(?:in|last|since|early|late|mid)[ -]{_MONTH}\b", re.IGNORECASE)),
    ("year", re.compile(rf"\b{_YEAR}\b")),
)
_ACT = re.compile(
    r"\b(?:kidnap|abduct|arrest|detain|kill|murder|shot|assassinat|attack|tortur|beat|raid|jail"
    r"|sentenc|charg|disappear|threat|seiz|gunned|taken|convict|expel|fired|assault|imprison)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AttackDate:
    """Date of an attack, as exact as its report gives it.

    iso: ``2021-02-26``, ``2021-02``, ``2021`` or empty. precision: day, month, year or none.
    """

    iso: str
    precision: str

    @property
    def year(self) -> int | None:
        """Year, where the report or its publication gives one."""
        return int(self.iso[:4]) if self.iso else None


def find_event_date(text: str, published: str = "") -> AttackDate:
    """Date of the attack that a report tells of.

    published: day of publication (2021-03-08 ...), by which a date without its year, a weekday or
    "yesterday" is read; without it such dates are left out.

    >>> find_event_date("She was arrested on 26 February.", "2021-03-08")
    AttackDate(iso='2021-02-26', precision='day')
    """
    on = _read_publication_day(published)
    acts = [m.start() for m in _ACT.finditer(text)]
    best, most = AttackDate("", "none"), float("-inf")
    for place, when in _find_dates(text, on):
        near = min((abs(place - a) for a in acts), default=NEAR * 4)
        weight = (
            PRECISIONS.index(when.precision)
            + 2.0 * max(0.0, 1 - near / NEAR)
            + (1.5 if place < LEAD else 0.0)
            - place / 4000
        )
        if on is not None and when.iso > on.isoformat():
            continue
        if on is not None and on.year - int(when.iso[:4]) > 1:
            weight -= 2
        if weight > most:
            best, most = when, weight
    if best.precision == "none" and on is not None:
        return AttackDate(str(on.year), "year")
    return best


def _find_dates(text: str, on: date | None) -> Iterator[tuple[int, AttackDate]]:
    for form, pattern in _FORMS:
        for found in pattern.finditer(text):
            if when := _read_date(form, found, on):
                yield found.start(), when


def _read_date(form: str, found: re.Match[str], on: date | None) -> AttackDate | None:
    given = [g.lower() if g else None for g in found.groups()]
    if form == "year":
        return AttackDate(str(given[0]), "year")
    if form == "weekday":
        return _last_weekday(on, WEEKDAYS.index(str(given[0])))
    if form == "day":
        days = 1 if given[0] in ("yesterday", "last night") else 0
        return AttackDate((on - timedelta(days)).isoformat(), "day") if on else None
    if form == "month":
        return AttackDate(f"{given[1]}-{_month_number(given[0]):02d}", "month")
    if form == "bare":
        return _last_before(on, _month_number(given[0]), None)
    if form == "iso":
        return _day_if_real(int(str(given[0])), int(str(given[1])), int(str(given[2])))
    if form == "numbers":
        return _read_numeric_date(int(str(given[0])), int(str(given[1])), int(str(given[2])))
    day, month, year = (
        (given[0], given[1], given[2]) if form == "dmy" else (given[1], given[0], given[2])
    )
    if year is None:
        return _last_before(on, _month_number(month), int(str(day)))
    return _day_if_real(int(year), _month_number(month), int(str(day)))


def _read_numeric_date(first: int, second: int, year: int) -> AttackDate | None:
    """Day and month are told apart only where one is above 12 or both are equal."""
    if first <= 12 and second <= 12 and first != second:
        return AttackDate(str(year), "year")
    day, month = (first, second) if second <= 12 else (second, first)
    return _day_if_real(year, month, day)


def _last_before(on: date | None, month: int, day: int | None) -> AttackDate | None:
    """The last such day or month before publication."""
    if on is None:
        return None
    year = on.year if (month, day or 1) <= (on.month, on.day) else on.year - 1
    return (
        AttackDate(f"{year}-{month:02d}", "month")
        if day is None
        else _day_if_real(year, month, day)
    )


def _last_weekday(on: date | None, weekday: int) -> AttackDate | None:
    if on is None:
        return None
    return AttackDate((on - timedelta((on.weekday() - weekday) % 7)).isoformat(), "day")


def _day_if_real(year: int, month: int, day: int) -> AttackDate | None:
    try:
        return AttackDate(date(year, month, day).isoformat(), "day")
    except ValueError:
        return None


def _month_number(name: str | None) -> int:
    return MONTHS.index(str(name)[:3]) + 1


def _read_publication_day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None
