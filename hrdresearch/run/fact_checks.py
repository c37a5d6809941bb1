"""Keeps a person's checks of facts of candidate records against independent sources.

``WORK/<study>/decisions/fact_checks.csv`` has one row for each record and fact. The pack for the SDG
custodian holds the sheet to fill in. A check names a desk (``desk-4``), never a person, and a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from hrdresearch.privacy.release_key import DESK
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import (
    read_filled_sheet,
    read_kept_rows,
    table_text,
    write_kept,
)
from hrdresearch.vocab import vocabulary

FILE = "fact_checks.csv"
COLUMNS = ("record_id", "fact", "sources", "independent", "desk", "day")
FACTS = ("status", "sex", "age_group", "date", "place", "act", "perpetrator", "link")


def record_number(pseudonym: str) -> str:
    """Public number of a record, person or incident: 15 digits made from its pseudonym.

    It has digits only, because a mix of letters and digits may look like a short name to the scan.

    >>> record_number("62cb5b7e4a2ccfac3a1f")
    '156649110092319'
    """
    return f"{int(pseudonym, 16) % 10**15:015d}"


@dataclass(frozen=True)
class FactCheck:
    """A check of one fact: number of sources read, whether they are independent, desk, and day."""

    sources: int
    is_independent: bool
    desk: str
    day: str

    @property
    def is_enough(self) -> bool:
        """Whether at least two independent sources were read."""
        return self.is_independent and self.sources >= int(vocabulary("sdg_check")["independent"])


def checks_by_record(decisions: Path) -> dict[str, dict[str, FactCheck]]:
    """Read the checks: record -> fact -> check; the last check of a fact counts.

    decisions: folder of the decisions of a study; it may be missing.
    """
    found: dict[str, dict[str, FactCheck]] = {}
    for number, row in enumerate(read_kept_rows(decisions / FILE), start=2):
        found.setdefault(row["record_id"], {})[row["fact"]] = _read(row, FILE, number)
    return found


def standing_of_record(checks: Mapping[str, FactCheck]) -> str:
    """Code of the vocabulary ``sdg_check`` for a record with these checks (key: fact).

    >>> standing_of_record({})
    'not_checked'
    """
    needed = vocabulary("sdg_check")["needed"]
    if all(fact in checks and checks[fact].is_enough for fact in needed):
        return "checked"
    return "in_part" if checks else "not_checked"


def keep_checks(file: Path, home: Path) -> int:
    """Keep the filled rows of a sheet as decisions; returns how many facts were checked.

    home: ``WORK/<study>``. RunError names the row and the column of an entry that cannot be read.
    """
    sheet = read_filled_sheet(file, COLUMNS, "the sheet of checks")
    filled: list[dict[str, str]] = []
    for number, cells in enumerate(sheet.to_dict("records"), start=2):
        row = {c: str(cells[c]).strip() for c in COLUMNS}
        if any(row[c] for c in COLUMNS[2:]):
            filled.append({**row, **_as_text(_read(row, file.name, number))})
    kept = {(r["record_id"], r["fact"]): r for r in read_kept_rows(home / "decisions" / FILE)}
    kept |= {(r["record_id"], r["fact"]): r for r in filled}
    write_kept(home / "decisions" / FILE, table_text(COLUMNS, list(kept.values())), home)
    return len(filled)


def _as_text(check: FactCheck) -> dict[str, str]:
    values = asdict(check)
    independent = "yes" if values.pop("is_independent") else "no"
    return {**{key: str(value) for key, value in values.items()}, "independent": independent}


def _read(row: Mapping[str, str], file: str, number: int) -> FactCheck:
    def refuse(column: str, expected: str) -> RunError:
        return RunError(f"{file}, row {number}, column {column!r}: {expected}")

    if row["fact"] not in FACTS:
        raise refuse("fact", f"write one of {', '.join(FACTS)}")
    if not row["sources"].isdigit():
        raise refuse("sources", "write how many sources were read, such as 2")
    if row["independent"].casefold() not in ("yes", "no"):
        raise refuse("independent", "write yes or no")
    if not DESK.fullmatch(row["desk"]):
        raise refuse("desk", "write the label of a desk, such as desk-4, and no name")
    try:
        day = dt.date.fromisoformat(row["day"])
    except ValueError:
        raise refuse("day", "write the day of the check, such as 2026-12-03") from None
    return FactCheck(
        int(row["sources"]), row["independent"].casefold() == "yes", row["desk"], str(day)
    )
