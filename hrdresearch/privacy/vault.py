"""The vault: files of a restricted source exist on disk only encrypted (age, by pyrage).

Anyone who holds the recipient (a public key) can seal a file; only the identity opens it. The
identity is kept away from the data, on another disk or a hardware stick: ``$HRD_IDENTITY``.
"""

from __future__ import annotations

import io
import os
import stat
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pyrage  # type: ignore[import-untyped]

SUFFIX = ".age"
_HEADER = b"age-encryption.org/v1"


class VaultProblem(RuntimeError):
    """A restricted file or its identity is not kept as it must be; says how to mend it."""


def new_identity(path: Path) -> str:
    """Make an identity file that only its owner can read; its recipient (public key).

    FileExistsError when the file exists.
    """
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"# recipient: {recipient}\n{identity}\n")
    return recipient


def identity_path() -> Path | None:
    """Where the identity is kept: ``$HRD_IDENTITY``, or None when it is not set."""
    chosen = os.environ.get("HRD_IDENTITY")
    return Path(chosen) if chosen else None


def recipient_of(identity: Path) -> str:
    """Recipient (public key) of an identity file."""
    return str(_read_identity(identity).to_public())


def seal_bytes(data: bytes, recipient: str) -> bytes:
    """Encrypt data for a recipient."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)]))


def seal(path: Path, recipient: str) -> Path:
    """Encrypt a file to ``<name>.age`` beside it and remove the open one; the new path.

    Removing a file does not wipe the disk: receive restricted files on an encrypted disk, and
    seal them there.
    """
    sealed = path.with_name(path.name + SUFFIX)
    if sealed.exists():
        raise VaultProblem(f"{sealed.name} exists already; move it away before sealing again.")
    data = path.read_bytes()
    draft = sealed.with_name(f".{sealed.name}.new")
    draft.write_bytes(seal_bytes(data, recipient))
    draft.replace(sealed)
    path.unlink()
    return sealed


def open_bytes(data: bytes, identity: Path) -> bytes:
    """Decrypt data with an identity file; raises VaultProblem when it does not fit."""
    try:
        return bytes(pyrage.decrypt(data, [_read_identity(identity)]))
    except pyrage.DecryptError as error:
        raise VaultProblem(
            "The file cannot be opened: it was sealed for another identity, or it is damaged."
        ) from error


def open_sealed(path: Path, identity: Path) -> bytes:
    """Contents of a sealed file; they stay in memory and are not written to disk."""
    return open_bytes(path.read_bytes(), identity)


def open_stream(path: Path, identity: Path) -> BinaryIO:
    """Contents of a sealed file as a stream, decrypted while it is read, in constant memory.

    The open contents never reach the disk. Reading a file that was sealed for another identity, or
    is cut short, raises VaultProblem.
    """
    return io.BufferedReader(_Opened(path, _read_identity(identity)))


def write_stored(path: Path, data: bytes, recipient: str | None) -> Path:
    """Write a file, sealed as ``<name>.age`` where a recipient is given; the path written.

    The open contents never reach the disk where they are to be sealed.
    """
    if recipient is None:
        path.write_bytes(data)
        return path
    sealed = path.with_name(path.name + SUFFIX)
    sealed.write_bytes(seal_bytes(data, recipient))
    return sealed


def read_stored(path: Path) -> bytes:
    """Contents of a file that is kept open, or sealed as ``<name>.age``.

    A sealed file is opened with the identity of ``$HRD_IDENTITY``; VaultProblem without it.
    """
    sealed = path.with_name(path.name + SUFFIX)
    if path.is_file() or not sealed.is_file():
        return path.read_bytes()
    identity = identity_path()
    if identity is None:
        raise VaultProblem(
            f"{sealed.name} is sealed. Set HRD_IDENTITY to the identity file that opens it."
        )
    return open_sealed(sealed, identity)


def is_sealed(path: Path) -> bool:
    """Whether a file is age-encrypted, by its first bytes and not by its name."""
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def require_vault(
    is_restricted: bool,
    raw_path: Path,
    identity: Path | None,
    *,
    is_demo: bool = False,
    forbidden: Iterable[Path] = (),
) -> bool:
    """Whether a source is read through the vault; raises VaultProblem when it must be and is not.

    forbidden: folders that may not hold the identity beside the folder of the raw file (the work
    folder, the reports). An invented demo list is exempt.
    """
    if not is_restricted or is_demo:
        return False
    if identity is None:
        raise VaultProblem(
            f"The list {raw_path.name} is restricted, and no identity is given to open it. Set "
            "HRD_IDENTITY to the identity file, which is kept apart from the data."
        )
    if not identity.is_file():
        raise VaultProblem(f"HRD_IDENTITY points to {identity}, and there is no such file.")
    for folder in (raw_path.parent, *forbidden):
        if identity.resolve().is_relative_to(folder.resolve()):
            raise VaultProblem(
                f"The identity lies inside {folder}, beside what it opens. Move it to another "
                "disk, and point HRD_IDENTITY to it."
            )
    if os.name != "nt" and stat.S_IMODE(identity.stat().st_mode) & 0o077:
        raise VaultProblem(f"The identity can be read by others: chmod 600 '{identity}'.")
    if not is_sealed(raw_path):
        raise VaultProblem(
            f"The list {raw_path.name} is restricted and lies open on disk. Seal it first; a "
            "restricted list is built from its sealed file only."
        )
    return True


class _Opened(io.RawIOBase):
    """Reading end of a pipe into which another thread opens the sealed file."""

    def __init__(self, path: Path, identity: Any) -> None:
        reading, writing = os.pipe()
        self._end = os.fdopen(reading, "rb", buffering=0)
        self._problem: Exception | None = None
        self._thread = threading.Thread(
            target=self._open_into, args=(path, identity, writing), daemon=True
        )
        self._thread.start()

    def _open_into(self, path: Path, identity: Any, writing: int) -> None:
        try:
            with path.open("rb") as sealed, os.fdopen(writing, "wb") as out:
                pyrage.decrypt_io(sealed, out, [identity])
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
                raise VaultProblem(
                    "The file cannot be opened: it was sealed for another identity, or it is "
                    "damaged."
                ) from self._problem
        return got

    def close(self) -> None:
        """Close the pipe; the other thread then ends."""
        if not self.closed:
            self._end.close()
        super().close()


def _read_identity(path: Path) -> Any:
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
    if len(keys) != 1:
        raise VaultProblem(f"{path} is no identity file: one line AGE-SECRET-KEY-... is expected.")
    return pyrage.x25519.Identity.from_str(keys[0])
