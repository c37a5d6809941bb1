"""What a withdrawal leaves: the copies that the program knows of, and those that it cannot know."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from hrdresearch.privacy.vault import VaultProblem, read_stored
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.privacy.withdraw import Withdrawal
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.raw_file import read_raw
from hrdresearch.run.rows_of_person import with_rows_of_person
from hrdresearch.run.sealed_lists import CORRECTIONS

CANNOT_BE_KNOWN = (
    "Not known here: backups, mail, exports of rows, notebooks and drafts with their stories, prints, "
    "and what readers have saved. Whoever keeps them has to be told"
)


FIGURES_STAND = (
    "the figures of an area change on a fixed day, and only once ten to nineteen persons of it have "
    "come, gone or changed, of two contributors: this may take years"
)


def rows_of_builds(digest: str, plan: Withdrawal) -> frozenset[int]:
    """Numbers of the person's rows in a file, by its SHA-256, where a build was made from it."""
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

    RunError when no build was made from this file as it is today: its rows may be others.
    """
    rows = read_raw(file)
    if found := rows_of_builds(rows.sha256, plan):
        return with_rows_of_person(rows, plan.values("source"), found)
    raise RunError(
        f"{file.name}: no build that holds the person was made from this file as it is today. Build "
        "from it, then withdraw again"
    )


def files_left(plan: Withdrawal, gone: Collection[str]) -> Iterator[str]:
    """A line for each file that builds were made from and that is not among those named in ``gone``."""
    for file, slug in sorted(files_read(plan)):
        if file not in gone:
            yield (
                f"{file} ({slug}): the file still holds the person's rows, and so does each copy of "
                "it. With --raw PATH they are emptied (CSV and XLSX; a sealed file while its identity "
                "is at hand); a mark keeps the person out of builds either way"
            )


def files_read(plan: Withdrawal) -> set[tuple[str, str]]:
    """Names and slugs of the files from which the person's rows came into builds."""
    sources = [s for build in plan.builds for s in read_json(build / "sources.json")]
    return {(s["file"], s["slug"]) for s in sources if s["slug"] in plan.values("source")}


def internal_reports(work: Path, study: str) -> dict[str, list[Path]]:
    """Internal reports made from builds of a study, by their place in the work folder or opened vault.

    Each with the folders that hold it. One of another study whose manifest cannot be read may be, too.
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
    """Lines on the copies that are left; editions: those that count the person and stay.

    files: lines on files of lists; they stand last, where they are seen.
    """
    home = work / study
    if editions:
        yield (
            f"Editions that count the person among others and do not name anybody: {len(editions)}, "
            f"they stay, and so do their figures, which may count the person: {FIGURES_STAND}. A figure "
            "that moved at once would point at the person. Where the person is in danger, say "
            "--in-danger: they are taken down"
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
