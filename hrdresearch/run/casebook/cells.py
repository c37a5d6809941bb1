"""Reads the cells of a sheet of a casebook: identifiers, names, dates, codes, States, ages, days.

A cell that cannot be read is left empty and reported by sheet and cell. Its row is kept, unless the row
needs the cell. Nothing is guessed: if day and month cannot be told apart, the date is not read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache

import pandas as pd

from hrdresearch.clean.ages import read_ages
from hrdresearch.clean.calendars import SERIAL, to_gregorian, western_digits
from hrdresearch.clean.dates import read_dates
from hrdresearch.clean.day_counts import read_day_counts
from hrdresearch.clean.text import clean_name, put_on_one_line, says_nothing
from hrdresearch.run.casebook.faults import Faults
from hrdresearch.run.casebook.find_sheets import SheetFound
from hrdresearch.run.casebook.sheet_kinds import Column
from hrdresearch.vocab.states import to_iso3

Record = dict[str, str]  # column -> value
CLEARED = "-"  # a cell with it alone: remove the value that was loaded before
MANY = ";"
LONGEST_ID = 40
_ID = re.compile(r"(?=.*\d)[^\W_][\w./-]*")
_SEVERAL = re.compile(r"[;\n/&+|]|(?<!\w)\d[.)]\s")
_AND = re.compile(r"\w+ \w+.* (?:and|y|et|e|und) \w+ \w+|\w+ \w+[^,]*, \w+ \w+", re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_SERIAL = re.compile(r"\d{5}")
_FORM = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}

NO_DATE = "It holds no date that can be read: write 2021-05-31, or 2021-05, or 2021."
EITHER = "Day and month cannot be told apart: write 2021-05-31."
NO_CODE = "The value is not in the drop-down list: choose one from the list."
NO_ID = "Not an identifier: write letters and at least one digit, no spaces, at most 40 signs, never a name."


def read_cells(sheet: SheetFound) -> dict[int, Record]:
    """Read the rows of a sheet: row number -> column -> value.

    Dates become 2021-05-31, 2021-05 or 2021; drop-down values become codes. Faults are added to
    ``sheet.faults``; rows that are set aside are not in the result.
    """
    columns = [c for c in sheet.kind.columns if c.name in sheet.cells]
    readers = {c.name: _reader(c, sheet) for c in columns}
    cells = sheet.cells[[c.name for c in columns]]
    rows: dict[int, Record] = {}
    for row, record in zip(cells.index, cells.to_dict("records"), strict=True):
        rows[int(row)] = {
            str(c): _read(readers[str(c)], int(row), cell) for c, cell in record.items()
        }
    _set_incomplete_rows_aside(sheet, rows)
    return {row: record for row, record in rows.items() if row not in sheet.faults.aside}


def _read(reader: Callable[[int, str], str], row: int, cell: str) -> str:
    text = put_on_one_line(cell)
    return reader(row, cell) if text not in ("", CLEARED) else text


def _set_incomplete_rows_aside(sheet: SheetFound, rows: Mapping[int, Record]) -> None:
    """Set aside rows without a value they need, and different rows with the same identifier."""
    faults, key = sheet.faults, sheet.kind.key
    by_key: dict[str, list[int]] = {}
    for row, record in rows.items():
        lacking = [c for c in sheet.kind.needed if record[c] in ("", CLEARED)]
        if row in faults.aside:
            continue
        for column in lacking:
            faults.set_row_aside(row, column, "The row needs a value here.")
        if not lacking:
            by_key.setdefault(record[key], []).append(row)
    for same in by_key.values():
        if len({tuple(rows[row].items()) for row in same}) == 1:
            faults.set_rows_aside(same[1:], key, f"The same row stands in row {same[0]}.")
        else:
            listed = ", ".join(map(str, same))
            faults.set_rows_aside(
                same, key, f"The identifier stands in rows {listed}: which one is right?"
            )


def _reader(column: Column, sheet: SheetFound) -> Callable[[int, str], str]:
    """The function that reads one cell of a column; it gives "" for a cell reported as a fault."""
    faults, is_key = sheet.faults, column.name == sheet.kind.key

    def one_id(row: int, cell: str) -> str:
        text = put_on_one_line(cell)
        if len(text) <= LONGEST_ID and _ID.fullmatch(text):
            return text
        if is_key:
            faults.set_row_aside(row, column.name, NO_ID)
        else:
            faults.report_cell(row, column.name, NO_ID)
        return ""

    def many(row: int, cell: str) -> str:
        one = one_id if column.kind == "link" else code
        parts = [one(row, part) for part in re.split(r"[;\n|]", cell) if part.strip()]
        return MANY.join(dict.fromkeys(part for part in parts if part))

    def code(row: int, cell: str) -> str:
        text = put_on_one_line(cell)
        found = column.code(text)
        if found is None and not says_nothing(text):
            faults.report_cell(row, column.name, NO_CODE)
        return found or ""

    readers: dict[str, Callable[[int, str], str]] = {
        "id": one_id,
        "link": one_id,
        "codes": code,
        "name": lambda row, cell: _name(row, column.name, cell, faults),
        "date": lambda row, cell: _date(row, column.name, cell, faults),
        "state": lambda row, cell: _state(row, column.name, cell, faults),
        "age": lambda row, cell: _age(row, column.name, cell, faults),
        "days": lambda row, cell: _days(row, column.name, cell, faults),
        "text": lambda _, cell: put_on_one_line(cell),
    }
    return many if column.is_many else readers[column.kind]


def _name(row: int, column: str, cell: str, faults: Faults) -> str:
    name = clean_name(cell)
    if _SEVERAL.search(cell.strip(" ,;\n")):
        faults.set_row_aside(
            row, column, "Two persons or more in a cell: give each a row and a Person ID."
        )
        return ""
    if _AND.fullmatch(name):
        faults.report_cell(
            row, column, "It may name two persons: give each a row, if so.", "Taken as one person."
        )
    return name


def _date(row: int, column: str, cell: str, faults: Faults) -> str:
    text = western_digits(put_on_one_line(cell))
    if says_nothing(text):
        return ""
    if _SERIAL.fullmatch(text):
        read = str(to_gregorian(pd.Series([text]), SERIAL, "ymd")["text"].iloc[0])
        if read:
            faults.report_cell(
                row, column, "The day number of a spreadsheet.", f"Read as {read[:4]}: look at it."
            )
            return read
    order = "dmy"
    if numbers := _NUMERIC.fullmatch(text):
        first, second = int(numbers[1]), int(numbers[3])
        if first <= 12 and second <= 12 and first != second:
            faults.report_cell(row, column, EITHER)
            return ""
        order = "dmy" if first > 12 else "mdy"
    found = _date_in(text, order)
    if not found:
        faults.report_cell(row, column, NO_DATE)
    return found


@lru_cache(maxsize=10_000)
def _date_in(text: str, order: str) -> str:
    """A date as 2021-05-31, 2021-05 or 2021; "" if it cannot be read."""
    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return dt.date.fromisoformat(text).isoformat()
    read = read_dates(pd.Series([text]), order).iloc[0]
    if pd.isna(read["date"]) or read["problem"]:
        return ""
    return str(read["date"].strftime(_FORM[read["precision"]]))


def _state(row: int, column: str, cell: str, faults: Faults) -> str:
    iso3 = to_iso3(put_on_one_line(cell))
    if iso3 is None:
        faults.set_row_aside(row, column, "Not a known State: write its short name or ISO3 code.")
    return iso3 or ""


def _age(row: int, column: str, cell: str, faults: Faults) -> str:
    text = western_digits(put_on_one_line(cell))
    if says_nothing(text):
        return ""
    read = read_ages(pd.Series([text])).iloc[0]
    if pd.isna(read["age"]):
        faults.report_cell(row, column, "Not an age in years.")
        return ""
    return str(int(read["age"]))


def _days(row: int, column: str, cell: str, faults: Faults) -> str:
    text = put_on_one_line(cell)
    if says_nothing(text):
        return ""
    days = read_day_counts(pd.Series([text]))["days"].iloc[0]
    if pd.isna(days):
        faults.report_cell(row, column, "Not a whole number of days.")
        return ""
    return str(int(days))
