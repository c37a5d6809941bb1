"""Makes many reports at once, in local processes or on a Dask cluster.

They are listed, or are those of every value of one parameter, such as a brief for every State.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from hrdresearch.run.consents import refuse_changed_consents
from hrdresearch.run.errors import WrongWordsError
from hrdresearch.run.execute import builds_of_entry, repair_editions
from hrdresearch.run.failures import ExitStatus, status_of, words_of
from hrdresearch.run.files import read_yaml
from hrdresearch.run.registry import StudyEntry, study_or_draft
from hrdresearch.run.standing import latest_edition, standing_edition
from hrdresearch.run.warm import Outcome, run_forked
from hrdresearch.run.workers import LocalWorkers
from hrdresearch.studies import study_class
from hrdresearch.studies.ground.build import NoBuildError
from hrdresearch.tables import TABLES

ALL = "all"
STATE = "state_iso3"
Report = tuple[str, Mapping[str, Any]]  # study and parameters
_ONE_AT_A_TIME = Lock()  # a worker may have threads; only one may repair half-made editions


@dataclass(frozen=True)
class BatchItem:
    """Result of one report of a batch: its folder, or the error message and its exit status.

    at_work: the reports that are being made at this moment.
    """

    study: str
    parameters: Mapping[str, Any]
    folder: str | None
    error: str | None
    status: int = ExitStatus.DONE
    at_work: tuple[Report, ...] = ()


def read_batch(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Read the reports of a batch file: a YAML list of ``{study: ..., parameters: {...}}``.

    All parameters are checked before the first report is made; WrongWordsError names the wrong entry.
    """
    entries = read_yaml(path)
    if not isinstance(entries, list) or not entries:
        raise WrongWordsError(
            f"{path.name}: expected a list of reports, each with study and parameters"
        )
    batch = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or set(entry) - {"study", "parameters"}:
            raise WrongWordsError(
                f"{path.name}, report {number}: only study and parameters are read"
            )
        given = entry.get("parameters") or {}
        if not isinstance(entry.get("study"), str) or not isinstance(given, dict):
            raise WrongWordsError(
                f"{path.name}, report {number}: expected study: NAME and parameters: {{key: value}}"
            )
        try:
            study_or_draft(entry["study"]).parse(given)
        except (TypeError, ValueError) as wrong:
            raise WrongWordsError(f"{path.name}, report {number}: {wrong}") from wrong
        batch.append((str(entry["study"]), dict(given)))
    return batch


def run_batch(
    batch: Sequence[Report],
    work: Path,
    out: Path,
    executor: Executor | None = None,
    workers: int = 2,
    with_pdf: bool = True,
) -> Iterator[BatchItem]:
    """Make all reports and yield each result when it is ready; if one fails, the others are still made.

    executor: any ``concurrent.futures.Executor``; default: local processes. workers: reports made at a
    time. with_pdf: also write PDF copies. A report whose process dies is tried once more.
    """
    pool = executor or LocalWorkers(workers)
    tasks = [
        (study, dict(p), work, out, _name_of_latest(study, p, work, out), with_pdf)
        for study, p in batch
    ]
    waiting = {pool.submit(make_report, *task): (task, True) for task in tasks}
    try:
        while waiting:
            ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for done in ended:
                task, is_first = waiting.pop(done)
                if is_first and isinstance(done.exception(), BrokenExecutor):
                    waiting[pool.submit(make_report, *task)] = task, False
                    continue
                at_work = tuple(one[:2] for one, _ in islice(waiting.values(), workers))
                study, given, *_ = task
                yield BatchItem(study, given, *_outcome(done), at_work)
    except SystemExit:  # this process was told to end: end the workers too
        if isinstance(pool, LocalWorkers):
            pool.terminate()
        raise
    finally:
        if executor is None:
            pool.shutdown(cancel_futures=True)


def _name_of_latest(study: str, given: Mapping[str, Any], work: Path, out: Path) -> str:
    try:
        latest = latest_edition(study, given, work, out)
    except NoBuildError:  # its report will say so
        latest = None
    return latest.name if latest else ""


def _outcome(done: Future[Outcome]) -> Outcome:
    error = done.exception()
    if error is None:
        return done.result()
    if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
        words = (
            "the process that made it died twice, perhaps because memory ran out: try fewer workers"
        )
        return None, words, ExitStatus.FAILED
    return None, words_of(error), status_of(error)


def make_report(
    study: str,
    given: Mapping[str, Any],
    work: Path,
    out: Path,
    before: str = "",
    with_pdf: bool = True,
) -> Outcome:
    """Make one report in a worker; return its folder, or the error message and the exit status.

    before: name of its latest edition before the batch. If a worker made a later edition and then died,
    that edition is the result; it is not made twice.
    """
    with _ONE_AT_A_TIME:
        try:
            builds = builds_of_entry(study_or_draft(study), work)
            refuse_changed_consents(builds)
            repair_editions(builds, work)
            made = standing_edition(study, given, work, out, with_pdf)
            if made is None or made.name == before:
                return run_forked(study, given, work, out, with_pdf)
            return str(made), None, ExitStatus.DONE
        except BrokenExecutor:
            raise
        except Exception as failed:
            return None, words_of(failed), status_of(failed)


def reports_over(studies: Sequence[str], over: str, work: Path) -> list[tuple[str, dict[str, Any]]]:
    """Reports (study and parameters): one of each study for each value of a parameter.

    over: ``state=COL,MEX``, or ``state=all`` for every State with a row in the builds of the study.
    WrongWordsError for another form, ParameterError for a value that the study does not accept,
    NoBuildError if there is no build.
    """
    found = []
    for study in studies:
        entry = study_or_draft(study)
        name, given = check_over(entry, over)
        for value in states_of_builds(entry, work) if given == ALL else given.split(","):
            found.append((study, {name: value}))
    return found


def check_over(entry: StudyEntry, over: str) -> tuple[str, str]:
    """Split ``over`` into the parameter's name and its values as text; errors as in ``reports_over``."""
    name, equals, given = over.replace(" ", "").partition("=")
    if not equals or not name or not given:
        raise WrongWordsError(
            f"--over {over}: expected PARAMETER=VALUES, such as state=all or state=COL,MEX"
        )
    if given == ALL and name != "state":
        raise WrongWordsError(
            f"--over {over}: 'all' works for state only; give the values, separated by commas"
        )
    for value in given.split(","):
        entry.parse({name: value})
    return name, given


def states_of_builds(entry: StudyEntry, work: Path) -> list[str]:
    """Sorted ISO3 codes of the States that have a row in any table the report may use."""
    states: set[str] = set()
    for build in builds_of_entry(entry, work):
        held = {str(facts["table"]) for facts in build.facts()} | {study_class(build.study).table}
        for table in sorted(held & set(TABLES)):
            if STATE in TABLES[table].columns:
                states |= set(build.columns(table, [STATE], [])[STATE].dropna())
    return sorted(state for state in states if len(state) == 3)


def progress(
    done: int,
    failed: int,
    of: int,
    at_work: Sequence[tuple[str, Mapping[str, Any]]],
    seconds: float,
) -> str:
    """A line on how far a batch is, which reports are being made, and how much time is left.

    >>> progress(10, 1, 30, [("state-brief", {"state": "COL"})], 600.0)
    '10 of 30 done, 1 failed; about 20 min left; at work: state-brief state=COL'
    """
    words = f"{done} of {of} done, {failed} failed"
    if done:
        left = seconds / done * (of - done)
        words += f"; about {left / 60:.0f} min left" if left >= 60 else f"; about {left:.0f} s left"
    if at_work:
        words += f"; at work: {', '.join(report_in_words(*report) for report in at_work)}"
    return words


def report_in_words(study: str, given: Mapping[str, Any]) -> str:
    """A report in words: its study and parameters.

    >>> report_in_words("state-brief", {"state": "COL"})
    'state-brief state=COL'
    """
    return " ".join([study, *(f"{name}={value}" for name, value in given.items())])
