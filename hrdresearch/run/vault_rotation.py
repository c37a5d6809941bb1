"""Changes the keys of the vault: every sealed file is sealed again for a new identity.

While files are changed, the identity file holds both keys, the new one first. Therefore everything can be
read at any time, and an interrupted rotation continues where it stopped. Each file is replaced in one step.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
from filelock import FileLock, Timeout

from hrdresearch.privacy.identity import read_keys, write_identity
from hrdresearch.privacy.vault import (
    SUFFIX,
    VaultProblem,
    is_sealed,
    unseal_stream_with_keys,
    write_whole_file,
)
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.run.errors import BusyError, RunError

OLD = ".old"


def rotate(
    identity: Path, passphrase: str | None, new_passphrase: str | None, places: Iterable[Path]
) -> Iterator[str]:
    """Seal every file in these folders for a new key; yields lines for the screen.

    passphrase, new_passphrase: of the identity file; None if it is on another medium. BusyError while a
    build is running; RunError while the vault is open, or if a file cannot be opened. Files that were
    sealed before the error stay so, and the next call continues.
    """
    if live_session() is not None:
        raise RunError("The vault is open. Lock it first: hrdresearch vault lock")
    files = sorted({f for place in places for f in place.rglob(f"*{SUFFIX}") if f.is_file()})
    with ExitStack() as held:
        for lock in {lock for place in places for lock in place.glob("*/.build.lock")}:
            try:
                held.enter_context(FileLock(lock, timeout=0))
            except Timeout:
                raise BusyError(
                    f"A build of {lock.parent.name} is running; wait until it ends, then rotate again"
                ) from None
        keys = read_keys(identity, passphrase)
        if len(keys) == 1:
            shutil.copy2(identity, identity.with_name(f"{identity.name}{OLD}"))
            keys = [pyrage.x25519.Identity.generate(), *keys]
            write_identity(identity, keys, new_passphrase)
        else:
            yield "An earlier change of keys was interrupted; it goes on now"
        new, *old = keys
        again = sum(_seal_again(file, new, old) for file in files)
        write_identity(identity, [new], new_passphrase)
    yield f"{again} of {len(files)} sealed files were sealed again; all are now sealed for the new key"
    yield (
        f"Copies made before (backups, other machines) open only with {identity.name}{OLD}. Delete it "
        "when no copies are left. Anybody who has the old key can still open them"
    )


def _seal_again(file: Path, new: Any, old: list[Any]) -> bool:
    """Seal one file for the new key, in one step; False if it was already sealed for it."""
    if not is_sealed(file) or _opens(file, new):
        return False
    try:
        with unseal_stream_with_keys(file, old) as contents, write_whole_file(file) as draft:
            pyrage.encrypt_io(contents, draft, [new.to_public()])
    except (VaultProblem, pyrage.EncryptError):
        raise RunError(
            f"{file} was sealed for somebody else, or it is damaged. Move it away, then rotate again; "
            "files that are already done stay so"
        ) from None
    return True


def _opens(file: Path, key: Any) -> bool:
    """Whether a key opens a file; only the beginning of the file is read."""
    try:
        with unseal_stream_with_keys(file, [key]) as contents:
            contents.read(1)
    except VaultProblem:
        return False
    return True
