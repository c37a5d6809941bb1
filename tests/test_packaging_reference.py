"""Published figures: each has a key that prose can quote, a citation, and how it is known."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
PUBLISHED = REFERENCE / "published.csv"
NOT_FOUND = re.compile(r"(?i)memory|remember|to be checked|recomputed")


def figures() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_keys_can_be_quoted_in_prose_and_stand_once() -> None:
    keys = [row["key"] for row in figures()]

    assert all(re.fullmatch(r"[a-z0-9_]+", key) for key in keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.csv")), ids=lambda p: p.stem)
def test_every_figure_has_a_citation_and_says_where_it_was_found(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        assert row["citation"].strip(), f"{path.name} row {number}: whose figure is it?"
        assert row["how_known"].strip(), f"{path.name} row {number}: where was it found?"
        assert not NOT_FOUND.search(" ".join(row.values())), f"{path.name} row {number}"


def test_a_figure_that_is_the_total_of_a_list_names_its_years() -> None:
    for row in figures():
        if row["source"]:
            assert int(row["year_from"]) <= int(row["year_to"])
            assert row["unit"] == "victims"


def test_a_revised_total_stands_beside_the_one_that_was_announced() -> None:
    with (REFERENCE / "prison_census.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["year"], row["revision"]) for row in csv.DictReader(file)]
    assert len(set(told)) == len(told)
    assert {year for year, _ in told} == {year for year, revision in told if not revision}
    assert ("2019", "revised in mid-2020") in told
