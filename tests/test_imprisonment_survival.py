"""Time held: the Aalen-Johansen estimator against hand calculation and another program."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.stats.survival import FEW, NOBODY, aalen_johansen
from hrdresearch.studies.imprisonment.ways_out import observed_spells


def test_four_spells_agree_with_a_calculation_by_hand() -> None:
    made = aalen_johansen([0, 0, 0, 0], [1, 2, 3, 4], ["released", "died", "", "released"])
    expected = pd.DataFrame(
        {"died": [0, 0.25, 0.25, 0.25], "released": [0.25, 0.25, 0.25, 0.75]},
        index=pd.Index([1.0, 2.0, 3.0, 4.0], name="days"),
    )
    pd.testing.assert_frame_equal(made.curves, expected)
    assert list(made.at_risk) == [4, 3, 2, 1]


def test_it_is_not_one_minus_kaplan_meier() -> None:
    made = aalen_johansen([0, 0, 0, 0], [1, 2, 3, 4], ["released", "died", "", "released"])
    one_minus_kaplan_meier = 1 - (1 - 1 / 4) * (1 - 1 / 1)  # the dead treated as still waiting
    assert one_minus_kaplan_meier == 1.0
    assert made.at(4, "released")[0] == 0.75


def test_who_is_taken_up_late_is_not_at_risk_before() -> None:
    made = aalen_johansen([0, 0, 5], [3, 10, 12], ["released", "", "released"])
    assert list(made.at_risk) == [2, 2, 1]
    assert made.at(4, "released")[0] == 0.5


# The same twelve spells in lifelines 0.30.3 (AalenJohansenFitter, entry=...), rounded.
ENTRY = [0, 0, 30, 0, 200, 0, 90, 0, 0, 365, 0, 10]
EXIT = [40, 100, 150, 220, 410, 500, 640, 730, 800, 900, 1000, 1100]
CAUSE = ["released", "", "died", "released", "released", "", "died", "released", "", "released",
         "died", ""]  # fmt: skip


@pytest.mark.parametrize(
    ("exit_", "day", "expected"),
    [
        ("released", 365, (0.208333, 0.032063, 0.489060)),
        ("released", 730, (0.392650, 0.119912, 0.662303)),
        ("released", 1000, (0.524981, 0.183485, 0.782790)),
        ("died", 365, (0.111111, 0.006129, 0.387665)),
        ("died", 730, (0.210359, 0.032416, 0.492270)),
        ("died", 1000, (0.342689, 0.079910, 0.635158)),
    ],
)
def test_estimates_and_intervals_agree_with_lifelines(
    exit_: str, day: int, expected: tuple[float, float, float]
) -> None:
    made = aalen_johansen(ENTRY, EXIT, CAUSE)
    assert made.at(day, exit_) == pytest.approx(expected, abs=1e-5)


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(1, 50), st.sampled_from(["", "a", "b"])),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_ways_out_never_add_up_to_more_than_everybody(rows: list[tuple[int, int, str]]) -> None:
    made = aalen_johansen([e for e, _, _ in rows], [e + d for e, d, _ in rows],
                          [c for _, _, c in rows])  # fmt: skip
    total = made.curves.sum(axis=1)
    assert (total <= 1 + 1e-9).all()
    assert (made.curves.diff().dropna() >= -1e-12).all().all()


def test_an_exit_before_the_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="after its entry"):
        aalen_johansen([5], [5], ["released"])


def test_spells_are_followed_from_entry_to_exit_and_doubtful_ones_are_left_out() -> None:
    day = pd.Timestamp
    frame = pd.DataFrame(
        {
            "began_date": [day("2020-01-01")] * 6 + [pd.NaT],
            "entered_date": [pd.NaT, day("2020-03-01"), *[pd.NaT] * 5],
            "ended_date": [day("2020-01-31"), pd.NaT, day("2019-01-01"), pd.NaT, pd.NaT,
                           day("2022-01-01"), pd.NaT],
            "last_known_date": [pd.NaT, pd.NaT, pd.NaT, day("2020-06-01"), pd.NaT, pd.NaT, pd.NaT],
            "exit_code": ["released", "held", "released", "held", "not_recorded", "released",
                          "held"],
            "doubt_codes": ["not_recorded", "not_recorded", "release_before_arrest",
                            *["not_recorded"] * 4],
        }
    )  # fmt: skip
    pd.testing.assert_frame_equal(
        observed_spells(frame, day("2021-01-01")),
        pd.DataFrame(
            {
                "entry": [0.0, 60.0, 0.0, 0.0],
                "exit": [30.0, 366.0, 152.0, 366.0],
                "cause": ["released", "", "", ""],
            },
            index=[0, 1, 3, 5],
        ),
    )


def test_a_spell_of_unknown_end_is_followed_to_the_last_day_known_or_left_out() -> None:
    day = pd.Timestamp
    frame = pd.DataFrame(
        {"began_date": day("2020-01-01"), "entered_date": pd.NaT, "ended_date": pd.NaT,
         "last_known_date": [day("2020-06-01"), pd.NaT], "exit_code": "unknown",
         "doubt_codes": "not_recorded"}
    )  # fmt: skip
    expected = pd.DataFrame({"entry": [0.0], "exit": [152.0], "cause": [""]}, index=[0])
    pd.testing.assert_frame_equal(observed_spells(frame, day("2021-01-01")), expected)


def test_one_release_in_a_small_early_risk_set_states_nothing_at_any_horizon() -> None:
    """One person is seen from the arrest on and freed on day 5; forty are taken up later."""
    made = aalen_johansen([0] + [30] * 40, [5] + [900] * 40, ["released"] + [""] * 40)
    value, low, high = made.at(365, "released")
    assert value == 1.0
    assert pd.isna(low) and pd.isna(high)  # not 100 (100-100)
    assert made.persons_at_risk(365) == 40
    assert made.fewest_at_risk_until(365) == 1
    assert made.why_no_estimate(365, "released") == FEW


@pytest.mark.parametrize(
    ("held", "freed", "until", "expected"),
    [
        (30, 10, 900, ""),
        (8, 31, 900, FEW),  # nine are still under observation at the horizon
        (40, 0, 900, NOBODY),  # forty are held, one leaves after the horizon
        (30, 10, 300, FEW),  # nobody was followed until the horizon
    ],
)
def test_an_estimate_needs_ten_persons_at_risk_until_its_horizon(
    held: int, freed: int, until: int, expected: str
) -> None:
    exits = [float(20 + n) for n in range(freed)] + [float(until)] * held + [950.0]
    entries = [0.0] * (freed + held) + ([0.0] if until > 365 else [940.0])
    made = aalen_johansen(entries, exits, ["released"] * freed + [""] * held + ["released"])
    assert made.why_no_estimate(365, "released") == expected
