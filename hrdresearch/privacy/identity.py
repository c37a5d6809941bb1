"""The identity that opens sealed files: kept under a passphrase, or on another medium.

An identity file is an age identity file. Under a passphrase it is itself encrypted (scrypt, as
``age -p`` does), and its recipient, which is public, stands beside it in ``NAME.recipient``. While
keys are changed the file holds two: the first is the one that files are sealed for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
from platformdirs import user_config_dir

from hrdresearch.privacy.memory_folder import VaultProblem, is_in_memory
from hrdresearch.privacy.vault_session import live_session

HEADER = b"age-encryption.org/v1"
SHORTEST_PASSPHRASE = 16
_SECRET = "AGE-SECRET-KEY-"
_DEVICES = Path("/sys/dev/block")
LOCKED = (
    "The vault is locked, and what this needs is sealed in it. Open it, then repeat your line: "
    "hrdresearch vault open"
)


def default_identity() -> Path:
    """Where ``vault init`` puts an identity under a passphrase: the user's configuration folder."""
    return Path(user_config_dir("hrdresearch")) / "vault" / "identity.age"


def configured_identity() -> Path | None:
    """The identity file: ``$HRD_IDENTITY``, else the default one where it exists, else None."""
    if chosen := os.environ.get("HRD_IDENTITY"):
        return Path(chosen)
    return default_identity() if default_identity().is_file() else None


def identity_path() -> Path | None:
    """The identity to open files with, or None where there is none.

    An identity on another medium is used as it is. One under a passphrase, or one whose medium was
    taken out, is usable while the vault is open.
    """
    chosen = configured_identity()
    if chosen is not None and chosen.is_file() and not is_protected(chosen):
        return chosen
    session = live_session()
    return session.identity if session is not None and session.identity.is_file() else chosen


def make_identity(path: Path, passphrase: str | None = None) -> str:
    """Make an identity file that only its owner can read; returns its recipient (public key).

    passphrase: encrypts the file. Raises FileExistsError when there is an identity file already.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        raise FileExistsError(17, "There is an identity already", str(path))
    return write_identity(path, [pyrage.x25519.Identity.generate()], passphrase)


def write_identity(path: Path, keys: list[Any], passphrase: str | None) -> str:
    """Write an identity file in one step; returns the recipient (public key) of its first key."""
    recipient = str(keys[0].to_public())
    text = "".join([f"# recipient: {recipient}\n", *(f"{key}\n" for key in keys)]).encode()
    if passphrase is not None:
        text = bytes(pyrage.passphrase.encrypt(text, passphrase))
        write_private(_recipient_file(path), f"{recipient}\n".encode())
    write_private(path, text)
    return recipient


def is_protected(path: Path) -> bool:
    """Whether an identity file is under a passphrase."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def recipient_of(identity: Path) -> str:
    """Recipient (public key) of an identity file; no passphrase is needed."""
    if not is_protected(identity):
        return str(read_keys(identity)[0].to_public())
    beside = _recipient_file(identity)
    if not beside.is_file():
        raise VaultProblem(f"{beside.name} is missing beside {identity}: put a copy of it back.")
    return beside.read_text(encoding="utf-8").strip()


def read_keys(path: Path, passphrase: str | None = None) -> list[Any]:
    """Keys of an identity file, the one that files are sealed for first.

    Raises VaultProblem when the file is no identity, when its passphrase is missing or wrong, or when the
    recipient that stands beside it belongs to another identity.
    """
    data = path.read_bytes()
    if data.startswith(HEADER):
        if passphrase is None:
            raise VaultProblem(LOCKED)
        try:
            data = bytes(pyrage.passphrase.decrypt(data, passphrase))
        except pyrage.DecryptError:
            raise VaultProblem("This is not the passphrase of the identity.") from None
    lines = data.decode("utf-8", errors="replace").splitlines()
    keys = [line.strip() for line in lines if line.strip().startswith(_SECRET)]
    if not keys:
        raise VaultProblem(f"{path} is no identity file: a line AGE-SECRET-KEY-... is expected.")
    found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    if passphrase is not None and recipient_of(path) != str(found[0].to_public()):
        raise VaultProblem(
            f"{_recipient_file(path).name} is not the recipient of this identity: somebody may have "
            "changed it, so that files are sealed for somebody else. Put the right copy back."
        )
    return found


def refuse_weak(passphrase: str) -> None:
    """Raise VaultProblem for a passphrase that can be guessed."""
    if len(passphrase) < SHORTEST_PASSPHRASE or len(set(passphrase)) < SHORTEST_PASSPHRASE // 2:
        raise VaultProblem(
            f"The passphrase has fewer than {SHORTEST_PASSPHRASE} characters, or repeats a few. "
            "Take six words that have nothing to do with each other, drawn by chance."
        )


def refuse_same_medium(path: Path, folders: Iterable[Path]) -> None:
    """Raise VaultProblem when an identity without a passphrase lies in memory, or on the disk of the lists.

    path: path of the identity. folders: folders that hold the lists. They need not exist yet. Another
    partition of the same disk counts as the same disk.
    """
    how = "Give a file on another medium (--identity /media/stick/identity.txt), or a passphrase."
    if is_in_memory(path):
        raise VaultProblem(
            f"{path} lies in the memory of this machine: it is gone when the machine is switched off, "
            f"and with it every list. {how}"
        )
    if any(_disk(path) == _disk(folder) for folder in folders):
        raise VaultProblem(
            f"{path} lies on the disk that holds the lists, so whoever takes the disk has both. {how}"
        )


def _disk(path: Path) -> str:
    """The disk that a path lies on, whichever of its partitions; else its file system."""
    device = _device_of(path)
    entry = (_DEVICES / f"{os.major(device)}:{os.minor(device)}").resolve()
    return entry.parent.name if (entry / "partition").is_file() else entry.name


def _device_of(path: Path) -> int:
    path = path.resolve()
    return next(p for p in (path, *path.parents) if p.exists()).stat().st_dev


def _recipient_file(identity: Path) -> Path:
    return identity.with_name(f"{identity.name}.recipient")


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, in one step."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
