"""Commands that protect persons: consents, withdraw, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, RAW, Out, Work, passphrase_of_desk


def consents(
    study: Annotated[str, typer.Argument(help="Study whose sheet of consents is begun or checked")],
    work: Work = DEFAULT_WORK,
    of: Annotated[
        str,
        typer.Option(help="A list (restricted-list) whose basis is stated: on what it is counted"),
    ] = "",
    basis: Annotated[
        str,
        typer.Option(
            help="agreement, consent (each case by its own), other; public: its owner prints the names"
        ),
    ] = "",
    date: Annotated[str, typer.Option(help="Day of the agreement or decision: 2026-01-31")] = "",
    words: Annotated[
        str | None,
        typer.Option(help="The basis in words, for the desks; asked for when it is not given"),
    ] = None,
    desk: Annotated[
        str | None, typer.Option(help="With --basis public, where desks have keys: desk-4")
    ] = None,
) -> None:
    """Begin the sheet of consents of a study, state the basis of a list, or say what is in force."""
    from hrdresearch.run.consents import show_consents, state_basis

    if of and basis == "public":
        _state_public(study, work, of, desk)
        return
    if of:
        if words is None:
            words = "" if basis == "consent" else _words_read_back()
        typer.echo(state_basis(study, work, of, basis, date, words))
        return
    for line in show_consents(study, work):
        typer.echo(line)


def _words_read_back() -> str:
    """The basis in words, shown again until somebody says yes: Enter alone states nothing."""
    while True:
        words = str(typer.prompt("The basis in words, for the desks"))
        if typer.confirm(f"Stated will be: {words.strip()}\nIs that right?", default=False):
            return words


def _state_public(study: str, work: Path, of: str, desk: str | None) -> None:
    from hrdresearch.run.public_lists import state_public, what_is_stated

    for line in what_is_stated(of):
        typer.echo(line)
    typed = typer.prompt("Its owner publishes it so: type the name of the list")
    passphrase = passphrase_of_desk(desk) if desk else ""
    typer.echo(state_public(study, work, of, typed, desk, passphrase))


def withdraw(
    study: Annotated[str, typer.Argument(help="Study the person is in")],
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    pseudonym: Annotated[
        str | None,
        typer.Option(
            help="victim_id of the person; without it the name is asked for and not echoed"
        ),
    ] = None,
    apply: Annotated[bool, typer.Option(help="Do it, instead of saying what would go")] = False,
    in_danger: Annotated[
        bool,
        typer.Option(
            "--in-danger",
            help="Take down also the editions and releases that only count the person",
        ),
    ] = False,
    raw: Annotated[
        list[Path] | None,
        typer.Option(
            help="File of a list (CSV, XLSX) whose rows of the person are emptied too; may be said again"
        ),
    ] = None,
) -> None:
    """Remove a person from this installation and every edition that names them; says what is left.

    With --apply it ends with 3 while a file that it knows of still holds the person.
    """
    from hrdresearch.run.person_files import STILL_HOLDS
    from hrdresearch.run.withdraw import withdraw as withdraw_person

    name = None if pseudonym else typer.prompt("Full name, as in the list", hide_input=True)
    is_left = False
    for line in withdraw_person(
        study,
        work,
        out,
        pseudonym=pseudonym,
        name=name,
        apply=apply,
        in_danger=in_danger,
        raw=raw or [],
        places=(RAW,),
    ):
        typer.echo(line)
        is_left |= line.startswith(STILL_HOLDS)
    if apply and is_left:
        raise typer.Exit(3)


def migrate(
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    apply: Annotated[bool, typer.Option(help="Do it, instead of saying what would go")] = False,
) -> None:
    """Remove what earlier versions left of restricted lists; says what remains public."""
    from hrdresearch.run.migrate import migrate as migrate_folders

    for line in migrate_folders(work, out, apply):
        typer.echo(line)
