"""A notebook executed by papermill with the parameters of a run, in a kernel that knows its build."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hrdresearch.findings.display import IN_A_RUN
from hrdresearch.run.errors import RunError
from hrdresearch.run.parent_process import PARENT
from hrdresearch.run.registry import StudyEntry
from hrdresearch.run.run_folders import SOCKETS
from hrdresearch.studies import PINNED_BUILDS, study_module
from hrdresearch.studies.ground.build import Build

CELL_SECONDS = 1800
KERNEL = "python3"
# -P: what lies beside the notebook is no module of the kernel
COMMAND = [sys.executable, "-P", "-m", "hrdresearch.run.kernel"]
# cells hold scopes, and what somebody wrote of a case: they stay out of the user's IPython history
NO_HISTORY = "--HistoryManager.enabled=False"


def execute_notebook(
    entry: StudyEntry,
    values: Mapping[str, Any],
    builds: Sequence[Build],
    work: Path,
    log: Path,
    pool: ThreadPoolExecutor,
) -> Mapping[str, Any]:
    """The executed notebook, kept in memory only, because papermill would write it after each cell."""
    environment = {
        "HRD_WORK": str(work.resolve()),
        PINNED_BUILDS: json.dumps({build.study: build.build_id for build in builds}),
        IN_A_RUN: "1",
        PARENT: str(os.getpid()),
    }
    with (
        _log_to(log),
        _environment(environment),
        # The name of a socket may not be longer than about a hundred characters: not in the work
        # folder, but in a folder of its own that only this user can enter.
        tempfile.TemporaryDirectory(prefix=f"{SOCKETS}{log.parent.name}-") as sockets,
    ):
        kernel = _start_kernel(entry, Path(sockets))
        import papermill  # while the kernel starts on the other core
        from nbclient.exceptions import DeadKernelError
        from papermill.exceptions import PapermillExecutionError

        drawing = pool.submit(_load_drawing)
        try:
            executed: Mapping[str, Any] = papermill.execute_notebook(
                str(entry.notebook),
                None,
                parameters=dict(values),
                kernel_name=KERNEL,
                language="python",
                progress_bar=False,
                log_output=True,
                execution_timeout=CELL_SECONDS,
                km=kernel,
            )
        except PapermillExecutionError as failed:
            raise RunError(
                f"{entry.notebook.name} stopped in cell {failed.cell_index + 1}: "
                f"{_safe_reason(failed, builds)}"
            ) from None
        except (DeadKernelError, RuntimeError):
            raise RunError(
                f"The kernel died or did not answer while it ran {entry.notebook.name}: the "
                "machine may be out of memory. The last good edition stays"
            ) from None
        finally:
            asyncio.run(kernel.shutdown_kernel(now=True))
        drawing.result()
    return executed


def _start_kernel(entry: StudyEntry, sockets: Path) -> Any:
    """A kernel of this Python that loads the study at once.

    It is spoken to through files that only this user can open, not over TCP.
    """
    from jupyter_client.manager import AsyncKernelManager

    manager = AsyncKernelManager(kernel_name=KERNEL)
    if (spec := manager.kernel_spec) is not None:
        spec.argv = [*COMMAND, "-f", "{connection_file}"]
    if os.name == "posix":
        manager.transport = "ipc"
        manager.connection_file = str(sockets / "kernel.json")
    modules = ", ".join(study_module(study) for study in entry.studies)
    at_once = f"--IPKernelApp.exec_lines=import {modules}"

    async def start() -> None:
        await manager.start_kernel(
            cwd=str(entry.notebook.parent), extra_arguments=[at_once, NO_HISTORY]
        )

    asyncio.run(start())
    return manager


def _safe_reason(failed: Any, builds: Sequence[Build]) -> str:
    """Name and message of the error in a cell, with any name of the case lists taken out."""
    from hrdresearch.privacy.redaction import redact_names
    from hrdresearch.run.build_files import read_names_index

    reason = f"{failed.ename}: {failed.evalue}"
    for build in builds:
        reason = redact_names(reason, read_names_index(build.folder))
    return reason


def _load_drawing() -> None:
    """Import what drawing needs while the kernel is at work on the other core."""
    import seaborn  # noqa: F401

    from hrdresearch.report.boundaries import load_boundaries

    load_boundaries()


@contextmanager
def _log_to(path: Path) -> Iterator[None]:
    """Papermill's log goes to a file of the run, not to the terminal."""
    handler = logging.FileHandler(path, encoding="utf-8")
    logger = logging.getLogger("papermill")
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(handler)
        handler.close()


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Environment of the kernel: which work folder, which build."""
    before = {key: os.environ.get(key) for key in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


def keep_log(scratch: Path, home: Path, builds: Sequence[Build]) -> None:
    """Keep the log of a failed run in the work folder, with names taken out.

    scratch: folder of the run. home: ``WORK/<study>``.
    """
    from hrdresearch.privacy.redaction import redact_names
    from hrdresearch.privacy.vault import write_stored
    from hrdresearch.run.build_files import read_names_index
    from hrdresearch.run.sealed_lists import recipient_of_study

    log = scratch / "run.log"
    if log.is_file():
        text = log.read_text(encoding="utf-8", errors="replace")
        for build in builds:
            text = redact_names(text, read_names_index(build.folder))
        kept = home / "runs" / f"failed-{scratch.name}.log"
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        recipients = [recipient_of_study(build.folder.parent) for build in builds]
        write_stored(kept, text.encode(), next(filter(None, recipients), None))
