"""Notes how long each run took and how much memory it used; kept in the work folder, without names."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from hrdresearch.findings.model import KEPT_IN_VAULT
from hrdresearch.run.registry import StudyEntry, parameter_slug
from hrdresearch.run.sealed_lists import is_any_sealed
from hrdresearch.studies.ground.build import Build

HISTORY = "history.jsonl"  # WORK/<study>/runs/history.jsonl, one line for each run
DONE = "done"


class Run(NamedTuple):
    """A run of a study.

    at: when it began (UTC). outcome: ``done``, or the class of the error. seconds: by stage, in order.
    peak_mb: by stage, the most memory in megabytes that the run or one of its processes had used by then.
    """

    study: str
    at: str
    parameters: str
    outcome: str
    edition: str
    seconds: Mapping[str, float]
    peak_mb: Mapping[str, int]

    def __str__(self) -> str:
        """One line on the run."""
        stages = ", ".join(f"{name} {held:.1f} s" for name, held in self.seconds.items())
        total, most = sum(self.seconds.values()), max(self.peak_mb.values(), default=0)
        words = f"{self.at} {self.study} {self.parameters}: {self.outcome}, {total:.1f} s"
        return f"{words} ({stages}), at most {most} MB" if stages else words


class Stages:
    """Measures the stages of a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peak_mb: dict[str, int] = {}
        self.edition = ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure time and memory of the block as one stage."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = round(time.monotonic() - began, 2)
            self.peak_mb[name] = _peak_mb()


@contextmanager
def kept_in_history(
    entry: StudyEntry, values: Mapping[str, Any], builds: Sequence[Build], work: Path
) -> Iterator[Stages]:
    """Measure a run and add it to the history, whether it succeeds or not.

    For a sealed build the parameters are not written, because they say what somebody asked of it.
    """
    stages, at, outcome = Stages(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), DONE
    try:
        yield stages
    except BaseException as failure:
        outcome = type(failure).__name__
        raise
    finally:
        told = KEPT_IN_VAULT if is_any_sealed(builds) else parameter_slug(entry, values)
        run = Run(entry.slug, at, told, outcome, stages.edition, stages.seconds, stages.peak_mb)
        _write_down(run, work / builds[0].study / "runs" / HISTORY)


def runs_so_far(work: Path, study: str | None = None) -> list[Run]:
    """Runs in the work folder, of one study or of all, oldest first."""
    found = []
    for path in work.glob(f"*/runs/{HISTORY}"):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(Run(**json.loads(line)))
            except (ValueError, TypeError):
                continue  # a line that was cut off when the machine stopped
    return sorted((r for r in found if study in (None, r.study)), key=lambda run: run.at)


def _write_down(run: Run, path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open(
            "a", encoding="utf-8"
        ) as file:  # a line at once: runs side by side keep theirs
            file.write(json.dumps(run._asdict(), ensure_ascii=False) + "\n")
    except OSError:
        return  # perhaps the disk is full: then the run itself fails with a message


def _peak_mb() -> int:
    """The most memory used so far by this process or a child process of it, in megabytes."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in whose)
    return peak // (1024 if sys.platform == "linux" else 1024**2)
