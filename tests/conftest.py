"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# In CI the same examples are tried every time, however slow the machine: a change that lands is
# judged by what it changed. Elsewhere new examples are tried at every run.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def real_data() -> Callable[[str], Path]:
    """``real_data("gw_defenders/x.csv")``: path of a real file, or the test is skipped."""
    folder = Path(os.environ.get("HRD_DATA") or REPOSITORY.parent / "shared" / "data")

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            pytest.skip(f"the real data set {name} is not on this machine (set HRD_DATA)")
        return path

    return find


@pytest.fixture(scope="session")
def upr_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with the demo of the UPR study built, once for all tests of a process."""
    from hrdresearch.run.build import build
    from hrdresearch.run.source_files import demo_files

    folder = tmp_path_factory.mktemp("upr")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        build("upr", demo_files("upr"), folder / "work")
    return folder / "work"
