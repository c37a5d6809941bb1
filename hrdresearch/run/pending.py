"""Publishes an edition safely: what later runs must know of it is written before anybody reads it.

An edition on its way stands in ``WORK/<study>/pending/<edition>-<mark>/``, with the finished report
and ``pending.json``: edition, target folder, and stage. Stage "prepared": nothing was published, the
next run discards it. Stage "remembered": the next run publishes it if it still passes ``check``.
Until then the last edition stays.
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
OfEdition = Callable[[str], None]  # a step that gets the name of an edition


def publish(
    prepared: Path, home: Path, edition: str, pending: Path, remember: Iterable[OfEdition] = ()
) -> Path:
    """Do every step of ``remember``, then promote the report to ``home/edition``; its folder.

    prepared: folder of the finished, scanned report. pending: ``WORK/<study>/pending``. A step of
    ``remember`` that fails ends the edition, and nothing is published. Raises
    RunError when promotion fails; the next run then finishes it.
    """
    pending.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as until_the_end:
        with folder_lock(pending):  # nobody takes it for abandoned before it is locked
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
                f"{failure}. Edition {edition} is remembered and waits in {entry}: the next run of "
                "this study publishes or discards it, and says so"
            ) from failure
        _remove(entry)
        return final


def repair_pending(work: Path, study: str, forget: Iterable[OfEdition] = ()) -> list[str]:
    """Finish or discard the editions of a study that a run before this one left; a sentence each.

    forget: steps that undo what was remembered of an edition that is discarded, also where part of
    it never was. An edition whose run is still at work is left alone. Raises RunError when a report
    cannot be promoted.
    """
    told = []
    steps = list(forget)
    for entry in sorted((work / study / PENDING).glob("*/")):
        with lock_if_abandoned(entry) as is_abandoned:
            if not is_abandoned:
                continue
            if (entry / NOTE).is_file():  # without it nothing was begun, or all is done
                told.append(_repair(entry, work, steps))
            _remove(entry)
    return told


def _repair(entry: Path, work: Path, forget: Sequence[OfEdition]) -> str:
    note = read_json(entry / NOTE)
    edition, home = note["edition"], Path(note["home"])
    which = f"Edition {edition} of a run that was cut short"
    if note["stage"] == REMEMBERED and (home / edition).is_dir():
        newest = max([*list_editions(home), home / edition], key=lambda folder: folder.name)
        move_pointer(home / "latest", newest)
        return f"{which} is whole: it is published"
    if note["stage"] == REMEMBERED and _passes(entry / REPORT, work):
        promote(entry / REPORT, home, edition)
        return f"{which} was remembered: it is published now"
    for step in forget:
        step(edition)
    return f"{which} was not published: it is discarded"


def _passes(report: Path, work: Path) -> bool:
    """Whether the report is whole, of the builds that count today, and without a name."""
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
    """The report first: as long as a part of it is there, the note says what it is."""
    shutil.rmtree(entry / REPORT, ignore_errors=True)
    shutil.rmtree(entry, ignore_errors=True)
