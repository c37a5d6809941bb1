"""Commands on editions of a report: compare two of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work

To = Annotated[Path | None, typer.Option("--to", help="Folder for changes.json")]
Full = Annotated[
    bool, typer.Option("--full", help="Also notes under tables and figures, and new sentences")
]


def compare(
    older: Annotated[Path, typer.Argument(help="Folder of an edition, or its report.html")],
    newer: Annotated[Path, typer.Argument(help="Folder of a later edition of the same report")],
    work: Work = DEFAULT_WORK,
    work_before: Annotated[
        Path | None, typer.Option(help="Work folder of the older edition, where it is another one")
    ] = None,
    to: To = None,
    full: Full = False,
) -> None:
    """Say what changed between two editions of a report, and why: number by number, sentence by sentence.

    Causes are counted again in the builds of the work folder. Lists that are public by name only.
    """
    from hrdresearch.run.recheck.changes import compare_editions_of_report, keep_changes
    from hrdresearch.run.recheck.told import lines_of_changes

    changes = compare_editions_of_report(older, newer, work, work_before)
    if changes.is_public:
        for line in lines_of_changes(changes, full):
            typer.echo(line)
    if file := keep_changes(changes, to, work):
        typer.echo(f"Written: {file}")
