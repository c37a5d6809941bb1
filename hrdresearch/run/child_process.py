"""A process of its own for a piece of work: forked from this one, with all that is loaded here.

It shares the memory of this process until it writes there, and can change nothing here: its state,
environment, working folder, random numbers and open files are its own, and when it dies its work
alone is lost. Where this process has threads, or the system forks unsafely, a new Python is started
instead (docs/decisions/0110).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from hrdresearch.run.parent_process import end_with_parent

FOLDERS_OF_OPEN_FILES = ("/proc/self/fd", "/dev/fd")


class ChildDiedError(RuntimeError):
    """The process ended before its work did."""


class Child:
    """A process and the pipe to it, which carries JSON only: nothing that it says is ever executed.

    peak_mb: the most memory that it took, in megabytes; known when it has ended.
    """

    def __init__(self, pid: int, pipe: Connection) -> None:
        self.pid, self.pipe = pid, pipe
        self.peak_mb = 0

    def tell(self, message: Any) -> None:
        """Send a message; ChildDiedError where nobody reads."""
        try:
            self.pipe.send_bytes(json.dumps(message).encode())
        except OSError as gone:
            raise ChildDiedError from gone

    def hear(self, seconds: float | None = None) -> Any:
        """Its next message; ChildDiedError when it has died, TimeoutError after so many seconds."""
        try:
            if not self.pipe.poll(seconds):
                raise TimeoutError
            return json.loads(self.pipe.recv_bytes())
        except (EOFError, ConnectionError) as gone:
            raise ChildDiedError from gone

    def end(self, number: int = 0) -> int:
        """Wait until it has ended, sent a signal first where one is given; its exit status."""
        self.pipe.close()
        if number:
            os.kill(self.pid, number)
        _, status, usage = os.wait4(self.pid, 0)
        self.peak_mb = usage.ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)
        return os.waitstatus_to_exitcode(status)


def may_fork() -> bool:
    """Whether a copy of this process is safe: on Linux, and while no other thread of Python runs."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork(work: Callable[[Connection], object], in_own_session: bool = False) -> Child:
    """Do a piece of work in a copy of this process, which gets its end of the pipe.

    in_own_session: signals of the terminal do not reach it.
    """
    ours, theirs = multiprocessing.Pipe()
    parent = os.getpid()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # or it would be written twice
    if pid := os.fork():
        theirs.close()
        return Child(pid, ours)
    status = 1
    try:
        end_with_parent(parent)
        if in_own_session:
            os.setsid()
        _let_go_of_open_files({0, 1, 2, theirs.fileno()})
        _draw_other_random_numbers()
        work(theirs)
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # never printed: it may hold a person's data
        status = 1
    finally:
        os._exit(status)  # nothing of the parent's is tidied up or flushed here


def start_python(module: str, in_own_session: bool = False) -> Child:
    """Start a module of ours in a new Python, which gets its end of the pipe and this process's id."""
    ours, theirs = multiprocessing.Pipe()
    number = theirs.fileno()
    command = [sys.executable, "-P", "-m", module, str(number), str(os.getpid())]
    process = subprocess.Popen(command, pass_fds=[number], start_new_session=in_own_session)
    process.returncode = 0  # it is waited for by its id
    theirs.close()
    return Child(process.pid, ours)


def _let_go_of_open_files(kept: set[int]) -> None:
    """Point all other open files at nothing; their numbers stay taken, so that no object reads another's."""
    folder = next(name for name in FOLDERS_OF_OPEN_FILES if os.path.isdir(name))  # noqa: PTH112
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir(folder):  # noqa: PTH208
        if (number := int(name)) not in kept | {nothing}:
            try:
                os.fstat(number)
            except OSError:
                continue  # that of the folder itself, closed by now
            os.dup2(nothing, number, inheritable=False)


def _draw_other_random_numbers() -> None:
    """As a new Python would: the module random does so by itself, numpy does not."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
