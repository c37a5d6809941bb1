"""Public database of communications of the special procedures, as a spreadsheet export.

The export says who wrote to whom and when a reply came; it holds no substance, persons or
outcomes, and those stay not recorded.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.ledger import accepted_rows, read_counts, read_days
from hrdresearch.sources.letters import (
    UNREAD,
    note_unread_mandates,
    read_letters,
    read_reply_days,
    reply_deadlines,
    rows_of_repeated_letters,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.communications import Communications

OWN_MANDATE = "defenders"
MADE_BY_THE_BUILD = ("first_substantive_date",)
NOT_CODED = dict.fromkeys(("coder_a", "coder_b", "substance"), "not_coded")


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``communications``."""
    sent = read_days(sheet, "Date", "dmy", needed=True)
    letters = read_letters(
        sheet, reference="Reference", sent=sent, addressee="Addressee", type_column="Type"
    )
    mandates = _mandates(sheet, rows_of_repeated_letters(sheet, letters))
    days = read_reply_days(sheet, "Reply dates", sent, "dmy")
    replies = pd.Series(
        {row: [{"day": day, **NOT_CODED} for _, day in listed] for row, listed in days.items()},
        dtype="object",
    )
    number, _ = read_counts(sheet, "Replies")
    _check_number_of_replies(sheet, number, replies)
    empty = pd.Series(pd.NaT, sheet.cells.index).astype("datetime64[ns]")
    numbers = pd.Series(pd.NA, sheet.cells.index, dtype="Int64")
    deadline = reply_deadlines(sheet, sent, letters["type_code"], empty)
    return accepted_rows(
        sheet,
        Communications,
        MADE_BY_THE_BUILD,
        **letters.columns(sent, mandates, replies),
        draft_date=empty,
        clearance_days=numbers,
        has_this_mandate=("|" + mandates + "|").str.contains(f"|{OWN_MANDATE}|", regex=False),
        deadline_date=deadline,
        published_date=deadline,  # the export gives no day: taken as public when the time is over
        persons=numbers,
        is_persons_open=False,
        women=numbers,
        is_women_open=False,
        reprisals_code="not_recorded",
        legislation_code="not_recorded",
        is_reply_undated=(replies.map(len) == 0)
        & (number.fillna(0).gt(0) | (sheet.text("Reply dates") != "")),
        followed_up_date=empty,
        outcome_code="none_known",
        outcome_date=empty,
        outcome_consent_date=empty,
        persons_listed=[[] for _ in sheet.cells.index],
        questions="",
        reply_text="",
    )


def _mandates(sheet: Sheet, repeated: dict[int, int]) -> pd.Series:
    """Mandates of a letter, with those of the rows that repeat it for a further mandate."""
    cells = sheet.joined("Mandates", "mandate", split=";", unread=UNREAD)
    cells = cells.copy()
    for row, kept in repeated.items():
        united = dict.fromkeys(f"{cells.at[kept]}|{cells.at[row]}".split("|"))
        united.pop("not_recorded", None)
        cells.at[kept] = "|".join(united) or "not_recorded"
    note_unread_mandates(sheet, cells)
    return cells


def _check_number_of_replies(sheet: Sheet, number: pd.Series, replies: pd.Series) -> None:
    """Note an issue where the published number of replies is not that of their days."""
    differ = number.notna() & (number != replies.map(len).astype("Int64"))
    what = "The number of replies is not that of their usable days."
    done = "the days are counted"
    sheet.book.issues_at(number.index[differ.fillna(False)], "Replies", what, done)
