"""Writes a calendar (RFC 5545) of days on which something is due; an entry says only "case due".

A calendar is copied to telephones and servers. Therefore an entry holds no name, no State and no number of a
case, and does not say what is due. A day has one entry, even if several things are due.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import KeyProblem, study_key
from hrdresearch.privacy.release import next_edition_day
from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run.consents import read_answers
from hrdresearch.run.errors import RunError
from hrdresearch.run.lookups.audit import KEY
from hrdresearch.run.lookups.lists import current_builds, is_vault_open
from hrdresearch.run.retention import term_of
from hrdresearch.run.retention_book import read_book
from hrdresearch.sources import SourceError, get_facts
from hrdresearch.studies.ground.build import Build, DamagedBuildError

DUE = "case due"
LINE = 75  # most bytes in a line of a calendar (RFC 5545, 3.1), without the line end
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class DaysDue:
    """Days on which something is due, from today on, and the studies that could not be searched."""

    days: tuple[dt.date, ...]
    not_searched: tuple[str, ...]


def find_days_due(work: Path, today: dt.date) -> DaysDue:
    """Find the days on which something is due: replies, consents, retention, editions, legal holds.

    work: work folder. today: earlier days are left out. RunError if there is no build.
    """
    builds = current_builds(work)
    if not builds:
        raise RunError(f"There is no build in {work}, so nothing is due: build a study first")
    found: set[dt.date] = set()
    missed = []
    for build in builds:
        if (build.extras("build") or {}).get("is_sealed") and not is_vault_open(work):
            missed.append(f"{build.study}: kept in the vault (hrdresearch vault open)")
            continue
        try:
            found.update(_days_of(build, today))
        except (VaultProblem, KeyProblem, RunError, DamagedBuildError) as problem:
            missed.append(f"{build.study}: {problem}")
    return DaysDue(tuple(sorted(day for day in found if day >= today)), tuple(missed))


def write_calendar(days: Iterable[dt.date], label: str, now: dt.datetime) -> bytes:
    """Make a calendar with one entry for each day and return its bytes.

    label: label of the desk, printed after "case due", or "". now: time in UTC. A day always has the same
    identifier (UID), so that a newer calendar replaces an older one.
    """
    said = f"{DUE}, {label}" if label else DUE
    secret = study_key(KEY).secret
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hrdresearch//EN"]
    for day in sorted(set(days)):
        mark = hmac.digest(secret, f"calendar {day} {label}".encode(), "sha256").hex()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{mark}",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{said.translate(_ESCAPED)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    folded = (fold_line(line) for line in [*lines, "END:VCALENDAR"])
    return "".join(f"{line}\r\n" for line in folded).encode("utf-8")


def fold_line(line: str) -> str:
    """Fold a line of a calendar into pieces of at most 75 bytes, separated by a line end and a space.

    >>> fold_line("x" * 80).split("\\r\\n")[1]
    ' xxxxx'
    """
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if size + width > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece])


def _days_of(build: Build, today: dt.date) -> Iterator[dt.date]:
    if "communications" in (build.extras("build") or {}).get("tables", ()):
        letters = build.table("communications")
        yield from _dates(letters.loc[letters["first_reply_date"].isna(), "deadline_date"])
        yield from _dates(letters["published_date"])
    home = build.folder.parent
    for answer in read_answers(home, study_key(build.study)):
        one = answer.consent
        yield from (day for day in (one.not_before, one.expires) if day is not None)
    yield from _edition_days(build, today)
    yield from _retention_days(home)


def _dates(column: pd.Series) -> Iterator[dt.date]:
    yield from (day.date() for day in pd.to_datetime(column.dropna()).unique())


def _edition_days(build: Build, today: dt.date) -> Iterator[dt.date]:
    """Day of the next edition of each restricted list: figures must be approved and risks reviewed."""
    for facts in build.facts():
        try:
            plan = get_facts(facts["slug"]).policy.leaves
        except SourceError:
            continue  # a user's own list whose source.yml was deleted
        if plan is not None:
            yield dt.date.fromisoformat(next_edition_day(today, plan.editions))


def _retention_days(home: Path) -> Iterator[dt.date]:
    book = read_book(home)
    for slug in book.sources():
        term = term_of(book, slug)
        if term is not None:
            rows = {(since, term.rows_months) for since in book.rows.get(slug, {}).values()}
            files = {(f["since"], term.files_months) for f in book.files if f["source"] == slug}
            for since, months in rows | files:
                yield (pd.Timestamp(since) + pd.DateOffset(months=months)).date()
    yield from (dt.date.fromisoformat(hold.until) for hold in book.holds if not hold.lifted)
