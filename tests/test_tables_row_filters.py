"""Row filters: answers that are kept for filters that ask the same are the same answers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from hrdresearch.tables import match_rows
from hrdresearch.tables.row_filters import KeptMasks

ROWS = pd.DataFrame(
    {
        "event_year": pd.array([2019, 2020, 2020, 2021, None], dtype="Int64"),
        "state_iso3": ["MEX", "MEX", "COL", None, "1"],
        "cause_codes": ["land", "land|water", "water", "not_recorded", "landmines"],
    },
    index=[7, 7, 3, 1, 0],
)
FILTERS: list[dict[str, Any]] = [
    {},
    {"event_year": 2020},
    {"event_year": {"from": 2020}, "state_iso3": "MEX"},
    {"event_year": {"below": 2020}, "state_iso3": "MEX"},
    {"state_iso3": "1"},
    {"state_iso3": ["MEX", None]},
    {"cause_codes": "land"},
    {"cause_codes": {"all": ["land", "water"]}, "event_year": 2020},
]


@pytest.mark.parametrize("twice", [1, 2])
def test_kept_answers_select_the_same_rows(twice: int) -> None:
    kept: KeptMasks = {}
    for filter_ in FILTERS * twice:
        pd.testing.assert_series_equal(match_rows(ROWS, filter_, kept), match_rows(ROWS, filter_))


def test_what_is_wanted_of_a_column_is_told_by_its_type() -> None:
    kept: KeptMasks = {}
    rows = pd.DataFrame({"cell": pd.Series([1, "1", None], dtype=object)})
    assert match_rows(rows, {"cell": 1}, kept).tolist() == [True, False, False]
    assert match_rows(rows, {"cell": "1"}, kept).tolist() == [False, True, False]
