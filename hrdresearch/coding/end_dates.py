"""A date on which a sentence ends, in place of a length."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from hrdresearch.clean.dates import read_dates
from hrdresearch.coding.statements import Statements

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})[日号])?"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|(?<!\d)(?:\d{1,2}(?:st|nd|rd|th)? (?:de |of )?)?[^\W\d_]{3,10}\.?,? "
    r"(?:de |del )?(?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)"
)
NEAR = 20  # characters between "until" and its date


def find_end_date(said: Statements) -> tuple[dt.date, int, str, str] | None:
    """Date on which a sentence ends; None where the text gives none.

    Returns the date, the character where it starts, the words that say it (with "until"), and its
    precision (``day``, ``month``, ``year``).
    """
    text = said.doc.text
    cues = said.of("until")
    for match in _DATE.finditer(text):
        near = (c for c in cues if 0 <= match.start() - c.end_char <= NEAR)
        until = next((c.start_char for c in near), None)
        is_said = until is not None or any(c.start_char == match.end() for c in cues)
        if not is_said and match.group() != text.strip():
            continue
        cell = "-".join(filter(None, match.group("year", "month", "day")))
        cell = cell or re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match.group())
        read = read_dates(pd.Series([cell]), "dmy").iloc[0]
        if pd.notna(read["date"]):
            words = text[match.start() if until is None else until : match.end()]
            return read["date"].date(), match.start(), words, str(read["precision"])
    return None
