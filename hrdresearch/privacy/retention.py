"""Retention: how long rows and files of a restricted list are kept, and which are due for deletion.

The retention book of a study says since when each row and each file is here. Rows are named by keyed
digests only. ``hrdresearch.run.retention`` reads and writes the book, sealed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import pandas as pd

APPROVALS = 2  # desks that decide before anything is deleted
LONGEST = 1200  # months; beyond it somebody has mistyped


@dataclass(frozen=True)
class RetentionTerm:
    """For how many months rows and files of a list are kept after they were taken in.

    why: the agreement or law, in words. desk, day: who declared the term, and when; "" for a term in
    source.yml. Raises ValueError for a term that is no number of months.
    """

    source: str
    rows_months: int
    files_months: int
    why: str = field(default="", repr=False)
    desk: str = ""
    day: str = ""

    def __post_init__(self) -> None:
        """Refuse terms that are no number of months."""
        for months in (self.rows_months, self.files_months):
            if not isinstance(months, int) or not 1 <= months <= LONGEST:
                raise ValueError(f"rows_months and files_months are 1 to {LONGEST}")


@dataclass(frozen=True)
class LegalHold:
    """A legal hold: a list, or one row of it, may not be deleted until a day.

    desk: desk that asked for the hold. why: reason, in words. ref: the row; "" for the whole list.
    lifted: the two desks that lifted the hold before its day. lifting: desk -> its reason to lift it.
    """

    source: str
    desk: str
    why: str = field(repr=False)
    since: str
    until: str
    ref: str = ""
    lifted: str = ""
    lifting: Mapping[str, str] = field(default_factory=dict, repr=False)

    def lift(self, desk: str, why: str) -> LegalHold:
        """Copy of the hold with one more desk that wants to lift it; two desks lift it.

        why: reason of the desk.
        """
        lifting = {**self.lifting, desk: why}
        lifted = ", ".join(sorted(lifting)) if len(lifting) >= APPROVALS else ""
        return replace(self, lifting=lifting, lifted=self.lifted or lifted)

    def is_in_force(self, day: dt.date) -> bool:
        """Whether the hold forbids deletion on a day."""
        return not self.lifted and self.since <= day.isoformat() <= self.until


@dataclass(frozen=True)
class DeletionProposal:
    """Proposal to delete rows and files of a list that are due.

    rows: keyed references. files: SHA-256. approved: desk -> hash of what it approved. is_erased: whether
    the rows have been deleted. gone: files that have been deleted.
    """

    source: str
    day: str
    rows: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    approved: Mapping[str, str] = field(default_factory=dict)
    is_erased: bool = False
    gone: tuple[str, ...] = ()

    def digest(self, may_return: bool) -> str:
        """Hash that a desk approves; may_return: whether later builds may take the rows in again."""
        body = [self.source, self.day, self.rows, self.files, may_return]
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()

    @property
    def rows_may_return(self) -> bool | None:
        """Whether later builds may take the rows in again; None until two desks approve the same."""
        said = list(self.approved.values())
        agreed = [back for back in (False, True) if said.count(self.digest(back)) >= APPROVALS]
        return agreed[0] if agreed else None

    @property
    def is_done(self) -> bool:
        """Whether all its rows and files have been deleted."""
        return self.is_erased and set(self.gone) == set(self.files)


@dataclass
class RetentionBook:
    """Since when rows and files of a study's restricted lists are here, and what desks decided on them.

    rows: source -> reference of a row -> day on which it was taken in. files: source, name, SHA-256 and
    day of each file. builds: builds that have been noted. safety: withdrawals of persons that were
    carried out in spite of a hold, for their safety.
    """

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    files: list[dict[str, str]] = field(default_factory=list)
    builds: list[str] = field(default_factory=list)
    terms: list[RetentionTerm] = field(default_factory=list)
    holds: list[LegalHold] = field(default_factory=list)
    proposals: list[DeletionProposal] = field(default_factory=list)
    safety: list[dict[str, Any]] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """The book as bytes, which are then sealed."""
        return json.dumps(asdict(self)).encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> RetentionBook:
        """Inverse of ``to_bytes``; ValueError, TypeError or KeyError for a damaged book."""
        body = json.loads(data)
        of = {"terms": RetentionTerm, "holds": LegalHold}
        body |= {name: [kind(**one) for one in body[name]] for name, kind in of.items()}
        listed = ("rows", "files", "gone")
        body["proposals"] = [
            DeletionProposal(**(one | {name: tuple(one[name]) for name in listed}))
            for one in body["proposals"]
        ]
        return cls(**{f.name: body[f.name] for f in fields(cls)})

    def sources(self) -> list[str]:
        """Names of the lists of which rows or files are here."""
        with_rows = (source for source, rows in self.rows.items() if rows)
        return sorted({*with_rows, *(f["source"] for f in self.files)})

    def open_proposal(self, source: str) -> DeletionProposal | None:
        """The proposal on a list that has not been carried out yet; None without one."""
        return next((p for p in self.proposals if p.source == source and not p.is_done), None)

    def holds_on(self, source: str, day: dt.date) -> list[LegalHold]:
        """Legal holds on a list, or on rows of it, that are in force on a day."""
        return [hold for hold in self.holds if hold.source == source and hold.is_in_force(day)]

    def held_rows(self, source: str, day: dt.date) -> frozenset[str]:
        """References of the rows of a list that a legal hold keeps on a day."""
        rows = self.rows.get(source, {})
        holds = self.holds_on(source, day)
        return frozenset(ref for ref in rows if any(ref.startswith(h.ref) for h in holds))

    def is_held_back(self, one: DeletionProposal, day: dt.date) -> bool:
        """Whether a legal hold keeps a row or a file of a proposal on a day; any hold keeps all files."""
        held = self.held_rows(one.source, day) & set(one.rows)
        return bool(held or (one.files and self.holds_on(one.source, day)))


def is_due(since: str, months: int, day: dt.date) -> bool:
    """Whether a row or file has been kept for its term; since: day on which it was taken in.

    >>> is_due("2021-01-31", 1, dt.date(2021, 2, 28)), is_due("2021-01-31", 1, dt.date(2021, 2, 27))
    (True, False)
    """
    return bool((pd.Timestamp(since) + pd.DateOffset(months=months)).date() <= day)


def propose_deletion(
    book: RetentionBook, term: RetentionTerm, persons: Iterable[Collection[str]], day: dt.date
) -> DeletionProposal | None:
    """Propose to delete the rows and files of a list that are due and that no hold keeps; None if none.

    persons: references of the rows of each person. All rows of a person are due together, on the day on
    which the newest is.
    """
    source = term.source
    held = book.held_rows(source, day)
    rows = book.rows.get(source, {})
    due = {r for r, since in rows.items() if is_due(since, term.rows_months, day)} - held
    for own in persons:
        if not due.issuperset(own):
            due.difference_update(own)
    files = [
        f["sha256"]
        for f in book.files
        if f["source"] == source and is_due(f["since"], term.files_months, day)
    ]
    if book.holds_on(source, day):
        files = []  # they hold the rows that are to be kept
    if not due and not files:
        return None
    return DeletionProposal(source, day.isoformat(), tuple(sorted(due)), tuple(files))
