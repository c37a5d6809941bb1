"""The commands ``vault``: keep restricted lists, and the files made from them, encrypted on disk."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, RAW, Work, new_passphrase

if TYPE_CHECKING:
    from hrdresearch.privacy.vault_session import VaultSession

vault_app = typer.Typer(no_args_is_help=True, help="Keep restricted lists sealed on the disk.")


@vault_app.command()
def init(
    identity: Annotated[
        Path | None, typer.Option(help="Where the identity is kept; default: your configuration")
    ] = None,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help="Only on another medium, such as a USB stick")
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Make the identity (private key) that opens sealed files: with a passphrase, or on another medium."""
    from hrdresearch.privacy.identity import default_identity, make_identity, refuse_same_medium
    from hrdresearch.privacy.vault import VaultProblem

    path = identity or default_identity()
    if path.exists():
        raise VaultProblem(
            f"There is already an identity: {path}. For a new key of all files: hrdresearch vault rotate"
        )
    if no_passphrase:
        refuse_same_medium(path, (work, RAW))
    recipient = make_identity(path, None if no_passphrase else new_passphrase())
    typer.echo(f"Identity: {path}")
    typer.echo(f"Recipient (public key; others seal files for you with it): {recipient}")
    if identity is not None:
        typer.echo(f"Set HRD_IDENTITY={path}")
    typer.echo(
        "Keep a copy of the identity in another building, with the passphrase apart from it."
    )
    typer.echo(
        "Without the identity and its passphrase nobody can open what is sealed: no one can help."
    )


@vault_app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Unencrypted files of restricted lists")],
    into: Annotated[Path, typer.Option(help="Folder of the sealed files")] = RAW,
    recipient: Annotated[
        str | None, typer.Option(help="Recipient (public key); default: that of your identity")
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Rename an older sealed list of this name: add today's date"
        ),
    ] = False,
) -> None:
    """Seal restricted lists and remove the open files."""
    from hrdresearch.privacy.identity import recipient_of
    from hrdresearch.privacy.vault import date_older_list, seal_file
    from hrdresearch.sources.posts.archive_reader import name_to_seal

    sealed = []
    for file in files:
        name = name_to_seal(file, into)
        if replace and file.is_file() and (older := date_older_list(name, into)):
            typer.echo(
                f"The older list is now {older}. It still holds every row: delete it, or keep it until "
                "its term ends; 'hrdresearch withdraw' searches it too"
            )
        sealed.append(seal_file(file, recipient or recipient_of(_identity()), into, name))
        typer.echo(f"Sealed: {sealed[-1]}")
        if name != file.name:
            typer.echo("It has a neutral name, because a chat is often called after a person.")
    typer.echo(
        "The unencrypted files were removed, but not wiped: a specialist can recover a removed file "
        "until its place on the disk is used again, and copies in backups, mail, the waste bin or at "
        "the sender are still there. Encrypting the whole disk protects against recovery."
    )
    if sealed and recipient is None:
        typer.echo(
            "To change a list later, open the vault and say: "
            f"hrdresearch vault take {shlex.quote(str(sealed[-1]))}"
        )


@vault_app.command()
def take(
    file: Annotated[Path, typer.Argument(help="A sealed list, such as data/raw/list.xlsx.age")],
) -> None:
    """Take a sealed list out to edit it: an open copy in the opened vault, in memory only."""
    from hrdresearch.privacy.opened_vault import take_to_edit

    place = take_to_edit(file)
    into = "" if file.parent == RAW else f" --into {shlex.quote(str(file.parent))}"
    typer.echo(f"Open copy: {place}")
    typer.echo(
        "Change it there, save, close the spreadsheet, then put it back: "
        f"hrdresearch vault add {shlex.quote(str(place))} --replace{into}"
    )
    typer.echo("When the vault is locked the copy is erased: what was not put back is lost.")


@vault_app.command(name="open")
def open_folder(work: Work = DEFAULT_WORK) -> None:
    """Open the sealed sheets, decisions and corrections in a folder that exists in memory only."""
    from hrdresearch.privacy.identity import read_keys
    from hrdresearch.privacy.memory_folder import swaps_to_disk
    from hrdresearch.privacy.opened_vault import open_vault
    from hrdresearch.run.sealed_lists import sheets_to_read

    identity = _identity()
    keys = read_keys(identity, _passphrase_of(identity))
    session = open_vault(work, keys, sheets_to_read(work), _terminal())
    typer.echo(f"Open: {session.folder}")
    for path in sorted(p for p in session.folder.rglob("*") if p.is_file()):
        if not any(part.startswith(".") for part in path.relative_to(session.folder).parts):
            typer.echo(f"  {path.relative_to(session.folder)}")
    typer.echo("What you change or add there is sealed when the vault is locked. To lock it:")
    typer.echo("'hrdresearch vault lock'. It also locks itself when this terminal is closed.")
    if swaps_to_disk():
        typer.echo(
            "This machine writes parts of its memory to a disk (swap). Encrypt the swap or switch it "
            "off: otherwise what is open here may stay on the disk."
        )


@vault_app.command()
def lock() -> None:
    """Seal what was changed in the opened folder, and erase the folder."""
    from hrdresearch.privacy.opened_vault import lock_vault

    session = lock_vault()
    typer.echo("The vault was not open" if session is None else _said_of(session))


@vault_app.command()
def rotate(
    also: Annotated[
        list[Path] | None, typer.Option(help="More folders that hold sealed files")
    ] = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Seal everything for a new key; after an interruption, the same command continues."""
    from hrdresearch.run.vault_rotation import rotate as seal_again

    identity = _identity()
    passphrase = _passphrase_of(identity)
    new = None if passphrase is None else new_passphrase()
    places = [folder for folder in (work, RAW, *(also or ())) if folder.is_dir()]
    for line in seal_again(identity, passphrase, new, places):
        typer.echo(line)


def lock_what_was_left() -> None:
    """Lock a vault and erase run folders that an ended process left open."""
    from hrdresearch.privacy.memory_folder import (
        is_private,
        private_folder_name,
        writable_memory_folders,
    )

    for home in writable_memory_folders():
        if is_private(home / private_folder_name("vault")):
            from hrdresearch.privacy.opened_vault import lock_abandoned_vault

            if (session := lock_abandoned_vault()) is not None:
                typer.echo(
                    f"A vault was found open without its session. {_said_of(session)}", err=True
                )
        if is_private(runs := home / private_folder_name("runs")):
            from hrdresearch.run.run_folders import remove_abandoned_folders

            remove_abandoned_folders(runs.glob("run-*/"))


def _said_of(session: VaultSession) -> str:
    if session.folder.is_dir():
        return (
            f"Not every file of {session.folder} could be sealed into {session.work}: say "
            "'hrdresearch vault lock' again"
        )
    return f"Locked: changed files were sealed into {session.work}, and {session.folder} is gone"


def _identity() -> Path:
    from hrdresearch.privacy.identity import configured_identity
    from hrdresearch.privacy.vault import VaultProblem

    identity = configured_identity()
    if identity is None or not identity.is_file():
        raise VaultProblem(
            "There is no identity. Make one (hrdresearch vault init), or connect the medium that "
            "HRD_IDENTITY points to."
        )
    return identity


def _passphrase_of(identity: Path) -> str | None:
    from hrdresearch.privacy.identity import is_protected

    if not is_protected(identity):
        return None
    return str(typer.prompt("Passphrase of the identity", hide_input=True))


def _terminal() -> int:
    """Process id of the terminal's session; the vault stays open as long as it lives."""
    return os.getsid(0) or os.getppid()
