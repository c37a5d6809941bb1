"""The real lists: what was recorded before killings, counted again from the raw files by other code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.check import check
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.warnings.study import Warnings

pytestmark = [pytest.mark.real, pytest.mark.long]
TRACKER = "us_press_freedom_tracker/incidents.csv"
BOTH = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
KILLED = "cpj_killed_2025/jornalists_murdered.xlsx"


def plain(name: str) -> str:
    """Letters and digits of a name, without accents."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", letters))


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


def claims_of(folder: Path, killed: Path, held: Path) -> dict[str, Any]:
    """Claims of a report on one list of killed persons and the census of prisoners."""
    given = [SourceFile("cpj", killed), SourceFile("cpj-census", held)]
    build("warnings", given, folder / "work")
    page = run("warnings", {}, folder / "work", folder / "out", with_pdf=False)
    assert not check(page.folder, folder / "work").problems
    found: dict[str, Any] = read_json(page.folder / "claims.json")["claims"]
    return found


def test_threats_are_those_that_the_list_of_murders_answers(
    real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    raw = pd.read_csv(real_data(BOTH), dtype=str, keep_default_na=False)
    told = raw.loc[raw["status"] == "Killed", "threatened"].value_counts()
    claims = claims_of(tmp_path, real_data(BOTH), real_data(BOTH))
    own = {k: claims[f"asked.{k}"]["value"] for k in ("yes", "no", "not_asked")}
    assert own == {"yes": told["Yes"], "no": told["No"], "not_asked": told[""]}
    assert own["yes"] + own["no"] == 870
    deaths = raw[raw["status"] == "Killed"]
    linked = deaths["motiveConfirmed"].eq("Confirmed") & deaths["threatened"].eq("")
    assert claims["asked.not_asked.confirmed"]["value"] == linked.sum()
    years = deaths.loc[deaths["threatened"].ne(""), "Year"]
    study = Warnings(current_build("warnings", tmp_path / "work"), {})
    told = {c.name.rpartition(".")[2]: c.text for c in study.killed.asked().claims}
    assert told["period"] == f"{years.min()}–{years.max()}" == "1992–2019"
    assert claims["share.cpj.later"]["value"] == deaths["Year"].eq("2020").sum()


def test_prisoners_recorded_as_killed_later_are_those_of_the_same_name_in_both_files(
    real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    raw = pd.read_csv(real_data(BOTH), dtype=str, keep_default_na=False)
    held = raw[raw["status"] == "Imprisoned"].assign(
        name=raw["fullName"].map(plain), day=pd.to_datetime(raw["Year"] + "-12-01")
    )
    first = held.groupby(["name", "country"])["day"].min().reset_index()
    killed = pd.read_excel(real_data(KILLED), engine="openpyxl")
    killed = killed.assign(
        name=killed["Nome"].map(plain), died=pd.to_datetime(killed["Data da Morte"])
    )
    both = first.merge(killed, on="name")
    years = held.groupby("name")["day"].agg(list)

    def held_last(name: str, died: pd.Timestamp) -> bool:
        end = died + pd.offsets.YearEnd(0) if died.day_of_year == 1 else died
        last = max(day for day in years[name] if day <= end)
        return bool(died < last + pd.DateOffset(years=1))

    later = both[both["died"] > both["day"]]
    days = (later["died"] - later["day"]).dt.days
    exact = days[later["died"].dt.day_of_year.ne(1)]  # 1 January stands for a year
    own = claims_of(tmp_path, real_data(KILLED), real_data(BOTH))
    assert own["before.killed"]["value"] == len(later)
    assert own["asked.not_asked"]["value"] == len(killed)
    assert own["before.held"]["value"] == sum(
        held_last(*one) for one in zip(later["name"], later["died"], strict=True)
    )
    assert own["before.shortest"]["value"] == exact.min()
    assert own["before.days"]["value"] == exact.median()
    assert own["before.dated"]["value"] == len(exact)
    assert own["before.of.cpj"]["value"] == len(killed)
    assert own["share.cpj.followed"]["value"] == len(first) - 1  # one was killed before the census
    low, high = (own[f"share.cpj.y5.{k}"]["value"] for k in ("low", "high"))
    within = int((exact <= 5 * 365.25).sum())
    assert 1000 * within / len(first) <= low <= high < own["share.cpj.y5.to"]["value"]


def test_journalists_of_whom_the_tracker_says_that_they_were_killed_are_no_persons_with_a_warning(
    real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    raw = pd.read_csv(real_data(TRACKER), dtype=str, keep_default_na=False)
    dead = raw["tags"].str.contains("killed")
    given = [
        SourceFile("cpj", real_data(KILLED)),
        SourceFile("us-press-freedom-tracker", real_data(TRACKER)),
    ]
    build("warnings", given, tmp_path / "work")
    study = Warnings(current_build("warnings", tmp_path / "work"), {})
    own = {c.name.rpartition("extent.")[2]: c.value for c in study.warned.extent().claims}
    assert own["killings"] == dead.sum() == 2
    outside = raw["targeted_journalists"].str.replace(r"\([^)]*\)", "", regex=True)
    assert own["killed"] == (outside[dead].str.count(",") + 1).sum() == 5
    names = {plain(n) for cell in outside[~dead] for n in cell.split(",")} - {"", "none", "media"}
    assert own["named"] == len({n for n in names if "anonymous" not in n}) == 430
