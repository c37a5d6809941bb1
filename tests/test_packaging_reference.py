"""Published figures: each has a key that prose can quote, a citation, and how it is known."""

from __future__ import annotations

import csv
import re
from pathlib import Path

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "reference" / "published.csv"


def figures() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_keys_can_be_quoted_in_prose_and_stand_once() -> None:
    keys = [row["key"] for row in figures()]

    assert all(re.fullmatch(r"[a-z0-9_]+", key) for key in keys)
    assert len(set(keys)) == len(keys)


def test_every_figure_has_a_citation_and_says_how_it_is_known() -> None:
    for row in figures():
        assert row["citation"].strip(), row["key"]
        assert row["how_known"].strip(), row["key"]
        assert float(row["value"]) > 0


def test_a_figure_that_is_the_total_of_a_list_names_its_years() -> None:
    for row in figures():
        if row["source"]:
            assert int(row["year_from"]) <= int(row["year_to"])
            assert row["unit"] == "victims"
