"""Keeps the last failed run of each report, beside its editions, for the reviewers' site.

Only the time and the kind of failure are kept, because a message may name folders, and readers of reports
can read the site. The message is printed where the run was started.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from hrdresearch.privacy.memory_folder import VaultProblem
from hrdresearch.run.editions import list_editions
from hrdresearch.run.files import replace_text
from hrdresearch.run.internal import why_internal
from hrdresearch.run.registry import StudyEntry, parameter_slug, study_or_draft
from hrdresearch.studies.ground.build import DamagedBuildError, NoBuildError, current_build

FAILED = "failed.json"
STOPPED = re.compile(r"stopped in cell (\d+)")
KINDS = {
    "LeakError": "the scan found a name of a case list in the draft, and nothing was published",
    "NoBuildError": "there was no build of its lists",
    "DamagedBuildError": "the build of its lists is damaged",
    "KeyProblem": "a key was missing or wrong",
    "VaultProblem": "the vault was not open",
}
OTHER = "the run stopped; its message stands where it was started"
Given = ParamSpec("Given")
Made = TypeVar("Made")


class FailedRun(NamedTuple):
    """When a run failed, and the kind of failure in words."""

    at: datetime
    why: str


def keep_failure(run: Callable[Given, Made]) -> Callable[Given, Made]:
    """Make ``run(study, given, work, out, ...)`` note its failure before it raises the error.

    A report that would be internal and has no edition is not noted, so that nobody learns its parameters.
    """

    @functools.wraps(run)
    def kept(*args: Given.args, **named: Given.kwargs) -> Made:
        try:
            return run(*args, **named)
        except Exception as failure:
            names = ("study", "given", "work", "out")
            about: dict[str, Any] = dict(zip(names, args, strict=False)) | named
            _write_down(about["study"], about["given"], about["work"], about["out"], _why(failure))
            raise

    return kept


def keep_failure_from_outside(
    study: str, given: Mapping[str, Any], work: Path, out: Path, since: datetime
) -> None:
    """Note that a report failed whose run could not note it: its process died, or it never began.

    since: a note made since then is kept instead.
    """
    _write_down(study, given, work, out, OTHER, since)


def read_failure(home: Path) -> FailedRun | None:
    """The last failed run of the report with editions in ``home``; None if there is no note."""
    try:
        held = json.loads((home / FAILED).read_text(encoding="utf-8"))
        return FailedRun(datetime.fromisoformat(held["at"]), str(held["why"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_failure(home: Path) -> None:
    """Remove the note on a failed run if no edition is left beside it."""
    if not list_editions(home):
        (home / FAILED).unlink(missing_ok=True)


def _why(failure: Exception) -> str:
    kinds = [cls.__name__ for cls in type(failure).__mro__]
    cell = STOPPED.search(str(failure))
    stopped = f"its notebook stopped in cell {cell[1]}" if cell else OTHER
    return next((KINDS[kind] for kind in kinds if kind in KINDS), stopped)


def _write_down(
    study: str,
    given: Mapping[str, Any],
    work: Path,
    out: Path,
    why: str,
    since: datetime | None = None,
) -> None:
    try:
        entry = study_or_draft(study)
        values = entry.parse(given)
    except (ValueError, OSError, RuntimeError):
        return  # not a report: study or parameters were wrong
    home = out / entry.slug / parameter_slug(entry, values)
    kept = read_failure(home)
    if since and kept and kept.at >= since:
        return
    if not list_editions(home) and not _may_leave(entry, values, work):
        return
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        home.mkdir(parents=True, exist_ok=True)
        replace_text(home / FAILED, json.dumps({"at": now, "why": why}, indent=1) + "\n")
    except OSError:
        return  # perhaps the disk is full; the failure itself is printed


def _may_leave(entry: StudyEntry, values: Mapping[str, Any], work: Path) -> bool:
    if entry.whichever:  # a brief leaves out lists that may not be published
        return True
    try:
        return not why_internal([current_build(slug, work) for slug in entry.studies], values)
    except (NoBuildError, DamagedBuildError, VaultProblem):
        return False
