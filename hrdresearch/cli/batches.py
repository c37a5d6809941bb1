"""The command ``batch``: make many reports at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, Out, Work


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
        bool, typer.Option("--again", help="Also make again the reports that are up to date")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write PDF copies")] = False,
) -> None:
    """Make many reports; if one fails, the others are still made.

    A report is not made again when builds, notebook and program are those of its last edition.
    Exit status: 0 all made, 8 some failed, 4 one would have published a name, 9 all were up to date.
    """
    from hrdresearch.run.batch import read_batch, reports_over
    from hrdresearch.run.make_reports import make_reports

    if over is None and len(what) != 1:
        raise typer.BadParameter("give one YAML file of reports; for studies, add --over state=all")
    reports = reports_over(what, over, work) if over else read_batch(Path(what[0]))
    raise typer.Exit(make_reports(reports, work, out, workers, cluster, again, echo, pdf).status)


def echo(words: str, is_progress: bool = False) -> None:
    """Print a line: a result to standard output, progress to standard error."""
    typer.echo(words, err=is_progress)
