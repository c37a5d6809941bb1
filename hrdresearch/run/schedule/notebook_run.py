"""Runs the schedule from a notebook, by jupyter-scheduler or by hand."""

from __future__ import annotations

from pathlib import Path

from hrdresearch.run.errors import RunError
from hrdresearch.run.failures import ExitStatus, words_of
from hrdresearch.run.schedule.digest import FOLDER, digest_lines
from hrdresearch.run.schedule.scheduled_run import run_schedule


class ScheduledRunFailed(RunError):
    """Something failed in a scheduled run; a notebook shows only the message."""

    def _render_traceback_(self) -> list[str]:
        """The lines that IPython prints instead of a traceback."""
        return str(self).splitlines()


def run_in_notebook(work: str, out: str, at: str = "", workers: int = 2) -> None:
    """Run the schedule and print its digest: messages on files and settings, and the kind of other failures.

    at: run only the entries of this time. ScheduledRunFailed if something failed, so that the job is shown
    as failed.
    """
    try:
        done = run_schedule(Path(work), Path(out), at, workers)
    except Exception as failed:
        raise ScheduledRunFailed(f"The scheduled run ended early: {words_of(failed)}") from None
    text = "\n".join(digest_lines(done, in_full=False, of_files=True))
    if done.status not in (ExitStatus.DONE, ExitStatus.NOTHING_NEW):
        raise ScheduledRunFailed(
            f"{text}\nAll messages are in the newest file of {Path(work) / FOLDER}"
        )
    print(text)
