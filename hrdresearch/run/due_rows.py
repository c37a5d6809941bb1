"""Deletes rows and files of restricted lists whose deletion two desks have approved (retention)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from hrdresearch.privacy.retention import DeletionProposal
from hrdresearch.privacy.withdraw import Withdrawal, add_withdrawn_marks, plan_withdrawal
from hrdresearch.run.erase import erase_rows, files_left, known_copies, raw_rows_of
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import sha256
from hrdresearch.run.retention_book import forget_rows, read_book, rows_of_persons, write_book
from hrdresearch.run.sealed_lists import opener_for, recipient_of_study


def apply_decision(
    home: Path,
    source: str,
    raw: Sequence[Path],
    today: dt.date | None = None,
    *,
    gone: bool = False,
) -> Iterator[str]:
    """Delete the rows and files of a list as two desks have approved; yields lines for the screen.

    raw: files of the list; a due file is deleted, in other files the due rows are emptied. gone: the due
    files were already deleted by hand. RunError if two desks have not approved the same, a legal hold is
    in force, or a file is missing.
    """
    day = today or dt.date.today()
    with alone(home):
        book = read_book(home)
        one = book.open_proposal(source)
        if one is None or one.rows_may_return is None:
            raise RunError(f"{source}: two desks must approve the same first (retention approve)")
        if book.holds_on(source, day) and (
            one.files or book.held_rows(source, day) & set(one.rows)
        ):
            raise RunError(f"{source}: a legal hold is in force; propose again (retention propose)")
        if missing := [file for file in raw if not file.is_file()]:
            raise RunError(
                f"There is no file {missing[0]}. If you have deleted the due files yourself, use --gone"
            )
        shas = {file: _known_hash(file, one) for file in raw}
        plan = _plan(home, one)
        emptied = {f: raw_rows_of(f, plan) for f, sha in shas.items() if sha not in one.files}
        if one.rows and not one.is_erased:
            if not one.rows_may_return:
                add_withdrawn_marks(home, one.rows, recipient_of_study(home))
            written = erase_rows(home, plan, one.rows, emptied) if plan.tables else {}
            forget_rows(home, one.rows, written)
            yield f"{source}: {len(one.rows)} rows are deleted from all builds; build and run again"
        yield from _delete_files(home, source, shas, gone)
        for file in emptied:
            yield f"{file.name}: the rows in it are empty now"
        left = files_left(plan, [file.name for file in raw])
        yield from known_copies(home.parent, home.name, (), left)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Lock a study against builds and reports while the block runs; BusyError if one is running.

    home: ``WORK/<study>``. RunError if the study has no build.
    """
    if not home.is_dir():
        raise RunError(f"There is no build of {home.name} in {home.parent}")
    try:
        with (
            FileLock(home / ".build.lock", timeout=0),
            FileLock(home / ".released.lock", timeout=0),
        ):
            yield
    except Timeout:
        raise BusyError(
            f"A build or a report of {home.name} is running; wait until it ends, then try again"
        ) from None


def _known_hash(file: Path, one: DeletionProposal) -> str:
    """Hash of a file as it was noted: an archive's of the file itself, others' of the opened content."""
    lying = sha256(file)
    return lying if lying in one.files else hashlib.sha256(opener_for(file)(file)).hexdigest()


def _plan(home: Path, one: DeletionProposal) -> Withdrawal:
    """Plan the withdrawal of persons whose rows in the list are all due."""
    builds = [p.parent for p in home.glob("*/sources.json")]
    persons = {
        person
        for build in builds
        for person, own in rows_of_persons(build, one.source).items()
        if own <= set(one.rows)
    }
    return plan_withdrawal(persons, builds, one.source) if persons else Withdrawal(())


def _delete_files(home: Path, source: str, shas: dict[Path, str], gone: bool) -> Iterator[str]:
    """Delete the due files and note what is done; gone: they were deleted by hand."""
    book = read_book(home)
    old = book.open_proposal(source)
    assert old is not None
    names = {f["sha256"]: f["file"] for f in book.files}
    done = set(old.files if gone else old.gone)
    for file, sha in shas.items():
        if sha in old.files:
            file.unlink()
            done.add(sha)
            yield f"{source}: {file.name} is deleted"
    for sha in sorted(set(old.files) - done):
        yield f"{source}: {names.get(sha, 'a file')} is still to be deleted: give it with --raw PATH"
    new = replace(old, is_erased=True, gone=tuple(sorted(done)))
    book.proposals[book.proposals.index(old)] = new
    book.files = [f for f in book.files if f["sha256"] not in done]
    write_book(home, book)
