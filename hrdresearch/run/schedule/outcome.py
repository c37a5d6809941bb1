"""The outcome of a scheduled run: its builds, its reports, and how it ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hrdresearch.run.failures import ExitStatus, status_of_many
from hrdresearch.run.make_reports import ReportsMade


@dataclass(frozen=True)
class BuildOfRun:
    """The build of a study in a scheduled run: made again (is_new, why), unchanged, or failed (error)."""

    study: str
    is_new: bool = False
    error: str = ""
    status: ExitStatus = ExitStatus.DONE
    why: str = ""

    @property
    def in_words(self) -> str:
        """The outcome in words, if there was no error."""
        if not self.is_new:
            return "unchanged"
        return f"made again ({self.why})" if self.why else "made again"


@dataclass(frozen=True)
class ScheduledRun:
    """What a scheduled run has done.

    left_out: studies on the schedule that have no build. is_own: whether the schedule was written for this
    work folder, so that each of its studies should have a build. error, ended: message and exit status of
    a run that could not begin or was stopped.
    """

    began: dt.datetime
    builds: tuple[BuildOfRun, ...]
    reports: ReportsMade
    left_out: tuple[str, ...] = ()
    is_own: bool = False
    error: str = ""
    ended: ExitStatus | None = None

    @property
    def status(self) -> ExitStatus:
        """Exit status of the run."""
        if self.ended is not None:
            return self.ended
        failed = [b.status for b in self.builds if b.error]
        failed += [ExitStatus(item.status) for item in self.reports.failed]
        made = len(self.reports.items) + sum(build.is_new for build in self.builds)
        ended = status_of_many(made, failed)
        if self.is_own and self.left_out and not failed:
            return ExitStatus.NO_BUILD
        return ended
