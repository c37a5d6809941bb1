"""Folders of runs: each is held by its run while that is alive, and cleared once it is dead."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

SOCKETS = "hrd-"  # folders of a run's sockets, in the folder for temporary files


@contextmanager
def own_folder(home: Path, pattern: str, make: Callable[[], Path]) -> Iterator[Path]:
    """The folder that ``make`` makes in ``home`` for one process, gone at its end.

    Those of dead processes, which ``pattern`` finds, are cleared first.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as until_the_end:
        with held(home):  # nobody takes a folder for dead between its making and its holding
            clear_dead(home.glob(pattern))
            folder = make()
            until_the_end.enter_context(held(folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder; the system lets it go when this process ends, however it ends.

    Where a file system knows no holding, nothing is held, and nothing is ever taken for dead.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def clear_dead(folders: Iterable[Path]) -> None:
    """Remove the folders that no living process holds, with the sockets of their runs."""
    for folder in folders:
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            if _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(folder, ignore_errors=True)
                for sockets in Path(tempfile.gettempdir()).glob(f"{SOCKETS}{folder.name}-*/"):
                    shutil.rmtree(sockets, ignore_errors=True)
        finally:
            os.close(handle)


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except OSError:
        return False
    return True
