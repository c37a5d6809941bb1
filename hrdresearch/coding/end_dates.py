"""Finds the date on which a sentence ends, for texts that give no length."""

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
NEAR = 20  # most characters between "until" and its date


def find_end_date(said: Statements) -> tuple[dt.date, int, str, str] | None:
    """Return the date on which a sentence ends, or None.

    With it come the character at which it starts, the words that say it ("until 5 May 2030") and its
    precision (``day``, ``month`` or ``year``). A date counts beside a word such as "until", or alone.
    """
    text = said.doc.text
    for match in _DATE.finditer(text):
        ahead = [c for c in said.of("until") if 0 <= match.start() - c.end_char <= NEAR]
        is_said = ahead or any(c.start_char == match.end() for c in said.of("until"))
        if not is_said and match.group() != text.strip():
            continue
        cell = "-".join(filter(None, match.group("year", "month", "day")))
        cell = cell or re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match.group())
        read = read_dates(pd.Series([cell]), "dmy").iloc[0]
        if pd.notna(read["date"]):
            words = text[ahead[0].start_char if ahead else match.start() : match.end()]
            return read["date"].date(), match.start(), words, str(read["precision"])
    return None
