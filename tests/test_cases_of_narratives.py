"""The invented short texts on attacks as a regression test; the estimate stands in decision 64."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.coding.incident import code_incident

CASES = Path(__file__).parent / "cases" / "narratives" / "en.csv"


@pytest.mark.parametrize("split", ["seen", "unseen"])
def test_most_short_texts_give_their_day_place_and_codes(split: str) -> None:
    cases = pd.read_csv(CASES, dtype=str, keep_default_na=False)
    cases = cases[cases["split"] == split]
    read = [code_incident(c.text, c.published) for c in cases.itertuples()]
    found = pd.DataFrame(
        {
            "date": [r.date or "none" for r in read],
            "state_iso3": [r.state_iso3 for r in read],
            "place": [r.place for r in read],
            "perpetrators": [r.perpetrator for r in read],
            "violations": [";".join(r.violations) for r in read],
            "victims": [";".join(r.victims) for r in read],
        },
        index=cases.index,
    )
    right = (found == cases[list(found.columns)]).mean()
    least = {"date": 0.85, "state_iso3": 0.95, "place": 0.9, "perpetrators": 0.9}
    least |= {"violations": 0.8, "victims": 0.8}
    assert right[[column for column in least if right[column] < least[column]]].to_dict() == {}
