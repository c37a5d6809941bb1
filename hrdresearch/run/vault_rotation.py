"""Changes the keys of the vault: every sealed file is sealed again for a new identity.

The identity file holds both keys while files are changed, the new one first, so everything can be
read at any moment, and a rotation that was broken off goes on where it stopped. Each file is
replaced in one step.
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

    passphrase, new_passphrase: of the identity file, None where it is on another medium. Raises
    BusyError while a build is at work, RunError while the vault is open or when a file cannot be
    opened; what was sealed again until then stays so, and the next call goes on.
    """
    if live_session() is not None:
        raise RunError("The vault is open. Lock it first: hrdresearch vault lock")
    files = sorted({f for place in places for f in place.rglob(f"*{SUFFIX}") if f.is_file()})
    with ExitStack() as held:
        for lock in {lock for place in places for lock in place.glob("*/.build.lock")}:
            try:
                held.enter_context(FileLock(lock, timeout=0))
            except Timeout:
                raise BusyError(f"A build of {lock.parent.name} is at work; wait for it") from None
        keys = read_keys(identity, passphrase)
        if len(keys) == 1:
            shutil.copy2(identity, identity.with_name(f"{identity.name}{OLD}"))
            keys = [pyrage.x25519.Identity.generate(), *keys]
            write_identity(identity, keys, new_passphrase)
        else:
            yield "A change of keys was broken off; it goes on"
        new, *old = keys
        again = sum(_seal_again(file, new, old) for file in files)
        write_identity(identity, [new], new_passphrase)
    yield f"{again} of {len(files)} sealed files were sealed for the new key, all are now"
    yield (
        f"Copies made before (backups, other machines) open only with {identity.name}{OLD}. Delete it "
        "when there are none. Who has the old key can still open them"
    )


def _seal_again(file: Path, new: Any, old: list[Any]) -> bool:
    """Seal one file for the new key, in one step; whether it was sealed for an old one."""
    if not is_sealed(file) or _opens(file, new):
        return False
    try:
        with unseal_stream_with_keys(file, old) as contents, write_whole_file(file) as draft:
            pyrage.encrypt_io(contents, draft, [new.to_public()])
    except (VaultProblem, pyrage.EncryptError):
        raise RunError(
            f"{file} was sealed for somebody else, or it is damaged. Move it away, then rotate "
            "again: what was done is kept"
        ) from None
    return True


def _opens(file: Path, key: Any) -> bool:
    """Whether a key opens a file; only its beginning is read."""
    try:
        with unseal_stream_with_keys(file, [key]) as contents:
            contents.read(1)
    except VaultProblem:
        return False
    return True
