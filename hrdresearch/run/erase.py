"""Deletes the rows of a person everywhere; used for withdrawals and at the end of retention.

It also lists the copies that a withdrawal leaves: those that the program knows, and those it cannot know.

After a failure, every step can be repeated. The rows of the tables are deleted last, so that an
interrupted deletion can find the person again.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.vault import VaultProblem, is_stored, read_stored, unsealed_name
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.privacy.withdraw import (
    Withdrawal,
    apply_withdrawal,
    leave_tombstones,
    rewrite_table,
)
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.consents import forget_answers
from hrdresearch.run.errors import RunError
from hrdresearch.run.loading import SCRATCH
from hrdresearch.run.raw_file import empty_rows, read_raw, with_rows_of_person
from hrdresearch.run.releases import SEEN
from hrdresearch.run.run_folders import EXECUTED, PENDING
from hrdresearch.run.sealed_lists import CORRECTIONS

CANNOT_BE_KNOWN = (
    "Not known here: backups, mail, exports of rows, notebooks and drafts with their stories, prints, "
    "and what readers have saved. Tell the people who keep them"
)
FIGURES_STAND = (
    "the figures of an area change only on a fixed day, and only after ten to nineteen of its persons, "
    "from two contributors, were added, removed or changed: this may take years"
)
PERSONS = "persons.csv"
KEPT_SHEETS = (PERSONS, "contributors.csv", "set_aside.csv")  # they hold no text about a person


def erase_rows(
    home: Path, plan: Withdrawal, marks: Collection[str], raw: Mapping[Path, Collection[int]]
) -> dict[str, str]:
    """Delete a person's rows from tables, sheets, consents, notes of releases, and files of lists.

    home: ``WORK/<study>``. marks: keyed hashes of the rows. raw: file of a list -> numbers of its rows.
    Returns old SHA-256 -> new SHA-256 of these files.
    """
    written = {}
    for name in (PENDING, EXECUTED):  # editions of interrupted runs; executed notebooks
        for folder in home.parent.glob(f"*/{name}"):
            shutil.rmtree(folder)
    for slug in sorted(p.name for p in (home / "released").glob("*/")):
        if plan.source in (None, slug):
            leave_tombstones(home / "released" / slug / SEEN, plan.persons)
    for file, numbers in raw.items():
        before = read_raw(file).sha256
        empty_rows(file, numbers, plan.values("source"))
        written[before] = read_raw(file).sha256
    forget_answers(home, study_key(home.name), marks)
    _remove_sheets(home, plan)
    apply_withdrawal(plan)
    return written


def _remove_sheets(home: Path, plan: Withdrawal) -> None:
    """Remove files that may hold a text by or about the person; a new build writes them again."""
    shutil.rmtree(home / SCRATCH, ignore_errors=True)  # coded parts of a large list
    for report in chain.from_iterable(internal_reports(home.parent, home.name).values()):
        shutil.rmtree(report.parent, ignore_errors=True)  # all editions of the report
    if (session := live_session()) is not None:
        shutil.rmtree(session.folder / "to-read" / home.name, ignore_errors=True)
    for build in plan.builds:
        for stored in (build / "restricted").glob("*.csv*"):
            if unsealed_name(stored).name not in KEPT_SHEETS:
                stored.unlink()
        for sheet in persons_sheets([build]):
            rewrite_table(
                build / "restricted" / PERSONS, sheet[~sheet["person"].isin(plan.persons)]
            )


def persons_sheets(builds: Collection[Path]) -> Iterator[pd.DataFrame]:
    """The sheet of persons and their keyed hashes, of each build that has one."""
    for build in builds:
        path = build / "restricted" / PERSONS
        if is_stored(path):
            yield pd.read_csv(io.BytesIO(read_stored(path)), dtype=str)


def rows_of_builds(digest: str, plan: Withdrawal) -> frozenset[int]:
    """Numbers of the person's rows in a file; digest: SHA-256 of the file. Empty if no build used it."""
    for path, rows in plan.tables:
        build = next(b for b in plan.builds if path.is_relative_to(b))
        slugs = [s["slug"] for s in files_of_build(build) if s["sha256"] == digest]
        if slugs and {"source", "source_row"} <= set(rows):
            own = rows.loc[rows["source"].isin(slugs), "source_row"]
            if len(own):
                return frozenset(map(int, own))
    return frozenset()


def raw_rows_of(file: Path, plan: Withdrawal) -> frozenset[int]:
    """Numbers of the person's rows in the file of a list.

    RunError if no build was made from this file as it is today, because row numbers may have changed.
    """
    rows = read_raw(file, plan.values("source"))
    if found := rows_of_builds(rows.sha256, plan):
        return with_rows_of_person(rows, plan.values("source"), found)
    raise RunError(
        f"{file.name}: no build that holds the person was made from this file as it is today. Build "
        "from it, then withdraw again"
    )


def files_left(plan: Withdrawal, gone: Collection[str]) -> Iterator[str]:
    """A line for each file with the person's rows that builds read, except those in ``gone``."""
    for file, slug in sorted(files_read(plan)):
        if file not in gone:
            yield (
                f"{file} ({slug}): the file still holds the person's rows, and so does each copy of "
                "it. --raw PATH empties them (CSV and XLSX; a sealed file needs its identity). Even "
                "without that, later builds leave the person out"
            )


def files_read(plan: Withdrawal) -> set[tuple[str, str]]:
    """File name and slug of each list from which builds have read the person's rows."""
    sources = [s for build in plan.builds for s in files_of_build(build)]
    return {(s["file"], s["slug"]) for s in sources if s["slug"] in plan.values("source")}


def internal_reports(work: Path, study: str) -> dict[str, list[Path]]:
    """Internal reports made from builds of a study: path below the work folder or opened vault -> folders.

    A report whose manifest cannot be read counts as one of the study.
    """
    session = live_session()
    found: dict[str, list[Path]] = {}
    for root in [work, *([session.folder] if session is not None else [])]:
        in_clear = ((p.parts[-4], p) for p in root.glob("*/internal/*/*/"))
        sealed = ((p.parts[-3], p) for p in root.glob("internal/*/*/*/"))
        for home, report in sorted((*in_clear, *sealed)):
            if (home == study or study in _studies_of(report, study)) and not report.is_symlink():
                found.setdefault(report.relative_to(root).as_posix(), []).append(report)
    return found


def _studies_of(report: Path, otherwise: str) -> set[str]:
    try:
        manifest = json.loads(read_stored(report / "manifest.json"))
        return {str(build["study"]) for build in manifest["builds"]}
    except (OSError, ValueError, KeyError, TypeError, VaultProblem):
        return {otherwise}


def known_copies(
    work: Path, study: str, editions: Sequence[Path], files: Iterable[str]
) -> Iterator[str]:
    """Lines on the copies that are left.

    editions: editions that count the person and stay. files: lines on files of lists; they come last, so
    that they are noticed.
    """
    home = work / study
    if editions:
        yield (
            f"Editions that count the person among others and name nobody: {len(editions)}. They stay, "
            f"and so do their figures: {FIGURES_STAND}. A figure that changed at once would point to the "
            "person. If the person is in danger, use --in-danger: these editions are taken down"
        )
    decided = sorted((home / "decisions").rglob("*")) + sorted(home.glob("decisions.csv*"))
    by_hand = [p for p in [*decided, *work.glob(f"{CORRECTIONS}*")] if p.is_file()]
    if by_hand:
        names = ", ".join(sorted({p.relative_to(work).as_posix() for p in by_hand}))
        yield f"Written by hand, and not searched: {names}"
    if (session := live_session()) is not None:
        yield f"The opened vault {session.folder}: what you put there yourself is not searched"
    yield CANNOT_BE_KNOWN
    yield from files
