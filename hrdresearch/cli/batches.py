"""Commands for many reports: batch, and what is made on a schedule."""

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
        bool, typer.Option("--again", help="Make also those that are up to date")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also the PDF copies")] = False,
) -> None:
    """Make many reports; one that fails leaves the others alone.

    Reports whose edition stands for the same builds, notebook and program are left as they are.
    Exit status: 0 all made, 8 some failed, 4 one of them would have published a name, 9 all stand.
    """
    from hrdresearch.run.batch import read_batch
    from hrdresearch.run.batch_over import reports_over
    from hrdresearch.run.make_reports import make_reports

    if over is None and len(what) != 1:
        raise typer.BadParameter("one file of reports; for studies, add --over state=all")
    reports = reports_over(what, over, work) if over else read_batch(Path(what[0]))
    made = make_reports(reports, work, out, workers, cluster, again, echo, pdf)
    raise typer.Exit(made.status)


def echo(words: str, is_progress: bool = False) -> None:
    """Print a line: of results to the output, of progress beside it."""
    typer.echo(words, err=is_progress)
