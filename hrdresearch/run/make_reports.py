"""Makes the reports of a batch that are missing or out of date, and shows the progress."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hrdresearch.run.batch import BatchItem, Report, progress, report_in_words, run_batch
from hrdresearch.run.failures import ExitStatus, status_of_many
from hrdresearch.run.site.failed_runs import keep_failure_from_outside
from hrdresearch.run.site.make_site import make_site
from hrdresearch.run.standing import is_standing
from hrdresearch.run.workers import cluster_workers

Tell = Callable[[str, bool], None]  # called with a line, and True if it shows progress only


@dataclass(frozen=True)
class ReportsMade:
    """Result of a batch: reports made or failed (items), and how many were up to date (standing)."""

    items: tuple[BatchItem, ...]
    standing: int

    @property
    def failed(self) -> tuple[BatchItem, ...]:
        """The reports that failed."""
        return tuple(item for item in self.items if item.error)

    @property
    def status(self) -> ExitStatus:
        """Exit status of the batch."""
        return status_of_many(len(self.items), [item.status for item in self.failed])


def make_reports(
    reports: Sequence[Report],
    work: Path,
    out: Path,
    workers: int = 2,
    cluster: str | None = None,
    again: bool = False,
    tell: Tell = lambda *_: None,
    with_pdf: bool = True,
) -> ReportsMade:
    """Make the reports that are missing or out of date, then write the page that lists all reports.

    workers: local processes. cluster: address of a Dask scheduler to use instead. again: make reports
    that are up to date too. with_pdf: write PDF copies too. RunError if the cluster does not answer.
    """
    asked = len(reports)
    if not again:
        reports = [one for one in reports if not is_standing(*one, work, out, with_pdf)]
        tell(
            f"{asked - len(reports)} of {asked} reports are up to date; {len(reports)} to make",
            False,
        )
    items: list[BatchItem] = []
    if reports:
        executor, workers = cluster_workers(cluster) if cluster else (None, workers)
        failed, began, began_at = 0, time.monotonic(), datetime.now(UTC).replace(microsecond=0)
        tell(progress(0, 0, len(reports), reports[:workers], 0.0), True)
        for item in run_batch(reports, work, out, executor, workers, with_pdf):
            items.append(item)
            if item.error:
                keep_failure_from_outside(item.study, item.parameters, work, out, began_at)
            failed += item.error is not None
            name = report_in_words(item.study, item.parameters)
            tell(f"{name}: {item.error or item.folder}", False)
            spent = time.monotonic() - began
            tell(progress(len(items), failed, len(reports), item.at_work, spent), True)
        if failed:
            tell(f"{failed} of {len(reports)} reports failed", True)
    tell(f"{make_site(out)}", False)
    return ReportsMade(tuple(items), asked - len(reports))
