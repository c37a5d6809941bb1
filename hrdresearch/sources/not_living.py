"""Rows of a list of the dead or the detained that speak of somebody who lives in freedom, at risk.

The templates count killings and detentions. Persons in hiding or under threat stand on neither: a list
of them is dangerous by itself, and would be printed as killed or held.
"""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.sources.sheet import Sheet

# English, Spanish, French; read only in rows without the date that the list is about.
_LIVING = re.compile(
    r"\b(?:in hiding|alive|at risk|at liberty|at large|in exile|fled|relocated|survived|survivor"
    r"|escondid[oa]|con vida|en riesgo|amenazad[oa]|en el exilio|sobreviviente|sobrevivió"
    r"|en vie|vivant|vivante|se cache|en danger|en exil|menacée?|a survécu|under threat|threatened)\b",
    re.IGNORECASE,
)


def set_living_aside(sheet: Sheet, date: str, counted: frozenset[str], columns: str) -> None:
    """Set aside the rows of living persons, with the reason.

    date: name of the column of the day of death or arrest. counted: words of column ``status`` (small
    letters) under which a row belongs to the list; any other word sets it aside. columns: those, parted
    by space, in which a row without a date and without ``status`` may say that the person lives.
    """
    status = sheet.text("status").str.casefold()
    other = (status != "") & ~status.isin(counted)
    said = pd.Series("", index=sheet.cells.index)
    for column in columns.split():
        said = said + " " + sheet.text(column)
    living = (status == "") & (sheet.text(date) == "") & said.str.contains(_LIVING)
    unsaid = (status == "") & (sheet.text(date) == "") & ~living
    sheet.book.issues_at(
        sheet.cells.index[unsaid],
        date,
        "No day and no status: is this a person whom the list counts?",
        "counted; write the status",
    )
    noun = " or ".join(sorted(counted)[:2])
    for row in sheet.cells.index[other]:
        sheet.book.set_aside(
            int(row), f"Column 'status' says another thing than {noun}: it is not counted here."
        )
    for row in sheet.cells.index[living]:
        sheet.book.set_aside(
            int(row),
            f"Column {date!r} is empty, and the row speaks of a living person at risk: this list is no "
            "place for one. Take the row out of the file, or write status and date.",
        )
