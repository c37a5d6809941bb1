"""A table of an open build is read once in a process, and what is done to one copy shows in no other."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from study_builds import make_build

from hrdresearch.studies.ground import build as builds


def test_a_table_is_read_once_and_each_asker_has_his_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_build(tmp_path, [{}, {}])
    made = builds.current_build("killings", tmp_path)
    first = made.table("cases")
    monkeypatch.setattr(builds, "_frame_of", None)  # it would be called to read it again
    second = made.table("cases")
    first.loc[0, "state_iso3"] = "XXX"
    first["more"] = 1
    del first["event_year"]
    first.index = first.index + 5
    pd.testing.assert_frame_equal(second, made.table("cases"))
    assert "XXX" not in set(second["state_iso3"])


def test_a_table_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    make_build(tmp_path, [{}, {}])
    made = builds.current_build("killings", tmp_path)
    before = made.table("cases")
    before.head(1).to_parquet(made.folder / "cases.parquet")
    assert (len(before), len(made.table("cases"))) == (2, 1)
