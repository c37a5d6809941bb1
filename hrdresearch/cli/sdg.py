"""The command ``sdg-pack``: candidate records for the custodian of SDG indicator 16.10.1."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work


def sdg_pack(
    folder: Annotated[
        Path | None,
        typer.Argument(help="New folder to write the pack into; left out with --checks"),
    ] = None,
    checks: Annotated[
        Path | None,
        typer.Option(help="Filled sheet of checks (CSV) to keep; then build attacks again"),
    ] = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Write candidate records for SDG indicator 16.10.1 (unverified, no names), or keep a sheet of checks."""
    import datetime as dt

    from hrdresearch.run.fact_checks import keep_checks
    from hrdresearch.run.sdg_pack import write_pack

    if folder is None and checks is None:
        raise typer.BadParameter("Name a new folder for the pack, or a sheet with --checks")
    if checks is not None:
        kept = keep_checks(checks, work / "attacks")
        typer.echo(
            f"{kept} facts kept as checked. Next: build attacks again, so that the study uses them"
        )
    if folder is not None:
        path, lines = write_pack(folder, work, dt.datetime.now(dt.UTC).date())
        for line in lines:
            typer.echo(line)
        typer.echo(f"Candidate cases, not verified: {path}")
