"""What commands cost: seconds by the clock, seconds of CPU, and memory of all their processes together."""

from __future__ import annotations

import resource
import subprocess
import threading
import time

import psutil


class Cost:
    """Cost of the processes that are started, and end, inside ``with``.

    wall, cpu: seconds; cpu includes children. peak: bytes, the proportional share (PSS) of all of them
    together, looked at twice a second.
    """

    wall: float
    cpu: float
    peak: int

    def __enter__(self) -> Cost:
        self.began, self.before, self.peak = time.monotonic(), _cpu(), 0
        self.is_over = threading.Event()
        self.watching = threading.Thread(target=self._watch)
        self.watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.monotonic() - self.began
        self.is_over.set()
        self.watching.join()
        self.cpu = _cpu() - self.before

    def _watch(self) -> None:
        while not self.is_over.wait(0.5):
            held = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    held += process.memory_full_info().pss
                except psutil.Error:
                    continue  # it has ended
            self.peak = max(self.peak, held)


def measure(*command: object) -> Cost:
    """Run a command and say what it cost; its words are shown when it fails."""
    with Cost() as cost:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")
    return cost


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
