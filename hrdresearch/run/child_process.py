"""Does a piece of work in a child process: a fork of this one, with all modules loaded here.

The child cannot change anything in this process: it has its own state, environment, working folder,
random numbers and open files, and if it dies only its work is lost. If this process has threads, or
the system cannot fork safely, a new Python is started instead (docs/decisions/0110).
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
    """A child process and the pipe to it, which carries JSON only, so that no message is executed.

    peak_mb: the most memory that it used, in megabytes; known after it has ended.
    """

    def __init__(self, pid: int, pipe: Connection) -> None:
        self.pid, self.pipe = pid, pipe
        self.peak_mb = 0

    def tell(self, message: Any) -> None:
        """Send a message to the child; ChildDiedError if it no longer reads."""
        try:
            self.pipe.send_bytes(json.dumps(message).encode())
        except OSError as gone:
            raise ChildDiedError from gone

    def hear(self, seconds: float | None = None) -> Any:
        """The child's next message; ChildDiedError if it has died, TimeoutError after ``seconds``."""
        try:
            if not self.pipe.poll(seconds):
                raise TimeoutError
            return json.loads(self.pipe.recv_bytes())
        except (EOFError, ConnectionError) as gone:
            raise ChildDiedError from gone

    def end(self, number: int = 0) -> int:
        """Wait until the child has ended and return its exit status; number: signal to send it first."""
        self.pipe.close()
        if number:
            os.kill(self.pid, number)
        _, status, usage = os.wait4(self.pid, 0)
        self.peak_mb = usage.ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)
        return os.waitstatus_to_exitcode(status)


def may_fork() -> bool:
    """Whether it is safe to fork this process: on Linux, and while no other Python thread runs."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork(work: Callable[[Connection], object], in_own_session: bool = False) -> Child:
    """Do a piece of work in a copy of this process; ``work`` gets the child's end of the pipe.

    in_own_session: signals of the terminal do not reach the child.
    """
    ours, theirs = multiprocessing.Pipe()
    parent = os.getpid()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # otherwise the child would write it a second time
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
        os._exit(status)  # ends without the parent's exit handlers and without flushing its files


def start_python(module: str, in_own_session: bool = False) -> Child:
    """Start a module of the project in a new Python; it gets its end of the pipe and this process's id."""
    ours, theirs = multiprocessing.Pipe()
    number = theirs.fileno()
    command = [sys.executable, "-P", "-m", module, str(number), str(os.getpid())]
    process = subprocess.Popen(command, pass_fds=[number], start_new_session=in_own_session)
    process.returncode = 0  # it is waited for by its id
    theirs.close()
    return Child(process.pid, ours)


def _let_go_of_open_files(kept: set[int]) -> None:
    """Point all other file descriptors at the null device, so that their numbers are not used again."""
    folder = next(name for name in FOLDERS_OF_OPEN_FILES if os.path.isdir(name))  # noqa: PTH112
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir(folder):  # noqa: PTH208
        if (number := int(name)) not in kept | {nothing}:
            try:
                os.fstat(number)
            except OSError:
                continue  # the descriptor of the listed folder itself; it is closed now
            os.dup2(nothing, number, inheritable=False)


def _draw_other_random_numbers() -> None:
    """Seed numpy anew, as in a new Python; the module ``random`` does so by itself after a fork."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
