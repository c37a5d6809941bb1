"""The commands ``find`` (a person or a State) and ``calendar`` (days on which something is due)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, RAW, Out, Work, spinner

MOST = 50
IN_HISTORY = (
    "Never write a name in the command line: it stays in the history of the shell and in the list of "
    "running programs. Delete that line from the history, then type 'hrdresearch find' alone: it asks"
)


def find(
    name: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    state: Annotated[
        str, typer.Option(help="ISO3 code: say what each build holds on this State; asks no name")
    ] = "",
    audit: Annotated[
        bool, typer.Option("--audit", help="Say who looked names up, and when (opened vault only)")
    ] = False,
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    raw: Annotated[Path, typer.Option(help="Folder of lists and casebooks")] = RAW,
) -> None:
    """Look a person up in all lists (it asks for the name and does not show it), or a State."""
    if name:
        raise typer.BadParameter(IN_HISTORY)
    if audit:
        from hrdresearch.run.lookups.audit import read_audit

        for line in read_audit(work):
            typer.echo(line)
    elif state:
        from hrdresearch.run.lookups.state import describe_state

        for line in describe_state(state, work, out):
            typer.echo(line)
    else:
        _find_person(work, raw)


def calendar(
    file: Annotated[Path, typer.Argument(help="Calendar to write, such as due.ics")],
    label: Annotated[
        str, typer.Option(help="Label of your desk (desk-4), put into each entry; never a name")
    ] = "",
    work: Work = DEFAULT_WORK,
) -> None:
    """Write a calendar of days on which something is due; an entry says "case due", no details."""
    import datetime as dt

    from hrdresearch.run.decisions import check_desk
    from hrdresearch.run.lookups.calendar import find_days_due, write_calendar

    if file.suffix.lower() != ".ics":
        raise typer.BadParameter("FILE must end in .ics: it is a calendar")
    if label:
        check_desk(label)
    due = find_days_due(work, dt.date.today())
    file.write_bytes(write_calendar(due.days, label, dt.datetime.now(dt.UTC)))
    for line in due.not_searched:
        typer.echo(f"Not searched: {line}")
    typer.echo(f"{file}: {len(due.days)} days on which something is due")


def _find_person(work: Path, raw: Path) -> None:
    from hrdresearch.run.lookups.audit import audit_recipient, note_lookup
    from hrdresearch.run.lookups.person import find_person

    recipient = audit_recipient(work)
    name = typer.prompt("Full name, in any script (it is not shown)", hide_input=True)
    with spinner("Searching"):
        found = find_person(name, work, raw)
    if recipient is not None:
        note_lookup(name, len(found.hits), work, recipient)
    for hit in found.hits[:MOST]:
        typer.echo(f"{hit.how_sure}: {hit.where}: {hit.place}, {hit.about} ({hit.likeness.why})")
    if len(found.hits) > MOST:
        typer.echo(f"... and {len(found.hits) - MOST} more: give a fuller name")
    if found.hits:
        typer.echo(
            "Two persons can have the same name: read the rows before you decide that it is the person"
        )
    else:
        typer.echo("No searched row holds this name or a similar one")
    for line in found.searched:
        typer.echo(f"Searched: {line}")
    for line in found.not_searched:
        typer.echo(f"Not searched: {line}")
    if recipient is None:
        typer.echo("All lists are invented demo lists: the search was not recorded")
