"""Ends a child process when the process that started it ends, for any reason."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

EVERY_SECONDS = 1.0
_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Make this process end as soon as the process that started it has ended.

    parent: process id of the parent. Linux ends this process at once; elsewhere a thread checks every
    second.
    """
    if not _asks_system(parent):
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _asks_system(parent: int) -> bool:
    """Ask Linux to end this process (False elsewhere); no thread, because threads make forking unsafe."""
    if sys.platform != "linux":
        return False
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent ended before Linux was asked
        os.kill(os.getpid(), signal.SIGKILL)
    return True


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
