"""Accountability on the real editions of one list: the changes are those of another way to link the cases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import current_build
from hrdresearch.vocab import vocabulary

pytestmark = pytest.mark.real
NEWEST = "cpj_killed_2020_wide/media_deaths.csv"
BEFORE = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
CLASSES = {
    "Complete Impunity": "complete",
    "Partial Impunity": "partial",
    "Full Justice": "full_justice",
}


def by_name(path: Path, year: str) -> pd.DataFrame:
    """Murders of a file with a class, keyed by the letters of the name, the State and the year."""
    rows = pd.read_csv(path, dtype=str)
    rows = rows[rows["typeOfDeath"].eq("Murder") & rows["status"].eq("Killed")]

    def letters(name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        return " ".join(sorted(re.findall("[a-z]+", plain)))

    keys = rows["fullName"].map(letters) + rows["country"] + rows[year]
    made = pd.DataFrame({"key": keys, "class": rows["impunityMurder"].map(CLASSES)}).dropna()
    return made.drop_duplicates("key", keep=False)


def test_cases_linked_by_exact_name_state_and_year_changed_their_class_as_told(
    real_data: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In all cases that this other way finds in both editions, and no more moves than these are told."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = {"cpj": real_data(NEWEST), "cpj@2020-01": real_data(BEFORE)}
    build("accountability", [SourceFile(*pair) for pair in files.items()], tmp_path / "work")
    rows = current_build("accountability", tmp_path / "work").table("case_editions")
    rows = rows[rows["edition"].eq("2020-01") & rows["death_type_code"].eq("murder")]
    ours = rows.value_counts(["impunity_code", "next_impunity_code"])

    before, newest = by_name(files["cpj@2020-01"], "Year"), by_name(files["cpj"], "year")
    other = before.merge(newest, on="key", suffixes=("_was", "_is"))
    theirs = other.value_counts(["class_was", "class_is"])

    assert len(other) > 0.95 * len(before)
    assert {k for k in ours.index if k[1] != "no_row"} == set(theirs.index)
    for pair in theirs.index:
        assert theirs[pair] <= ours[pair] <= theirs[pair] + len(before) - len(other)
    orders = vocabulary("impunity")["orders"]
    moved = sum(
        n for (was, now), n in theirs.items()
        if any(was in o and now in o and o.index(now) > o.index(was) for o in orders)
    )  # fmt: skip
    assert moved <= int(rows["status_change_code"].eq("forward").sum())
