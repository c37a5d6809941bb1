"""A notebook as JupyterLab leaves it: its results break no run and do not enter git."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from hrdresearch.findings.display import IN_A_RUN
from hrdresearch.report.preview import preview

ROOT = Path(__file__).resolve().parents[1]


def git(folder: Path, *words: str) -> str:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    by = ["-c", "user.name=desk", "-c", "user.email=desk@example.org"]
    done = subprocess.run(
        ["git", *by, *words], cwd=folder, env=os.environ | settings, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout


def with_results(path: Path) -> str:
    """Save a notebook as JupyterLab does after a run; returns what was saved."""
    cell = nbformat.v4.new_code_cell("preview()", execution_count=3)
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/html": "<iframe>result"})]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path.read_text()


def clone(folder: Path, has_tool: bool) -> Path:
    """A fresh clone after the recipe of the first ``make``, without the install itself."""
    git(folder.parent, "init", "-q", str(folder))
    shutil.copy(ROOT / ".gitattributes", folder)
    recipe = (ROOT / "Makefile").read_text()
    strip = re.search(r"^STRIP := (.*)$", recipe, re.MULTILINE)
    line = re.search(r"^\t@(if \[ -e \.git \].*)$", recipe, re.MULTILINE)
    assert strip and line
    command = line[1].replace("$(STRIP)", strip[1]).replace("$(VENV)", ".venv")
    subprocess.run(["sh", "-c", command], cwd=folder, check=True)
    if has_tool:
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / ".venv" / "bin" / "nbstripout").symlink_to(
            Path(sys.executable).parent / "nbstripout"
        )
    return folder


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_results_stay_in_the_folder_and_out_of_git(tmp_path: Path) -> None:
    folder = clone(tmp_path / "fresh", has_tool=True)
    saved = with_results(folder / "a.ipynb")
    ours = shutil.copy(ROOT / "notebooks" / "visits.ipynb", folder)
    git(folder, "add", "a.ipynb", "visits.ipynb")
    assert git(folder, "show", ":visits.ipynb") == Path(ours).read_text()
    git(folder, "commit", "-qm", "A notebook")
    kept = json.loads(git(folder, "show", "HEAD:a.ipynb"))["cells"][0]
    assert (kept["outputs"], kept["execution_count"]) == ([], None)
    assert kept["source"] in ("preview()", ["preview()"])
    assert (folder / "a.ipynb").read_text() == saved
    assert git(folder, "diff", "HEAD") == ""


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_without_the_tool_git_takes_the_file_as_it_is(tmp_path: Path) -> None:
    folder = clone(tmp_path / "fresh", has_tool=False)
    saved = with_results(folder / "a.ipynb")
    git(folder, "add", "a.ipynb")
    assert git(folder, "show", ":a.ipynb") == saved


def test_a_preview_in_a_run_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IN_A_RUN, "1")
    assert preview() is None
