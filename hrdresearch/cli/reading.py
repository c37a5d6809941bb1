"""The command ``read``: propose rows from texts on attacks, and keep the rows a person accepts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work, spinner


def read(
    files: Annotated[list[Path], typer.Argument(help="Texts: txt, docx, pdf, html, csv")],
    column: Annotated[str, typer.Option(help="Column of a CSV file with the texts")] = "text",
    published: Annotated[
        str, typer.Option(help="Day on which the texts were published: 2021-03-08")
    ] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep the accepted rows of a filled sheet or page")
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Propose rows from texts on attacks for a person to decide on, or keep the accepted rows."""
    from hrdresearch.run.incident_texts import read_incident_texts
    from hrdresearch.run.reviews.incidents import accept_rows, write_proposals

    if accept:
        for file in files:
            kept, texts, rows = accept_rows(file, work)
            typer.echo(f"{texts} texts accepted so far, {rows} rows: {kept}")
        typer.echo(f"Next: hrdresearch build killings --source accepted-incidents={kept}")
        return
    with spinner("Reading"):
        page, sheet, rows = write_proposals(read_incident_texts(files, column, published), work)
    typer.echo(f"{rows} rows proposed (restricted): {page}")
    typer.echo(f"The same as a spreadsheet: {sheet}")
