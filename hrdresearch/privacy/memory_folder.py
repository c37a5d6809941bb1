"""Folders that exist in memory only (tmpfs, ramfs): what is in them does not reach the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

IN_MEMORY = ("tmpfs", "ramfs")
_MOUNTS, _SWAPS = Path("/proc/self/mounts"), Path("/proc/swaps")


class VaultProblem(RuntimeError):
    """A restricted file or its identity is not kept as it must be; says how to mend it."""


def how_to_close(paths: Iterable[Path]) -> str:
    """Commands that keep others from files and folders that they can read; "" where they can read none.

    Windows keeps a user's folder private by access lists, so that nothing is looked at there.
    """
    read = [p for p in paths if os.name != "nt" and stat.S_IMODE(p.stat().st_mode) & 0o077]
    return "; ".join(f"chmod {'700' if p.is_dir() else '600'} '{p}'" for p in read)


def is_in_memory(path: Path) -> bool:
    """Whether a path, which need not exist yet, lies on a file system that is kept in memory."""
    path = path.resolve()
    kinds = {}
    for line in _MOUNTS.read_text(encoding="utf-8").splitlines() if _MOUNTS.is_file() else ():
        _, place, kind = line.split(" ")[:3]
        kinds[place.replace("\\040", " ")] = kind  # of two on one place the later one is seen
    for folder in map(str, (path, *path.parents)):
        if folder in kinds:
            return kinds[folder] in IN_MEMORY
    return False


def writable_memory_folders() -> list[Path]:
    """Folders in memory that this user may write to: ``$XDG_RUNTIME_DIR`` and /dev/shm.

    ``$HRD_MEMORY`` replaces both; the tests use it so that they do not see a vault that is open here.
    """
    return [folder for folder in _given_folders() if _is_writable_memory(folder)]


def private_folders(what: str) -> list[Path]:
    """Folders of this user in memory that are there; what: purpose, part of their name."""
    found = [home / private_folder_name(what) for home in _given_folders()]
    return [f for f in found if is_private(f) and _is_writable_memory(f.parent)]


def private_folder_name(what: str) -> str:
    """Name of a folder of this user in memory: ``hrd-vault-1000``."""
    return f"hrd-{what}-{os.getuid()}"


def make_memory_folder(what: str) -> Path:
    """Make a folder in memory that only this user can enter, where there is none; returns its path.

    what: purpose, part of its name. Raises VaultProblem when the machine has no place in memory, or when
    the folder belongs to somebody else.
    """
    homes = writable_memory_folders()
    if not homes:
        raise VaultProblem(
            "This machine has no folder that is kept in memory only (tmpfs at XDG_RUNTIME_DIR or "
            "/dev/shm), so restricted lists cannot be worked with here without leaving traces on "
            "the disk. Use a Linux machine that has one."
        )
    folder = homes[0] / private_folder_name(what)
    folder.mkdir(mode=0o700, exist_ok=True)
    if not is_private(folder):
        raise VaultProblem(
            f"{folder} can be entered by others on this machine, or was made by somebody else. "
            "Remove it, or ask the one who keeps the machine."
        )
    return folder


def is_private(folder: Path) -> bool:
    """Whether a folder is there that only this user can enter."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return is_own and not found.st_mode & 0o077


def swaps_to_disk() -> bool:
    """Whether the machine may write parts of its memory to a disk (swap)."""
    lines = _SWAPS.read_text(encoding="utf-8").splitlines()[1:] if _SWAPS.is_file() else ()
    return any("/zram" not in line.split(" ")[0] for line in lines)


def _given_folders() -> list[Path]:
    chosen = os.environ.get("HRD_MEMORY")
    given = (chosen,) if chosen else (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm")
    return [Path(folder) for folder in given if folder]


def _is_writable_memory(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and is_in_memory(folder)
