"""Executors that make the reports of a batch: local processes, or workers of an existing Dask cluster.

Both are a ``concurrent.futures.Executor`` and the number of reports that they make at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor as Threads
from functools import partial
from queue import SimpleQueue
from typing import Any

from hrdresearch.run.failures import ExitStatus
from hrdresearch.run.lean_imports import begin_lean
from hrdresearch.run.parent_process import end_with_parent


class LocalWorkers(Executor):
    """Local processes, each in a pool of its own, so that a process that dies affects only its own report."""

    def __init__(self, workers: int) -> None:
        self._threads = Threads(workers)
        self._free: SimpleQueue[ProcessPoolExecutor] = SimpleQueue()
        for _ in range(workers):
            self._free.put(_process())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in the first free process; BrokenExecutor if that process dies."""
        return self._threads.submit(self._call, partial(fn, *args, **kwargs))

    def _call(self, task: Callable[[], Any]) -> Any:
        process = self._free.get()
        try:
            return process.submit(task).result()
        except BrokenExecutor:
            process = _process()
            raise
        finally:
            self._free.put(process)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls; with ``wait``, wait until the running ones have ended."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        while wait and not self._free.empty():
            self._free.get().shutdown()

    def terminate(self) -> None:
        """End the processes now; each removes its own temporary folder."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def _process() -> ProcessPoolExecutor:
    # Spawned, because a fork would hold the locks of this process's other threads for ever.
    return ProcessPoolExecutor(
        1, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    )


def _begin(parent: int) -> None:
    end_with_parent(parent)
    begin_lean()
    # Last, because a process that is stopped during imports has nothing to remove yet.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(int(ExitStatus.STOPPED)))


def cluster_workers(address: str) -> tuple[Executor, int]:
    """The executor of a Dask cluster (extra ``cluster``), and its number of workers.

    Its workers must have the same folders. RunError if no scheduler answers, or it has no workers.
    """
    from distributed import Client

    from hrdresearch.run.errors import RunError

    try:
        client = Client(address)  # type: ignore[no-untyped-call]
        workers = len(client.nthreads())  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as failure:
        raise RunError(f"No Dask scheduler answers at {address}: check the address") from failure
    if not workers:
        raise RunError(f"The Dask scheduler at {address} has no worker: start one, then try again")
    executor: Executor = client.get_executor()  # type: ignore[no-untyped-call]
    return executor, workers
