"""Ends a helper process when the process that started it ends, for whatever reason."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "HRD_PARENT"
EVERY_SECONDS = 1.0
_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Make this process end as soon as the process that started it has ended.

    parent: its process id. Linux ends this process at once; elsewhere a thread looks every second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
