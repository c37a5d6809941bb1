"""Make many reports at once, in local processes or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.privacy.keys import KeyProblem
from hrdresearch.privacy.memory_folder import VaultProblem
from hrdresearch.run.drafts import study_or_draft
from hrdresearch.run.errors import RunError
from hrdresearch.run.parent_process import end_with_parent


@dataclass(frozen=True)
class BatchItem:
    """Result of one report of a batch: its folder, or the error message."""

    study: str
    parameters: Mapping[str, Any]
    folder: str | None
    error: str | None


def read_batch(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Reports of a batch file: a list of ``{study: ..., parameters: {...}}``.

    Every parameter set is checked before the first report is run; RunError names the wrong entry.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise RunError(f"{path.name} cannot be read: {failure.strerror}") from failure
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise RunError(
            f"{path.name} cannot be read as YAML in UTF-8{_place_in_yaml(wrong)}"
        ) from wrong
    if not isinstance(entries, list) or not entries:
        raise RunError(f"{path.name}: expected a list of reports, each with study and parameters")
    batch = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or set(entry) - {"study", "parameters"}:
            raise RunError(f"{path.name}, report {number}: only study and parameters are read")
        given = entry.get("parameters") or {}
        if not isinstance(entry.get("study"), str) or not isinstance(given, dict):
            raise RunError(
                f"{path.name}, report {number}: expected study: NAME and parameters: {{key: value}}"
            )
        try:
            study_or_draft(entry["study"]).parse(given)
        except (TypeError, ValueError) as wrong:
            raise RunError(f"{path.name}, report {number}: {wrong}") from wrong
        batch.append((str(entry["study"]), dict(given)))
    return batch


def _place_in_yaml(wrong: Exception) -> str:
    mark = getattr(wrong, "problem_mark", None)
    return f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""


def run_batch(
    batch: Sequence[tuple[str, Mapping[str, Any]]],
    work: Path,
    out: Path,
    executor: Executor | None = None,
    workers: int = 2,
) -> Iterator[BatchItem]:
    """Run all reports; one that fails leaves the others alone. Yields in order of completion.

    ``executor``: any ``concurrent.futures.Executor``, such as a Dask client's ``get_executor()``;
    local processes when none is given.
    """
    pool = executor or ProcessPoolExecutor(
        workers, initializer=end_with_parent, initargs=(os.getpid(),)
    )
    try:
        waiting = {
            pool.submit(_run_one_report, study, dict(p), work, out): (study, p)
            for study, p in batch
        }
        for done in as_completed(waiting):
            study, parameters = waiting[done]
            try:
                folder, error = done.result()
            except Exception as broken:  # a message of an unknown error may hold a person's data
                folder, error = None, f"stopped by {type(broken).__name__}"
            yield BatchItem(study, parameters, folder, error)
    except SystemExit:  # ended from outside: the workers too, each clearing its own folder
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    finally:
        if executor is None:
            pool.shutdown(cancel_futures=True)


def cluster_executor(address: str) -> Executor:
    """Executor of a Dask cluster (extra ``cluster``), whose workers share the folders."""
    from distributed import Client

    executor: Executor = Client(address).get_executor()  # type: ignore[no-untyped-call]
    return executor


def _run_one_report(
    study: str, parameters: dict[str, Any], work: Path, out: Path
) -> tuple[str | None, str | None]:
    """Run one report in a worker; the error goes back as words, for any kind of worker."""
    from hrdresearch.run.execute import run

    try:
        return str(run(study, parameters, work, out).folder), None
    except (RunError, KeyProblem, VaultProblem, ValueError, FileNotFoundError) as failed:
        return None, str(failed)
