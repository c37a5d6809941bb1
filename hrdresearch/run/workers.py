"""Who makes the reports of a batch: local processes, or the workers of an existing Dask cluster.

Both are a ``concurrent.futures.Executor`` and a number: how many reports they make at a time.
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
from hrdresearch.run.lean_imports import TAKEN_ALONG, collect_garbage_seldom, import_lean
from hrdresearch.run.parent_process import end_with_parent


class LocalWorkers(Executor):
    """Local processes, each a pool of its own: one that dies takes its own report along, no other."""

    def __init__(self, workers: int) -> None:
        self._threads = Threads(workers)
        self._free: SimpleQueue[ProcessPoolExecutor] = SimpleQueue()
        for _ in range(workers):
            self._free.put(_process())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in the first process that is free; BrokenExecutor where that process dies."""
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
        """Take no more; with ``wait``, until those at work have ended."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        while wait and not self._free.empty():
            self._free.get().shutdown()

    def terminate(self) -> None:
        """End the processes now; each clears its own folder."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()


def _process() -> ProcessPoolExecutor:
    # spawned: a copy of this process would hold the locks of its other threads for ever
    return ProcessPoolExecutor(
        1, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(os.getpid(),)
    )


def _begin(parent: int) -> None:
    end_with_parent(parent)
    collect_garbage_seldom()
    import_lean(*TAKEN_ALONG)
    # last: stopped while it imports, the process has nothing to clear away and says nothing
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(int(ExitStatus.STOPPED)))


def cluster_workers(address: str) -> tuple[Executor, int]:
    """Executor of a Dask cluster (extra ``cluster``), whose workers share the folders; and how many.

    RunError where no scheduler answers, or it has no worker.
    """
    from distributed import Client

    from hrdresearch.run.errors import RunError

    try:
        client = Client(address)  # type: ignore[no-untyped-call]
        workers = len(client.nthreads())  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as failure:
        raise RunError(f"No Dask scheduler answers at {address}") from failure
    if not workers:
        raise RunError(f"The Dask scheduler at {address} has no worker: start one, then again")
    executor: Executor = client.get_executor()  # type: ignore[no-untyped-call]
    return executor, workers
