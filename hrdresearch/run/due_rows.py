"""Deletes what two desks have decided to keep no longer, by the path of a withdrawal."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from hrdresearch.privacy.retention import Book, Proposal
from hrdresearch.privacy.withdraw import Withdrawal, note_withdrawn, plan_withdrawal
from hrdresearch.run.erase import erase_rows
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import sha256
from hrdresearch.run.known_copies import CANNOT_BE_KNOWN, raw_rows_of
from hrdresearch.run.retention_book import forget_rows, read_book, rows_of_persons, write_book
from hrdresearch.run.sealed_lists import opener_for, recipient_of_study


def apply_decision(
    home: Path, source: str, raw: Sequence[Path], today: dt.date | None = None
) -> Iterator[str]:
    """Delete the rows and files of a list that two desks have decided on; lines for the screen.

    raw: files of the list: a file that is due is deleted, in another the rows are emptied. RunError
    where two desks have not decided the same, or a legal hold is in force.
    """
    day = today or dt.date.today()
    with alone(home):
        book = read_book(home)
        one = book.open_proposal(source)
        if one is None or one.decided is None:
            raise RunError(f"{source}: two desks must approve the same first (retention approve)")
        if book.holds_on(source, day) and (
            one.files or book.held_rows(source, day) & set(one.rows)
        ):
            raise RunError(f"{source}: a legal hold is in force; propose again (retention propose)")
        shas = {file: _known_hash(file, one) for file in raw if file.is_file()}
        plan = _plan(home, one)
        emptied = {f: raw_rows_of(f, plan) for f, sha in shas.items() if sha not in one.files}
        if not one.is_erased:
            if not one.decided:
                note_withdrawn(home, one.rows, recipient_of_study(home))
            written = erase_rows(home, plan, one.rows, emptied) if plan.tables else {}
            forget_rows(home, one.rows, written)
            yield f"{source}: {len(one.rows)} rows are deleted from all builds; build and run again"
        yield from _delete_files(home, source, raw, shas)
        if one.rows and not (one.files or emptied):
            yield f"{source}: its file still holds the rows; with --raw PATH they are emptied"
        yield CANNOT_BE_KNOWN


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """No build and no report of the study is at work; BusyError else. home: ``WORK/<study>``."""
    if not home.is_dir():
        raise RunError(f"There is no build of {home.name} in {home.parent}")
    try:
        with (
            FileLock(home / ".build.lock", timeout=0),
            FileLock(home / ".released.lock", timeout=0),
        ):
            yield
    except Timeout:
        raise BusyError(f"A build or a report of {home.name} is at work; wait for it") from None


def _known_hash(file: Path, one: Proposal) -> str:
    """Hash of a file as the book knows it: of an archive as it lies there, else of what is in it."""
    lying = sha256(file)
    return lying if lying in one.files else hashlib.sha256(opener_for(file)(file)).hexdigest()


def _plan(home: Path, one: Proposal) -> Withdrawal:
    """Tables that hold the persons all of whose rows in the list are to go."""
    builds = [p.parent for p in home.glob("*/sources.json")]
    persons = {
        person
        for build in builds
        for person, own in rows_of_persons(build, one.source).items()
        if own <= set(one.rows)
    }
    return plan_withdrawal(persons, builds, one.source) if persons else Withdrawal(())


def _delete_files(
    home: Path, source: str, raw: Sequence[Path], shas: dict[Path, str]
) -> Iterator[str]:
    """Delete the files that are due; one that is no longer where it is said to be counts as deleted."""
    book = read_book(home)
    old = book.open_proposal(source)
    assert old is not None
    names = {f["sha256"]: f["file"] for f in book.files}
    gone = set(old.gone)
    for file in raw:
        sha = shas.get(file) or next((s for s in old.files if names.get(s) == file.name), "")
        if sha in old.files:
            file.unlink(missing_ok=True)
            gone.add(sha)
            yield f"{source}: {file.name} is deleted"
    for sha in sorted(set(old.files) - gone):
        yield f"{source}: {names.get(sha, 'a file')} is still to be deleted: say --raw PATH"
    _note_done(home, book, old, gone)


def _note_done(home: Path, book: Book, old: Proposal, gone: set[str]) -> None:
    new = replace(old, is_erased=True, gone=tuple(sorted(gone)))
    book.proposals[book.proposals.index(old)] = new
    book.files = [f for f in book.files if f["sha256"] not in gone]
    write_book(home, book)
