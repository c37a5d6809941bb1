"""The check of the repository finds what must not stand in it; here each fault is planted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "check_repository.py"


def check(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)],
        capture_output=True,
        text=True,
        env={"PATH": "", "PYTHONUTF8": "1", **environment},
    )


def write_notebook(path: Path, *sources: str, outputs: tuple[object, ...] = ()) -> None:
    cells = [
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "outputs": [], "source": "a=1"},
        *(
            {"cell_type": "code", "metadata": {}, "outputs": list(outputs), "source": source}
            for source in sources
        ),
    ]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")


def commit_floors(folder: Path, whole: int, quick: int) -> None:
    (folder / "pyproject.toml").write_text(f"fail_under = {whole}\n", encoding="utf-8")
    (folder / "Makefile").write_text(f"QUICK_FLOOR := {quick}\n", encoding="utf-8")
    words = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        [*words, "commit", "-qm", "x", "--allow-empty"],
    ):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


@pytest.mark.parametrize(
    ("whole", "quick", "faults"),
    [
        (94, 88, []),
        (95, 90, []),
        (93, 88, ["pyproject.toml"]),
        (93, 0, ["pyproject.toml", "Makefile"]),
    ],
)
def test_a_floor_of_coverage_is_only_ever_raised(
    tmp_path: Path, whole: int, quick: int, faults: list[str]
) -> None:
    commit_floors(tmp_path, 94, 88)
    commit_floors(tmp_path, whole, quick)

    done = check(tmp_path, PATH=os.environ["PATH"])

    told = [
        line.partition(":")[0] for line in done.stdout.splitlines() if "only ever raised" in line
    ]
    assert (told, done.returncode) == (faults, 1 if faults else 0)


def test_a_notebook_of_one_line_calls_passes(tmp_path: Path) -> None:
    write_notebook(tmp_path / "killings.ipynb", "show(study.by_year())")

    done = check(tmp_path)

    assert (done.returncode, done.stdout) == (0, "1 files, no fault\n")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f(): pass", "defines a function"),
        ("for year in years: show(year)", "loops"),
        ("[x for x in y]", "loops"),
        ("import pandas as pd; pd.read_csv('x.csv')", "calls read_csv"),
        ("table.head()", "calls head"),
        ("if a: show(b)", "branches"),
    ],
)
def test_logic_in_a_notebook_is_found(tmp_path: Path, source: str, fault: str) -> None:
    write_notebook(tmp_path / "killings.ipynb", source)

    done = check(tmp_path)

    assert done.returncode == 1
    assert f"killings.ipynb: cell 2 {fault}" in done.stdout


def test_results_of_a_run_are_found_even_in_explore(tmp_path: Path) -> None:
    (tmp_path / "explore").mkdir()
    write_notebook(tmp_path / "explore" / "a.ipynb", "if a: b", outputs=({"text": "1"},))

    done = check(tmp_path)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "explore/a.ipynb: holds results of a run; strip them (nbstripout)"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "see https://" + "py" + "pi.org/simple",
        "pip install " + "--index" + "-url x",
        "open('/" + "root/" + "x')",
        "cd /" + "work" + "/main",
        "cd /" + "tmp/" + "w/x",
    ],
)
def test_addresses_and_machine_paths_are_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "notes.md").write_text(f"first\n{line}\n", encoding="utf-8")

    done = check(tmp_path)

    assert done.returncode == 1
    assert done.stdout.startswith("notes.md:2: names a")


def test_a_copy_of_a_real_data_file_is_found(tmp_path: Path) -> None:
    project, data = tmp_path / "project", tmp_path / "data"
    for folder in (project, data):
        folder.mkdir()
    (data / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (project / "renamed.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    done = check(project, HRD_DATA=str(data))

    assert done.returncode == 1
    assert done.stdout.strip() == "renamed.csv: is a copy of the real data file list.csv"
