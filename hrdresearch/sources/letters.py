"""Letters of a register or of the public database: reference, addressee, replies, deadline.

Columns of one row are compared; where they contradict each other, the row is set aside or the value
is emptied, with the reason in ``sheet.book``. A letter is counted once, even if several mandates sent
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hrdresearch.clean.dates import read_dates
from hrdresearch.clean.references import Reference, parse_reference
from hrdresearch.sources.ledger import years_of
from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import all_codes, to_iso3

LARGEST_YEAR_GAP = 1
NO_LETTER: Mapping[str, Any] = {
    "letter_id": "",
    "addressee_code": "",
    "state_iso3": None,
    "type_code": "",
    "year": 0,
    "is_joint": False,
}
UNREAD = "unread"
STATE_CODES = frozenset(all_codes())


@dataclass(frozen=True)
class Letters:
    """Letters of one file: one row for each letter; the index is the row of the file."""

    frame: pd.DataFrame

    def __getitem__(self, column: str) -> pd.Series:
        """One column: letter_id, addressee_code, state_iso3, type_code, year or is_joint."""
        return self.frame[column]

    def columns(self, sent: pd.Series, mandates: pd.Series, replies: pd.Series) -> dict[str, Any]:
        """Columns of table ``communications`` that every list of letters has, with the replies.

        sent: day of sending. mandates: codes joined by ``|``. replies: those of each letter in order
        of time, as dictionaries with ``day`` and the codes of the coders.
        """
        first = replies.map(lambda listed: listed[0]["day"] if listed else pd.NaT)
        return {
            **{c: self[c] for c in ("letter_id", "addressee_code", "state_iso3", "type_code")},
            "sent_date": sent,
            "sent_year": years_of(sent),
            "is_joint": self["is_joint"] | mandates.str.contains("|", regex=False),
            "mandate_codes": mandates,
            "replies": replies.map(len),
            "first_reply_date": pd.to_datetime(first).astype("datetime64[ns]"),
            "replies_listed": replies,
        }


def read_letters(
    sheet: Sheet,
    *,
    reference: str,
    sent: pd.Series,
    addressee: str,
    type_column: str,
    kind: str = "",
) -> Letters:
    """Read reference, addressee and type of each letter, and compare them with each other.

    reference, addressee, type_column, kind: names of columns; kind says whether an addressee that
    is not a State is a company. sent: day of sending of each row. A row without a valid reference,
    with a contradiction, or of a letter that stands in an earlier row is set aside.
    """
    parsed = {cell: parse_reference(cell) for cell in sheet.text(reference).unique()}
    states = _addressees(sheet, addressee, sent)
    kinds = sheet.codes(kind, "addressee", default="other_actor") if kind else None
    rows = []
    for row, cell in sheet.text(reference).items():
        number = int(str(row))
        ref = parsed[cell]
        kind_code = str(kinds.at[row]) if kinds is not None else "other_actor"
        rows.append(_letter(sheet, number, ref, reference, states.at[row], kind_code))
    frame = pd.DataFrame(rows, sheet.cells.index, columns=list(NO_LETTER))
    _check_type(sheet, type_column, frame)
    _check_year(sheet, reference, frame, sent)
    _once(sheet, frame, sent)
    return Letters(frame)


def reply_deadlines(
    sheet: Sheet, sent: pd.Series, types: pd.Series, in_letter: pd.Series
) -> pd.Series:
    """Day by which a reply is due: that of the letter, else the usual time of its type.

    sent: day of sending. types: code of the type of letter. in_letter: deadline that the letter sets, or
    empty; one before the day of sending is an issue and not used.
    """
    allowed = types.map(vocabulary("letter_type")["deadline_days"]).astype("float")
    usual = sent + pd.to_timedelta(allowed, unit="D")
    wrong = in_letter.notna() & (in_letter < sent)
    sheet.book.issues_at(
        in_letter.index[wrong],
        "deadline",
        "The deadline is before the day of sending.",
        "the deadline of the type of letter is taken",
    )
    return in_letter.mask(wrong).fillna(usual)


def days_after_sending(sheet: Sheet, column: str, dates: pd.Series, sent: pd.Series) -> pd.Series:
    """Days of a column; a day before the day of sending is emptied, with an issue."""
    wrong = dates.notna() & (dates < sent)
    what = "The day is before the day on which the letter was sent."
    sheet.book.issues_at(dates.index[wrong], column, what, "emptied")
    return dates.mask(wrong)


def read_reply_days(
    sheet: Sheet, column: str, sent: pd.Series, order: str = "ymd"
) -> dict[int, list[tuple[int, pd.Timestamp]]]:
    """Read the days of the replies of each letter, from cells like "2020-06-30; 2020-08-01".

    Returns for each row the replies in order of time: position in the cell (from 0) and day. A day
    before the letter, or one that cannot be read, is an issue, and the reply is not counted.
    """
    cells = sheet.text(column)
    pieces = {
        cell: [(place, p.strip()) for place, p in enumerate(cell.split(";")) if p.strip()]
        for cell in cells.unique()
    }
    every = pd.Series(sorted({p for listed in pieces.values() for _, p in listed}), dtype="object")
    read = read_dates(every, order)
    whole = read["date"].where(read["precision"] == "day")
    day: dict[str, Any] = dict(zip(map(str, every), whole, strict=True))
    found: dict[int, list[tuple[int, pd.Timestamp]]] = {}
    for row, cell in cells.items():
        number = int(str(row))
        good: list[tuple[int, pd.Timestamp]] = []
        for place, piece in pieces[cell]:
            when = day[piece]
            if pd.isna(when):
                sheet.book.issue(number, column, "A reply has no day.", "the reply is not counted")
            elif when < sent.at[row]:
                what = "A reply is dated before the letter."
                done = "the reply is not counted until its day is put right"
                sheet.book.issue(number, column, what, done)
            else:
                good.append((place, when))
        found[number] = sorted(good, key=lambda reply: reply[1])
    return found


def _addressees(sheet: Sheet, column: str, sent: pd.Series) -> pd.Series:
    names = sheet.text(column)
    by_key = {
        key: to_iso3(key[0], None if pd.isna(key[1]) else key[1].date())
        for key in set(zip(names, sent, strict=True))
    }
    return pd.Series(
        [by_key[key] for key in zip(names, sent, strict=True)], names.index, dtype="object"
    )


def _letter(
    sheet: Sheet, row: int, ref: Reference | None, column: str, addressee: Any, kind: str
) -> dict[str, Any]:
    """Columns of one letter; a letter with a contradiction is set aside."""
    empty = dict(NO_LETTER)
    if ref is None:
        what = f"Column {column!r} holds no reference number, such as AL COL 3/2020."
        sheet.book.set_aside(row, what)
        return empty
    if ref.is_to_state and ref.addressee not in STATE_CODES:
        sheet.book.set_aside(row, f"The reference names {ref.addressee}, which is no State code.")
        return empty
    if ref.is_to_state and addressee is None:
        what = "The addressee is no State that is known at that date."
        sheet.book.issue(row, column, what, "the State of the reference is taken")
    elif ref.is_to_state and addressee != ref.addressee:
        sheet.book.set_aside(row, "The reference names one State and the addressee another.")
    elif not ref.is_to_state and addressee is not None:
        sheet.book.set_aside(row, "The reference is of another actor, but the addressee a State.")
    abbreviations = vocabulary("letter_type")["abbreviations"]
    return {
        "letter_id": ref.text,
        "addressee_code": "state"
        if ref.is_to_state
        else (kind if kind != "state" else "other_actor"),
        "state_iso3": ref.addressee if ref.is_to_state else None,
        "type_code": abbreviations[ref.type],
        "year": ref.year,
        "is_joint": ref.is_joint,
    }


def _check_type(sheet: Sheet, column: str, frame: pd.DataFrame) -> None:
    """Note an issue where the type contradicts the reference; a J in the type means a joint letter."""
    abbreviations = vocabulary("letter_type")["abbreviations"]
    types = sheet.text(column).str.upper()
    frame["is_joint"] |= types.str.startswith("J")
    coded = types.str.removeprefix("J").map(abbreviations)
    wrong = (types != "") & (coded != frame["type_code"]) & (frame["letter_id"] != "")
    what = "The type is not that of the reference number."
    sheet.book.issues_at(frame.index[wrong], column, what, "the reference is taken")


def _check_year(sheet: Sheet, column: str, frame: pd.DataFrame, sent: pd.Series) -> None:
    gap = (frame["year"] - sent.dt.year).abs()
    wrong = (frame["letter_id"] != "") & (gap > 0)
    far = frame.index[wrong & (gap > LARGEST_YEAR_GAP)]
    for row in far:
        sheet.book.set_aside(int(row), "The year of the reference is not that of the sending.")
    near = frame.index[wrong & (gap <= LARGEST_YEAR_GAP)]
    what = "The year of the reference is not that of the sending."
    sheet.book.issues_at(near, column, what, "accepted; the day of sending counts")


def _once(sheet: Sheet, frame: pd.DataFrame, sent: pd.Series) -> None:
    """Set aside every further row with the same reference; the reason says whether it is the same letter."""
    first: dict[str, Any] = {}
    for row, reference in frame["letter_id"].items():
        number = int(str(row))
        if not reference or number in sheet.book.rows_aside:
            continue
        if reference not in first:
            first[reference] = row
            continue
        earlier = first[reference]
        if str(sent.at[row]) == str(sent.at[earlier]):
            reason = f"The same letter as in row {earlier}: a joint letter is counted once."
        else:
            reason = f"Another letter, in row {earlier}, has the same reference number."
        sheet.book.set_aside(number, reason)


def note_unread_mandates(sheet: Sheet, mandates: pd.Series) -> None:
    """Add a note with the number of letters that name a mandate unknown to the vocabulary.

    mandates: codes of the mandates of each row, joined by ``|``; ``UNREAD`` for an unknown one.
    """
    kept = mandates[~mandates.index.isin(sheet.book.rows_aside)]
    unread = int(("|" + kept + "|").str.contains(f"|{UNREAD}|", regex=False).sum())
    if unread:
        sheet.book.note(
            "{letters} of the letters name a mandate that the vocabulary does not know: it is "
            "counted as not read, under no other mandate. A letter "
            "that names this mandate nowhere else is left out.",
            letters=unread,
        )


def rows_of_repeated_letters(sheet: Sheet, letters: Letters) -> dict[int, int]:
    """For each row that repeats a letter, the row of that letter that is counted.

    With it the mandates of both rows are put together.
    """
    kept = {
        reference: int(str(row))
        for row, reference in letters["letter_id"].items()
        if int(str(row)) not in sheet.book.rows_aside
    }
    return {
        int(str(row)): kept[reference]
        for row, reference in letters["letter_id"].items()
        if int(str(row)) in sheet.book.rows_aside and reference in kept
    }
