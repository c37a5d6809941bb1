"""Consents: whose name may be printed, on what basis, and until when.

A name is printed with consent for the purpose ``name``, given by the person or, for the dead, by
the next of kin, or where the UN has published it (with the document's symbol). Consent is per
person and purpose, dated, and can be revoked.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

PURPOSES = ("use", "name", "story", "quote", "share")
GIVEN_BY = ("self", "next_of_kin", "un_publication")
BASES = ("consent", "un_publication")
COLUMNS = (
    "person",
    "public_name",
    "purpose",
    "date",
    "given_by",
    "basis",
    "un_symbol",
    "revoked",
    "expires",
)
_SYMBOL = re.compile(r"[A-Z]+(?:/[A-Za-z0-9.]+)+(?: .*)?\Z")


@dataclass(frozen=True)
class Consent:
    """One person's consent for one purpose; ``person`` is a pseudonym."""

    person: str
    purpose: str
    date: dt.date
    given_by: str
    basis: str = "consent"
    un_symbol: str = ""
    public_name: str = ""
    revoked: dt.date | None = None
    expires: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a consent whose basis does not hold; the message names no person."""
        if self.purpose not in PURPOSES:
            raise ValueError(f"purpose {self.purpose!r} is none of {PURPOSES}")
        if self.basis not in BASES or self.given_by not in GIVEN_BY:
            raise ValueError(f"basis is one of {BASES}, given_by one of {GIVEN_BY}")
        if (self.basis == "un_publication") != (self.given_by == "un_publication"):
            raise ValueError("a UN publication is a basis of its own: given_by says so as well")
        if self.basis == "un_publication" and not _SYMBOL.match(self.un_symbol):
            raise ValueError("a UN publication is named by its symbol, such as A/HRC/00/00")
        if self.purpose in ("name", "story") and not self.public_name.strip():
            raise ValueError("a consent to be named says the name that may be printed")

    def __repr__(self) -> str:
        """A traceback must not print the name."""
        return f"Consent(person={self.person!r}, purpose={self.purpose!r}, date={self.date})"

    def holds(self, on_date: dt.date) -> bool:
        """Whether the consent is in force: given, not revoked and not expired on that day."""
        ended = [day for day in (self.revoked, self.expires) if day is not None]
        return self.date <= on_date and all(on_date < day for day in ended)


def read_consents(path: Path) -> list[Consent]:
    """Consents of a CSV file with the columns of ``COLUMNS``; errors name the row only."""
    frame = pd.read_csv(path, dtype="string", keep_default_na=False)
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise ValueError(f"{path.name} lacks the columns {missing}")
    consents = []
    for number, row in enumerate(frame.to_dict("records"), start=2):
        try:
            consents.append(
                Consent(
                    person=row["person"],
                    purpose=row["purpose"],
                    date=dt.date.fromisoformat(row["date"]),
                    given_by=row["given_by"],
                    basis=row["basis"],
                    un_symbol=row["un_symbol"],
                    public_name=row["public_name"],
                    revoked=dt.date.fromisoformat(row["revoked"]) if row["revoked"] else None,
                    expires=dt.date.fromisoformat(row["expires"]) if row["expires"] else None,
                )
            )
        except ValueError as error:
            message = "a date is not written as YYYY-MM-DD" if "isoformat" in str(error) else error
            raise ValueError(f"{path.name}, row {number}: {message}") from None
    return consents


def permitted_names(consents: list[Consent], on_date: dt.date) -> dict[str, str]:
    """Names that may be printed on a day, by the pseudonym of the person.

    A consent that the person or the next of kin revokes ends all earlier consents to be named. A
    name that the UN published stays public; a person who withdraws is removed altogether.
    """
    revoked: dict[str, dt.date] = {}
    for c in consents:
        if c.purpose == "name" and c.basis == "consent" and c.revoked and c.revoked <= on_date:
            revoked[c.person] = max(c.revoked, revoked.get(c.person, c.revoked))
    out: dict[str, str] = {}
    for consent in consents:
        if consent.purpose != "name" or not consent.holds(on_date):
            continue
        ended = revoked.get(consent.person)
        if consent.basis == "consent" and ended is not None and consent.date < ended:
            continue
        out[consent.person] = consent.public_name
    return out
