"""Many reports: what fails or is killed hurts its own report alone, and none is lost or made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest
from study_builds import make_build
from test_run_report import GOOD, Project, project  # noqa: F401

from hrdresearch.run import batch as batches
from hrdresearch.run import pending, warm
from hrdresearch.run.batch import BatchItem, make_report, progress, read_batch, run_batch
from hrdresearch.run.editions import list_editions
from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.run.execute import run
from hrdresearch.run.failures import ExitStatus, status_of, words_of
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.standing import is_standing
from hrdresearch.run.workers import LocalWorkers, cluster_workers

# The first report of Brazil takes the process that makes it along.
DEADLY = """
import os, pathlib, psutil, signal
once = pathlib.Path("killed_once")
if state == "BRA" and not once.exists():
    once.touch()
    psutil.Process().parents()[int(os.environ.get("HRD_TEST_ABOVE", 0))].kill()
"""
ID = "b1" * 8


def of_states(*states: str) -> list[tuple[str, dict[str, Any]]]:
    return [("killings", {"state": state}) for state in states]


def by_state(items: Iterator[BatchItem]) -> dict[str, BatchItem]:
    return {item.parameters["state"]: item for item in items}


@pytest.fixture
def out(project: Project, tmp_path: Path) -> Path:  # noqa: F811
    """The out folder of a project whose notebook kills; its build is named as builds are."""
    home = tmp_path / "work" / "killings"
    (home / "b1").rename(home / ID)
    (home / "current").write_text(ID)
    return project([*GOOD[:2], ("code", DEADLY), *GOOD[2:]])


def assert_nothing_lost_or_doubled(done: dict[str, BatchItem], folder: Path) -> None:
    """Brazil and all States have one edition each, that of their item, and nothing is left over."""
    assert (folder / "killed_once").exists()
    for state, name in {"all": "all", "BRA": "state-bra"}.items():
        home = folder / "out" / "killings" / name
        assert done[state].error is None
        assert [str(edition) for edition in list_editions(home)] == [done[state].folder]
        assert (home / "latest").resolve() == Path(str(done[state].folder)).resolve()
    assert not list((folder / "work").glob("*/pending/*"))
    assert not list((folder / "work").glob("*/runs/run-*"))


@pytest.mark.long
def test_a_process_that_dies_hurts_its_own_report_which_is_tried_once_more(
    out: Path,
    tmp_path: Path,
) -> None:
    done = by_state(run_batch(of_states("BRA", "all"), tmp_path / "work", out))
    assert_nothing_lost_or_doubled(done, tmp_path)


@pytest.mark.long
def test_a_worker_of_a_dask_cluster_that_is_killed_loses_and_doubles_nothing(
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HRD_TEST_ABOVE", "2")  # above the report's process and the helper
    distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)
    ) as cluster:
        executor, workers = cluster_workers(cluster.scheduler_address)
        assert workers == 2
        batch = of_states("BRA", "all")
        done = by_state(run_batch(batch, tmp_path / "work", out, executor, workers))
        executor.shutdown()
    assert_nothing_lost_or_doubled(done, tmp_path)


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

    def refuse(_: str) -> None:
        raise OSError("Timed out")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(RunError, match="No Dask scheduler answers at tcp://127"):
        cluster_workers("tcp://127.0.0.1:9")


class Dying(Executor):
    """An executor whose process dies the first times, or for ever; else its reports are done."""

    def __init__(self, deaths: dict[str, int], error: Callable[[], Exception]) -> None:
        self.deaths, self.error, self.asked = deaths, error, [""][:0]

    def submit(self, fn: Any, /, *given: Any, **_: Any) -> Future[Any]:
        made: Future[Any] = Future()
        state = given[1]["state"]
        self.asked.append(state)
        self.deaths[state] = self.deaths.get(state, 0) - 1
        if self.deaths[state] >= 0:
            made.set_exception(self.error())
        else:
            made.set_result((f"folder of {state}", None, ExitStatus.DONE))
        return made


def test_a_report_whose_process_dies_each_time_is_tried_twice_and_then_told(tmp_path: Path) -> None:
    make_build(tmp_path, [{}])
    dying = Dying({"BRA": 1, "COL": 9}, BrokenExecutor)
    done = by_state(run_batch(of_states("all", "BRA", "COL"), tmp_path, tmp_path, dying))
    assert sorted(dying.asked) == ["BRA", "BRA", "COL", "COL", "all"]
    assert (done["all"].folder, done["BRA"].folder) == ("folder of all", "folder of BRA")
    assert (done["COL"].folder, done["COL"].status) == (None, ExitStatus.FAILED)
    assert "died twice" in str(done["COL"].error)


def test_an_error_that_nobody_foresaw_stops_one_report_and_is_told_without_its_words(
    tmp_path: Path,
) -> None:
    make_build(tmp_path, [{}])
    dying = Dying({"BRA": 1}, lambda: ArithmeticError("Zoraida Inventada"))
    done = by_state(run_batch(of_states("BRA", "COL"), tmp_path, tmp_path, dying))
    assert done["COL"].error is None
    assert (done["BRA"].folder, done["BRA"].status) == (None, ExitStatus.FAULT)
    assert "ArithmeticError" in str(done["BRA"].error) and "Zoraida" not in str(done["BRA"].error)


def test_local_processes_go_on_where_one_of_them_has_died() -> None:
    import os

    with LocalWorkers(1) as workers:
        dies, lives = workers.submit(os.abort), workers.submit(os.getpid)
        assert isinstance(dies.exception(), BrokenExecutor)
        assert lives.result() != os.getpid()


def report_here(
    study: str, given: dict[str, Any], work: Path, out: Path, _with_pdf: bool
) -> warm.Outcome:
    try:
        return str(run(study, given, work, out).folder), None, ExitStatus.DONE
    except Exception as failed:
        return None, words_of(failed), status_of(failed)


def test_what_a_dead_worker_had_published_or_remembered_is_the_result_and_no_second_edition(
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = tmp_path / "work"
    told = ("killings", {}, work, out)
    monkeypatch.setattr(batches, "run_forked", report_here)  # in this process, patched as it is

    def full(*_: object) -> None:
        raise OSError("the worker ends here")

    with monkeypatch.context() as patch:
        patch.setattr(pending, "promote", full)
        folder, error, _ = make_report(*told)
    assert folder is None and "waits in" in str(error)

    once = make_report(*told)
    [edition] = list_editions(out / "killings" / "all")
    assert once == (str(edition), None, ExitStatus.DONE)
    assert make_report(*told) == once
    assert is_standing(*told)

    made = read_json(edition / "manifest.json")
    for changed in (
        {"run_code": "older"},
        {"decisions": "other"},
        {"notebook": {}},
        {"builds": [{"study": "killings", "build_id": "b0"}]},
    ):
        write_json(edition / "manifest.json", {**made, **changed})
        assert not is_standing(*told), changed
    write_json(edition / "manifest.json", made)
    assert is_standing(*told)
    assert not is_standing("killings", {"state": "BRA"}, work, out)


def test_a_leak_in_a_batch_has_a_status_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_build(tmp_path, [{}])

    def leak(*_: object) -> None:
        raise LeakError("a name of a list is in report.html")

    monkeypatch.setattr(batches, "run_forked", leak)
    assert make_report("killings", {}, tmp_path, tmp_path) == (
        None,
        "a name of a list is in report.html",
        ExitStatus.LEAK_STOPPED,
    )


def test_a_batch_is_checked_before_the_first_report_is_made(
    project: Project,  # noqa: F811
    tmp_path: Path,
) -> None:
    project()
    file = tmp_path / "batch.yml"
    file.write_text("- {study: killings}\n- {study: killings, parameters: {state: FRA}}\n")
    assert read_batch(file) == [("killings", {}), ("killings", {"state": "FRA"})]
    file.write_text("- {study: killings, parameters: {colour: red}}\n")
    with pytest.raises(RunError, match="report 1: Study killings has no parameter colour"):
        read_batch(file)


def test_progress_says_what_is_at_work_before_the_first_is_done() -> None:
    assert progress(0, 0, 2, of_states("COL", "MEX"), 0.0) == (
        "0 of 2 done, 0 failed; at work: killings state=COL, killings state=MEX"
    )
    assert progress(2, 1, 2, (), 20.0) == "2 of 2 done, 1 failed; about 0 s left"
