"""Consents: for which purpose a person's case may be used, on what basis, and until when.

A consent is given by one person for one purpose. It is dated, and it can be refused, delayed to a later
day, limited to a last day, and revoked. All entries are kept; the last one on a person and a purpose
counts. For a person who has died, the next of kin give consent. Where nobody can be asked, for example
for a prisoner held without contact, another recorded basis allows counting the case and nothing more.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PURPOSES = ("counts", "named", "story", "quoted", "shared")
TOLD_BY_NAME = ("named", "story")
GIVEN_BY = ("self", "next_of_kin", "organization", "nobody", "un_publication")
BASES = ("consent", "agreement", "other", "un_publication")
GIVEN_FOR = {
    "consent": ("self", "next_of_kin"),
    "agreement": ("organization",),
    "other": ("nobody",),
    "un_publication": ("un_publication",),
}
COLUMNS = (
    "source",
    "case_id",
    "purpose",
    "answer",
    "date",
    "given_by",
    "basis",
    "basis_words",
    "not_before",
    "expires",
    "revoked",
    "public_name",
    "un_symbol",
    "risk_reviewed",
)
DATES = ("date", "not_before", "expires", "revoked", "risk_reviewed")
_SYMBOL = re.compile(r"[A-Z]+(?:/[A-Za-z0-9.]+)+(?: .*)?\Z")


@dataclass(frozen=True)
class Consent:
    """Answer of one person for one purpose.

    person: pseudonym or keyed mark. purpose: one of ``PURPOSES``. date: day of the answer. given_by: who
    answered, one of ``GIVEN_BY``. basis: one of ``BASES``. answer: given or refused. not_before: day
    before which the consent does not count (embargo). expires: day from which it no longer counts.
    risk_reviewed: last day on which a desk reviewed the risk of naming the person. basis_words: the basis
    in words, where it is neither consent nor a publication. Raises ValueError for a consent whose basis
    does not hold.
    """

    person: str
    purpose: str
    date: dt.date
    given_by: str
    basis: str = "consent"
    un_symbol: str = ""
    public_name: str = ""
    revoked: dt.date | None = None
    expires: dt.date | None = None
    answer: str = "given"
    basis_words: str = ""
    not_before: dt.date | None = None
    risk_reviewed: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a consent whose basis does not hold; the message names no person."""
        if self.purpose not in PURPOSES:
            raise ValueError(f"purpose is none of {', '.join(PURPOSES)}")
        if self.answer not in ("given", "refused"):
            raise ValueError("answer is given or refused")
        if self.answer == "refused":
            return
        if self.basis not in BASES or self.given_by not in GIVEN_BY:
            raise ValueError(f"basis is one of {BASES}, given_by one of {GIVEN_BY}")
        if self.given_by not in GIVEN_FOR[self.basis]:
            if "un_publication" in (self.basis, self.given_by):
                raise ValueError("a UN publication is a basis of its own: given_by says so as well")
            raise ValueError(f"basis {self.basis} is given by {' or '.join(GIVEN_FOR[self.basis])}")
        if self.basis in ("agreement", "other"):
            if self.purpose != "counts":
                raise ValueError(f"basis {self.basis} allows counts only")
            if not self.basis_words.strip():
                raise ValueError(f"basis {self.basis} is said in words (basis_words)")
        if self.basis == "un_publication" and not _SYMBOL.match(self.un_symbol):
            raise ValueError("a UN publication is named by its symbol, such as A/HRC/00/00")
        if self.purpose in TOLD_BY_NAME and not self.public_name.strip():
            raise ValueError("a consent to be named says the name that may be printed")

    def __repr__(self) -> str:
        """A traceback must not print the name, nor who refused."""
        return f"Consent(purpose={self.purpose!r})"

    def is_in_force(self, on_date: dt.date) -> bool:
        """Whether the consent counts on a day: given, past its embargo, not revoked and not expired."""
        begins = [day for day in (self.date, self.not_before) if day is not None]
        ended = [day for day in (self.revoked, self.expires) if day is not None]
        is_running = max(begins) <= on_date and all(on_date < day for day in ended)
        return self.answer == "given" and is_running

    def is_reviewed(self, edition: dt.date) -> bool:
        """Whether the risk of naming the person was reviewed for the edition of that day."""
        return self.risk_reviewed is not None and self.risk_reviewed >= edition


def read_consent(row: Mapping[str, str], person: str) -> Consent:
    """Read the consent in a row of the sheet of consents.

    row: cells by column (``COLUMNS``). Raises ValueError that says what is wrong and repeats no cell.
    """
    held = {column: row[column].strip() for column in COLUMNS}
    days: dict[str, dt.date | None] = {}
    for column in DATES:
        try:
            days[column] = dt.date.fromisoformat(held[column]) if held[column] else None
        except ValueError:
            raise ValueError(f"{column} is not written as YYYY-MM-DD") from None
    date = days.pop("date")
    if date is None:
        raise ValueError("date is empty")
    texts = ("purpose", "answer", "given_by", "basis", "basis_words", "public_name", "un_symbol")
    return Consent(person=person, date=date, **{c: held[c] for c in texts}, **days)  # type: ignore[arg-type]


def answers_in_force(
    consents: Iterable[Consent], purpose: str, on_date: dt.date
) -> dict[str, Consent | None]:
    """For each person the consent that counts on a day for a purpose, or None where it was denied.

    None: the last answer is a refusal, was revoked, has expired, or does not count yet. An answer
    replaces all earlier ones; a revocation ends all consents given before it. A publication of the
    United Nations counts until it is refused. Persons without an answer are not in the result.
    """
    last: dict[str, tuple[tuple[dt.date, bool], Consent | None]] = {}
    published: dict[str, Consent] = {}
    refused: dict[str, dt.date] = {}
    for one in consents:
        if one.purpose != purpose or one.date > on_date:
            continue
        events: list[tuple[dt.date, Consent | None]] = []
        if one.answer == "refused":
            refused[one.person] = max(one.date, refused.get(one.person, one.date))
            events.append((one.date, None))
        elif one.basis == "un_publication":
            if one.is_in_force(on_date):
                published[one.person] = one
            continue
        else:
            events.append((one.date, one if one.is_in_force(on_date) else None))
        if one.revoked is not None and one.revoked <= on_date:
            events.append((one.revoked, None))
        for day, answer in events:
            order = (day, answer is None)
            if one.person not in last or order >= last[one.person][0]:
                last[one.person] = (order, answer)
    found = {person: answer for person, (_, answer) in last.items()}
    for person, one in published.items():
        if found.get(person) is None and refused.get(person, dt.date.min) < one.date:
            found[person] = one
    return found
