"""Publishes an edition safely: notes that later runs need are written before the edition is published.

Until it is published, an edition is in ``WORK/<study>/pending/<edition>-<mark>/``, with the finished
report and ``pending.json`` (edition, target folder, stage). If the run is interrupted in the stage
"prepared", the next run discards the edition; in the stage "remembered" (the notes are written), the next
run publishes it if it still passes ``check``. Until then the last edition stays.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from hrdresearch.run.editions import list_editions, promote
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import move_pointer, read_json, write_json
from hrdresearch.run.lineage import build_behind
from hrdresearch.run.run_folders import PENDING, folder_lock, lock_if_abandoned
from hrdresearch.studies.ground.build import DamagedBuildError, NoBuildError, current_build

NOTE, REPORT = "pending.json", "report"
PREPARED, REMEMBERED = "prepared", "remembered"
OfEdition = Callable[[str], None]  # a step that is called with the name of an edition


def publish(
    prepared: Path, home: Path, edition: str, pending: Path, remember: Iterable[OfEdition] = ()
) -> Path:
    """Do the steps of ``remember``, then copy the report to ``home/edition``; returns that folder.

    prepared: folder of the finished, scanned report. pending: ``WORK/<study>/pending``. If a step of
    ``remember`` fails, nothing is published. RunError if the copying fails; the next run then finishes it.
    """
    pending.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as until_the_end:
        with folder_lock(pending):  # no other run may see the entry before it is locked
            entry = pending / f"{edition}-{secrets.token_hex(4)}"
            entry.mkdir(mode=0o700)
            until_the_end.enter_context(folder_lock(entry))
        _note(entry, home, edition, PREPARED)
        try:
            shutil.copytree(prepared, entry / REPORT)
            for step in remember:
                step(edition)
        except Exception:
            _remove(entry)
            raise
        _note(entry, home, edition, REMEMBERED)
        try:
            final = promote(entry / REPORT, home, edition)
        except (RunError, OSError) as failure:
            raise RunError(
                f"{failure}. Edition {edition} waits in {entry}: the next run of this study publishes "
                "or discards it, and says so"
            ) from failure
        _remove(entry)
        return final


def repair_pending(work: Path, study: str, forget: Iterable[OfEdition] = ()) -> list[str]:
    """Finish or discard the editions that interrupted runs of a study left; a sentence for each.

    forget: steps that undo the notes on a discarded edition; they must also work if a note was never
    written. Editions of runs that are still running are not touched. RunError if a report cannot be
    published.
    """
    told = []
    steps = list(forget)
    for entry in sorted((work / study / PENDING).glob("*/")):
        with lock_if_abandoned(entry) as is_abandoned:
            if not is_abandoned:
                continue
            if (entry / NOTE).is_file():  # without the note, nothing was begun, or all is done
                told.append(_repair(entry, work, steps))
            _remove(entry)
    return told


def _repair(entry: Path, work: Path, forget: Sequence[OfEdition]) -> str:
    note = read_json(entry / NOTE)
    edition, home = note["edition"], Path(note["home"])
    which = f"Edition {edition} of an interrupted run"
    if note["stage"] == REMEMBERED and (home / edition).is_dir():
        newest = max([*list_editions(home), home / edition], key=lambda folder: folder.name)
        move_pointer(home / "latest", newest)
        return f"{which} was already complete: it is published"
    if note["stage"] == REMEMBERED and _passes(entry / REPORT, work):
        promote(entry / REPORT, home, edition)
        return f"{which} was ready: it is published now"
    for step in forget:
        step(edition)
    return f"{which} was not published: it is discarded"


def _passes(report: Path, work: Path) -> bool:
    """Whether the report is complete, made from the current builds, and holds no name."""
    from hrdresearch.run.check import check

    try:
        manifest = read_json(report / "manifest.json")
        is_current = all(
            current_build(b["study"], work)
            == build_behind(b["study"], b["build_id"], manifest["edition"], work)
            for b in manifest["builds"]
        )
        return is_current and check(report, work).exit_code == 0
    except (RunError, NoBuildError, DamagedBuildError):
        return False


def _note(entry: Path, home: Path, edition: str, stage: str) -> None:
    draft = entry / f".{NOTE}"
    write_json(draft, {"edition": edition, "home": str(home.absolute()), "stage": stage})
    draft.replace(entry / NOTE)


def _remove(entry: Path) -> None:
    """Remove the report first, so that the note stays as long as any part of the report is there."""
    shutil.rmtree(entry / REPORT, ignore_errors=True)
    shutil.rmtree(entry, ignore_errors=True)
