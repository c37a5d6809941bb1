"""Models of trends: against statsmodels, by hand, and by simulation; and what each of them refuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrdresearch.stats.trends import (
    Break,
    Change,
    Delay,
    Refusal,
    change_within_states,
    changes_by_state,
    estimate_break,
    estimate_change,
    estimate_delay,
)
from hrdresearch.stats.trends.negative_binomial import fit_counts
from hrdresearch.stats.trends.refusals import REASONS
from hrdresearch.stats.trends.states import changes_without_each, words_of_several

COUNTS = np.array([31.0, 42, 28, 55, 61, 47, 80, 66, 92, 71])
WHEN = np.arange(10) - 4.5
LINE = np.column_stack([np.ones(10), WHEN])
EFFORT = np.array([3.0, 3, 4, 4, 5, 5, 6, 6, 6, 7])


def yearly(*counts: int, first: int = 2010) -> pd.Series:
    return pd.Series(counts, index=range(first, first + len(counts)))


# statsmodels 0.15.0, GLM of family NegativeBinomial at the alpha whose Pearson statistic is its degrees of
# freedom (scipy's brentq): alpha, coefficients, standard errors.
@pytest.mark.parametrize(
    ("design", "offset", "dispersion", "coefficients", "errors"),
    [
        (LINE, None, 0.02610418, [4.00297437, 0.10702329], [0.06725118, 0.02344411]),
        (LINE, np.log(EFFORT), 0.03282118, [2.4520993, 0.01286523], [0.07209901, 0.02531442]),
        (
            np.column_stack([LINE, WHEN > 1]),
            None,
            0.03011322,
            [3.93278083, 0.08082243, 0.17349565],
            [0.13030088, 0.04746634, 0.27267257],
        ),
    ],
)
def test_coefficients_and_errors_agree_with_statsmodels(
    design: np.ndarray,
    offset: np.ndarray | None,
    dispersion: float,
    coefficients: list[float],
    errors: list[float],
) -> None:
    fit = fit_counts(COUNTS, design, offset)

    assert fit.dispersion == pytest.approx(dispersion, abs=1e-7)
    assert list(fit.coefficients) == pytest.approx(coefficients, abs=1e-7)
    assert list(np.sqrt(np.diag(fit.covariance))) == pytest.approx(errors, abs=1e-7)


def test_a_count_that_grows_by_a_half_each_year_rises_by_fifty_per_cent() -> None:
    made = estimate_change(yearly(20, 30, 45, 68, 101, 152, 228, 342))

    assert isinstance(made, Change)
    assert made.per_cent == pytest.approx(50, abs=0.5)
    assert (made.word, made.first, made.last, made.cases) == ("risen", 2010, 2017, 986)


def test_the_same_count_each_year_neither_rises_nor_falls() -> None:
    made = estimate_change(yearly(*[20] * 9))

    assert isinstance(made, Change)
    assert made.per_cent == pytest.approx(0, abs=1e-6)
    assert made.word == ""
    assert made.low < 0 < made.high


def test_with_an_effort_that_grew_as_much_no_rise_is_left() -> None:
    counts = yearly(20, 26, 30, 37, 40, 44, 52, 55, 61, 66)

    without = estimate_change(counts)
    beside = estimate_change(counts, effort=yearly(4, 5, 6, 7, 8, 9, 10, 11, 12, 13))

    assert isinstance(without, Change)
    assert isinstance(beside, Change)
    assert (without.word, beside.word) == ("risen", "")


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (yearly(9, 9, 9, 9, 9, 9, 9), "too_few_years"),
        (yearly(3, 3, 3, 3, 3, 3, 3, 3), "too_few_cases"),
        (yearly(5, 5, 5, 60, 5, 5, 5, 5, 5), "one_year"),
        (yearly(5, 5, 6, 40, 45, 50, 52, 48, 44, 40, 6, 5, 5), "years_hang_together"),
        (yearly(1, 28, 1, 30, 1, 2, 1, 29, 3, 1), "too_wide"),
    ],
)
def test_counts_that_cannot_tell_are_refused_with_the_reason(counts: pd.Series, code: str) -> None:
    made = estimate_change(counts)

    assert made == Refusal(code)
    assert made.reason in str(made)


def test_every_reason_ends_a_sentence_and_says_what_is_needed() -> None:
    for short, reason, needed in REASONS.values():
        assert len(short.split()) <= 3
        assert reason[0].islower()
        assert not reason.endswith(".")
        assert needed[0].isupper()
        assert needed.endswith(".")


def test_a_gap_in_the_years_is_no_zero() -> None:
    with pytest.raises(ValueError, match="without a gap"):
        estimate_change(yearly(*[9] * 9).drop(2013))


def test_an_effort_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        estimate_change(yearly(*[9] * 9), effort=yearly(1, 1, 1, 0, 1, 1, 1, 1, 1))


def twelve_states(rising: int, factor: float = 1.25) -> pd.DataFrame:
    """Ten years of twelve States; in the first ``rising`` of them the count grows by the factor each year."""
    rows = {
        f"S{n:02}": [
            round((20 + n) * (factor if n < rising else 1.0) ** year) for year in range(10)
        ]
        for n in range(12)
    }
    return pd.DataFrame(rows, index=range(2010, 2020)).T


def test_one_state_that_rises_is_no_rise_within_states() -> None:
    one, every = change_within_states(twelve_states(1)), change_within_states(twelve_states(12))

    assert isinstance(one, Change)
    assert isinstance(every, Change)
    assert (one.word, every.word) == ("", "risen")
    assert every.per_cent == pytest.approx(25, abs=1)


def test_without_the_state_that_makes_the_rise_none_is_left() -> None:
    counts = twelve_states(1)

    whole = estimate_change(counts.sum())
    without = changes_without_each(counts)

    assert isinstance(whole, Change)
    assert whole.word == "risen"
    assert [(state, getattr(c, "word", None)) for state, c in without.items()] == [("S00", "")]


def test_words_on_several_states_are_given_to_those_that_stand_after_holm() -> None:
    words = words_of_several(changes_by_state(twelve_states(2)))

    assert {state for state, word in words.items() if word} == {"S00", "S01"}


def test_few_states_are_refused() -> None:
    assert change_within_states(twelve_states(0).head(9)) == Refusal("too_few_states")


def editions(*days: str, late: float, years: range = range(2008, 2020)) -> pd.DataFrame:
    """Years of 100 cases, of which 20 are listed late: half of those still to come in ``late`` years."""
    rows = []
    for day in map(pd.Timestamp, days):
        for year in years:
            age = (day - pd.Timestamp(year + 1, 1, 1)).days / 365.25
            if age >= 0:
                rows.append((day, year, round(100 - 20 * 0.5 ** (age / late))))
    return pd.DataFrame(rows, columns=["edition_day", "year", "cases"])


def test_delay_is_found_again_and_the_last_years_corrected() -> None:
    made = estimate_delay(editions("2016-01-01", "2018-01-01", "2020-01-01", late=1.0))

    assert isinstance(made, Delay)
    assert made.share_listed(0) == pytest.approx(0.80, abs=0.02)
    assert made.share_listed(1) == pytest.approx(0.90, abs=0.02)
    corrected = made.correct(80, 0)
    assert not isinstance(corrected, Refusal)
    assert corrected.value == pytest.approx(100, abs=3)
    assert corrected.low < 100 < corrected.high


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (editions("2020-01-01", late=1.0), "one_edition"),
        (editions("2019-04-01", "2020-04-01", late=0.01), "few_late_cases"),
        (
            pd.concat(
                [
                    editions("2018-01-01", late=1.0),
                    editions("2020-01-01", late=1.0).assign(cases=lambda e: e["cases"] * 2),
                ]
            ),
            "editions_differ",
        ),
    ],
)
def test_editions_that_cannot_tell_are_refused(given: pd.DataFrame, code: str) -> None:
    assert estimate_delay(given) == Refusal(code)


def test_a_year_that_is_younger_than_any_that_was_seen_is_not_corrected() -> None:
    made = estimate_delay(editions("2017-07-01", "2019-07-01", late=1.0))

    assert isinstance(made, Delay)
    assert made.correct(80, 0.0) == Refusal("age_not_seen")


def quarters(level: float, after: float) -> pd.Series:
    index = pd.period_range("2012Q1", "2022Q4", freq="Q")
    noise = np.tile([1.1, 0.9, 0.95, 1.05], 11)
    values = np.where(index.start_time > pd.Timestamp("2020-03-11"), after, level) * noise
    return pd.Series(values.round(), index=index)


def test_a_level_after_a_stated_day_is_compared_with_the_course_before_it() -> None:
    up, same = (
        estimate_break(quarters(40, after), pd.Timestamp("2020-03-11")) for after in (60, 40)
    )

    assert isinstance(up, Break)
    assert isinstance(same, Break)
    assert (up.word, up.before, up.after, up.unit) == ("above", 32, 11, "quarters")
    assert up.per_cent == pytest.approx(50, abs=8)
    assert same.word == ""


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (quarters(40, 60).loc["2016Q1":], "too_few_before"),
        (quarters(0.3, 0.3), "too_few_cases"),
        (pd.Series(9, index=pd.period_range("2012", "2020", freq="Y")), "too_few_after"),
    ],
)
def test_series_too_short_for_a_break_are_refused(counts: pd.Series, code: str) -> None:
    assert estimate_break(counts, pd.Timestamp("2020-03-11")) == Refusal(code)


@pytest.mark.long
def test_false_rises_and_intervals_hold_what_is_promised() -> None:
    rng = np.random.default_rng(7)
    false = held = told = 0
    for _ in range(600):
        level = rng.gamma(10, 0.1, 12) * 50  # dispersion 0.1
        flat = estimate_change(yearly(*rng.poisson(level)))
        rising = estimate_change(yearly(*rng.poisson(level * 1.05 ** np.arange(12))))
        false += isinstance(flat, Change) and flat.word != ""
        if isinstance(rising, Change):
            told += 1
            held += rising.low <= 5 <= rising.high

    assert false / 600 <= 0.05
    assert held / told >= 0.94
