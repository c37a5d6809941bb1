"""Cells are executed in a copy of the run's process: nothing of a run is left for the next."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import papermill
import pytest
from test_run_report import GOOD, Project, project  # noqa: F401

from hrdresearch.run import engine, warm
from hrdresearch.run.child_process import ChildDiedError, fork
from hrdresearch.run.execute import run
from hrdresearch.run.warm import run_forked

REPOSITORY = Path(__file__).parents[1]
Execute = Callable[..., list[Any]]


@pytest.fixture
def fresh_helper() -> Iterator[None]:
    """A helper keeps the keys folder of the test that began it: none is left from one to the other."""

    def end() -> None:
        if child := getattr(warm._HELPERS, "child", None):
            child.end()
            warm._HELPERS.child = None

    end()
    yield
    end()


@pytest.fixture(params=["forked", "started anew"])
def execute(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Execute:
    """Executes cells with the engine; their outputs."""
    monkeypatch.setattr(engine, "may_fork", lambda: request.param == "forked")

    def execute_(*cells: str, **more: Any) -> list[Any]:
        return outputs(tmp_path, *cells, engine_name=engine.NAME, folder=str(tmp_path), **more)

    return execute_


def outputs(home: Path, *cells: str, **more: Any) -> list[Any]:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]
    path = home / "cells.ipynb"
    nbformat.write(book, path)  # type: ignore[no-untyped-call]
    done = papermill.execute_notebook(
        str(path), None, kernel_name="python3", progress_bar=False, **more
    )
    return [output for cell in done.cells for output in cell.outputs]


def printed(found: list[Any]) -> str:
    return "".join(o.text for o in found if o.get("name") == "stdout")


LEAVES_TRACES = """
import json, os, random, numpy, pandas
json.left, os.environ["LEFT"] = "something", "something"
pandas.options.display.max_rows = 7
os.mkdir("elsewhere"); os.chdir("elsewhere")
kept = open("kept.txt", "w"); left = list(range(10**6))
random.seed(1); numpy.random.seed(1)
"""
LOOKS = """
import json, os, random, numpy, pandas
print(hasattr(json, "left"), "LEFT" in os.environ, pandas.options.display.max_rows, "left" in dir(),
      os.getcwd(), any("kept.txt" in os.readlink(f"/proc/self/fd/{n}") for n in range(3, 60)
                       if os.path.exists(f"/proc/self/fd/{n}")))
"""


def test_a_run_leaves_nothing_for_the_next_nor_in_the_process_that_made_it(
    execute: Execute, tmp_path: Path
) -> None:
    execute(LEAVES_TRACES)
    assert printed(execute(LOOKS)) == f"False False 60 False {tmp_path} False\n"
    assert not hasattr(json, "left") and "LEFT" not in os.environ


def test_each_run_draws_random_numbers_of_its_own(execute: Execute) -> None:
    random.seed(3)
    np.random.seed(3)
    before = random.getstate()
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    assert printed(execute(draw)) != printed(execute(draw))
    assert random.getstate() == before


def test_files_that_the_process_has_open_are_not_open_to_cells(
    execute: Execute, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("a row of a list")
    with (tmp_path / "list.txt").open("rb", buffering=0) as held:
        read = f"import os\ntry: print(os.read({held.fileno()}, 99))\nexcept OSError: print(b'')"
        assert printed(execute(read)) == "b''\n"
        assert held.read() == b"a row of a list"  # where it stood before


@pytest.mark.parametrize(
    "death",
    [
        "os._exit(9)",
        "os.kill(os.getpid(), 9)",
        "import faulthandler; faulthandler.disable(); import ctypes; ctypes.string_at(0)",
    ],
)
def test_cells_that_kill_their_process_hurt_their_own_run_alone(
    execute: Execute, death: str
) -> None:
    with pytest.raises(ChildDiedError):
        execute(f"import os; {death}")
    assert printed(execute("print('alive')")) == "alive\n"


def test_a_cell_that_takes_too_long_is_stopped(execute: Execute) -> None:
    with pytest.raises(TimeoutError):
        execute("import time; time.sleep(60)", execution_timeout=0.2)


OUTPUTS = (
    "print('one'); print('two')\nimport os, sys; print('to err', file=sys.stderr)",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>')); print('after'); 6 * 7",
    "display({'application/x+json': {'n': [1, None, True]}, 'text/plain': 'x'}, raw=True)",
    "await __import__('asyncio').sleep(0, 'awaited')",
    "%precision 3\n%xmode",
)


def test_outputs_are_those_of_papermills_own_engine(execute: Execute, tmp_path: Path) -> None:
    assert execute(*OUTPUTS) == outputs(tmp_path, *OUTPUTS)


def test_what_is_printed_by_no_python_is_an_output_too(execute: Execute) -> None:
    assert printed(execute("import os; print('a', flush=True); os.system('printf b');")) == "a\nb"


def test_an_error_stops_the_notebook_and_is_told_with_its_cell(execute: Execute) -> None:
    with pytest.raises(papermill.PapermillExecutionError, match="wrong word") as stopped:
        execute("1", "raise ValueError('wrong word')", "import os; os._exit(9)")
    assert (stopped.value.cell_index, stopped.value.ename) == (1, "ValueError")
    with pytest.raises(papermill.PapermillExecutionError):
        execute("%env HRD_NONE")  # which IPython tells without a traceback


def test_the_most_memory_of_the_cells_is_known(tmp_path: Path) -> None:
    child = fork(lambda pipe: pipe.send_bytes(json.dumps(len(b"x" * 300_000_000)).encode()))
    assert child.hear() == 300_000_000
    assert child.end() == 0 and child.peak_mb > 280


def test_a_forked_report_is_that_of_a_plain_run_and_a_death_hurts_it_alone(
    project: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(warm, "may_fork", lambda: True)
    out, work = project(), tmp_path / "work"
    folder, error, status = run_forked("killings", {}, work, out)
    assert (error, status) == (None, 0)
    assert (out / "killings" / "all" / "latest").resolve() == Path(str(folder)).resolve()
    project([*GOOD, ("code", "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")])
    with pytest.raises(BrokenExecutor):
        run_forked("killings", {}, work, out)
    project([*GOOD, ("code", "1 / 0")])
    assert "stopped in cell" in str(run_forked("killings", {}, work, out)[1])


@pytest.mark.usefixtures("fresh_helper")
def test_a_process_with_threads_has_its_reports_made_by_a_helper(
    project: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(warm, "may_fork", lambda: False)
    out = project()
    made = run_forked("killings", {}, tmp_path / "work", out)
    assert made == (str(out / "killings" / "all" / Path(str(made[0])).name), None, 0)


@pytest.mark.usefixtures("fresh_helper")
def test_a_process_whose_pages_typst_has_set_is_not_copied_for_a_report(
    project: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(warm, "may_fork", lambda: True)
    monkeypatch.setattr(warm, "fork", None)
    out = project()
    run("killings", {}, tmp_path / "work", out)
    made = run_forked("killings", {}, tmp_path / "work", out)
    assert (made[1], made[2]) == (None, 0)


@pytest.mark.parametrize("first", ["hrdresearch.run.engine", "papermill"])
def test_the_engine_and_papermill_are_imported_in_either_order(first: str) -> None:
    """papermill loads its entry points while it is imported: ours must not need papermill then."""
    code = (
        "import importlib, importlib.metadata, sys\n"
        f"importlib.import_module({first!r})\n"
        "from papermill.engines import papermill_engines\n"
        "import hrdresearch.run.engine\n"
        "assert papermill_engines.get_engine('hrdresearch')\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_entry_point_of_the_engine_imports_nothing_of_papermill() -> None:
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    [entry] = declared["project"]["entry-points"]["papermill.engine"].values()
    module, name = entry.split(":")
    code = f"import sys; from {module} import {name}; sys.exit('papermill' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
