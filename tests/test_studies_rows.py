"""The coded rows for exploration: in scope, without names, restricted lists only in the vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.run.files import write_json
from hrdresearch.studies.ground.rows_to_explore import RestrictedRowsError
from hrdresearch.studies.ground.scope import ScopeError
from hrdresearch.studies.killings.study import Killings

ROWS = [
    {"sex_code": "female", "identity_codes": "women|indigenous", "event_year": 2019},
    {"sex_code": "not_recorded", "state_iso3": "BRA", "state_m49": 76},
    {"source": "list-b", "event_year": 2021},
    {"source": "list-c"},
]
Open = Callable[..., Killings]
IN_MEMORY = "/dev/shm"  # where a notebook of an opened vault lies


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    lists = [facts(), facts("list-b"), facts("list-c", RESTRICTED)]
    build = make_build(tmp_path, ROWS, lists)

    def study(is_sealed: bool = False, **params: object) -> Killings:
        write_json(build.folder / "build.json", {"is_sealed": is_sealed})
        return Killings(build, params)

    return study


def test_rows_of_public_lists_are_those_in_the_scope_of_the_run(opened: Open) -> None:
    frame = opened(year_to=2020).rows("list-a", "list-b")

    told = frame[["source", "sex_code", "event_year"]]
    expected = pd.DataFrame(
        {
            "source": ["list-a", "list-a"],
            "sex_code": ["female", "not_recorded"],
            "event_year": pd.array([2019, 2020], dtype="Int64"),
        }
    )
    pd.testing.assert_frame_equal(told, expected, check_dtype=False)


def test_codes_become_words_where_asked(opened: Open) -> None:
    frame = opened().rows("list-a", labels=True)

    assert frame["sex_code"].tolist() == ["Female", "Not recorded"]
    assert frame["state_iso3"].tolist() == ["Colombia", "Brazil"]
    assert frame["identity_codes"][0] == "Women; Indigenous persons"


def test_rows_may_be_changed_without_changing_a_finding(opened: Open) -> None:
    study = opened()
    study.rows("list-a")["sex_code"] = "male"

    assert study.rows("list-a")["sex_code"].tolist() == ["female", "not_recorded"]


def test_rows_of_a_restricted_list_are_refused_in_words_and_shown_in_the_vault(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        RestrictedRowsError, match=r'of list-c were shared .* study\.rows\("list-a", "list-b"\)'
    ):
        opened().rows()
    with pytest.raises(RestrictedRowsError, match="work in a notebook that lies in its folder"):
        opened(is_sealed=True).rows("list-c")
    monkeypatch.chdir(IN_MEMORY)
    assert opened(is_sealed=True).rows("list-c")["source"].tolist() == ["list-c"]


def test_a_list_that_is_not_in_the_study_is_told(opened: Open) -> None:
    with pytest.raises(ScopeError, match="No list list-x in this study; it has list-a, list-b"):
        opened().rows("list-x")
