"""Locks an opened vault: ``python -m hrdresearch.privacy.vault_watcher FOLDER PROCESS``.

It runs in a session of its own and outlives the command that started it. It locks when it is told to
(SIGTERM, SIGINT, SIGHUP), and when the process that the vault was opened for has ended, however it
ended. Where this watcher is killed itself, the next command finds the folder and locks it.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from hrdresearch.privacy.opened_vault import seal_and_erase
from hrdresearch.privacy.vault_session import hold_watcher_lock, read_session

EVERY_SECONDS = 0.3
SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}


def lock_when_process_ends(folder: Path, process: int) -> None:
    """Wait for a signal or the end of a process, then lock the vault in ``folder``."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # a second signal does not break off locking
    with hold_watcher_lock(folder):
        born = _birth(process)
        while born and _birth(process) == born and folder.is_dir():
            if signal.sigtimedwait(SIGNALS, EVERY_SECONDS) is not None:
                break
        if folder.is_dir():
            seal_and_erase(read_session(folder))


def _birth(process: int) -> str:
    """When a process began, in ticks since the start of the machine; "" when it has ended."""
    try:
        line = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    state, *numbers = line.rpartition(")")[2].split()
    return "" if state in "ZX" else numbers[18]


if __name__ == "__main__":
    lock_when_process_ends(Path(sys.argv[1]), int(sys.argv[2]))
