"""Reads reference numbers of letters, such as ``AL COL 3/2020``: type, addressee, sequence and year.

A J before the type (JAL, JUA, JOL) means that several mandates sent the letter. ``OTH`` in place of
the State means companies and other actors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OTHER_ADDRESSEES = "OTH"

_REFERENCE = re.compile(
    r"(?P<joint>J?)(?P<type>AL|UA|OL)\s+(?P<addressee>[A-Z]{3})\s+(?P<number>\d{1,4})\s*/\s*"
    r"(?P<year>\d{4})"
)


@dataclass(frozen=True)
class Reference:
    """The parts of a reference number.

    type: AL, UA or OL. addressee: ISO3 code or ``OTH``. number: sequence number within the year.
    """

    type: str
    is_joint: bool
    addressee: str
    number: int
    year: int

    @property
    def text(self) -> str:
        """The reference number in one spelling: without the J, with single spaces."""
        return f"{self.type} {self.addressee} {self.number}/{self.year}"

    @property
    def is_to_state(self) -> bool:
        """False for letters to companies and other actors."""
        return self.addressee != OTHER_ADDRESSEES


def parse_reference(text: str) -> Reference | None:
    """Read a reference number; None when the text is not one.

    >>> parse_reference("jal col 3/2020").text
    'AL COL 3/2020'
    """
    found = _REFERENCE.fullmatch(" ".join(text.upper().replace("\u2215", "/").split()))
    if found is None or int(found["number"]) == 0:
        return None
    return Reference(
        type=found["type"],
        is_joint=bool(found["joint"]),
        addressee=found["addressee"],
        number=int(found["number"]),
        year=int(found["year"]),
    )
