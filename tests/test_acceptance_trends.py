"""Trends of the real lists: numbers that another program gave, and what the lists cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.trends.study import Trends

pytestmark = pytest.mark.real
KILLED = "cpj_killed_2020_wide/media_deaths.csv"
KILLED_2018 = "cpj_killed_2017_legacy/cpj-database.csv"
KILLED_2025 = "cpj_macroman_cr/my_data_converted.csv"
CENSUS = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
DEFENDERS = "gw_defenders/global_witness_led_22-09-22.csv"


@pytest.fixture
def trends(
    tmp_path: Path, real_data: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> Trends:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = [
        SourceFile("cpj", real_data(KILLED_2025)),
        SourceFile("cpj-census", real_data(CENSUS)),
        SourceFile("global-witness", real_data(DEFENDERS)),
        SourceFile("cpj@2018-02-07", real_data(KILLED_2018)),
        SourceFile("cpj@2020-11-10", real_data(KILLED)),
    ]
    build("trends", files, tmp_path / "work")
    days = "cpj=2025-05-25,global-witness=2022-09-22"
    return Trends(current_build("trends", tmp_path / "work"), {"file_days": days})


def test_estimates_agree_with_statsmodels_and_the_rest_is_refused(trends: Trends) -> None:
    change = {c.name: c.value for c in trends.change().claims}
    within = {c.name: c.value for c in trends.within_states().claims}

    # statsmodels 0.15.0, GLM NegativeBinomial, alpha where Pearson's statistic is its degrees of freedom
    assert change["by_source.cpj_census.change.recent.per_cent"] == pytest.approx(
        2.531462, abs=1e-5
    )
    assert within["by_source.global_witness.within_states.per_cent"] == pytest.approx(
        6.823736, abs=1e-4
    )
    assert "by_source.cpj.change.all.per_cent" not in change  # waves of years
    assert "by_source.global_witness.change.all.per_cent" not in change


def test_editions_of_the_list_of_journalists_tell_its_delay(trends: Trends) -> None:
    claims = {c.name: c.value for c in (*trends.delay().claims, *trends.corrected().claims)}

    assert claims["by_source.cpj.delay.editions"] == 3
    assert claims["by_source.cpj.delay.added"] == 25
    assert claims["by_source.cpj.delay.m6"] == pytest.approx(90.86, abs=0.05)
    assert claims["by_source.cpj.corrected.2024"] == 138
    assert claims["by_source.cpj.corrected.2024.low"] < 138
