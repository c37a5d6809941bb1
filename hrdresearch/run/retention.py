"""Retention of restricted lists: terms, legal holds, what is due for deletion, approvals of desks.

Lines for the screen identify rows by the first characters of a keyed hash and never name a person.
``hrdresearch.run.due_rows`` deletes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hrdresearch.privacy.desk_keys import sign_as_desk
from hrdresearch.privacy.retention import (
    APPROVALS,
    DeletionProposal,
    LegalHold,
    RetentionBook,
    RetentionTerm,
    propose_deletion,
)
from hrdresearch.run.decisions import check_desk
from hrdresearch.run.errors import RunError
from hrdresearch.run.retention_book import (
    SHOWN,
    hold_words,
    note_taken_in,
    read_book,
    rows_of_persons,
    write_book,
)
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.sources import get_facts
from hrdresearch.studies.ground.build import Build

MOST_SHOWN = 20


def declare(home: Path, term: RetentionTerm) -> str:
    """Declare how long a list is kept on this installation; this overrides source.yml."""
    check_desk(term.desk)
    book = note_taken_in(home)
    _known(book, term.source)
    if not term.why.strip():
        raise RunError("Say with --why, in words, by which agreement or law the list is kept")
    book.terms.append(term)
    write_book(home, book)
    return f"{term.source}: {_term_words(term)}"


def hold(home: Path, given: LegalHold) -> str:
    """Put a legal hold on a list, or only on rows whose reference begins with ``given.ref``."""
    check_desk(given.desk)
    book = note_taken_in(home)
    _known(book, given.source)
    if not given.why.strip() or given.until < given.since:
        raise RunError(
            "Give the reason of the hold (--why) and its last day (--until), in the future"
        )
    if given.ref and not any(ref.startswith(given.ref) for ref in book.rows.get(given.source, {})):
        raise RunError("No row of this list has a reference that begins with the text of --row")
    book.holds.append(given)
    write_book(home, book)
    return f"{given.source}: {hold_words(given)}"


def lift(home: Path, number: int, desk: str, why: str, passphrase: str = "") -> str:
    """Lift a hold before its last day; two desks must do it, each with a reason.

    number: of the hold, from 1. passphrase: of the desk's key, where desks have keys.
    """
    check_desk(desk)
    sign_as_desk(desk, "lift", passphrase)
    book = read_book(home)
    if not 1 <= number <= len(book.holds):
        raise RunError(f"There is no hold {number}; the study has {len(book.holds)}")
    if not why.strip():
        raise RunError("Say with --why, in words, why the hold may be lifted before its last day")
    old = book.holds[number - 1]
    if old.lifted:
        raise RunError(f"Hold {number} has already been lifted")
    book.holds[number - 1] = new = old.lift(desk, why)
    write_book(home, book)
    if new.lifted:
        return f"{new.source}: hold {number} is lifted by {new.lifted}"
    return (
        f"{new.source}: hold {number} is still in force; {APPROVALS - len(new.lifting)} more desk must "
        "lift it too"
    )


def propose(home: Path, today: dt.date, *, show: bool = False) -> Iterator[str]:
    """Lines on each restricted list: how long it is kept, what is due for deletion, and which holds stop it.

    A proposal that a desk has approved is not changed, unless a hold was put since then. show: also print
    the reasons of holds.
    """
    if recipient_of_study(home) is None:
        write_book(home, RetentionBook())  # raises the RunError that only sealed lists are followed
    book = note_taken_in(home)
    if not book.sources():
        yield f"{home.name}: there are no rows and no files of a restricted list"
    for number, one in enumerate(book.holds, start=1):
        state = "" if one.is_in_force(today) else " (no longer in force)"
        yield f"Hold {number} on {one.source}: {hold_words(one)}{state}" + (
            f". Why: {one.why}" if show else ""
        )
        for desk, why in one.lifting.items():
            yield f"  to be lifted, says {desk}" + (f". Why: {why}" if show else "")
    for slug in book.sources():
        term = term_of(book, slug)
        rows = book.rows.get(slug, {})
        if term is None:
            yield (
                f"{slug}: {len(rows)} rows; nobody has said how long they are kept. Say it in source.yml "
                "(policy: keep), or with hrdresearch retention declare"
            )
            continue
        yield f"{slug}: {len(rows)} rows; {_term_words(term)}"
        yield from _proposal_words(_renewed(home, book, term, today), book)
    write_book(home, book)


def _renewed(
    home: Path, book: RetentionBook, term: RetentionTerm, today: dt.date
) -> DeletionProposal | None:
    """The open proposal on a list; it is made again if nobody has approved it, or a hold was put since."""
    old = book.open_proposal(term.source)
    if old is not None:
        if (old.approved and not book.is_held_back(old, today)) or old.is_erased:
            return old
        book.proposals.remove(old)
    builds = [p.parent for p in home.glob("*/sources.json")]
    persons = [rows for b in builds for rows in rows_of_persons(b, term.source).values()]
    new = propose_deletion(book, term, persons, today)
    if new is not None:
        book.proposals.append(new)
    return new


def approve(home: Path, source: str, desk: str, may_return: bool, passphrase: str = "") -> str:
    """Approve the open proposal on a list for a desk; it is decided when two desks approve the same.

    may_return: whether later builds may read the rows again; otherwise keyed hashes keep them out.
    passphrase: of the desk's key, where desks have keys.
    """
    check_desk(desk)
    sign_as_desk(desk, "retention", passphrase)
    book = read_book(home)
    old = book.open_proposal(source)
    if old is None:
        raise RunError(f"{source}: nothing is proposed (hrdresearch retention propose {home.name})")
    new = replace(old, approved={**old.approved, desk: old.digest(may_return)})
    book.proposals[book.proposals.index(old)] = new
    write_book(home, book)
    return _state_words(new)


def term_of(book: RetentionBook, slug: str) -> RetentionTerm | None:
    """How long a list is kept: the last declaration here, or the term in source.yml; None if neither."""
    declared = [term for term in book.terms if term.source == slug]
    keep = get_facts(slug).keep
    if declared:
        return declared[-1]
    return RetentionTerm(slug, keep["rows_months"], keep["files_months"]) if keep else None


def lists_without_term(build: Build) -> Iterator[str]:
    """A line for each restricted list of a build if nobody has said how long it is kept."""
    book = read_book(build.folder.parent)
    for facts in build.facts():
        slug = str(facts["slug"])
        if facts["policy"]["public_by_name"] or facts["is_demo"] or term_of(book, slug):
            continue
        yield (
            f"{slug}: nobody has said how long it is kept (hrdresearch retention declare "
            f"{build.study} {slug})"
        )


def _known(book: RetentionBook, slug: str) -> None:
    if slug not in book.sources():
        raise RunError(f"{slug} is not a restricted list of this study (see: retention propose)")


def _proposal_words(one: DeletionProposal | None, book: RetentionBook) -> Iterator[str]:
    if one is None:
        yield "  nothing is due, or a hold keeps it"
        return
    files = [f for f in book.files if f["sha256"] in one.files]
    yield f"  proposed on {one.day}: rows {len(one.rows)}, files {len(files)}"
    since = book.rows.get(one.source, {})
    for ref in one.rows[:MOST_SHOWN]:
        yield f"    row {ref[:SHOWN]}, taken in on {since.get(ref, 'a day before its deletion')}"
    if len(one.rows) > MOST_SHOWN:
        yield f"    and {len(one.rows) - MOST_SHOWN} more rows"
    for file in files:
        yield f"    file {file['file']}, taken in on {file['since']}"
    yield f"  {_state_words(one)}"


def _state_words(one: DeletionProposal) -> str:
    if one.rows_may_return is not None:
        back = "may come back" if one.rows_may_return else "are kept out of later builds"
        return (
            f"{one.source}: two desks have decided; the rows {back} (hrdresearch retention apply)"
        )
    most = max((list(one.approved.values()).count(d) for d in one.approved.values()), default=0)
    return f"{one.source}: {APPROVALS - most} more desk(s) must approve the same"


def _term_words(term: RetentionTerm) -> str:
    by = f"declared by {term.desk} on {term.day}" if term.desk else "as source.yml says"
    return f"rows are kept {term.rows_months} months, files {term.files_months} months, {by}"
