"""Commands for many reports: batch, and what is made on a schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, Out, Work
from hrdresearch.run.failures import status_of_many


def batch(
    what: Annotated[
        list[str],
        typer.Argument(help="YAML list of {study, parameters}; with --over, studies"),
    ],
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    over: Annotated[
        str | None,
        typer.Option(help="state=all (every State of the builds), or state=COL,MEX"),
    ] = None,
    workers: Annotated[int, typer.Option(help="Local processes")] = 2,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, instead of local processes")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make also those whose edition stands")
    ] = False,
) -> None:
    """Make many reports; one that fails leaves the others alone.

    Reports whose edition stands for the same builds, notebook and program are left as they are.
    Exit status: 0 all made, 8 some failed, 4 one of them would have published a name, 9 all stand.
    """
    from hrdresearch.run.batch import read_batch
    from hrdresearch.run.batch_over import reports_over

    if over is None and len(what) != 1:
        raise typer.BadParameter("one file of reports; for studies, add --over state=all")
    reports = reports_over(what, over, work) if over else read_batch(Path(what[0]))
    items = make_all(reports, work, out, workers, cluster, again)
    raise typer.Exit(status_of_many(len(items), [item.status for item in items if item.error]))


def make_all(
    reports: Sequence[tuple[str, Mapping[str, Any]]],
    work: Path,
    out: Path,
    workers: int,
    cluster: str | None = None,
    again: bool = False,
) -> list[Any]:
    """Make those of the reports that do not stand, and say how far it is; what became of each."""
    import time

    from hrdresearch.run.batch import run_batch
    from hrdresearch.run.batch_over import progress, report_in_words
    from hrdresearch.run.site.make_site import make_site
    from hrdresearch.run.standing import is_standing
    from hrdresearch.run.workers import cluster_workers

    asked = len(reports)
    if not again:
        reports = [one for one in reports if not is_standing(*one, work, out)]
        typer.echo(f"{asked - len(reports)} of {asked} reports stand; {len(reports)} to make")
    executor, workers = cluster_workers(cluster) if cluster else (None, workers)
    items: list[Any] = []
    failed, began = 0, time.monotonic()
    if reports:
        typer.echo(progress(0, 0, len(reports), reports[:workers], 0.0), err=True)
    for item in run_batch(reports, work, out, executor, workers):
        items.append(item)
        failed += item.error is not None
        typer.echo(f"{report_in_words(item.study, item.parameters)}: {item.error or item.folder}")
        spent = time.monotonic() - began
        typer.echo(progress(len(items), failed, len(reports), item.at_work, spent), err=True)
    typer.echo(f"{make_site(out)}")
    if failed:
        typer.echo(f"{failed} of {len(reports)} reports failed", err=True)
    return items
