"""Many parameter sets through one executor: local processes or a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.run.errors import RunError
from hrdresearch.run.registry import study_entry


@dataclass(frozen=True)
class BatchItem:
    """One report of a batch and what became of it."""

    study: str
    parameters: Mapping[str, Any]
    folder: str | None
    error: str | None


def read_batch(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Reports of a batch file: a list of ``{study: ..., parameters: {...}}``.

    Every parameter set is checked before the first report is run; RunError names the wrong entry.
    """
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(entries, list) or not entries:
        raise RunError(f"{path.name}: expected a list of reports, each with study and parameters")
    batch = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or set(entry) - {"study", "parameters"}:
            raise RunError(f"{path.name}, report {number}: only study and parameters are read")
        given = dict(entry.get("parameters") or {})
        try:
            study_entry(entry["study"]).parse(given)
        except (KeyError, ValueError) as wrong:
            raise RunError(f"{path.name}, report {number}: {wrong}") from wrong
        batch.append((str(entry["study"]), given))
    return batch


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
    own = executor is None
    pool = executor or ProcessPoolExecutor(max_workers=workers)
    try:
        waiting = {pool.submit(_one, study, dict(p), work, out): (study, p) for study, p in batch}
        for done in as_completed(waiting):
            study, parameters = waiting[done]
            folder, error = done.result()
            yield BatchItem(study, parameters, folder, error)
    finally:
        if own:
            pool.shutdown()


def cluster_executor(address: str) -> Executor:
    """Executor of a Dask cluster (extra ``cluster``), whose workers share the folders."""
    from distributed import Client

    executor: Executor = Client(address).get_executor()  # type: ignore[no-untyped-call]
    return executor


def _one(
    study: str, parameters: dict[str, Any], work: Path, out: Path
) -> tuple[str | None, str | None]:
    """Run one report in a worker; the error goes back as words, for any kind of worker."""
    from hrdresearch.run.execute import run

    try:
        return str(run(study, parameters, work, out).folder), None
    except (RunError, ValueError, FileNotFoundError) as failed:
        return None, str(failed)
