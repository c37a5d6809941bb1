"""A date on which a sentence ends, in place of a length."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from hrdresearch.clean.dates import read_dates
from hrdresearch.coding.length_words import phrase_pattern

_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|(?<!\d)(?:\d{1,2}(?:st|nd|rd|th)? (?:de |of )?)?[^\W\d_]{3,10}\.?,? "
    r"(?:de |del )?(?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)"
)
_ZH_DATE = re.compile(r"((?:19|20)\d{2})年(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?")


def find_end_date(text: str) -> tuple[dt.date, int, int, int, str] | None:
    """Date on which a sentence ends; None where the text gives none.

    Returns the date, the place where it starts, start and end of the words that say it (with
    "until"), and its precision (``day``, ``month``, ``year``).
    """
    until = phrase_pattern("until").search(text)
    stripped = text.strip()
    if zh := _ZH_DATE.search(text):
        year, month, day = (int(g) if g else 0 for g in zh.groups())
        precision = "day" if day else "month" if month else "year"
        try:
            date = dt.date(year, month or 1, day or 1)
        except ValueError:
            return None
        return date, zh.start(), zh.start(), zh.end(), precision
    for match in _DATE.finditer(text):
        follows_until = until is not None and until.start() < match.start()
        if not follows_until and match.group() != stripped:
            continue
        cell = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match.group())
        read = read_dates(pd.Series([cell]), "dmy").iloc[0]
        if pd.notna(read["date"]):
            start = until.start() if until and follows_until else match.start()
            return read["date"].date(), match.start(), start, match.end(), str(read["precision"])
    return None
