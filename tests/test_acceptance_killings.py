"""The published figures, from the real files: each number by its claim name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.killings.study import Killings

pytestmark = pytest.mark.real

GLOBAL_WITNESS = "gw_defenders/global_witness_led_22-09-22.csv"
CPT = "br_cpt/assassinatos_10y_CPT.xls"
CPJ = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
COLOMBIA = "co_lideres/regions.csv"
ALL = {"global-witness": GLOBAL_WITNESS, "cpj": CPJ, "cpt": CPT, "lideres-colombia": COLOMBIA}

Find = Callable[[str], Path]


def study_of(
    find: Find, work: Path, monkeypatch: pytest.MonkeyPatch, **files: str
) -> tuple[Killings, list[dict[str, Any]]]:
    monkeypatch.setenv("HRD_KEYS", str(work / "keys"))
    sources = [SourceFile(slug.replace("_", "-"), find(name)) for slug, name in files.items()]
    result = build("killings", sources, work / "work")
    quality = json.loads((result.folder / "quality.json").read_text(encoding="utf-8"))
    return Killings(current_build("killings", work / "work"), {}), quality


def values(*findings: Any) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims}


def test_global_witness(real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study, quality = study_of(real_data, tmp_path, monkeypatch, global_witness=GLOBAL_WITNESS)
    found = values(study.extent(), study.by_year(), study.by_state_year())
    assert found["extent.victims"] == 1733
    assert [found[f"by_year.{y}"] for y in (2019, 2020, 2021)] == [212, 228, 200]
    assert [found[f"by_state_year.{s}.2021"] for s in ("mex", "col", "bra")] == [54, 33, 26]
    assert (quality[0]["rows_in"], quality[0]["accepted"]) == (1733, 1733)


def test_cpt(real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study, quality = study_of(real_data, tmp_path, monkeypatch, cpt=CPT)
    found = values(study.extent(), study.by_year(), study.by_defender_basis())
    assert found["extent.victims"] == 401
    assert (found["by_year.2017"], found["by_year.2021"]) == (71, 35)
    assert found["by_defender_basis.recorded_leader"] == 120
    assert found["by_defender_basis.recorded_leader.share"] is None
    assert values(study.by_cause())["by_cause.land_water_work"] == 401
    assert values(study.by_motive_link()) == {}
    assert any("day and month" in note["words"] for note in quality[0]["notes"])


def test_cpj_1992_2020(real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study, _ = study_of(real_data, tmp_path, monkeypatch, cpj=CPJ)
    found = values(
        study.extent(),
        study.by_motive_link(),
        study.threats(),
        study.impunity(),
        study.by_death_type(),
    )
    assert found["extent.victims"] == 1909
    assert found["extent.confirmed"] == found["by_motive_link.confirmed"] == 1365
    assert found["by_death_type.murder"] == 870
    assert (found["threats.known"], found["threats.yes"]) == (870, 363)
    assert [found[f"impunity.{c}"] for c in ("complete", "partial", "full_justice")] == [
        710,
        122,
        41,
    ]
    over = values(study.accountability())
    keys = ("murders", "known", "complete", "partial", "full_justice", "other_deaths")
    assert [over[f"accountability.{k}"] for k in keys] == [870, 870, 707, 122, 41, 3]
    assert round(over["accountability.complete.share"]) == 81
    assert values(study.by_state())["by_state.yug"] == 10


def test_social_leaders_in_colombia(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, quality = study_of(real_data, tmp_path, monkeypatch, lideres_colombia=COLOMBIA)
    assert quality[0]["rows_in"] == 420
    assert quality[0]["accepted"] + quality[0]["set_aside"] == 420
    assert values(study.extent())["extent.victims"] == quality[0]["accepted"]


def test_all_lists_stand_side_by_side_and_are_never_added(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {slug.replace("-", "_"): name for slug, name in ALL.items()}
    study, _ = study_of(real_data, tmp_path, monkeypatch, **files)
    found = values(study.extent(), study.by_year(), study.side_by_side())
    found |= values(study.union(), study.pairs_of_lists(), study.undocumented())
    assert found["by_source.global_witness.victims"] == 1733
    assert found["by_source.cpt.by_year.2017"] == 71
    assert found["by_source.cpj.victims"] == 1909
    regions = {c.name for c in study.by_region().claims}
    assert "by_source.cpj.by_region.africa" in regions
    assert "by_source.cpt.by_region.africa" not in regions
    assert not [name for name in found if name.startswith(("extent.", "by_year.", "by_state."))]
    # 242 of 338 distinct names of Global Witness in Brazil stand on both letter for letter.
    assert 242 <= found["union.pairs.global_witness.cpt.both.sure"] <= 338
    assert found["union.persons.least"] <= found["union.persons.most"] < 1733 + 1909 + 401 + 420
    assert not [name for name in found if name.startswith("undocumented.")]
