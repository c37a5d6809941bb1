"""The command ``demo``: builds and runs every study on the invented cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrdresearch.cli.options import (
    DEFAULT_OUT,
    DEFAULT_WORK,
    Out,
    Work,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor


REPORT = 4  # a report takes about four times as long as a build: to estimate the time left


def demo(
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write PDF copies")] = False,
    variants: Annotated[
        bool, typer.Option("--variants", help="Also make reports of other lists, States and dates")
    ] = False,
) -> None:
    """Build and run every study on the invented cases that ship with the project, two at a time."""
    from hrdresearch.run.workers import LocalWorkers

    with LocalWorkers(2) as workers:
        for _ in range(2):  # both workers load the program while this process loads it
            workers.submit(load_in_worker)
        _make_demo(workers, work, out, pdf, variants)


def _make_demo(
    workers: Executor, work: Path, out: Path, with_pdf: bool, with_variants: bool
) -> None:
    import time

    from hrdresearch.run.lean_imports import begin_lean

    began = time.monotonic()
    begin_lean()
    from hrdresearch.run.batch import report_in_words, run_batch
    from hrdresearch.run.registry import studies
    from hrdresearch.run.site.make_site import make_site

    # The longest first, so that both processes have work to the end.
    sizes = {s: _size_of_demo(s) for s, entry in studies().items() if not entry.whichever}
    lists = sorted(sizes, key=lambda study: -sizes[study])
    longest = sorted(studies().items(), key=lambda item: -sizes.get(item[0], 0))
    reports = [
        (study, p)
        for study, entry in longest
        for p in (*entry.demo, *(entry.demo_variants if with_variants else ()))
    ]
    steps, work_in_all = len(lists) + len(reports) + 1, len(lists) + REPORT * len(reports)
    done, worked = 0, 0.0

    def step(words: str, work_in_it: float) -> None:
        nonlocal done, worked
        done, worked = done + 1, worked + work_in_it
        spent = time.monotonic() - began
        left = spent / worked * (work_in_all - worked)
        typer.echo(f"{done} of {steps}, {spent:.0f} s, about {left:.0f} s left: {words}")

    typer.echo(f"{len(lists)} builds, {len(reports)} reports and their index")
    made = [workers.submit(build_demo, study, work) for study in lists]
    for study, built in zip(lists, made, strict=True):
        part = sizes[study] / sum(sizes.values())
        step(f"{study} built: {built.result()}", part * len(lists))
    for item in run_batch(reports, work, out, workers, with_pdf=with_pdf):
        words = f"{report_in_words(item.study, item.parameters)}: {item.folder or item.error}"
        step(words, REPORT)
        if item.error:
            raise typer.Exit(1)
    step(f"index: {make_site(out)}", 0)


def _size_of_demo(study: str) -> int:
    from hrdresearch.run.source_files import demo_files

    return sum(file.path.stat().st_size for file in demo_files(study))


def load_in_worker() -> None:
    """Load the modules that every report needs, in a worker process."""
    from hrdresearch.run.warm import warm_up

    warm_up()


def build_demo(study: str, work: Path) -> str:
    """Build a study on the invented demo cases and return the folder of the build."""
    from hrdresearch.run.build import build as build_study
    from hrdresearch.run.source_files import demo_files

    return str(build_study(study, demo_files(study), work, 1, False).folder)
