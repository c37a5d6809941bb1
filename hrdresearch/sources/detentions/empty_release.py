"""Rows of a user's own list without a day of release: only its owner knows what that means."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.prisoners import NOT_SAID
from hrdresearch.sources.reads import AS_WRITTEN
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.cases import NOT_RECORDED

HELD, UNKNOWN = "held", "unknown"  # of detention_exit
SAYS_HELD = ("detained", "imprisoned", "arrested", "held", "jailed")  # of a status
REMARK = (
    "{persons} persons are counted as not recorded whether they are still held: their cell of {column} is "
    "empty, and the owner of the list has not said what that means. If it means still held, write empty: "
    "held in the line of release_date of source.yml, if it means not known, empty: unknown."
)
NO_COLUMN = (
    "{persons} persons are counted as not recorded whether they are still held: no column of the list says "
    "who is free and who is held. If everybody on it is still held, write exit: {{value: held}} under reads "
    "of source.yml."
)


def with_empty_releases(
    sheet: Sheet, told: pd.Series, status: pd.Series, words: pd.Series
) -> pd.Series:
    """Ends of detentions, of rows of which no cell tells the end as the owner says.

    told: codes of ``detention_exit``. status, words: what the list says of the person and of the end, in
    small letters. Where the owner has said nothing, and the list says of nobody that the
    person is held (or has no column that could), such rows are ``NOT_SAID``: no date makes them held; a note
    counts them.
    """
    how = sheet.layout.reads.get("release_date", {})
    if not columns_of(how) and (
        not sheet.layout.reads or {"exit", "status"} & {*sheet.layout.reads}
    ):
        return told
    is_open = (sheet.text(f"release_date{AS_WRITTEN}") == "") & (sheet.text("arrest_date") != "")
    is_open &= (sheet.text("death_date") == "") & (status == "") & (words == "")
    is_open &= told.isin((NOT_RECORDED, UNKNOWN))
    if said := how.get("empty"):
        return told.mask(is_open, str(said))
    if not is_open.any() or status.isin(SAYS_HELD).any() or told.eq(HELD).any():
        return told
    remark = REMARK if columns_of(how) else NO_COLUMN
    sheet.book.note(remark, persons=int(is_open.sum()), column=", ".join(columns_of(how)))
    return told.mask(is_open, NOT_SAID)
