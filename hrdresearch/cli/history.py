"""The command ``history``: time, memory and outcome of each run."""

from __future__ import annotations

from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work


def history(
    study: Annotated[str | None, typer.Argument(help="Study; default: all studies")] = None,
    work: Work = DEFAULT_WORK,
    last: Annotated[int, typer.Option(min=1, help="Number of runs shown, the latest")] = 20,
) -> None:
    """List the runs so far: when, parameters, seconds of each stage, memory, outcome."""
    from hrdresearch.run.history import runs_so_far

    runs = runs_so_far(work, study)
    for run in runs[-last:]:
        typer.echo(str(run))
    failed = sum(run.outcome != "done" for run in runs)
    typer.echo(f"{len(runs)} runs, of which {failed} failed")
