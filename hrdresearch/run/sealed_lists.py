"""Reads sealed lists, and decides whether the files of a build are sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hrdresearch.privacy.keys import KeyProblem, keys_folder, refuse_keys_that_others_can_read
from hrdresearch.privacy.memory_folder import is_in_memory
from hrdresearch.privacy.opened_vault import write_sheets_to_read
from hrdresearch.privacy.vault import (
    SUFFIX,
    VaultProblem,
    identity_path,
    is_sealed,
    recipient_of,
    require_vault,
    unseal_file,
    unseal_stream,
    unsealed_name,
)
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.run.files import read_json
from hrdresearch.sources import get_facts
from hrdresearch.studies.ground.build import Build

CORRECTIONS = "corrections.yml"
FOR_THE_PROGRAM = ("persons", "queue")  # sheets that are not shown in the opened vault


@dataclass(frozen=True)
class Keeping:
    """How a build keeps rows and sheets on the disk.

    recipient: public key that they are sealed for; None if no list is restricted, or if they are not
    sealed. lies_open: whether the user accepted unencrypted restricted lists on this machine.
    """

    recipient: str | None = None
    lies_open: bool = False


def keeping_of(lists: Mapping[str, Path], work: Path, open_on_this_machine: bool) -> Keeping:
    """Decide how a build of these lists (slug -> file, without demo lists) keeps its files.

    VaultProblem lists everything that is wrong: a restricted list is not sealed, the identity is missing or
    kept beside it, or other users can read it or the keys. No check if the user accepted unencrypted lists.
    """
    restricted = [p for slug, p in lists.items() if not get_facts(slug).policy.public_by_name]
    if not restricted or open_on_this_machine:
        return Keeping(lies_open=bool(restricted))
    identities, wrong = [], []
    for path in restricted:
        try:
            identities.append(require_vault(path, identity_path(), (work,)))
        except VaultProblem as problem:
            wrong += str(problem).splitlines()
    try:
        refuse_keys_that_others_can_read(keys_folder())
    except KeyProblem as problem:
        wrong.append(str(problem))
    if wrong:
        raise VaultProblem("\n".join(dict.fromkeys(wrong)))
    return Keeping(recipient_of(identities[0]))


def opener_for(path: Path) -> Callable[[Path], bytes]:
    """The function that reads a file of a list as bytes; it decrypts a sealed file."""
    if path.is_dir() or not is_sealed(path):
        return Path.read_bytes
    identity = _identity_for(path)
    return lambda file: unseal_file(file, identity)


def stream_for(path: Path) -> Callable[[Path], BinaryIO]:
    """Like ``opener_for``, but the function returns a stream, for a list too large for memory."""
    if path.is_dir() or not is_sealed(path):
        return lambda file: file.open("rb")
    identity = _identity_for(path)
    return lambda file: unseal_stream(file, identity)


def sheets_to_read(work: Path) -> dict[Path, Path]:
    """Sheets of the current sealed builds for a researcher to read: path to show -> sealed file.

    Without pseudonyms of persons, and without the texts of a queue, which ``hrdresearch review`` gives in
    portions.
    """
    found = {}
    for pointer in sorted(work.glob("*/current")):
        folder = pointer.parent / pointer.read_text(encoding="utf-8").strip()
        for sheet in sorted((folder / "restricted").glob(f"*.csv{SUFFIX}")):
            if unsealed_name(sheet).stem not in FOR_THE_PROGRAM:
                found[Path(pointer.parent.name) / unsealed_name(sheet).name] = sheet
    return found


def show_to_read(work: Path) -> None:
    """Write the sheets of the current builds into the vault, if it is open for this work folder."""
    session = live_session()
    if session is not None and session.work == work.resolve():
        write_sheets_to_read(session, sheets_to_read(work))


def refuse_on_disk(home: Path, file: Path) -> None:
    """VaultProblem if a file for a sealed study (home: ``WORK/<study>``) would be open on the disk."""
    if _is_study_sealed(home) and not is_in_memory(file):
        session = live_session()
        where = f"in {session.folder}" if session else "in the folder of 'hrdresearch vault open'"
        raise VaultProblem(
            f"{file.name} would hold sealed data, and lie open on the disk. Write it {where}: this folder is "
            "in memory only, and is sealed when the vault is locked."
        )


def recipient_of_study(home: Path) -> str | None:
    """Public key that the work files of a study are sealed for; None if its current build is not sealed.

    home: ``WORK/<study>``. VaultProblem if the study is sealed and there is no identity.
    """
    if not _is_study_sealed(home):
        return None
    identity = identity_path()
    if identity is None:
        raise VaultProblem(
            f"Files of {home.name} are sealed, and there is no identity to seal for: set HRD_IDENTITY."
        )
    return recipient_of(identity)


def _is_study_sealed(home: Path) -> bool:
    pointer = home / "current"
    if not pointer.is_file():
        return False
    about = home / pointer.read_text(encoding="utf-8").strip() / "build.json"
    return about.is_file() and bool(read_json(about).get("is_sealed"))


def is_any_sealed(builds: Iterable[Build]) -> bool:
    """Whether the rows of one of these builds are sealed."""
    return any((build.extras("build") or {}).get("is_sealed") for build in builds)


def how_kept(builds: Iterable[Build]) -> str:
    """A sentence for the report if restricted lists were unencrypted on the machine; otherwise ""."""
    if not any((build.extras("build") or {}).get("lies_open") for build in builds):
        return ""
    return (
        "Lists that were shared in confidence, and what was worked out of them, lay unencrypted on "
        "the machine that made this report: its operator chose so."
    )


def _identity_for(path: Path) -> Path:
    identity = identity_path()
    if identity is None:
        raise VaultProblem(
            f"{path.name} is sealed. Open the vault (hrdresearch vault open), or set HRD_IDENTITY "
            "to the identity file on its medium."
        )
    return identity
