"""What a run took is kept in the work folder, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_run_report import GOOD, Project, project  # noqa: F401
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import run
from hrdresearch.run.history import HISTORY, runs_so_far

STAGES = ["notebook", "documents", "scan", "publishing"]


def test_each_run_is_kept_with_its_stages_and_its_outcome_and_without_a_name(
    project: Project,  # noqa: F811
    tmp_path: Path,
) -> None:
    work, out = tmp_path / "work", project()
    edition = run("killings", {}, work, out).edition
    project([*GOOD, ("code", "raise ValueError('told by Zoraida Inventada Demo')")])
    with pytest.raises(RunError):
        run("killings", {"state": "BRA"}, work, out)

    good, failed = runs_so_far(work, "killings")
    assert (good.outcome, good.edition, good.parameters) == ("done", edition, "all")
    assert list(good.seconds) == list(good.peak_mb) == STAGES
    assert min(good.seconds.values()) >= 0 and min(good.peak_mb.values()) > 20
    assert (failed.outcome, failed.edition, list(failed.seconds)) == ("RunError", "", STAGES[:1])
    assert failed.parameters == "state-bra" and runs_so_far(work, "upr") == []

    [kept] = work.rglob(HISTORY)
    assert "Zoraida" not in kept.read_text() and not list(out.rglob(HISTORY))
    kept.write_text(kept.read_text() + '{"cut short')
    shown = CliRunner().invoke(app, ["history", "killings", "--work", str(work)])
    assert "killings all: done" in shown.output and "2 runs, of which 1 failed" in shown.output
