"""The script that recomputes printed numbers: by plain pandas, and it tells a number that differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from recompute_case import SCRIPTS, recompute_scripts


def write_report(folder: Path, median: float) -> tuple[Path, Path]:
    """An invented report with one number, the median age of outstanding requests; and its builds."""
    build = folder / "work" / "visits" / "b1"
    build.mkdir(parents=True)
    days = pd.to_datetime(["2010-01-01", "2012-01-01", "2020-01-01", None])
    statuses = {f"is_{s}": False for s in ("invited", "visited", "followed_up")}
    dates = {f"{s}_date": pd.NaT for s in ("invited", "visited", "followed_up")}
    pd.DataFrame({"requested_date": days, "is_requested": True, **statuses, **dates}).to_parquet(
        build / "visits.parquet"
    )
    claim = {
        "study": "visits",
        "table": "visits",
        "measure": "computed",
        "status": "shown",
        "filter": {},
        "sources": {"visits-ledger": "0"},
        "value": median,
        "text": f"{median:.1f}",
        "unit": "year",
    }
    report = folder / "out" / "visits" / "all" / "latest"
    report.mkdir(parents=True)
    found = {
        "builds": {"visits": "b1"},
        "claims": {"ages.median_years": claim},
        "printed": [["ages.median_years", claim["text"], True]],
    }
    (report / "claims.json").write_text(json.dumps(found), encoding="utf-8")
    return folder / "out", folder / "work"


@pytest.mark.parametrize(("median", "status", "said"), [(8.0, 0, "1 agree"), (8.3, 1, "differs")])
def test_a_median_that_is_not_the_one_of_its_rows_is_told(
    tmp_path: Path, median: float, status: int, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, SCRIPTS / "recompute_numbers.py", *write_report(tmp_path, median)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert (done.returncode, said in done.stdout) == (status, True), done.stderr


def test_a_line_that_would_let_a_changed_number_pass_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with recompute_scripts() as script:
        monkeypatch.setattr(script, "again", lambda _, report: report.claim["value"])
        assert script.main(*write_report(tmp_path, 8.0)) == 1
    assert "a changed number is not noticed" in capsys.readouterr().out


def test_a_number_that_no_line_recomputes_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with recompute_scripts() as script:
        monkeypatch.setattr(script, "again", lambda *_: None)
        assert script.main(*write_report(tmp_path, 8.0)) == 1
    assert "ages.median_years: not recomputed" in capsys.readouterr().out


def test_numbers_are_recomputed_by_no_code_of_the_package() -> None:
    scripts = sorted(SCRIPTS.glob("recompute_*.py"))
    assert len(scripts) > 1
    assert not [s.name for s in scripts if "hrdresearch" in s.read_text(encoding="utf-8")]
