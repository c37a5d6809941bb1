"""Recommendations: what they ask, of whom, and who makes them; invented sentences."""

from __future__ import annotations

import pytest

from hrdresearch.coding.action import code_action
from hrdresearch.coding.recommendations import code_concern
from hrdresearch.sources.recommendations_sheet import names_in, state_code
from hrdresearch.sources.wg_draft import gaps
from hrdresearch.stats.clustered import clustered_share


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Share good practice with its neighbours", "1"),
        ("Continue its efforts to protect defenders", "2"),
        ("Consider inviting the Special Rapporteur", "3"),
        ("Strengthen the protection of journalists", "4"),
        ("Ratify the Optional Protocol", "5"),
        ("Adopt a law on the protection of defenders", "5"),
        ("Ensure the safety of defenders, including by establishing a mechanism", "5"),
    ],
)
def test_the_opening_verb_gives_the_action_category(text: str, category: str) -> None:
    coded = code_action(text)
    assert coded.category == category
    assert 0 <= coded.start < coded.end <= len(text)


def test_a_text_without_a_known_verb_is_not_assessed() -> None:
    assert code_action("No verb here at all").category == "not_assessed"


@pytest.mark.parametrize(
    ("text", "is_explicit"),
    [
        ("Protect human rights defenders from reprisals", True),
        ("Release all persons who defend human rights", True),
        ("Improve the supply of drinking water", False),
    ],
)
def test_a_concern_with_defenders_is_told_with_its_evidence(text: str, is_explicit: bool) -> None:
    found = code_concern(text)
    assert (found.code == "explicit") == is_explicit


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Norway, Chile and Fiji", ["NOR", "CHL", "FJI"]),
        ("Venezuela (Bolivarian Republic of) and Kenya", ["VEN", "KEN"]),
        ("Bosnia and Herzegovina", ["BIH"]),
        ("Iran (Islamic Republic of)", ["IRN"]),
    ],
)
def test_every_recommending_state_is_read_from_the_brackets(cell: str, codes: list[str]) -> None:
    assert [state_code(name) for name in names_in(cell)] == codes


def test_a_gap_in_paragraph_numbers_is_found() -> None:
    assert gaps(["6.1", "6.2", "6.3"]) == []
    assert gaps(["6.1", "6.3"])


def test_an_interval_clustered_by_state_is_wider_than_one_over_rows() -> None:
    import pandas as pd

    one_answer_a_state = pd.Series([True] * 50 + [False] * 50)
    states = pd.Series([f"S{n // 10}" for n in range(100)])
    rows = pd.Series([f"R{n}" for n in range(100)])
    clustered = clustered_share(one_answer_a_state, states)
    simple = clustered_share(one_answer_a_state, rows)
    assert clustered.value == simple.value == pytest.approx(0.5)
    assert clustered.high - clustered.low > simple.high - simple.low
