"""The script that recomputes printed numbers: by plain pandas, and it tells a number that differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"


def recompute(folder: Path, median: float) -> subprocess.CompletedProcess[str]:
    """Run it on an invented report with one number, the median age of outstanding requests."""
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
    return subprocess.run(
        [sys.executable, SCRIPTS / "recompute_numbers.py", folder / "out", folder / "work"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )


@pytest.mark.parametrize(("median", "status", "said"), [(8.0, 0, "1 agree"), (8.3, 1, "differs")])
def test_a_median_that_is_not_the_one_of_its_rows_is_told(
    tmp_path: Path, median: float, status: int, said: str
) -> None:
    done = recompute(tmp_path, median)
    assert (done.returncode, said in done.stdout) == (status, True), done.stderr


def test_numbers_are_recomputed_by_no_code_of_the_package() -> None:
    scripts = sorted(SCRIPTS.glob("recompute_*.py"))
    assert len(scripts) > 1
    assert not [s.name for s in scripts if "hrdresearch" in s.read_text(encoding="utf-8")]
