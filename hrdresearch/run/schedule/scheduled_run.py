"""Runs the schedule once: builds again what has changed, makes the reports, writes a digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from hrdresearch.privacy.memory_folder import VaultProblem
from hrdresearch.run.batch import Report, reports_over
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.built_from import build_again
from hrdresearch.run.errors import BusyError, RunError, WrongWordsError
from hrdresearch.run.execute import builds_of_entry
from hrdresearch.run.failures import ExitStatus, status_of, words_of
from hrdresearch.run.make_reports import ReportsMade, Tell, make_reports
from hrdresearch.run.registry import studies, study_or_draft
from hrdresearch.run.schedule.digest import keep_digest, send_digest
from hrdresearch.run.schedule.entries import OWN, Scheduled, read_schedule, times_of
from hrdresearch.run.schedule.outcome import BuildOfRun, ScheduledRun
from hrdresearch.run.schedule.same_keys import refuse_other_keys
from hrdresearch.studies.ground.build import Build, DamagedBuildError, NoBuildError, current_build

OTHER = "a correction, a decision, a consent or a setting has changed"
LOCK = ".schedule.lock"


def run_schedule(
    work: Path,
    out: Path,
    at: str = "",
    workers: int = 2,
    cluster: str | None = None,
    tell: Tell = lambda *_: None,
    wait: float = 0,
) -> ScheduledRun:
    """Build again what has changed, make the reports of the schedule, write the digest and send it.

    at: cron expression, to take only entries of this time; default: all. wait: minutes to wait for another
    scheduled run. If a build fails, reports are made from the earlier build. BusyError if another
    scheduled run is still running after the wait, NoBuildError if nothing was built yet, WrongWordsError
    for a wrong schedule, KeyProblem for missing or wrong keys; a digest is written and sent then too.
    """
    began = dt.datetime.now(dt.UTC)
    work.mkdir(parents=True, exist_ok=True)
    builds: list[BuildOfRun] = []  # filled step by step, for the digest of a run that is stopped
    try:
        done = _run(began, builds, work, out, at, workers, cluster, tell, wait)
    except (Exception, SystemExit) as failed:
        is_stopped = isinstance(failed, SystemExit)
        words = "it was stopped from outside" if is_stopped else words_of(failed)
        ended = ExitStatus.STOPPED if is_stopped else status_of(failed)
        early = ScheduledRun(began, tuple(builds), ReportsMade((), 0), error=words, ended=ended)
        _keep_and_send(early, work, tell)
        raise
    _keep_and_send(done, work, tell)
    return done


def _keep_and_send(done: ScheduledRun, work: Path, tell: Tell) -> None:
    sent = send_digest(done)  # before the file is written, so that a full disk is reported too
    tell(f"Digest: {keep_digest(done, work)}", False)
    for line in sent:
        tell(line, False)


def _run(
    began: dt.datetime,
    builds: list[BuildOfRun],
    work: Path,
    out: Path,
    at: str,
    workers: int,
    cluster: str | None,
    tell: Tell,
    wait: float,
) -> ScheduledRun:
    entries = _entries(read_schedule(work), at)
    try:
        with _alone(FileLock(work / LOCK), wait, tell):
            refuse_other_keys(work, out)
            builds.extend(_refresh(work, tell))
            reports, left_out = _reports_of(entries, work)
            if left_out:
                tell(f"No build yet, so no report: {', '.join(left_out)}", False)
            if not reports and not builds:
                raise NoBuildError(
                    f"Nothing is built in {work} yet. Build once: hrdresearch build STUDY --source LIST=FILE"
                )
            made = make_reports(reports, work, out, workers, cluster, tell=tell)
            return ScheduledRun(began, tuple(builds), made, left_out, (work / OWN).is_file())
    except Timeout:
        raise BusyError(
            f"Another scheduled run is running in {work}; this one has done nothing"
        ) from None


def _alone(lock: FileLock, wait: float, tell: Tell) -> AbstractContextManager[object]:
    """Hold the lock of scheduled runs; wait for another run, and say so."""
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        if not wait:
            raise
        tell(f"Another scheduled run is running; waiting for it, at most {wait:g} min", False)
        return lock.acquire(timeout=wait * 60)


def _entries(schedule: list[Scheduled], at: str) -> list[Scheduled]:
    if not at:
        return schedule
    known = times_of(schedule)
    if at not in known:
        raise WrongWordsError(
            f"Nothing is scheduled at {at!r}; the schedule has {', '.join(known)}. Run 'hrdresearch "
            "schedule' again, and give the new files to the timer"
        )
    return known[at]


def _refresh(work: Path, tell: Tell) -> Iterator[BuildOfRun]:
    """Build again what has changed, in the order of studies.yml (a study may read an earlier one)."""
    for study in studies():
        before = _current(study, work)
        try:
            result = build_again(study, work)
        except Exception as failed:
            done = BuildOfRun(study, error=words_of(failed), status=status_of(failed))
        else:
            if result is None:
                continue
            after = _current(study, work)
            why = ""
            if result.is_new and after:
                with suppress(
                    RunError, DamagedBuildError, VaultProblem
                ):  # the earlier build is damaged
                    why = why_built_again(before, after)
            done = BuildOfRun(study, result.is_new, why=why)
        tell(f"Build of {study}: {done.error or done.in_words}", False)
        yield done


def _current(study: str, work: Path) -> Build | None:
    try:
        return current_build(study, work)
    except NoBuildError:
        return None


def not_built(entries: Sequence[Scheduled], work: Path) -> tuple[str, ...]:
    """Studies of the schedule that have no build, so that their reports cannot be made."""
    return _reports_of([replace(entry, over="") for entry in entries], work)[1]


def _reports_of(entries: Sequence[Scheduled], work: Path) -> tuple[list[Report], tuple[str, ...]]:
    """The reports of the entries, each once, and the studies that have no build."""
    reports: list[Report] = []
    left_out: list[str] = []
    for entry in entries:
        try:
            builds_of_entry(study_or_draft(entry.study), work)
        except NoBuildError:
            left_out.append(entry.study)
            continue
        found: list[Report] = [(entry.study, entry.parameters)]
        if entry.over:
            found = [*reports_over([entry.study], entry.over, work)]
        reports += [one for one in found if one not in reports]
    return reports, tuple(dict.fromkeys(left_out))


def why_built_again(before: Build | None, after: Build) -> str:
    """Reasons in words, with the slugs of changed lists; "" if there was no earlier build."""
    if before is None:
        return ""
    old, new = (
        {str(one["slug"]): one.get("sha256") for one in files_of_build(build.folder)}
        for build in (before, after)
    )
    reasons = []
    if lists := [slug for slug in new if new[slug] != old.get(slug)]:
        reasons.append(f"changed: {', '.join(lists)}")
    was, is_now = (build.extras("build") or {} for build in (before, after))
    if was.get("code") != is_now.get("code"):
        reasons.append("the code has changed")
    if was.get("key_fingerprint") != is_now.get("key_fingerprint"):
        reasons.append("the key is another one")
    return "; ".join(reasons) or OTHER
