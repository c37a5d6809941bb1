"""Executes a notebook with papermill and the parameters of a run, in a child process."""

from __future__ import annotations

import importlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hrdresearch.findings.display import IN_A_RUN
from hrdresearch.run.child_process import ChildDiedError, may_fork
from hrdresearch.run.errors import RunError
from hrdresearch.run.lean_imports import import_nbformat
from hrdresearch.run.registry import StudyEntry
from hrdresearch.run.run_folders import EXECUTED
from hrdresearch.studies import PINNED_BUILDS, study_module
from hrdresearch.studies.ground.build import Build

CELL_SECONDS = 1800
NOTEBOOK = "executed.ipynb"  # in the scratch folder of the run


def execute_notebook(
    entry: StudyEntry,
    values: Mapping[str, Any],
    builds: Sequence[Build],
    work: Path,
    log: Path,
    pool: ThreadPoolExecutor,
) -> Mapping[str, Any]:
    """Execute the notebook and return it; it is also written, once, beside the log.

    Modules for drawing are loaded in ``pool`` at the same time. RunError if a cell fails, takes more than
    CELL_SECONDS, or the process dies.
    """
    import_nbformat()
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from hrdresearch.run.engine import NAME

    modules = [study_module(study) for study in entry.studies]
    if may_fork():
        for module in modules:  # imported once here and shared by the forks
            importlib.import_module(module)
    drawing: list[Future[None]] = []
    with _log_to(log):
        try:
            executed: Mapping[str, Any] = papermill.execute_notebook(
                str(entry.notebook),
                None,
                parameters=dict(values),
                engine_name=NAME,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=True,
                execution_timeout=CELL_SECONDS,
                folder=str(entry.notebook.parent),
                environment={
                    "HRD_WORK": str(work.resolve()),
                    PINNED_BUILDS: json.dumps({build.study: build.build_id for build in builds}),
                    IN_A_RUN: "1",
                },
                modules=modules,
                begun=lambda: drawing.append(pool.submit(_load_drawing)),
            )
        except PapermillExecutionError as failed:
            raise RunError(
                f"{entry.notebook.name} stopped in cell {failed.cell_index + 1}: "
                f"{_safe_reason(failed, builds)}"
            ) from None
        except ChildDiedError:
            raise RunError(
                f"The kernel died while it ran {entry.notebook.name}: perhaps memory ran out. The last "
                "good edition stays"
            ) from None
        except TimeoutError:
            raise RunError(
                f"{entry.notebook.name} was stopped: a cell took longer than {CELL_SECONDS // 60} "
                "minutes. The last good edition stays"
            ) from None
    for loaded in drawing:
        loaded.result()
    # Without indent, which is ten times faster; JupyterLab reads it all the same.
    log.with_name(NOTEBOOK).write_text(json.dumps(executed), encoding="utf-8")
    return executed


def _safe_reason(failed: Any, builds: Sequence[Build]) -> str:
    """Class and message of the error in a cell, with names of the case lists removed."""
    from hrdresearch.privacy.redaction import redact_names
    from hrdresearch.run.build_files import read_names_index

    reason = f"{failed.ename}: {failed.evalue}"
    for build in builds:
        reason = redact_names(reason, read_names_index(build.folder))
    return reason


def _load_drawing() -> None:
    """Import what drawing needs, while the child process executes cells on another core."""
    import seaborn  # noqa: F401

    from hrdresearch.report.boundaries import load_boundaries

    load_boundaries()


@contextmanager
def _log_to(path: Path) -> Iterator[None]:
    """Write papermill's log to a file of the run, not to the terminal."""
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


def keep_executed(scratch: Path, home: Path, builds: Sequence[Build], name: str) -> None:
    """Keep the executed notebook of a report in the work folder, instead of that of the last edition.

    If one of the builds is sealed, it is sealed too, and its name does not reveal the parameters. scratch:
    folder of the run. home: ``WORK/<study>``.
    """
    from hrdresearch.privacy.keys import study_key
    from hrdresearch.privacy.vault import write_stored
    from hrdresearch.run.internal import neutral_name
    from hrdresearch.run.sealed_lists import recipient_of_study

    recipients = [recipient_of_study(build.folder.parent) for build in builds]
    recipient = next(filter(None, recipients), None)
    kept = neutral_name(study_key(builds[0].study), name) if recipient else name
    folder = home / EXECUTED
    folder.mkdir(mode=0o700, exist_ok=True)
    write_stored(folder / f"{kept}.ipynb", (scratch / NOTEBOOK).read_bytes(), recipient)


def keep_log(scratch: Path, home: Path, builds: Sequence[Build]) -> None:
    """Keep the log of a failed run in the work folder, with names removed.

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
