"""The command ``history``: what each run took."""

from __future__ import annotations

from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work


def history(
    study: Annotated[str | None, typer.Argument(help="Study; without it all")] = None,
    work: Work = DEFAULT_WORK,
    last: Annotated[int, typer.Option(min=1, help="How many runs, the latest ones")] = 20,
) -> None:
    """Runs so far: when, with which parameters, how long each stage took, memory, outcome."""
    from hrdresearch.run.history import runs_so_far

    runs = runs_so_far(work, study)
    for run in runs[-last:]:
        typer.echo(str(run))
    failed = sum(run.outcome != "done" for run in runs)
    typer.echo(f"{len(runs)} runs, of which {failed} failed")
