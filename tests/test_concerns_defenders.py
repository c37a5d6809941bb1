"""Whether a recommendation concerns defenders, on invented cases of another maker (tests/cases).

At first sight the rules had 40 of 47, 14 of 15 and 13 of 14 unseen cases right (en, fr, es); what is held
here since is a regression test and no estimate.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hrdresearch.coding.recommendations import EXPLICIT, code_concern

CASES = Path(__file__).parent / "cases" / "concerns_defenders"


@pytest.mark.parametrize(("language", "wrong"), [("en", 0), ("fr", 0), ("es", 0)])
def test_recommendations_on_defenders_are_told_from_others(language: str, wrong: int) -> None:
    with (CASES / f"{language}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    differing = [
        row["text"]
        for row in rows
        if (code_concern(row["text"], language).code == EXPLICIT) != (row["concerns"] == "yes")
    ]
    assert len(rows) > 30
    assert len(differing) <= wrong, differing
