"""Table ``case_editions``: one row for each case in an edition of a list, with its class in the next one.

An earlier edition of a list is given to a build as ``cpj@2018``: the list, and the year, month or day of
the edition. The newest edition is given without it, as ``cpj``.
"""

from __future__ import annotations

import re

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes

MARK, NEWEST, NO_ROW = "@", "newest", "no_row"
EDITION = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
MONTHS = [f"{pd.Timestamp(2000, month, 1):%B}" for month in range(1, 13)]


class CaseEditions(Rows):
    """One row for each case in an edition; names were removed, and linked rows have one pseudonym."""

    victim_id: Series[str] = pa.Field(
        description="Pseudonym of the case, the same in all editions in which it was recognized"
    )
    source: Series[str] = pa.Field(description="Slug of the list, without its edition")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    edition: Series[str] = pa.Field(
        description="Year, month or day of the edition; newest for the last"
    )
    edition_number: Series[int] = pa.Field(ge=1, description="Place of the edition, oldest first")
    state_iso3: Series[str] = pa.Field(
        str_matches=r"^([A-Z]{3})$", description="State or territory of the act, ISO 3166-1 alpha-3"
    )
    event_year: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Year that this edition counts the case in"
    )
    case_age_code: Series[str] = pa.Field(
        isin=codes("case_age"),
        description="Years from the case to the last year that the edition covers, in classes",
    )
    death_type_code: Series[str] = pa.Field(
        isin=codes("death_type"), description="Type of death as this edition classes it"
    )
    impunity_code: Series[str] = pa.Field(
        isin=codes("impunity"), description="Accountability as this edition classes it"
    )
    next_impunity_code: Series[str] = pa.Field(
        isin=(*codes("impunity"), NO_ROW),
        description="Accountability as the next edition classes the same case; no_row where it has none",
    )
    status_change_code: Series[str] = pa.Field(
        isin=codes("status_change"), description="What became of the class in the next edition"
    )

    class Config:
        """source, edition and source_row together are unique."""

        unique = ("source", "edition", "source_row")


TABLE = Table(CaseEditions, person_column=None, year_column="event_year")


def parse_edition(slug: str) -> tuple[str, str]:
    """The list and the edition that a slug names; the edition is "" where it names none.

    >>> parse_edition("cpj@2018-05"), parse_edition("cpj")
    (('cpj', '2018-05'), ('cpj', ''))
    """
    base, _, edition = slug.partition(MARK)
    return base, edition


def edition_in_words(edition: str) -> str:
    """The name of an edition in words.

    >>> edition_in_words("2018-05"), edition_in_words("2020-11-03"), edition_in_words("newest")
    ('edition of May 2018', 'edition of 3 November 2020', 'newest edition')
    """
    if edition == NEWEST:
        return "newest edition"
    year, *rest = edition.split("-")
    month = f"{MONTHS[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"edition of {day}{month}{year}"
