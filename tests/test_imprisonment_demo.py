"""The demo prisoners: invented, remade byte for byte, and carried to a report."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from hrdresearch.run.build import build
from hrdresearch.run.execute import run
from hrdresearch.run.source_files import demo_files

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "data" / "raw" / "demo" / "imprisonment"


def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_imprisonment.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in DEMO.iterdir()}
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def test_who_meets_a_demo_name_can_tell_that_it_is_invented() -> None:
    for name, column in (("demo-census.csv", "fullName"), ("demo-detentions.csv", "name")):
        with (DEMO / name).open(encoding="utf-8", newline="") as file:
            assert all(row[column].endswith("demo") for row in csv.DictReader(file))


@pytest.mark.long
def test_the_demo_becomes_a_report_that_names_only_who_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    built = build("imprisonment", demo_files("imprisonment"), tmp_path / "work")
    result = run("imprisonment", {}, tmp_path / "work", tmp_path / "out")
    page = (result.folder / "report.html").read_text(encoding="utf-8")
    claims = json.loads((result.folder / "claims.json").read_text(encoding="utf-8"))["claims"]

    assert result.names_checked > 400  # the scan found none but those with a basis
    assert "A/HRC/WGAD/0000/1" in page.replace("<wbr>", "")
    assert claims["extent.prisoner_years"]["value"] == 484
    assert abs(claims["detentions.total"]["value"] - 150) <= 10
    for kind in ("release_before_arrest", "served_beyond_term", "age_below_zero",
                 "two_open_spells", "unknown_calendar"):  # fmt: skip
        assert f"doubts.{kind}" in claims
    unread = (built.folder / "restricted" / "unread.csv").read_text(encoding="utf-8")
    assert unread.count("\n") == 1  # the header: every sentence and charge was read
