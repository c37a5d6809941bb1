"""Commands that read texts: ``read`` proposes rows on attacks, ``letter`` a cell of the register."""

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


def letter(
    file: Annotated[Path, typer.Argument(help="A letter in English: txt, docx, pdf, html")],
) -> None:
    """Print the numbered requests of a letter, and the days that it gives for a reply.

    The first line printed is the cell "questions" of the register of letters.
    """
    from hrdresearch.coding.questions import days_to_reply, questions_in_letter
    from hrdresearch.run.incident_texts import read_incident_texts

    text = "\n".join(one.text for one in read_incident_texts([file]))
    questions, days = questions_in_letter(text), days_to_reply(text)
    typer.echo(" | ".join(questions) or "No numbered request was found.")
    typer.echo(f"Requests: {len(questions)}. Days for a reply: {days or 'not said'}.")
