"""Ages in completed years."""

from __future__ import annotations

import re

import pandas as pd

OLDEST = 120
NO_AGE = frozenset({"", "na", "n/a", "nan", "none", "unknown", "unspecified", "sem informação"})
_NUMBER = re.compile(r"(\d{1,9})(?:[.,]0+)?")


def read_ages(cells: pd.Series) -> pd.DataFrame:
    """Read ages in completed years from text.

    Returns columns ``age`` (Int64, empty where there is none) and ``problem`` (what is wrong with
    the text, or "").

    >>> read_ages(pd.Series(["34", "unknown", "150"]))["problem"].tolist()
    ['', '', 'is above 120 years']
    """
    read = {cell: _read(cell) for cell in cells.unique()}
    ages = [read[cell][0] for cell in cells]
    return pd.DataFrame(
        {
            "age": pd.array(ages, dtype="Int64"),
            "problem": [read[cell][1] for cell in cells],
        },
        index=cells.index,
    )


def age_groups(ages: pd.Series) -> pd.Series:
    """Age group of each age in years: child (under 18), adult or not_recorded.

    >>> age_groups(pd.Series([17, 18, pd.NA], dtype="Int64")).tolist()
    ['child', 'adult', 'not_recorded']
    """
    groups = pd.Series("not_recorded", index=ages.index)
    groups = groups.mask((ages < 18).fillna(False).astype(bool), "child")
    return groups.mask((ages >= 18).fillna(False).astype(bool), "adult")


def _read(cell: str) -> tuple[int | None, str]:
    text = cell.strip()
    if text.casefold() in NO_AGE:
        return None, ""
    number = _NUMBER.fullmatch(text)
    if number is None:
        return None, "is no number of years"
    age = int(number[1])
    if age > OLDEST:
        return None, f"is above {OLDEST} years"
    return age, ""
