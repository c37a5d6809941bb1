"""Commands that protect persons: consents, withdraw, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.asking import is_confirmed
from hrdresearch.cli.options import DEFAULT_OUT, DEFAULT_WORK, RAW, Out, Work, passphrase_of_desk


def consents(
    study: Annotated[str, typer.Argument(help="Study whose sheet of consents is begun or checked")],
    work: Work = DEFAULT_WORK,
    of: Annotated[
        str,
        typer.Option(help="A list (restricted-list): state on what basis it is counted"),
    ] = "",
    basis: Annotated[
        str,
        typer.Option(
            help="agreement, consent (one for each case), other, or public (its owner prints the names)"
        ),
    ] = "",
    date: Annotated[str, typer.Option(help="Day of the agreement or decision: 2026-01-31")] = "",
    words: Annotated[
        str | None,
        typer.Option(help="The basis in words, for the desks; asked for when it is not given"),
    ] = None,
    desk: Annotated[
        str | None,
        typer.Option(help="Your desk (desk-4): with --basis public, where desks have keys"),
    ] = None,
) -> None:
    """Begin or check the sheet of consents of a study, or state the basis of a list (--of)."""
    from hrdresearch.run.consents import show_consents
    from hrdresearch.run.stated_basis import state_basis

    if of and basis == "public":
        _state_public(study, work, of, desk)
        return
    if of:
        if words is None:
            words = "" if basis == "consent" else words_read_back()
        typer.echo(f"{state_basis(study, work, of, basis, date, words)}. Build {study} again")
        return
    for line in show_consents(study, work):
        typer.echo(line)


def words_read_back(earlier: str = "") -> str:
    """Ask for the basis in words until the user confirms it; Enter alone does not confirm.

    earlier: words that Enter alone takes.
    """
    from hrdresearch.run.own_lists.prompts import told

    while True:
        words = str(typer.prompt(told("basis_words"), default=earlier or None))
        if is_confirmed(told("basis_right", words=words.strip())):
            return words


def _state_public(study: str, work: Path, of: str, desk: str | None) -> None:
    from hrdresearch.run.public_lists import state_public, what_is_stated

    for line in what_is_stated(of):
        typer.echo(line)
    typed = typer.prompt("To confirm that its owner publishes it so, type the name of the list")
    passphrase = passphrase_of_desk(desk) if desk else ""
    typer.echo(state_public(study, work, of, typed, desk, passphrase))


def withdraw(
    study: Annotated[str, typer.Argument(help="Study the person is in")],
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    pseudonym: Annotated[
        str | None,
        typer.Option(
            help="victim_id of the person; without it the command asks for the name, unseen"
        ),
    ] = None,
    apply: Annotated[
        bool, typer.Option(help="Do it; without it, say what would be removed")
    ] = False,
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
            help="File of a list (CSV, XLSX): empty its rows of the person too; may be given several times"
        ),
    ] = None,
) -> None:
    """Remove a person from this installation and from every edition that names them; say what is left.

    With --apply the exit status is 3 while a known file still holds the person.
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
    apply: Annotated[
        bool, typer.Option(help="Do it; without it, say what would be removed")
    ] = False,
) -> None:
    """Remove what earlier versions of the program left of restricted lists; say what stays public."""
    from hrdresearch.run.migrate import migrate as migrate_folders

    for line in migrate_folders(work, out, apply):
        typer.echo(line)
