"""Withdraws a person from every build, every later build, and every edition that names the person.

It also removes the last good edition. It says what it removed, which copies it knows, and what it cannot
know. The rounded figures of a release do not change at once, because that would point to the person; they
change together with changes of other persons, which may take years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from hrdresearch.privacy.keys import Key, account_id, name_digest, study_key
from hrdresearch.privacy.withdraw import (
    Withdrawal,
    add_withdrawn_marks,
    plan_withdrawal,
    read_withdrawn,
)
from hrdresearch.run.erase import (
    erase_rows,
    files_read,
    internal_reports,
    known_copies,
    persons_sheets,
    rows_of_builds,
)
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import read_json
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

KEPT_IN_INDEX = "Keyed hashes of the name are kept, so that later reports are searched for it too"
NOT_LOOKED_FOR = (
    "NOT SEARCHED FOR in later reports: no file that was read holds the name. Withdraw again without "
    "--pseudonym and type the name: keyed hashes of it are then kept for the search"
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

    Yields lines for the screen. pseudonym or name: one of the two; a name is compared by keyed hashes and
    never printed. in_danger: also take down editions and releases that only count the person, even if there
    is a legal hold. raw: files of lists in which the person's rows are emptied too, even if no build was
    made from them. places: folders to search for files that still hold the person, in addition to those
    that builds have read. RunError if the person is in no build and in no file of raw and has not
    withdrawn before, or if a legal hold is in force; BusyError while a build is running.
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
            f"A build or a report of {study} is running in {work}; wait until it ends, then withdraw again"
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
    if in_danger and not lists:  # the rows were removed earlier, so it may be any restricted list
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
        yield f"Internal reports that may count the person, to be removed: {len(reports)}"
        yield from (f"  {place}" for place in reports)
    for slug in with_release(home, lists) if in_danger else ():
        yield f"{slug}: its release is to be taken down; {internal_until(slug)}"
    if len(found := persons & set(sheet["person"])) > 1:
        yield f"The rows have {len(found)} pseudonyms. If these are different persons with the same name, "
        yield "give the pseudonym (--pseudonym) of the person who withdraws"
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
        yield "Nothing was changed. Run the same command with --apply to remove the person"
        yield scanned
        yield from known_copies(work, study, stay, left)
        return
    add_withdrawn_marks(
        home, marks, recipient_of_study(home)
    )  # first: later builds leave the person out
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
    """Slugs of the lists of builds that are not public by name."""
    for build in builds:
        for facts in read_json(build / "sources.json"):
            if not facts["policy"]["public_by_name"]:
                yield str(facts["slug"])


def _holds(home: Path, lists: frozenset[str], marks: set[str], in_danger: bool) -> list[str]:
    """Legal holds on the person's rows; RunError if there are any and the person is not in danger."""
    holds = holds_on_rows(home, lists, marks)
    if holds and not in_danger:
        raise RunError(
            f"A legal hold keeps rows of {', '.join(sorted(lists))}: {'; '.join(holds)}. A refusal in "
            "the sheet of consents takes the person out of every count. If the person is in danger, "
            "use --in-danger: it overrides the hold"
        )
    return holds


def _of_files(rows_of_files: Mapping[Path, Collection[int]], words: str) -> Iterator[str]:
    for file, rows in rows_of_files.items():
        said = words.format(len(rows)) if rows else "no row of the person was found in it"
        yield f"{file}: {said}"


def _not_found(plan: Withdrawal, paths: Iterable[Path]) -> Iterator[str]:
    """A line for each file that builds have read and that was not found in any searched folder."""
    for file, slug in sorted(files_read(plan)):
        if file not in {path.name for path in paths}:
            yield f"NOT FOUND: {file} ({slug}); wherever it is now, it still holds the person"


def _persons_of(builds: Sequence[Path]) -> pd.DataFrame:
    """Persons of all builds with their keyed hashes."""
    none = pd.DataFrame(columns=["person", *DIGESTS], dtype=str)
    return pd.concat([none, *persons_sheets(builds)], ignore_index=True)


def _marks_of(sheet: pd.DataFrame, key: Key, pseudonym: str | None, name: str | None) -> set[str]:
    """Marks of a person: pseudonyms, and keyed hashes of identifiers in the lists and of the name.

    For a person given by pseudonym, the name is marked only if no other person has the same name.
    """
    if pseudonym:
        own = sheet[sheet["person"] == pseudonym]
        shared = sheet.loc[sheet["person"] != pseudonym, "name_digest"]
        names = set(own["name_digest"].dropna()) - set(shared)
    else:
        digest = name_digest(str(name), key)
        if digest is None:
            raise RunError("The name holds no letter: type the full name, or give the pseudonym")
        own, names = sheet[sheet["name_digest"] == digest], {digest}
    return {*own["person"], *own["record_digest"].dropna(), *names} | (
        {pseudonym} if pseudonym else set()
    )
