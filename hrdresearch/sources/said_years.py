"""Gives days without a year the year that the list says: in a column of the row, or in a heading above."""

from __future__ import annotations

import re

from hrdresearch.clean.calendars import GREGORIAN, western_digits
from hrdresearch.clean.dates_without_year import with_year
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.sheet import Sheet

NO_YEAR = "The date has no year."
_YEAR = re.compile(r"(?:19|20)\d\d")


def give_years(sheet: Sheet, field: str) -> None:
    """Write the year into the days and months of one field of a user's own list, each with an issue.

    field: the day of the case. Other days, such as that of a release, may be of a later year and stay as they
    are, and so does a day for which the list says no year.
    """
    how = sheet.layout.reads.get(field, {})
    columns = columns_of(how)
    if len(columns) != 1 or "part" in how or how.get("calendar", GREGORIAN) != GREGORIAN:
        return
    [column] = columns
    cells, order = sheet.text(column), str(how.get("order", "ymd"))
    years = _years(sheet)
    given = {}
    for row, cell in cells.items():
        year, where = years.get(int(str(row)), (0, ""))
        if year and (date := with_year(cell, year, order)):
            given[row] = date
            sheet.book.issue(int(str(row)), column, NO_YEAR, f"the year is that of {where}")
    if given:
        dated = [given.get(row, cell) for row, cell in sheet.cells[column].items()]
        sheet.cells = sheet.cells.assign(**{column: dated})


def _years(sheet: Sheet) -> dict[int, tuple[int, str]]:
    """Year of each row, and where it stands; a column of the year goes before a heading above."""
    above = sheet.table.years_above
    found = {row: (year, f"the row above: row {at}") for row, (year, at) in above.items()}
    how = sheet.layout.reads.get("date_year", {})
    columns = columns_of(how)
    if len(columns) == 1 and "part" not in how and how.get("calendar", GREGORIAN) == GREGORIAN:
        for row, cell in sheet.text(columns[0]).items():
            if _YEAR.fullmatch(year := western_digits(cell).removesuffix(".0")):
                found[int(str(row))] = (int(year), f"column {columns[0]!r}")
    return found
