"""Withdraw a person: from every build, every later build, and every edition that names the person.

It overrides "the last good edition stays". It says what it removed, which copies it knows of and what
it cannot know. The rounded figures of a release that stands do not change at once, which would point at
the person, but with those of others; that may take years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from hrdresearch.privacy.keys import Key, account_id, study_key
from hrdresearch.privacy.name_digest import name_digest
from hrdresearch.privacy.withdraw import (
    Withdrawal,
    add_withdrawn_marks,
    plan_withdrawal,
    read_withdrawn,
)
from hrdresearch.run.erase import erase_rows, persons_sheets
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.known_copies import (
    files_read,
    internal_reports,
    known_copies,
    rows_of_builds,
)
from hrdresearch.run.left_out import DIGESTS
from hrdresearch.run.person_files import read_files_of_lists, still_held
from hrdresearch.run.retention_book import forget_rows, holds_on_rows
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.run.take_down import (
    NamesOfPerson,
    counts_a_list,
    editions_of_study,
    internal_until,
    take_down,
    take_releases_down,
    with_release,
)
from hrdresearch.run.withdrawn_names import note_withdrawn_names

KEPT_IN_INDEX = (
    "Keyed hashes of the name are kept, so that the scan of later builds goes on finding it"
)
NOT_LOOKED_FOR = (
    "NOT LOOKED FOR in reports of later builds: no file that was read holds the name. Withdraw again "
    "with --name, and keyed hashes of it are kept for the scan"
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
    places: Sequence[Path] = (),
) -> Iterator[str]:
    """Find a person in all builds and reports of a study and, with ``apply``, remove the person.

    Yields lines for the screen. pseudonym or name: one of the two. A name is compared with keyed
    digests and is never printed. in_danger: editions and releases that only count the person are
    taken down too, and a legal hold does not stop it. raw: files of lists from which the person's
    rows are taken out as well, at any time: a build need not be made from them. places: folders that
    are searched, with those that builds were made from, for files that still hold the person. Raises
    RunError when no build and no file of raw holds the person and nobody withdrew so, or when a legal
    hold is in force; BusyError while a build is at work.
    """
    home = work / study
    if not home.is_dir():
        raise RunError(f"No build of {study} in {work} holds this person")
    try:
        with (
            FileLock(home / ".build.lock", timeout=0),
            FileLock(home / ".released.lock", timeout=0),
        ):
            yield from _withdraw(study, work, out, pseudonym, name, apply, in_danger, raw, places)
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
    places: Sequence[Path],
) -> Iterator[str]:
    home, key = work / study, study_key(study, create=False)
    builds = [p.parent for p in home.glob("*/sources.json")]
    files = read_files_of_lists(home, builds, raw, places, key)
    sheet = _persons_of(builds)
    known = pd.concat([sheet, files.sheet])
    marks = _marks_of(known, key, pseudonym, name)
    persons = (
        {pseudonym}
        if pseudonym
        else set(marks & set(known["person"])) | {account_id(str(name), key)}
    )
    marks |= persons
    plan = plan_withdrawal(persons, builds)
    rows_of_files = {
        one.path: one.rows_of(marks, key) | rows_of_builds(one.rows.sha256, plan)
        for one in files.given
    }
    if not (plan.tables or marks & read_withdrawn(home) or any(rows_of_files.values())):
        raise RunError(f"No build of {study} in {work} holds this person")
    lists = plan.values("source")
    if in_danger and not lists:  # rows went earlier: nobody knows any more which list it was
        lists = frozenset(_restricted(builds))
    named = NamesOfPerson({*plan.values("public_name"), name or ""}, persons, key)
    all_editions = list(editions_of_study(out, study))
    go = [
        e
        for e, m in all_editions
        if (in_danger and counts_a_list(m, lists)) or named.may_be_in(e, m)
    ]
    stay = [e for e, m in all_editions if e not in go and counts_a_list(m, lists)]
    yield f"Rows: {plan.rows}, in builds: {len(plan.builds)}; editions to take down: {len(go)}"
    yield from (f"  {edition.relative_to(out)}" for edition in go)
    if reports := internal_reports(work, study):
        yield f"Internal reports that may count the person: {len(reports)}, they go"
        yield from (f"  {place}" for place in reports)
    for slug in with_release(home, lists) if in_danger else ():
        yield f"{slug}: its release goes; {internal_until(slug)}"
    if len(found := persons & set(sheet["person"])) > 1:
        yield f"They stand under {len(found)} pseudonyms. If these are different persons of one name, "
        yield "say the pseudonym (--pseudonym) of the one who withdraws"
    of_files = [one.slugs for one in files.given if rows_of_files[one.path]]
    holds = _holds(home, lists.union(*of_files), marks, in_danger)
    left = [
        *files.not_searched,
        *_not_found(plan, files.paths),
        *still_held(files.others, marks, key),
    ]
    names = {name or "", *plan.values("public_name")}.union(
        *(one.spellings(marks, key) for one in [*files.given, *files.others])
    ) - {""}
    scanned = KEPT_IN_INDEX if names else NOT_LOOKED_FOR
    if not apply:
        yield from _of_files(rows_of_files, "rows of the person: {}, they would be emptied")
        yield "Nothing was changed. Say it again with --apply to remove the person"
        yield scanned
        yield from known_copies(work, study, stay, left)
        return
    add_withdrawn_marks(home, marks, recipient_of_study(home))  # from here on nobody comes back
    restricted = set(_restricted(builds))
    is_public = restricted.isdisjoint(lists.union(*of_files) or restricted)
    note_withdrawn_names(home, names, key, recipient_of_study(home), is_public)
    take_down(go, out)
    releases = take_releases_down(home, lists, dt.date.today().isoformat()) if in_danger else []
    written = erase_rows(home, plan, marks, {f: n for f, n in rows_of_files.items() if n})
    forget_rows(home, marks, written, over=holds)
    yield "Removed from this installation. Build and run again: later builds set the rows aside"
    for slug in releases:
        yield f"{slug}: its release is taken down; {internal_until(slug)}"
    yield from _of_files(rows_of_files, "the person's rows in it are empty now ({})")
    yield scanned
    yield from known_copies(work, study, stay, left)


def _restricted(builds: Sequence[Path]) -> Iterator[str]:
    """Lists of builds that are not public by name."""
    for build in builds:
        for facts in read_json(build / "sources.json"):
            if not facts["policy"]["public_by_name"]:
                yield str(facts["slug"])


def _holds(home: Path, lists: frozenset[str], marks: set[str], in_danger: bool) -> list[str]:
    """Legal holds on the person's rows, over which danger prevails; RunError where there is none."""
    holds = holds_on_rows(home, lists, marks)
    if holds and not in_danger:
        raise RunError(
            f"A legal hold keeps rows of {', '.join(sorted(lists))}: {'; '.join(holds)}. A refusal in "
            "the sheet of consents takes the person out of every count. Where the person is in "
            "danger, say --in-danger: it prevails over a hold"
        )
    return holds


def _of_files(rows_of_files: Mapping[Path, Collection[int]], words: str) -> Iterator[str]:
    for file, rows in rows_of_files.items():
        said = words.format(len(rows)) if rows else "no row of the person was found in it"
        yield f"{file}: {said}"


def _not_found(plan: Withdrawal, paths: Iterable[Path]) -> Iterator[str]:
    """A line for each file that builds were made from and that lies in no folder searched."""
    for file, slug in sorted(files_read(plan)):
        if file not in {path.name for path in paths}:
            yield f"NOT FOUND: {file} ({slug}); wherever it lies now, it still holds the person"


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
