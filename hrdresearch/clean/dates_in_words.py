"""Reads dates with words in them: months in letters, several days, a date within a sentence.

Months are known in six languages (``vocab/date_words.yml``). ``hrdresearch.clean.dates`` decides which
texts come here, and reads dates that are numbers alone.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import chain

from anyascii import anyascii

from hrdresearch.vocab import vocabulary

EARLIEST, LATEST = 1900, 2100
LONGEST_MONTH = 31
CUT = "is cut to its year: only the year can be told"
IMPOSSIBLE = "has a day or month that does not exist in the order of this format"
# A whole date in numbers among words.
_AMONG_WORDS = re.compile(
    r"(?<![\d/.-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d|[/.-]\d)"
)
_WORD = re.compile(r"[a-z]+")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_PARTED = re.compile(r"(?<![\w-])\d{1,2}-[a-z]+\.?-\d{4}(?![\w-])")  # 12-mar-2021
YEAR_IN_TEXT = re.compile(r"(?<!\d)(\d{4})(?!\d)")
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
_MONTHS_OF_ALL = {  # Russian and Arabic too: whole words, and beginnings that fit one month only
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

# Date (the first possible day), precision (day, month, year or unknown), and what is wrong, or "".
Reading = tuple[dt.datetime | None, str, str]


def read_month_in_words(text: str) -> Reading | None:
    """Read a date of which the month may be a word; None if the text has no year of four digits.

    text: in small ASCII letters. Of several days only the month is kept; of several months only the
    year, with a problem.

    >>> read_month_in_words("12 de marzo de 2021"), read_month_in_words("marzo")
    ((datetime.datetime(2021, 3, 12, 0, 0), 'day', ''), None)
    """
    years = set(YEAR_IN_TEXT.findall(text))
    if len(years) > 1 or _NO_DATE_OF_ACT.search(text):
        return None, "unknown", "names no single year of the act"
    months = {_MONTHS[word] for word in _WORD.findall(text) if word in _MONTHS}
    if not years or (not months and not re.search(r"[a-z]", text)):
        return None
    year = int(years.pop())
    if len(months) != 1 or _NOT_OF_THE_ACT.search(text):
        lost = bool(months or _DAY.search(text))
        return (*reading_of(year, 1, 1, "year")[:2], CUT if lost else "")
    days = set(_DAY.findall(text))
    if len(days) != 1 or ("-" in text and not _PARTED.search(text)):
        return reading_of(year, months.pop(), 1, "month")
    return reading_of(year, months.pop(), int(days.pop()))


def read_two_digit_year(text: str, latest: int) -> Reading | None:
    """Read a date with the month in letters and a year of two digits; None for another text.

    text: in small ASCII letters. latest: last year that the two digits may stand for. The day stands
    first, unless the first number can only be a year ("98-feb-02").

    >>> read_two_digit_year("3 feb 21", 2025)
    (datetime.datetime(2021, 2, 3, 0, 0), 'day', '')
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
    return reading_of(
        year_of_four_digits(year, latest), month, int(day or 1), "day" if day else "month"
    )


def date_among_words(cell: str) -> str:
    """The date in numbers within a sentence, if there is one only and it is that of the act; else "".

    >>> date_among_words("detenida 19/07/2021, en casa"), date_among_words("antes del 19/07/2021")
    ('19/07/2021', '')
    """
    text = anyascii(cell).casefold()
    dates = list(_AMONG_WORDS.finditer(text))
    is_act = not _NOT_OF_THE_ACT.search(text) and not _NO_DATE_OF_ACT.search(text)
    one = len(dates) == 1 and len(set(YEAR_IN_TEXT.findall(text))) == 1
    return dates[0][0] if one and is_act and re.search("[a-z]", text) else ""


def first_of_several_days(cell: str, order: str) -> str:
    """A date of several days of one month, with only the first of them; "" for another text.

    >>> first_of_several_days("13-14/09/22", "dmy"), first_of_several_days("13 y 14 de mayo/22", "dmy")
    ('13/09/22', '13 de mayo/22')
    """
    text = " ".join(cell.casefold().split())
    found = _DAYS.match(text)
    if not found or not int(found[1]) < int(found[2]) <= LONGEST_MONTH:
        return ""
    if found["numbers"] and order != "dmy":
        return ""
    return found[1] + text[found.end() :]


def month_of_word(word: str) -> int:
    """Number of the month that a word in small ASCII letters names, in six languages; 0 for another word.

    >>> month_of_word("sep."), month_of_word("personas")
    (9, 0)
    """
    return _MONTHS_OF_ALL.get(word.strip("."), 0)


def has_month_name(cell: str) -> bool:
    """Whether a text holds the name of a month in English, Spanish, Portuguese or French."""
    return any(word in _MONTHS for word in _WORD.findall(anyascii(cell).casefold()))


def year_of_four_digits(year: str, latest: int) -> int:
    """Year with four digits; of two digits, the last such year that is not after ``latest``."""
    return int(year) if len(year) != 2 else latest - (latest - int(year)) % 100


def reading_of(year: int, month: int, day: int, precision: str = "day") -> Reading:
    """Reading of a date in numbers; a day that does not exist leaves the year, with a problem.

    month, day: 1 where the date has none. precision: day, month or year.
    """
    if not EARLIEST <= year <= LATEST:
        return None, "unknown", f"has a year outside {EARLIEST} to {LATEST}"
    try:
        return dt.datetime(year, month, day), precision, ""
    except ValueError:
        return dt.datetime(year, 1, 1), "year", IMPOSSIBLE
