"""The commands ``retention``: how long restricted lists are kept, and deleting what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work, passphrase_of_desk

retention_app = typer.Typer(
    no_args_is_help=False, help="Delete the rows and files of restricted lists whose time is over."
)
Study = Annotated[str, typer.Argument(help="Study of the list, such as killings")]
Source = Annotated[str, typer.Argument(help="The list, such as restricted-list")]
Desk = Annotated[str, typer.Option(help="Label of your desk (desk-4), never a person's name")]
Why = Annotated[
    str,
    typer.Option(
        prompt="Why, in words",
        help="The agreement, the law, the court; kept sealed. The command asks if it is not given",
    ),
]


@retention_app.callback(invoke_without_command=True)
def propose_all(context: typer.Context, work: Work = DEFAULT_WORK) -> None:
    """Say for every sealed study which rows and files of its lists are due for deletion."""
    if context.invoked_subcommand:
        return
    from hrdresearch.run.sealed_lists import recipient_of_study

    homes = [p.parent for p in sorted(work.glob("*/current")) if recipient_of_study(p.parent)]
    for home in homes:
        propose(home.name, work)
    if not homes:
        typer.echo("No study is sealed: retention is followed for sealed lists only")


@retention_app.command()
def propose(
    study: Study,
    work: Work = DEFAULT_WORK,
    show: Annotated[bool, typer.Option("--show", help="Also print the reasons of holds")] = False,
) -> None:
    """Say how long each restricted list is kept, what is due for deletion, and which holds stop it."""
    with _retention_of(work / study) as retention:
        for line in retention.propose(work / study, dt.date.today(), show=show):
            typer.echo(line)


@retention_app.command()
def declare(
    study: Study,
    slug: Source,
    rows_months: Annotated[int, typer.Option(min=1, help="Months that rows are kept")],
    files_months: Annotated[int, typer.Option(min=1, help="Months that the file is kept")],
    why: Why,
    desk: Desk,
    work: Work = DEFAULT_WORK,
) -> None:
    """Declare how long a list is kept here; this replaces the term in source.yml."""
    from hrdresearch.privacy.retention import RetentionTerm

    term = RetentionTerm(slug, rows_months, files_months, why, desk, dt.date.today().isoformat())
    with _retention_of(work / study) as retention:
        typer.echo(retention.declare(work / study, term))


@retention_app.command()
def hold(
    study: Study,
    slug: Source,
    why: Why,
    until: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day of the hold")],
    desk: Desk,
    row: Annotated[str, typer.Option(help="Only rows whose reference begins with this text")] = "",
    work: Work = DEFAULT_WORK,
) -> None:
    """Put a legal hold on a list: nothing is deleted, except for the safety of a person (withdraw)."""
    from hrdresearch.privacy.retention import LegalHold

    days = dt.date.today().isoformat(), until.date().isoformat()
    with _retention_of(work / study) as retention:
        typer.echo(retention.hold(work / study, LegalHold(slug, desk, why, *days, ref=row)))


@retention_app.command()
def lift(
    study: Study,
    number: Annotated[int, typer.Argument(help="Number of the hold, as 'propose' prints it")],
    desk: Desk,
    why: Why,
    work: Work = DEFAULT_WORK,
) -> None:
    """Lift a hold before its last day; two desks must do it, each with a reason."""
    passphrase = passphrase_of_desk(desk)
    with _retention_of(work / study) as retention:
        typer.echo(retention.lift(work / study, number, desk, why, passphrase))


@retention_app.command()
def approve(
    study: Study,
    slug: Source,
    desk: Desk,
    may_return: Annotated[
        bool,
        typer.Option("--may-return", help="Later builds may read the rows again from a file"),
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Approve the proposed deletion for a list; it is decided when two desks approve the same."""
    passphrase = passphrase_of_desk(desk)
    with _retention_of(work / study) as retention:
        typer.echo(retention.approve(work / study, slug, desk, may_return, passphrase))


@retention_app.command()
def apply(
    study: Study,
    slug: Source,
    raw: Annotated[
        list[Path] | None,
        typer.Option(
            help="File of the list: deleted if the file is due, else its due rows are emptied"
        ),
    ] = None,
    gone: Annotated[
        bool, typer.Option("--gone", help="The files that are due were deleted by hand")
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Delete what two desks have approved; say what is left."""
    from hrdresearch.run.due_rows import apply_decision

    for line in apply_decision(work / study, slug, raw or [], gone=gone):
        typer.echo(line)


@contextmanager
def _retention_of(home: Path) -> Iterator[ModuleType]:
    """The functions on retention, while no build and no report of the study is running."""
    from hrdresearch.run import retention
    from hrdresearch.run.due_rows import alone

    with alone(home):
        yield retention
