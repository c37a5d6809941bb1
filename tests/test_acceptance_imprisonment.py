"""The published and recomputed figures on imprisonment, from the real files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.imprisonment.study import Imprisonment
from hrdresearch.tables import match_rows

pytestmark = pytest.mark.real

CPJ = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
CHINA = "cn_political_prisoners/chinese-political-prisoners.csv"

CN = "political-prisoners-cn"

Find = Callable[[str], Path]


_BUILT: dict[str, Path] = {}  # one build a file for the whole module


@pytest.fixture
def both(
    real_data: Find, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Imprisonment:
    """A study on both real files."""
    home = _BUILT.setdefault("both", tmp_path_factory.mktemp("both"))
    monkeypatch.setenv("HRD_KEYS", str(home / "keys"))
    files = [SourceFile(s, real_data(f)) for s, f in (("cpj-census", CPJ), (CN, CHINA))]
    build("imprisonment", files, home / "work")
    return Imprisonment(current_build("imprisonment", home / "work"), {})


@pytest.fixture
def opened(
    real_data: Find, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], tuple[Imprisonment, Path]]:
    """A study on one real file, and the folder of its build."""

    def open_(slug: str, name: str) -> tuple[Imprisonment, Path]:
        home = _BUILT.setdefault(slug, tmp_path_factory.mktemp(slug))
        monkeypatch.setenv("HRD_KEYS", str(home / "keys"))
        made = build("imprisonment", [SourceFile(slug, real_data(name))], home / "work")
        return Imprisonment(current_build("imprisonment", home / "work"), {}), made.folder

    return open_


def values(*findings: Any) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims}


def test_the_census_of_journalists(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    study, folder = opened("cpj-census", CPJ)
    part = study.census
    found = values(part.extent(), part.by_year(), part.long_term(), part.tracked(), part.reading())
    assert found["extent.prisoner_years"] == 4854
    assert [found[f"census.{y}"] for y in range(2016, 2020)] == [273, 272, 255, 250]
    assert (found["tracked.at_least_5"], found["tracked.at_least_10"]) == (304, 73)
    assert found["tracked.at_least_10.never_long"] == 25
    assert found["extent.persons"] == found["tracked.at_least_1"] == 1693
    assert (found["long_term.life"], found["long_term.death"]) == (27, 1)
    assert (found["long_term.read"], found["long_term.with_sentence"]) == (826, 832)
    assert (found["long_term.persons"], found["long_term.unsentenced"]) == (260, 22)
    quality = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
    assert (quality[0]["rows_in"], quality[0]["accepted"]) == (4854, 4854)


def test_whoever_is_not_recorded_as_not_sentenced_is_not_counted_so(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    """47 are recorded as not sentenced in five censuses or more, one of them under class "Death".

    That one is a conflict of the publisher's two fields and is counted neither way.
    """
    study, _ = opened("cpj-census", CPJ)
    found = values(study.census.long_term())
    assert found["long_term.at_5.unsentenced"] == 46
    assert (found["long_term.conflict_death"], found["long_term.conflict_life"]) == (1, 0)
    rows = study.build.table("census")
    conflict = rows[rows["sentence_kind_code"] == "conflict_death"]
    assert (len(conflict), set(conflict["state_iso3"])) == (5, {"MRT"})
    assert set(conflict["censuses_of_person"]) == {5}
    last = rows[rows["census_year"] == 2019]["sentence_kind_code"].value_counts()
    assert (last["pending"], len(rows[rows["census_year"] == 2019]) - last["pending"]) == (129, 121)


def test_ten_persons_return_after_a_gap_on_a_new_charge_and_are_counted_once(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    study, _ = opened("cpj-census", CPJ)
    assert values(study.census.rearrests())["rearrests.persons"] == 10
    by_sex = values(study.census.by_sex())
    by_code = [n for name, n in by_sex.items() if not name.endswith((".known", ".share"))]
    assert sum(by_code) == values(study.census.extent())["extent.persons"] == 1693


def test_the_sentence_column_is_parsed_and_agrees_with_the_publisher(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    study, folder = opened("cpj-census", CPJ)
    found = values(study.census.reading())
    assert found["sentence.recorded"] == 4480
    assert found["sentence.parsed"] == 4480
    assert found["sentence.same.share"] == pytest.approx(96.7, abs=0.1)
    assert found["sentence.agree.share"] >= 99
    listed = pd.read_csv(folder / "restricted" / "band_contradictions.csv")
    assert len(listed) == found["sentence.contradict"] == 8


def test_most_of_those_held_for_ten_censuses_without_a_sentence_are_in_one_state(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    study, _ = opened("cpj-census", CPJ)
    claim = {c.name: c for c in study.census.long_term().claims}["long_term.unsentenced"]
    rows = study.build.table("census")
    held = rows[match_rows(rows, claim.filter)].drop_duplicates("person_id")
    assert held["state_iso3"].value_counts()["ERI"] == 17


def test_no_match_of_persons_counts_until_somebody_confirms_it(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    _, folder = opened("cpj-census", CPJ)
    review = pd.read_csv(folder / "restricted" / "same_person_review.csv", keep_default_na=False)
    assert len(review) == 16
    assert set(review["decision"]) == {""}


def test_chinese_political_prisoners_are_told_apart_by_what_the_column_holds(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    study, folder = opened(CN, CHINA)
    found = values(study.detained.by_sentence_kind(), study.detained.end_dates())
    kinds = {k: found[f"detained_by_sentence_kind.{k}"]
             for k in ("term", "life", "not_defined", "detained", "not_disclosed", "unparsed")}  # fmt: skip
    assert kinds == {
        "term": 781, "life": 26, "not_defined": 3, "detained": 94, "not_disclosed": 22, "unparsed": 0,
    }  # fmt: skip
    unused = {f"detained_by_sentence_kind.{k}" for k in ("death", "pending", "suspended")}
    assert not unused & set(found)  # the list has no such class, which is not zero
    assert [found[f"end_dates.{p}"] for p in ("day", "month", "year")] == [624, 125, 32]
    quality = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
    assert (quality[0]["rows_in"], quality[0]["accepted"]) == (926, 926)


def test_chinese_political_prisoners_who_is_who_and_who_has_died(
    opened: Callable[[str, str], tuple[Imprisonment, Path]],
) -> None:
    part = opened(CN, CHINA)[0].detained
    found = values(part.extent(), part.by_sex(), part.deaths(), part.end_dates(), part.long_term())
    assert (found["detentions.total"], found["detentions.persons"]) == (926, 926)
    assert (found["detained_by_sex.female"], found["detained_by_sex.male"]) == (243, 683)
    deaths = [found[f"deaths.{key}"] for key in ("total", "with_end_date", "before_end")]
    assert deaths == [20, 11, 6]
    assert found["end_dates.running"] == 318
    assert not [name for name in found if name.startswith("detained_long_term.at_")]
    assert "detentions.open" not in found


def test_each_number_of_both_lists_has_a_name_of_its_own(both: Imprisonment) -> None:
    found = values(both.quality())
    assert found["by_source.cpj_census.quality.rows_in"] == 4854
    assert found["by_source.political_prisoners_cn.quality.rows_in"] == 926
