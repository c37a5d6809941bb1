"""Register of opinions of the Working Group on Arbitrary Detention; columns as in source.yml."""

from __future__ import annotations

import re

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows, read_days
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.opinions import Opinions

FIRST, LAST = 1991, 2100  # the Working Group was set up in 1991
_NUMBER = re.compile(r"(\d{1,3})(?:/((?:19|20)\d\d))?")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``opinions``, with the persons as published for the build."""
    years = _years(sheet)
    ids = _identifiers(sheet, years)
    firsts = years.astype("string") + "-01-01"
    states = sheet.states("state", pd.to_datetime(firsts.astype("object")))
    again = pd.DataFrame({"id": ids, "state": states}).duplicated() & (ids != "")
    for row in ids.index[again]:
        sheet.book.set_aside(int(row), "The opinion stands in an earlier row for this State too.")
    persons = sheet.names("persons")
    named = persons.map(lambda cell: sum(bool(p.strip()) for p in cell.split(";")))
    return accepted_rows(
        sheet,
        Opinions,
        opinion_id=ids,
        opinion_year=years,
        adopted_date=read_days(sheet, "adopted"),
        state_iso3=states,
        persons_named=named.where(named > 0).astype("Int64"),
        category_codes=sheet.joined("categories", "wgad_category", split=";"),
        outcome_code=sheet.codes("outcome", "wgad_outcome"),
        follow_up_codes=sheet.joined("follow_up", "wgad_follow_up", split=";"),
        name_as_published=persons,
    )


def _years(sheet: Sheet) -> pd.Series:
    """Year of each opinion, of its column or its number; a row without one is set aside."""
    cells, numbers = sheet.text("year"), sheet.text("number")
    in_number = numbers.map(lambda n: (found[2] or "") if (found := _NUMBER.fullmatch(n)) else "")
    texts = cells.where(cells != "", in_number)
    years = pd.to_numeric(texts, errors="coerce").where(lambda y: y.between(FIRST, LAST))
    for row in years.index[years.isna() | (years % 1 != 0)]:
        sheet.book.set_aside(int(row), f"Column 'year' holds no year from {FIRST} on.")
    return years.where(years % 1 == 0).astype("Int64")


def _identifiers(sheet: Sheet, years: pd.Series) -> pd.Series:
    """Number and year, as "12/2020"; a row without a number, or with two years, is set aside."""
    found = []
    for (row, cell), year in zip(sheet.text("number").items(), years, strict=True):
        number = _NUMBER.fullmatch(cell)
        if number is None:
            sheet.book.set_aside(int(str(row)), "Column 'number' holds no number, such as 12.")
        elif number[2] and not pd.isna(year) and int(number[2]) != year:
            sheet.book.set_aside(int(str(row)), "The number and the column 'year' name two years.")
        found.append("" if number is None or pd.isna(year) else f"{int(number[1])}/{year}")
    return pd.Series(found, index=years.index, dtype="object")
