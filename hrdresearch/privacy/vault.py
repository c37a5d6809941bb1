"""The vault: files of a restricted source exist on disk only encrypted (age, by pyrage).

Anyone who holds the recipient (a public key) can seal a file; only the identity opens it. The
identity is under a passphrase or on another medium (see ``identity``).
"""

from __future__ import annotations

import datetime as dt
import io
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import pyrage  # type: ignore[import-untyped]

from hrdresearch.privacy.identity import (
    HEADER,
    LOCKED,
    identity_path,
    is_protected,
    make_identity,
    read_keys,
    recipient_of,
)
from hrdresearch.privacy.memory_folder import VaultProblem, how_to_close
from hrdresearch.privacy.vault_session import copy_in_memory

SUFFIX = ".age"
__all__ = ["VaultProblem", "identity_path", "make_identity", "recipient_of"]
_MISFIT = "The file cannot be opened: it was sealed for another identity, or it is damaged."


def seal_bytes(data: bytes, recipient: str) -> bytes:
    """Encrypt data for a recipient."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)]))


def seal_file(
    path: Path, recipient: str, folder: Path | None = None, name: str | None = None
) -> Path:
    """Encrypt a file to ``<name>.age`` and remove the open file; returns the new path.

    recipient: public key. folder: where the sealed file goes; without it, beside the open file. name:
    without it, that of the open file. Removing
    a file does not wipe the disk: receive restricted files on an encrypted disk, and seal them there.
    Raises VaultProblem where the sealed file exists already.
    """
    sealed = (folder or path.parent) / ((name or path.name) + SUFFIX)
    if sealed.exists():
        raise VaultProblem(
            f"{sealed.name} exists already; say --replace to seal this one and keep the older one."
        )
    if is_sealed(path):
        raise VaultProblem(f"{path.name} is sealed already.")
    sealed.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as open_file, write_whole_file(sealed) as draft:
        pyrage.encrypt_io(open_file, draft, [pyrage.x25519.Recipient.from_str(recipient)])
    path.unlink()
    return sealed


def date_older_list(name: str, folder: Path) -> Path | None:
    """Add today's date to the name of a sealed list, so that a newer list can take its place.

    name: name of the list when it is not sealed. Returns the new path; None where no such list is sealed.
    """
    sealed = folder / (name + SUFFIX)
    if not sealed.is_file():
        return None
    start, end = f"{Path(name).stem}.{dt.date.today().isoformat()}", Path(name).suffix + SUFFIX
    taken = (folder / f"{start}-{number}{end}" for number in count(2))
    older = folder / f"{start}{end}"
    while older.exists():
        older = next(taken)
    return sealed.rename(older)


@contextmanager
def write_whole_file(path: Path) -> Iterator[BinaryIO]:
    """Context with a file to write, which gets its name only when all of it is on the disk."""
    draft = path.with_name(f".{path.name}.new")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def unseal_bytes(data: bytes, identity: Path) -> bytes:
    """Decrypt data with an identity file; VaultProblem when it was sealed for another identity."""
    try:
        return bytes(pyrage.decrypt(data, read_keys(identity)))
    except pyrage.DecryptError as error:
        raise VaultProblem(_MISFIT) from error


def unseal_file(path: Path, identity: Path) -> bytes:
    """Decrypt a sealed file; its contents stay in memory and are not written to disk."""
    return unseal_bytes(path.read_bytes(), identity)


def unseal_stream(path: Path, identity: Path) -> BinaryIO:
    """Open a sealed file as a stream that is decrypted while it is read, in constant memory.

    The open contents never reach the disk. Reading a file that was sealed for another identity, or
    is cut short, raises VaultProblem.
    """
    return unseal_stream_with_keys(path, read_keys(identity))


def unseal_stream_with_keys(path: Path, keys: list[Any]) -> BinaryIO:
    """Open a sealed file as ``unseal_stream`` does; keys: keys of the identity."""
    return io.BufferedReader(_Opened(path, keys))


def write_stored(path: Path, data: bytes, recipient: str | None) -> Path:
    """Write a file, sealed as ``<name>.age`` where a recipient is given; returns the path written.

    recipient: public key; None: the file is not sealed. The contents of a sealed file never reach the
    disk unencrypted.
    """
    if recipient is None:
        path.write_bytes(data)
        return path
    sealed = sealed_name(path)
    with write_whole_file(sealed) as file:
        file.write(seal_bytes(data, recipient))
    sealed.chmod(0o600)
    return sealed


def read_stored(path: Path) -> bytes:
    """Read a file that is kept open, sealed as ``<name>.age``, or in the opened vault.

    path: path of the file when it is not sealed. Raises VaultProblem for a sealed file while the vault is
    locked.
    """
    copy = copy_in_memory(path)
    if copy is not None and copy.is_file():
        return copy.read_bytes()
    sealed = sealed_name(path)
    if path.is_file() or not sealed.is_file():
        return path.read_bytes()
    identity = identity_path()
    if identity is None:
        raise VaultProblem(
            f"{sealed.name} is sealed. Open the vault (hrdresearch vault open), or set "
            "HRD_IDENTITY to the identity file on its medium."
        )
    return unseal_file(sealed, identity)


def is_open_file(path: Path) -> bool:
    """Whether a file lies open on the disk, so that ``read_stored`` reads it and no other copy."""
    copy = copy_in_memory(path)
    return path.is_file() and not (copy is not None and copy.is_file())


def is_stored(path: Path) -> bool:
    """Whether a file is there: open, sealed, or in the opened vault."""
    copy = copy_in_memory(path)
    return path.is_file() or sealed_name(path).is_file() or (copy is not None and copy.is_file())


def sealed_name(path: Path) -> Path:
    """Path of a file when it is sealed."""
    return path.with_name(path.name + SUFFIX)


def unsealed_name(path: Path) -> Path:
    """Path of a file when it is not sealed."""
    return path.with_name(path.name.removesuffix(SUFFIX))


def is_sealed(path: Path) -> bool:
    """Whether a file is age-encrypted, by its first bytes and not by its name."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def require_vault(raw_path: Path, identity: Path | None, forbidden: Iterable[Path] = ()) -> Path:
    """Check that a restricted list is kept in the vault; returns the identity that opens it.

    raw_path: the list. identity: identity file. forbidden: folders in which the identity may not lie (the
    work folder, the reports), besides the folder of the list. Raises VaultProblem where the list is not
    sealed or the identity is not kept safely.
    """
    if identity is None:
        raise VaultProblem(
            f"The list {raw_path.name} is restricted, and there is no identity to open it with. "
            f"{HOW_TO}"
        )
    if not identity.is_file():
        raise VaultProblem(f"HRD_IDENTITY points to {identity}, and there is no such file.")
    wrong = [
        f"The identity lies inside {folder}, beside what it opens. Move it to another disk, and point "
        "HRD_IDENTITY to it."
        for folder in (raw_path.parent, *forbidden)
        if identity.resolve().is_relative_to(folder.resolve())
    ]
    if how := how_to_close([identity]):
        wrong.append(f"The identity can be read by others: {how}.")
    if not raw_path.is_file() or not is_sealed(raw_path):
        wrong.append(f"The list {raw_path.name} is restricted and lies open on disk. {HOW_TO}")
    if is_protected(identity):
        wrong.append(LOCKED)
    if wrong:
        raise VaultProblem("\n".join(wrong))
    return identity


HOW_TO = (
    "Make a vault (hrdresearch vault init), seal the list (hrdresearch vault add FILE), and build "
    "from the sealed file. Who accepts that the list, and all that is worked out of it, lie open "
    "on this machine says so: --open-on-this-machine"
)


class _Opened(io.RawIOBase):
    """Reading end of a pipe into which another thread opens the sealed file."""

    def __init__(self, path: Path, keys: list[Any]) -> None:
        reading, writing = os.pipe()
        self._end = os.fdopen(reading, "rb", buffering=0)
        self._problem: Exception | None = None
        self._thread = threading.Thread(
            target=self._open_into, args=(path, keys, writing), daemon=True
        )
        self._thread.start()

    def _open_into(self, path: Path, keys: list[Any], writing: int) -> None:
        try:
            with path.open("rb") as sealed, os.fdopen(writing, "wb") as out:
                pyrage.decrypt_io(sealed, out, keys)
        except BrokenPipeError:
            pass  # the reader had enough
        except Exception as problem:
            self._problem = problem

    def readable(self) -> bool:
        """Open for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Bytes as they come; at the end, a problem of opening them is raised."""
        got = self._end.readinto(buffer) or 0
        if got == 0:
            self._thread.join()
            if self._problem is not None:
                raise VaultProblem(_MISFIT) from self._problem
        return got

    def close(self) -> None:
        """Close the pipe; the other thread then ends."""
        if not self.closed:
            self._end.close()
        super().close()
