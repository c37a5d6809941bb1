"""Builds the older lists with the newer code, to find out whether rows or code caused a change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hrdresearch.privacy.policy import Policy
from hrdresearch.privacy.withdraw import MARKS
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import content_hash
from hrdresearch.run.recheck.differs import CODE, ROWS, VOCABULARY, Differs
from hrdresearch.run.run_folders import scratch_on_disk
from hrdresearch.run.sealed_lists import CORRECTIONS
from hrdresearch.run.steps import linked_builds
from hrdresearch.run.version import code_version
from hrdresearch.run.withdrawn_names import NAMES
from hrdresearch.sources import SourceError
from hrdresearch.studies.ground.build import Build

KEPT_OF_STUDY = ("decisions", MARKS, NAMES)


@contextmanager
def older_lists_by_newer_code(
    older: Build, newer: Build, differs: Differs
) -> Iterator[Build | None]:
    """A temporary build of the older lists with the newer code; None if it cannot be made.

    It exists while the block runs. It can be made if lists and code have both changed, the newer build was
    made by the code that runs now, all lists are public by name, and the files of the older build are
    still there unchanged.
    """
    code = {CODE, VOCABULARY} & (differs.known | differs.not_known)
    made_by = (newer.extras("build") or {}).get("code")
    files = _files(older) if code and ROWS in differs.known and made_by == code_version() else None
    if files is None:
        yield None
        return
    home = newer.folder.parent
    with scratch_on_disk(home / "runs") as scratch:
        work = scratch / "work"
        _copy(home, work / home.name)
        if (home.parent / CORRECTIONS).is_file():
            shutil.copy2(home.parent / CORRECTIONS, work / CORRECTIONS)
        try:
            made = build(older.study, files, work)
        except (RunError, SourceError):
            yield None
            return
        yield Build(older.study, made.build_id, made.folder)


def _files(older: Build) -> list[SourceFile] | None:
    """Files that a build was made from; None if one is missing, has changed, or is not public."""
    files = []
    for facts in files_of_build(older.folder):
        path = Path(facts.get("folder", "")) / str(facts["file"])
        is_public = Policy.from_dict(facts["policy"]).public_by_name
        if not is_public or not path.exists() or content_hash(path) != facts["sha256"]:
            return None
        files.append(SourceFile(str(facts["slug"]), path, bool(facts["is_demo"])))
    others = linked_builds(older.study, [file.slug for file in files], older.folder.parents[1])
    return None if others else files


def _copy(home: Path, to: Path) -> None:
    """Copy what shapes builds of a study: decisions and withdrawals."""
    to.mkdir(parents=True)
    for name in KEPT_OF_STUDY:
        if (home / name).is_dir():
            shutil.copytree(home / name, to / name)
        elif (home / name).is_file():
            shutil.copy2(home / name, to / name)
