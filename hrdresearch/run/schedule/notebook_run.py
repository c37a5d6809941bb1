"""A scheduled run that is started from a notebook, by jupyter-scheduler or by hand."""

from __future__ import annotations

from pathlib import Path

from hrdresearch.run.errors import RunError
from hrdresearch.run.failures import ExitStatus
from hrdresearch.run.schedule.digest import digest_lines
from hrdresearch.run.schedule.scheduled_run import run_schedule


def run_in_notebook(work: str, out: str, workers: int = 2) -> None:
    """Run the schedule and print its digest, without messages that may hold more than the kind of a failure.

    RunError, so that the job is shown as failed, where something has failed.
    """
    done = run_schedule(Path(work), Path(out), workers=workers)
    text = "\n".join(digest_lines(done, in_full=False))
    if done.status not in (ExitStatus.DONE, ExitStatus.NOTHING_NEW):
        raise RunError(text)
    print(text)
