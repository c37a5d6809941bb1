"""Columns that registers and ledgers of the mandate share: days, numbers, yes and no, counts.

The templates of this project are one row an entry; a day is written as 2020-06-30. What cannot be
read is emptied or set aside, with its reason in the book of the file.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pandera.pandas as pa

from hrdresearch.clean.dates import NO_DATE, read_dates
from hrdresearch.clean.text import tidy
from hrdresearch.sources.sheet import Sheet

YES, NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"no", "n", "false", "0"})
_COUNT = re.compile(r"(?P<open>more than|over|>|at least|>=|≥)?\s*(?P<n>\d{1,6})\s*(?P<plus>\+)?")
INCLUSIVE = ("at least", ">=", "≥")


def numbered(sheet: Sheet, column: str) -> pd.Series:
    """Numbers of the entries; a row without one, or with that of an earlier row, is set aside."""
    numbers = sheet.text(column)
    for row in numbers.index[numbers == ""]:
        sheet.book.set_aside(int(row), f"Column {column!r} is empty: give the entry a number.")
    for row in numbers.index[numbers.duplicated() & (numbers != "")]:
        sheet.book.set_aside(int(row), f"The {column} of the entry stands in an earlier row too.")
    return numbers


def coded(sheet: Sheet, column: str, vocabulary: str) -> pd.Series:
    """Codes of a column that a row cannot do without; a row without a known code is set aside."""
    found = sheet.codes(column, vocabulary, default="")
    for row in found.index[found == ""]:
        what = "is empty" if not sheet.text(column).at[row] else "holds a code that is not"
        known = f"in the vocabulary {vocabulary!r}"
        told = f"{what}: give one {known}." if what == "is empty" else f"{what} {known}."
        sheet.book.set_aside(int(row), f"Column {column!r} {told}")
    return found


def days(sheet: Sheet, column: str, order: str = "ymd", *, needed: bool = False) -> pd.Series:
    """Days of a column; anything that is not a day is emptied, or set aside where it is needed."""
    cells = sheet.text(column)
    read = read_dates(cells, order)
    whole = read["date"].where(read["precision"] == "day")
    for row in cells.index[whole.isna()]:
        if needed:
            sheet.book.set_aside(int(row), f"Column {column!r} holds no day, such as 2020-06-30.")
        elif str(cells.at[row]).casefold() not in NO_DATE:
            sheet.book.issue(int(row), column, "This is no day, such as 2020-06-30.", "emptied")
    return whole


def statuses(sheet: Sheet, column: str) -> tuple[pd.Series, pd.Series]:
    """Whether something happened, and its day: a day says both, "yes" only the first."""
    cells = sheet.text(column)
    said = cells.str.casefold()
    plain = said.isin(YES | NO)
    read = read_dates(cells.mask(plain, ""), "ymd")
    # A year or month alone is no day, but it does say that the thing happened.
    happened = said.isin(YES) | read["date"].notna()
    whole = read["date"].where(read["precision"] == "day")
    for row in cells.index[~plain & whole.isna() & (cells != "")]:
        done = "counted as happened, without a day" if happened.at[row] else "emptied"
        sheet.book.issue(int(row), column, "This is no day, such as 2020-06-30.", done)
    return happened.astype(bool), whole


def yes_no(sheet: Sheet, column: str) -> pd.Series:
    """``yes``, ``no`` or ``not_recorded``; another value is an issue."""
    said = sheet.text(column).str.casefold()
    odd = said.index[~said.isin(YES | NO | {""})]
    sheet.book.issues_at(odd, column, "Neither yes nor no.", "taken as not recorded")
    answers = pd.Series("not_recorded", index=said.index, dtype="object")
    return answers.mask(said.isin(YES), "yes").mask(said.isin(NO), "no")


def counts(sheet: Sheet, column: str) -> tuple[pd.Series, pd.Series]:
    """A number and whether it is an open lower bound ("more than 12", "at least 13", "12+").

    An open bound N means more than N: "at least 13" and "13+" are more than 12.
    """
    cells = sheet.text(column)
    found = {cell: _count(cell) for cell in cells.unique()}
    for row in cells.index[cells.map(lambda c: c != "" and found[c] is None)]:
        what = 'This is no number, such as 12 or "more than 12".'
        sheet.book.issue(int(row), column, what, "emptied")
    numbers = pd.array([n[0] if (n := found[c]) else pd.NA for c in cells], dtype="Int64")
    opens = [n[1] if (n := found[c]) else False for c in cells]
    return pd.Series(numbers, cells.index), pd.Series(opens, cells.index, dtype=bool)


def entries(
    sheet: Sheet, model: type[pa.DataFrameModel], leave: tuple[str, ...] = (), **columns: Any
) -> pd.DataFrame:
    """Accepted rows with the columns of a table; further columns stay for the build.

    leave: columns of the table that the build makes (pseudonyms, links).
    """
    frame = pd.DataFrame(index=sheet.cells.index)
    given = {"source": sheet.spec.facts.slug, "source_row": frame.index, **columns}
    wanted = [c for c in model.to_schema().columns if c not in leave]
    for column in (*wanted, *(c for c in columns if c not in wanted)):
        frame[column] = given[column]
    kept: pd.DataFrame = frame[~frame.index.isin(sheet.book.rows_aside)]
    return kept.reset_index(drop=True)


def years(dates: pd.Series) -> pd.Series:
    """Years of days, empty where there is no day."""
    found: pd.Series = dates.dt.year.astype("Int64")
    return found


def _count(cell: str) -> tuple[int, bool] | None:
    parsed = _COUNT.fullmatch(tidy(cell).casefold())
    if parsed is None:
        return None
    n = int(parsed["n"])
    if parsed["open"] in INCLUSIVE or parsed["plus"]:
        return (n - 1, True) if n else (0, False)
    return n, parsed["open"] is not None
