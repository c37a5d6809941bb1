"""Makes temporary folders of runs: locked while the process lives, removed after it has ended."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from hrdresearch.privacy.memory_folder import make_memory_folder

PENDING = "pending"  # WORK/<study>/pending: editions not published yet, see run.pending
EXECUTED = "executed"  # WORK/<study>/executed: the executed notebook of each report


@contextmanager
def scratch_on_disk(home: Path) -> Iterator[Path]:
    """A scratch folder of this process in ``home``."""
    with temporary_run_folder(home, "run-*/", lambda: _make(home)) as folder:
        yield folder


@contextmanager
def scratch_in_memory() -> Iterator[Path]:
    """A scratch folder of this process in memory only, for work on sealed files.

    Temporary files of this process and its children go there too, and core dumps are switched off.
    VaultProblem if the machine has no folder in memory.
    """
    home = make_memory_folder("runs")
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with temporary_run_folder(home, "run-*/", lambda: _make(home)) as folder:
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = None
            if before is None:
                os.environ.pop("TMPDIR")
            else:
                os.environ["TMPDIR"] = before


def _make(home: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix="run-", dir=home))


@contextmanager
def temporary_run_folder(home: Path, pattern: str, make: Callable[[], Path]) -> Iterator[Path]:
    """A folder for one process, locked while the block runs and removed at its end.

    make: creates the folder in ``home``. pattern: finds folders of earlier processes; folders of ended
    processes are removed first.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as until_the_end:
        with folder_lock(home):  # no process may see the new folder before it is locked
            remove_abandoned_folders(home.glob(pattern))
            folder = make()
            until_the_end.enter_context(folder_lock(folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Lock a folder; the operating system removes the lock when this process ends.

    On a file system without locks nothing is locked, and no folder is removed as abandoned.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def remove_abandoned_folders(folders: Iterable[Path]) -> None:
    """Remove the folders that no running process has locked."""
    for folder in folders:
        with lock_if_abandoned(folder) as is_abandoned:
            if is_abandoned:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def lock_if_abandoned(folder: Path) -> Iterator[bool]:
    """Try to lock a folder; False if a running process has locked it, or if it does not exist."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(handle)


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except OSError:
        return False
    return True
