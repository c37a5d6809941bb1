"""Rows of lists of prisoners, with names and texts; the build codes and links them later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.same_person import person_keys
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.cases import NOT_RECORDED
from hrdresearch.vocab.states import m49

WHO = ("identity_codes", "cause_codes", "perpetrator_codes")  # facts of the person; who arrested
COURSE = ("proceedings_stage_code", "custody_measure_code", "detention_place_code")
GREGORIAN = ("", "gregorian")
NOT_SAID = "not_said"  # an end that is not recorded, and that no empty day of release makes "held"
_YEAR = re.compile(r"(?<!\d)(?:1[2-5]\d\d|2[3-7]\d\d)(?!\d)")  # Hijri, Persian; Buddhist
_LETTERS = re.compile(r"[^\W\d_]")


def prisoner_rows(sheet: Sheet, *, names: str, **columns: Any) -> pd.DataFrame:
    """Put the columns of a list of prisoners together, without the rows that were set aside.

    names: name of the column of persons. columns: columns by name. source, source_row,
    name_as_published, name_is_person and state_m49 are added. The build removes names and texts.
    """
    frame = pd.DataFrame(index=sheet.cells.index)
    cleaned = sheet.names(names)
    given = {
        "source": sheet.spec.facts.slug,
        "source_row": frame.index,
        "name_as_published": cleaned,
        "name_is_person": name_kinds(cleaned) == "person",
        "sentence_kind_as_published": "",
        "admin1_name": None,
        **dict.fromkeys((*WHO, *COURSE), NOT_RECORDED),
        **columns,
    }
    for column, values in given.items():
        frame[column] = values
    frame = frame[~frame.index.isin(sheet.book.rows_aside)]
    frame["state_m49"] = pd.array([m49(i) for i in frame["state_iso3"].astype(str)], dtype="Int64")
    return frame.reset_index(drop=True)


def rows_in_other_calendar(sheet: Sheet, columns: Sequence[str], declared: str) -> pd.Series:
    """Whether the dates of each row are of another calendar than the Gregorian one.

    columns: names of the columns of dates. declared: name of the column that names the calendar;
    else the year decides (Hijri, Persian or Buddhist). Such dates are issues and are not read; the
    row is kept.
    """
    calendars = sheet.text(declared).str.casefold()
    foreign = ~calendars.isin(GREGORIAN)
    for row in calendars.index[foreign]:
        sheet.book.issue(
            int(row),
            declared,
            "Dates of this calendar are not converted here.",
            "dates emptied; write them in the Gregorian calendar",
        )
    for column in columns:
        cells = sheet.text(column)
        odd = cells.map(lambda c: bool(_YEAR.search(c)) and not _LETTERS.search(c)).astype(bool)
        odd &= ~foreign
        sheet.book.issues_at(
            cells.index[odd],
            column,
            "The date is of an unknown calendar.",
            "emptied; say which calendar, or write it in the Gregorian one",
        )
        foreign = foreign | odd
    return foreign


def add_doubt_codes(rows: pd.DataFrame, book: Book) -> pd.DataFrame:
    """Add ``doubt_codes`` to each row, and the age where it can be computed; doubts are issues.

    A release or death before the arrest is kept, but no time is computed from it; an age below zero is
    emptied; two open spells of one person are both kept.
    """
    rows = rows.copy()
    began = rows["began_date"]
    found: dict[str, pd.Series] = {}
    found["release_before_arrest"] = _before(
        rows["released_date"], began, rows["released_precision"]
    ) | _before(rows["died_date"], began, rows["died_precision"])
    years = (began - rows["birth_date"]).dt.days // 365.2425
    minus = rows["age_as_published"].str.match(r"\s*-\s*\d")
    found["age_below_zero"] = (years < 0).fillna(False).astype(bool) | minus
    rows["age_years"] = rows["age_years"].fillna(
        years.where((years >= 0) & (years <= 120)).astype("Int64")
    )
    is_open = rows["released_date"].isna() & rows["died_date"].isna()
    is_open &= rows["exit_as_recorded"].isin(("held", "not_recorded", NOT_SAID))
    persons = person_keys(
        rows["name_as_published"],
        within=[rows["state_iso3"]],
        sex=rows["sex_code"],
        birth_year=rows["birth_date"].dt.year,
        is_person=rows["name_is_person"],
    )
    twice = persons[is_open].duplicated(keep=False)
    found["two_open_spells"] = twice.reindex(rows.index, fill_value=False)
    found["unknown_calendar"] = rows.pop("is_foreign_calendar").astype(bool)
    for code, (column, what, done) in ISSUE_OF_DOUBT.items():
        if what:
            book.issues_at(rows.loc[found[code], "source_row"], column, what, done)
    codes = [
        "|".join(code for code in found if found[code].iloc[i]) or "not_recorded"
        for i in range(len(rows))
    ]
    return rows.assign(doubt_codes=codes)


ISSUE_OF_DOUBT = {
    "release_before_arrest": (
        "release_date",
        "The release or death stands before the arrest.",
        "both kept; no time is computed from them",
    ),
    "age_below_zero": ("birth_date", "The age at arrest is below zero.", "emptied"),
    "two_open_spells": (
        "name",
        "Another open detention of the same person: same name and State, no other sex or birth.",
        "both kept; look whether one has ended",
    ),
    "unknown_calendar": ("", "", ""),
}


def _before(ended: pd.Series, began: pd.Series, precision: pd.Series) -> pd.Series:
    """Whether the end is before the beginning, also if an inexact end is moved a year later."""
    coarse = ended.where(precision == "day", ended + pd.Timedelta(days=366))
    return (coarse < began).fillna(False).astype(bool)
