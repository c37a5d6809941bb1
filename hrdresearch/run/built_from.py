"""Remembers the files a study was built from, so that a scheduled run can build it again.

The note is ``WORK/<study>/built_from.json``, sealed if the study is sealed. It also keeps the number of
processes, and whether the user accepted unencrypted files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrdresearch.privacy.vault import is_stored, read_stored, sealed_name, write_stored
from hrdresearch.run.build import BuildResult, SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.run.source_files import named_files
from hrdresearch.sources.errors import UnreadableFileError

BUILT_FROM = "built_from.json"


@dataclass(frozen=True)
class BuiltFrom:
    """The files of a build (path by slug of the list), and the options it was made with."""

    files: dict[str, str]
    workers: int = 1
    open_on_this_machine: bool = False


def build_and_remember(
    study: str,
    files: Sequence[SourceFile],
    work: Path,
    workers: int = 1,
    open_on_this_machine: bool = False,
) -> BuildResult:
    """Build a study (see ``build``) and remember the files and options."""
    result = build(study, files, work, workers, open_on_this_machine)
    told = {f.slug: str(f.path.absolute()) for f in files}
    note = {"files": told, "workers": workers, "open_on_this_machine": open_on_this_machine}
    path, recipient = work / study / BUILT_FROM, recipient_of_study(work / study)
    kept = write_stored(path, (json.dumps(note, indent=1) + "\n").encode(), recipient)
    for other in {path, sealed_name(path)} - {kept}:
        other.unlink(missing_ok=True)
    return result


def read_built_from(study: str, work: Path) -> BuiltFrom | None:
    """Read which files a study was built from; None if it was never built here.

    RunError if the note is damaged, VaultProblem if it is sealed and the vault is not open.
    """
    path = work / study / BUILT_FROM
    if not is_stored(path):
        return None
    try:
        return BuiltFrom(**json.loads(read_stored(path)))
    except (ValueError, TypeError):
        raise RunError(
            f"{BUILT_FROM} in {path.parent} is damaged: run 'hrdresearch build {study}' once by hand"
        ) from None


def build_again(study: str, work: Path) -> BuildResult | None:
    """Build a study again from the same files if files, code or settings have changed.

    None if the study was never built here. UnreadableFileError if a file is no longer there.
    """
    note = read_built_from(study, work)
    if note is None:
        return None
    for slug, path in note.files.items():
        if not Path(path).exists():
            raise UnreadableFileError(
                f"{slug}: {Path(path).name} is not in {Path(path).parent}, where it was when {study} was "
                f"built. Put it back there, or build {study} once from the new place"
            )
    files = named_files([f"{slug}={path}" for slug, path in note.files.items()])
    return build_and_remember(study, files, work, note.workers, note.open_on_this_machine)
