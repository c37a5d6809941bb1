"""A helper process ends with the process that it works for, however that one ends."""

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


def end_with(parent: int) -> None:
    """Let this process be ended when the process ``parent``, which started it, is no more.

    Linux does it at once; elsewhere a thread looks every second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
