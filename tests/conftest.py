"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

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
