"""Lists the copies that a withdrawal leaves: those the program knows, and those it cannot know."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from hrdresearch.privacy.vault import VaultProblem, read_stored
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.privacy.withdraw import Withdrawal
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.errors import RunError
from hrdresearch.run.raw_file import read_raw
from hrdresearch.run.rows_of_person import with_rows_of_person
from hrdresearch.run.sealed_lists import CORRECTIONS

CANNOT_BE_KNOWN = (
    "Not known here: backups, mail, exports of rows, notebooks and drafts with their stories, prints, "
    "and what readers have saved. Tell the people who keep them"
)
FIGURES_STAND = (
    "the figures of an area change only on a fixed day, and only after ten to nineteen of its persons, "
    "from two contributors, were added, removed or changed: this may take years"
)


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
            is_of_study = home == study or study in _studies_of(report, study)
            if is_of_study and not report.is_symlink():
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
