"""The opened vault of this user: a folder in memory, with a watcher process that locks it again.

While the vault is open, the copy in memory of a file counts. The sealed copy in the work folder is renewed
when the vault is locked (see ``opened_vault``).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hrdresearch.privacy.memory_folder import private_folders

OWN = ".session"  # what the vault itself needs, inside its folder


@dataclass(frozen=True)
class VaultSession:
    """An opened vault.

    folder: its folder in memory. work: the work folder that it was opened for. recipient: public key for
    which files are sealed. watcher: number of the process that locks it.
    """

    folder: Path
    work: Path
    recipient: str
    watcher: int = 0

    @property
    def identity(self) -> Path:
        """Path of the identity in memory."""
        return self.folder / OWN / "identity"

    @property
    def hashes_at_opening(self) -> Path:
        """Path of the file with the hash of each file at the opening."""
        return self.folder / OWN / "given.json"

    def write(self) -> None:
        """Write the session into its folder, so that other processes find it."""
        about = {"work": str(self.work), "recipient": self.recipient, "watcher": self.watcher}
        draft = self.folder / OWN / "session.new"
        draft.write_text(json.dumps(about), encoding="utf-8")
        draft.replace(self.folder / OWN / "session.json")

    def path_in_memory(self, path: Path) -> Path | None:
        """Path in memory of a file of the work folder; None for other files."""
        path = path.resolve()
        if not path.is_relative_to(self.work):
            return None
        return self.folder / path.relative_to(self.work)


def find_session() -> VaultSession | None:
    """Find the opened vault of this user, also one whose watcher has ended; None without one."""
    opened = private_folders("vault")
    return read_session(opened[0]) if opened else None


def read_session(folder: Path) -> VaultSession:
    """Read the session of an opened folder; where opening was interrupted, its recipient is ""."""
    try:
        about = json.loads((folder / OWN / "session.json").read_text(encoding="utf-8"))
        return VaultSession(folder, Path(about["work"]), about["recipient"], about["watcher"])
    except (OSError, ValueError, KeyError):
        return VaultSession(folder, folder, "")


def live_session() -> VaultSession | None:
    """The opened vault of this user whose watcher is running, or None."""
    session = find_session()
    return session if session is not None and is_watched(session.folder) else None


def is_watched(folder: Path) -> bool:
    """Whether a watcher holds the lock of an opened folder."""
    try:
        handle = os.open(folder / OWN / "lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def hold_watcher_lock(folder: Path) -> Iterator[None]:
    """Context that holds the lock of an opened folder, as its watcher does.

    The operating system removes the lock when the process ends.
    """
    handle = os.open(folder / OWN / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def copy_in_memory(path: Path) -> Path | None:
    """Path in memory of a file of the work folder, where the vault is open for it; else None."""
    session = live_session()
    return session.path_in_memory(path) if session is not None else None
