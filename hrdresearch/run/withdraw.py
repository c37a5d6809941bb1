"""Withdraw a person: from every build, every later build, and every edition that names the person.

It overrides "the last good edition stays". It says what it removed, which copies it knows of and what
it cannot know. The rounded figures of a release that stands do not change before the next fixed day: a
figure that moved at once would point at the person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from hrdresearch.privacy.keys import Key, account_id, study_key
from hrdresearch.privacy.name_digest import name_digest
from hrdresearch.privacy.withdraw import (
    note_withdrawn,
    plan_withdrawal,
    read_withdrawn,
)
from hrdresearch.run.erase import erase_rows, persons_sheets
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.known_copies import known_copies, raw_rows_of
from hrdresearch.run.left_out import DIGESTS
from hrdresearch.run.retention_book import forget_rows, holds_on_rows
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.run.take_down import (
    NamesOfPerson,
    counts_a_list,
    editions_of_study,
    take_down,
    take_releases_down,
)


def withdraw(
    study: str,
    work: Path,
    out: Path,
    *,
    pseudonym: str | None,
    name: str | None,
    apply: bool,
    in_danger: bool = False,
    raw: Sequence[Path] = (),
) -> Iterator[str]:
    """Find a person in all builds and reports of a study and, with ``apply``, remove the person.

    Yields lines for the screen. pseudonym or name: one of the two. A name is compared with keyed
    digests and is never printed. in_danger: editions and releases that only count the person are
    taken down too, and a legal hold does not stop it. raw: files of lists from which the person's
    rows are taken out as well. Raises RunError when no build holds the person and nothing of an
    earlier, interrupted withdrawal is left to do, or when a legal hold is in force; BusyError while a
    build is at work.
    """
    home = work / study
    if not home.is_dir():
        raise RunError(f"No build of {study} in {work} holds this person")
    try:
        with (
            FileLock(home / ".build.lock", timeout=0),
            FileLock(home / ".released.lock", timeout=0),
        ):
            yield from _withdraw(study, work, out, pseudonym, name, apply, in_danger, raw)
    except Timeout:
        raise BusyError(
            f"A build or a report of {study} is at work in {work}; wait for it, then withdraw again"
        ) from None


def _withdraw(
    study: str,
    work: Path,
    out: Path,
    pseudonym: str | None,
    name: str | None,
    apply: bool,
    in_danger: bool,
    raw: Sequence[Path],
) -> Iterator[str]:
    home, key = work / study, study_key(study, create=False)
    builds = [p.parent for p in home.glob("*/sources.json")]
    sheet = _persons_of(builds)
    marks = _marks_of(sheet, key, pseudonym, name)
    persons = (
        {pseudonym}
        if pseudonym
        else set(marks & set(sheet["person"])) | {account_id(str(name), key)}
    )
    plan = plan_withdrawal(persons, builds)
    if not plan.tables and not marks & read_withdrawn(home):
        raise RunError(f"No build of {study} in {work} holds this person")
    lists = plan.values("source")
    named = NamesOfPerson({*plan.values("public_name"), name or ""}, persons, key)
    all_editions = list(editions_of_study(out, study))
    go = [
        e
        for e, m in all_editions
        if (in_danger and counts_a_list(m, lists)) or named.stand_in(e, m)
    ]
    stay = [e for e, m in all_editions if e not in go and counts_a_list(m, lists)]
    yield f"Rows: {plan.rows}, in builds: {len(plan.builds)}; editions to take down: {len(go)}"
    if len(found := persons & set(sheet["person"])) > 1:
        yield f"They stand under {len(found)} pseudonyms. If these are different persons of one name, "
        yield "say the pseudonym (--pseudonym) of the one who withdraws"
    holds = holds_on_rows(home, lists, marks)
    if holds and not in_danger:
        raise RunError(
            f"A legal hold keeps rows of {', '.join(sorted(lists))}: {'; '.join(holds)}. A refusal in "
            "the sheet of consents takes the person out of every count. Where the person is in "
            "danger, say --in-danger: it prevails over a hold"
        )
    rows_of_files = {file: raw_rows_of(file, plan) for file in raw}
    if not apply:
        yield "Nothing was changed. Say it again with --apply to remove the person"
        yield from known_copies(work, study, plan, stay, raw, ())
        return
    note_withdrawn(
        home, marks | persons, recipient_of_study(home)
    )  # from here on nobody comes back
    take_down(go)
    releases = take_releases_down(home, lists, dt.date.today().isoformat()) if in_danger else []
    written = erase_rows(home, plan, marks, rows_of_files)
    forget_rows(home, marks | persons, written, over=holds)
    yield "Removed from this installation. Build and run again: later builds set the rows aside"
    for slug in releases:
        yield f"{slug}: its release is taken down; the next is made on the next fixed day of its plan"
    yield from known_copies(work, study, plan, stay, raw, [file.name for file in raw])


def _persons_of(builds: Sequence[Path]) -> pd.DataFrame:
    """Persons of all builds with their keyed digests."""
    none = pd.DataFrame(columns=["person", *DIGESTS], dtype=str)
    return pd.concat([none, *persons_sheets(builds)], ignore_index=True)


def _marks_of(sheet: pd.DataFrame, key: Key, pseudonym: str | None, name: str | None) -> set[str]:
    """Marks of a person: pseudonyms, identifiers in the lists, and the name.

    Of a person given by pseudonym the name is marked only where nobody else has it.
    """
    if pseudonym:
        own = sheet[sheet["person"] == pseudonym]
        shared = sheet.loc[sheet["person"] != pseudonym, "name_digest"]
        names = set(own["name_digest"].dropna()) - set(shared)
    else:
        digest = name_digest(str(name), key)
        if digest is None:
            raise RunError("The name holds no letter: say the name in full, or the pseudonym")
        own, names = sheet[sheet["name_digest"] == digest], {digest}
    return {*own["person"], *own["record_digest"].dropna(), *names} | (
        {pseudonym} if pseudonym else set()
    )
