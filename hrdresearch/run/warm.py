"""Makes one report in a child process, forked from a process that has everything loaded.

Starting Python and loading libraries takes longer than making most reports; for many reports it is done
once. Data that all of them read (names indexes, boundaries, templates) is also read once and shared.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hrdresearch.privacy.clean_texts import learn_clean_texts, take_new_clean_texts
from hrdresearch.run.child_process import Child, ChildDiedError, fork, may_fork, start_python
from hrdresearch.run.failures import ExitStatus, status_of, words_of
from hrdresearch.run.lean_imports import collect_garbage_seldom
from hrdresearch.run.load_program import load_program
from hrdresearch.run.parent_process import end_with_parent

Outcome = tuple[str | None, str | None, int]  # folder, error in words, exit status
_HELPERS = threading.local()  # if this process must not fork: one helper process for each thread


def run_forked(
    study: str, given: Mapping[str, Any], work: Path, out: Path, with_pdf: bool = True
) -> Outcome:
    """Make one report with ``execute.run``, in a fork of this process or of a helper process.

    Returns its folder or the error message, and the exit status. BrokenExecutor if the child process died;
    other reports are not affected.
    """
    from hrdresearch.report.pdf import has_started_typst

    if not may_fork() or has_started_typst():
        return _ask_helper([study, dict(given), str(work), str(out), with_pdf])
    warm_up()
    _read_public_tables(study, work)
    child = fork(partial(_make_one, study, dict(given), work, out, with_pdf))
    try:
        (folder, error, status), learned = child.hear()
    except ChildDiedError:
        child.end()
        raise BrokenExecutor(f"the process of a report on {study} died") from None
    except BaseException:  # this process was told to end; the child removes its own folder
        child.end(signal.SIGTERM)
        raise
    child.end()
    learn_clean_texts(learned)
    return folder, error, status


@cache
def warm_up() -> None:
    """Load everything that all reports need; no list is opened."""
    collect_garbage_seldom()
    load_program()
    gc.collect()
    gc.freeze()  # so that garbage collection in a fork does not touch, and copy, the shared memory


def _read_public_tables(study: str, work: Path) -> None:
    """Read the tables of public lists once for all reports; lists shared in confidence are not kept."""
    from hrdresearch.run.execute import builds_of_entry
    from hrdresearch.run.registry import study_or_draft
    from hrdresearch.studies.ground.build import NoBuildError

    with suppress(NoBuildError):  # its report will say so
        for build in builds_of_entry(study_or_draft(study), work):
            if all(facts["policy"]["public_by_name"] for facts in build.facts()):
                build.keep_open_tables()


def _make_one(
    study: str, given: Mapping[str, Any], work: Path, out: Path, with_pdf: bool, pipe: Connection
) -> None:
    from hrdresearch.run.execute import run

    outcome: Outcome
    try:
        outcome = str(run(study, given, work, out, with_pdf=with_pdf).folder), None, ExitStatus.DONE
    except Exception as failed:
        outcome = None, words_of(failed), status_of(failed)
    pipe.send_bytes(json.dumps([outcome, take_new_clean_texts()]).encode())


def _ask_helper(task: list[Any]) -> Outcome:
    """Let the helper process of this thread, which has no threads itself, make a report."""
    helper: Child = getattr(_HELPERS, "child", None) or start_python("hrdresearch.run.warm")
    _HELPERS.child = None  # set again after it has answered
    try:
        helper.tell(task)
        outcome = helper.hear()
    except ChildDiedError:
        helper.end(signal.SIGKILL)
        raise BrokenExecutor("the process that makes reports died") from None
    except BaseException:
        helper.end(signal.SIGTERM)
        raise
    _HELPERS.child = helper
    if outcome is None:
        raise BrokenExecutor("the process of a report died")
    folder, error, status = outcome
    return folder, error, status


def _serve(pipe: Connection) -> None:
    """Make the reports that are asked for through the pipe, one after the other, until it is closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(int(ExitStatus.STOPPED)))
    while True:
        try:
            study, given, work, out, with_pdf = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        try:
            outcome: Outcome | None = run_forked(study, given, Path(work), Path(out), with_pdf)
        except BrokenExecutor:
            outcome = None
        pipe.send_bytes(json.dumps(outcome).encode())


if __name__ == "__main__":
    end_with_parent(int(sys.argv[2]))
    _serve(Connection(int(sys.argv[1])))
