"""Reads numbers of days from cells."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.clean.calendars import western_digits
from hrdresearch.clean.text import put_on_one_line

MOST_DAYS = 36_525  # a century
NO_NUMBER = "is no whole number of days"
# fmt: off
_DAYS = re.compile(
    r"(\d{1,6})(?:[.,]0+)?\s*(?:days?|d[ií]as?|jours?|d|j|день|дня|дней|дн|يوم|يوما|يوماً|أيام|ايام)?\.?",
    re.I,
)
# fmt: on


def read_day_counts(cells: pd.Series) -> pd.DataFrame:
    """Read whole numbers of days, also with the word for days in six languages.

    Returns columns ``days`` (Int64, empty where there is none) and ``problem`` (what is wrong with the
    text, or ""). Weeks and months are not turned into days.

    >>> read_day_counts(pd.Series(["12", "٤٥ يوما", "", "two weeks"]))["days"].tolist()
    [12, 45, <NA>, <NA>]
    """
    read = {cell: _read(western_digits(put_on_one_line(cell))) for cell in cells.unique()}
    return pd.DataFrame(
        {
            "days": pd.array([read[cell][0] for cell in cells], dtype="Int64"),
            "problem": [read[cell][1] for cell in cells],
        },
        index=cells.index,
    )


def _read(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    number = _DAYS.fullmatch(text)
    if number is None:
        return None, NO_NUMBER
    return (int(number[1]), "") if int(number[1]) <= MOST_DAYS else (None, "is above 100 years")
