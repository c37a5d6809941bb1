"""Invented and real lists do not stand on one page; every person here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import run
from hrdresearch.run.invented import refuse_invented_beside_real
from hrdresearch.run.source_files import demo_files
from hrdresearch.studies.ground.build import current_build


def test_a_report_of_an_invented_and_a_real_list_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    work = tmp_path / "work"
    demo = next(file for file in demo_files("killings") if file.slug == "cpt")
    real = next(file for file in demo_files("killings") if file.slug == "cpj")
    build("killings", [demo, SourceFile("cpj", real.path)], work)

    with pytest.raises(RunError, match="of cpt are invented, those of cpj are real"):
        run("killings", {}, work, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("report.*"))
    builds = [current_build("killings", work)]
    for alone in ("cpt", "cpj"):
        refuse_invented_beside_real(builds, {"sources": alone})
    with pytest.raises(RunError, match="Build each in a work folder"):
        refuse_invented_beside_real(builds, {"sources": "cpj, cpt"})
