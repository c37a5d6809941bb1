"""The papermill engine ``hrdresearch``, which runs each notebook in a forked child process.

It is registered as papermill documents it (entry point ``papermill.engine``). Papermill inserts the
parameters, notes times, and stops at the first error, as with any engine.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from nbformat import from_dict
from papermill.engines import Engine, papermill_engines
from papermill.log import logger

from hrdresearch.run.child_process import Child, fork, may_fork, start_python
from hrdresearch.run.kernel import execute_cells

NAME = "hrdresearch"
SKIPPED = "skip-execution"


class ForkedEngine(Engine):  # type: ignore[misc]
    """Executes the cells of a notebook in a process that is a copy of this one."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,  # noqa: ARG003
        *,
        log_output: bool = False,
        execution_timeout: float | None = None,
        folder: str = ".",
        environment: Mapping[str, str] | None = None,
        modules: Sequence[str] = (),
        begun: Callable[[], object] = lambda: None,
        **_: Any,
    ) -> None:
        """Execute the cells up to the first error and put their outputs into the notebook.

        folder: the working folder. environment, modules: environment variables of the child process,
        and modules that it imports first. begun: called when the child has started. ChildDiedError if the
        child dies; TimeoutError for a cell that takes longer than ``execution_timeout`` seconds.
        """
        child = (
            fork(execute_cells, in_own_session=True)
            if may_fork()
            else start_python("hrdresearch.run.kernel", in_own_session=True)
        )
        number: int = signal.SIGKILL
        try:
            child.tell({"folder": folder, "environment": environment or {}, "modules": [*modules]})
            begun()
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    if not _execute(cell, child, execution_timeout, log_output):
                        nb_man.cell_exception(cell, index, exception=None)
                        break
                finally:
                    nb_man.cell_complete(cell, index)
            number = 0
        finally:
            _end(child, number)
        nb_man.nb.metadata["papermill"]["peak_mb"] = child.peak_mb
        version = sys.version.split()[0]
        nb_man.nb.metadata["language_info"] = {"name": "python", "version": version}


def _execute(cell: Any, child: Child, seconds: float | None, is_logged: bool) -> bool:
    """Execute one cell; False if it raised an error that stops the notebook."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or not cell.source.strip() or SKIPPED in tags:
        return True
    child.tell({"source": cell.source})
    while "executed" not in (message := child.hear(seconds)):
        _add(cell.outputs, message["output"])
        if is_logged:
            _log(message["output"])
    cell.execution_count = message["executed"]
    return message["is_good"] or "raises-exception" in tags


def _add(outputs: list[Any], output: dict[str, Any]) -> None:
    """Add an output; consecutive texts of the same stream are joined."""
    last = outputs[-1] if outputs else None
    if last and output["output_type"] == "stream" and last.get("name") == output["name"]:
        last.text += output["text"]
        return
    outputs.append(from_dict(output))  # type: ignore[no-untyped-call]


def _log(output: Mapping[str, Any]) -> None:
    if output["output_type"] == "stream":
        tell = logger.info if output["name"] == "stdout" else logger.warning
        tell(output["text"])
    elif "text/plain" in output.get("data", {}):
        logger.info(output["data"]["text/plain"])


def _end(child: Child, number: int) -> None:
    """End the child process and the processes that it has started."""
    child.end(number)
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)


papermill_engines.register(
    NAME, ForkedEngine
)  # needed when the package is not installed, because then it has no entry points
