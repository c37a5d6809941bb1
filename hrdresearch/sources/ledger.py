"""Columns that registers and ledgers of the mandate share: days, numbers, yes and no, counts.

In the templates of this project one row is one entry, and a day is written as 2020-06-30. A value
that cannot be read is emptied, or its row is set aside, with the reason in ``sheet.book``. Every
function returns a series with the index of the sheet (row of the file).
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pandera.pandas as pa

from hrdresearch.clean.dates import NO_DATE, read_dates
from hrdresearch.clean.text import put_on_one_line
from hrdresearch.sources.sheet import Sheet

YES, NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"no", "n", "false", "0"})
_COUNT = re.compile(r"(?P<open>more than|over|>|at least|>=|≥)?\s*(?P<n>\d{1,6})\s*(?P<plus>\+)?")
INCLUSIVE = ("at least", ">=", "≥")


def entry_numbers(sheet: Sheet, column: str) -> pd.Series:
    """Numbers of the entries, as text; a row whose number is empty or repeated is set aside."""
    numbers = sheet.text(column)
    for row in numbers.index[numbers == ""]:
        sheet.book.set_aside(int(row), f"Column {column!r} is empty: give the entry a number.")
    for row in numbers.index[numbers.duplicated() & (numbers != "")]:
        sheet.book.set_aside(int(row), f"The {column} of the entry stands in an earlier row too.")
    return numbers


def required_codes(sheet: Sheet, column: str, vocabulary: str) -> pd.Series:
    """Codes of a column that every row needs; a row without a known code is set aside."""
    found = sheet.codes(column, vocabulary, default="")
    for row in found.index[found == ""]:
        what = "is empty" if not sheet.text(column).at[row] else "holds a code that is not"
        known = f"in the vocabulary {vocabulary!r}"
        reason = f"{what}: give one {known}." if what == "is empty" else f"{what} {known}."
        sheet.book.set_aside(int(row), f"Column {column!r} {reason}")
    return found


def read_days(sheet: Sheet, column: str, order: str = "ymd", *, needed: bool = False) -> pd.Series:
    """Read a column of days; a value that is not a day is emptied, with an issue.

    order: "ymd", "dmy" or "mdy", for dates in numbers. needed: a row without a day is set aside.
    """
    cells = sheet.text(column)
    read = read_dates(cells, order)
    whole = read["date"].where(read["precision"] == "day")
    for row in cells.index[whole.isna()]:
        if needed:
            sheet.book.set_aside(int(row), f"Column {column!r} holds no day, such as 2020-06-30.")
        elif str(cells.at[row]).casefold() not in NO_DATE:
            sheet.book.issue(int(row), column, "This is no day, such as 2020-06-30.", "emptied")
    return whole


def read_statuses(sheet: Sheet, column: str) -> tuple[pd.Series, pd.Series]:
    """Read a column of days or "yes": whether the event happened, and its day where known.

    A day, a month or a year means that it happened; only a whole day is kept as the day.
    """
    cells = sheet.text(column)
    folded = cells.str.casefold()
    plain = folded.isin(YES | NO)
    read = read_dates(cells.mask(plain, ""), "ymd")
    # A year or month alone is no day, but it does say that the thing happened.
    happened = folded.isin(YES) | read["date"].notna()
    whole = read["date"].where(read["precision"] == "day")
    for row in cells.index[~plain & whole.isna() & (cells != "")]:
        done = "counted as happened, without a day" if happened.at[row] else "emptied"
        sheet.book.issue(int(row), column, "This is no day, such as 2020-06-30.", done)
    return happened.astype(bool), whole


def read_yes_no(sheet: Sheet, column: str) -> pd.Series:
    """Read a column as ``yes``, ``no`` or ``not_recorded``; another value is an issue."""
    cells = sheet.text(column).str.casefold()
    odd = cells.index[~cells.isin(YES | NO | {""})]
    sheet.book.issues_at(odd, column, "Neither yes nor no.", "taken as not recorded")
    answers = pd.Series("not_recorded", index=cells.index, dtype="object")
    return answers.mask(cells.isin(YES), "yes").mask(cells.isin(NO), "no")


def read_counts(sheet: Sheet, column: str) -> tuple[pd.Series, pd.Series]:
    """Read a column of counts: the number, and whether the true number is larger.

    "more than 12", "at least 13" and "13+" all give 12 and True. A value that is not a number, or
    only says "at least 0", is emptied, with an issue.
    """
    cells = sheet.text(column)
    found = {cell: _count(cell) for cell in cells.unique()}
    for row in cells.index[cells.map(lambda c: c != "" and found[c] is None)]:
        what = 'This is no number, such as 12 or "more than 12".'
        sheet.book.issue(int(row), column, what, "emptied")
    numbers = pd.array([n[0] if (n := found[c]) else pd.NA for c in cells], dtype="Int64")
    opens = [n[1] if (n := found[c]) else False for c in cells]
    return pd.Series(numbers, cells.index), pd.Series(opens, cells.index, dtype=bool)


def accepted_rows(
    sheet: Sheet, model: type[pa.DataFrameModel], leave: tuple[str, ...] = (), **columns: Any
) -> pd.DataFrame:
    """Put the columns of a table together, without the rows that were set aside.

    model: model of the table. leave: columns of the table that the build makes (pseudonyms, links).
    columns: columns by name; those that the table does not have stay, for the build. source and
    source_row are added. Raises KeyError for a column of the table that is not given.
    """
    frame = pd.DataFrame(index=sheet.cells.index)
    given = {"source": sheet.spec.facts.slug, "source_row": frame.index, **columns}
    wanted = [c for c in model.to_schema().columns if c not in leave]
    for column in (*wanted, *(c for c in columns if c not in wanted)):
        frame[column] = given[column]
    kept: pd.DataFrame = frame[~frame.index.isin(sheet.book.rows_aside)]
    return kept.reset_index(drop=True)


def years_of(dates: pd.Series) -> pd.Series:
    """Year of each day (Int64), empty where there is no day."""
    years: pd.Series = dates.dt.year.astype("Int64")
    return years


def _count(cell: str) -> tuple[int, bool] | None:
    parsed = _COUNT.fullmatch(put_on_one_line(cell).casefold())
    if parsed is None:
        return None
    n = int(parsed["n"])
    if parsed["open"] in INCLUSIVE or parsed["plus"]:
        return (n - 1, True) if n else None  # "0 or more" is no number
    return n, parsed["open"] is not None
