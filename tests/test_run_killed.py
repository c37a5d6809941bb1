"""A run that is killed takes its kernel along, and the next run clears what it left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import psutil
import pytest
from test_run_report import GOOD, Project, project  # noqa: F401

from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import run
from hrdresearch.run.files import written_in_one_step
from hrdresearch.run.run_folders import temporary_run_folder

SLOW = "import pathlib, time\npathlib.Path('in_a_cell').touch()\ntime.sleep(600)"


PATIENCE = 90  # seconds: far above what a loaded machine needs, below the sleep of the slow cell


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so; AssertionError when it never is."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < PATIENCE, "it did not happen"
        time.sleep(0.02)


def begun(folder: Path, moment: str) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """A run at a moment of its life, and the processes that it started."""
    (folder / "in_a_cell").unlink(missing_ok=True)
    before = set((folder / "work" / "killings" / "runs").glob("run-*"))
    words = ["run", "killings", "--work", str(folder / "work"), "--out", str(folder / "out")]
    running = subprocess.Popen(
        [sys.executable, "-m", "hrdresearch.cli", *words], stderr=subprocess.DEVNULL
    )
    process = psutil.Process(running.pid)
    until({
        "its folder is made": lambda: set(
            (folder / "work" / "killings" / "runs").glob("run-*")
        ) - before,
        "its kernel starts": lambda: process.children(),
        "it is in a cell": (folder / "in_a_cell").exists,
    }[moment])  # fmt: skip
    return running, process.children(recursive=True)


def has_ended(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize(
    "moments",
    [
        ("it is in a cell",),
        pytest.param(("its folder is made", "its kernel starts"), marks=pytest.mark.long),
    ],
)
def test_a_killed_run_ends_with_its_kernel_and_the_next_one_clears_its_folder(
    project: Project,  # noqa: F811
    tmp_path: Path,
    moments: tuple[str, ...],
) -> None:
    project([*GOOD[:2], ("code", SLOW)])
    runs = tmp_path / "work" / "killings" / "runs"
    for moment in moments:
        running, helpers = begun(tmp_path, moment)
        running.send_signal(signal.SIGKILL)
        assert running.wait(PATIENCE) == -signal.SIGKILL
        until(lambda: all(map(has_ended, helpers)))  # noqa: B023
        assert len(list(runs.glob("run-*"))) == 1, moment
    run("killings", {}, tmp_path / "work", project(GOOD))
    assert not list(runs.glob("run-*"))


def test_a_run_that_is_ended_clears_its_own_folder(
    project: Project,  # noqa: F811
    tmp_path: Path,
) -> None:
    project([*GOOD[:2], ("code", SLOW)])
    running, helpers = begun(tmp_path, "it is in a cell")
    running.send_signal(signal.SIGTERM)
    assert running.wait(PATIENCE) == 128 + signal.SIGTERM
    until(lambda: all(map(has_ended, helpers)))
    assert not list((tmp_path / "work" / "killings" / "runs").glob("run-*"))


def test_the_folder_of_a_living_run_is_left_alone(tmp_path: Path) -> None:
    def make() -> Path:
        return Path(mkdtemp(prefix="run-", dir=tmp_path))

    dead = tmp_path / "run-dead"
    (dead / "deep").mkdir(parents=True)
    with temporary_run_folder(tmp_path, "run-*/", make) as alive:
        assert not dead.exists()
        (alive / "work").touch()
        with temporary_run_folder(tmp_path, "run-*/", make):
            assert (alive / "work").exists()
        assert [*tmp_path.glob("run-*")] == [alive]
    assert not list(tmp_path.iterdir())


def test_half_a_build_of_a_dead_process_is_cleared_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".b1.partial-99999").mkdir()
    (tmp_path / "b0").mkdir()
    with written_in_one_step(tmp_path / "b2") as staging:
        (staging / "whole").touch()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b0", "b2"]
    with pytest.raises(RunError, match="Nothing was changed"), written_in_one_step(tmp_path / "b3"):
        raise OSError("disk full")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b0", "b2"]


@pytest.mark.parametrize(
    "ending",
    [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.long)],
    ids=lambda ending: ending.name,
)
def test_workers_of_a_batch_end_with_it(
    project: Project,  # noqa: F811
    tmp_path: Path,
    ending: signal.Signals,
) -> None:
    project([*GOOD[:2], ("code", SLOW)])
    (tmp_path / "batch.yml").write_text("- {study: killings}\n")
    words = ["batch", str(tmp_path / "batch.yml"), "--work", str(tmp_path / "work"),
             "--out", str(tmp_path / "out"), "--workers", "1"]  # fmt: skip
    running = subprocess.Popen([sys.executable, "-m", "hrdresearch.cli", *words])
    until((tmp_path / "in_a_cell").exists)
    helpers = psutil.Process(running.pid).children(recursive=True)
    assert len(helpers) >= 2
    running.send_signal(ending)
    running.wait(PATIENCE)
    until(lambda: all(map(has_ended, helpers)))
