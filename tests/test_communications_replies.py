"""Rates of reply by hand: small numbers on the screen, and a slow count beside the fast one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.coding.questions import (
    days_to_reply,
    find_nearest_sentences,
    questions_in_letter,
    split_questions,
)
from hrdresearch.coding.substance import is_substantive, settle_reply_code
from hrdresearch.stats.kappa import compare_coders
from hrdresearch.stats.replies import median_reply_days, reply_rate, reply_rate_within

STATES = np.array(["BRA", "BRA", "COL", "COL", "KEN"])


def flags(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def days(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_the_raw_rate_is_over_all_letters() -> None:
    found = reply_rate(flags(1, 0, 1, 0, 0), STATES)
    assert (found.part, found.whole, found.value) == (2, 5, 0.4)


def test_no_letter_makes_no_rate() -> None:
    found = reply_rate(flags(), np.array([], dtype=str))
    assert (found.value, found.low, found.why) == (None, None, "there is no such letter")


def test_few_states_give_a_rate_without_an_interval() -> None:
    found = reply_rate(flags(1, 0, 1, 0, 0), STATES)
    assert (found.low, found.high) == (None, None)
    assert "5 States" in found.why_no_interval


def test_the_interval_is_the_jackknife_over_states_by_hand() -> None:
    # Five States with 2, 2, 2, 2 and 2 letters, of which 1, 1, 0, 2 and 1 are replied to: 5 of 10.
    states = np.repeat(["AAA", "BBB", "CCC", "DDD", "EEE"], 2)
    found = reply_rate(flags(1, 0, 1, 0, 0, 0, 1, 1, 1, 0), states)
    left = [4 / 8, 4 / 8, 5 / 8, 3 / 8, 4 / 8]  # without one State each
    logits = [np.log(p / (1 - p)) for p in left]
    error = np.sqrt(4 / 5 * sum((x - np.mean(logits)) ** 2 for x in logits))
    reach = 2.776445 * error  # Student's t, 4 degrees of freedom
    assert found.value == 0.5
    assert found.low == pytest.approx(1 / (1 + np.exp(reach)), abs=1e-6)
    assert found.high == pytest.approx(1 / (1 + np.exp(-reach)), abs=1e-6)


def test_letters_to_one_state_widen_the_interval() -> None:
    spread = np.array([f"S{i:02d}" for i in range(20)])
    alike = np.array([f"S{i // 4:02d}" for i in range(20)])
    replied = flags(*([1] * 4 + [0] * 4 + [1] * 4 + [0] * 4 + [1] * 4))
    by_letter, by_state = reply_rate(replied, spread), reply_rate(replied, alike)
    assert by_letter.low is not None and by_state.low is not None
    assert by_state.low < by_letter.low


def test_replies_within_sixty_days_allow_for_letters_that_wait_by_hand() -> None:
    # Replies after 10, 30 and 70 days; two letters have waited 20 and 65 days at the cut-off.
    # At day 10 five are at risk, at day 30 three: 4/5 x 2/3 = 8/15 stay without a reply.
    found = reply_rate_within(days(10, 30, 70, 20, 65), flags(1, 1, 1, 0, 0), STATES, 60, fewest=2)
    assert found.value == pytest.approx(float(1 - Fraction(4, 5) * Fraction(2, 3)))
    assert (found.part, found.whole) == (2, 5)


def test_a_reply_on_the_sixtieth_day_counts() -> None:
    found = reply_rate_within(days(60, 80), flags(1, 0), STATES[:2], 60)
    assert found.value == 0.5


def test_where_nothing_was_observed_so_long_it_is_not_computable() -> None:
    found = reply_rate_within(days(10, 59), flags(1, 0), STATES[:2], 60)
    assert found.value is None
    assert "60 days" in found.why


def test_where_few_were_observed_so_long_it_is_not_computable() -> None:
    # One reply on day 5 and 38 letters that were observed for 10 days: nothing is known of day 60.
    waited, replied = days(5, *[10] * 38, 60), flags(1, *[0] * 39)
    many = np.array([f"S{i}" for i in range(40)])
    found = reply_rate_within(waited, replied, many, 60)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert "fewer than 5 letters" in found.why
    # Where no letter was lost from sight before the sixtieth day nothing is missing.
    every = reply_rate_within(days(5, *[60] * 4), flags(1, 0, 0, 0, 0), STATES, 60)
    assert every.value == pytest.approx(0.2)


def test_the_median_is_not_computable_where_most_letters_wait() -> None:
    assert median_reply_days(days(10, 90, 90), flags(1, 0, 0)) is None
    assert median_reply_days(days(10, 20, 90), flags(1, 1, 0)) == 20


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 120), st.booleans()), min_size=1, max_size=25),
    st.integers(0, 120),
)
def test_the_fast_count_is_the_slow_product(letters: list[tuple[int, bool]], limit: int) -> None:
    stay = Fraction(1)
    for day in sorted({d for d, replied in letters if replied and d <= limit}):
        at_risk = sum(d >= day for d, _ in letters)
        stay *= 1 - Fraction(sum(d == day and r for d, r in letters), at_risk)
    found = reply_rate_within(
        days(*(d for d, _ in letters)),
        flags(*(r for _, r in letters)),
        np.array(["AAA"] * len(letters)),
        limit,
        fewest=1,
    )
    if max(d for d, _ in letters) < limit and not all(replied for _, replied in letters):
        assert found.value is None
    else:
        assert found.value == pytest.approx(float(1 - stay))


def test_two_coders_agree_beyond_chance_by_hand() -> None:
    # 10 replies: both "partial" 4, both "answers" 3, apart 3; chance agreement is 0.5.
    a = ["partial"] * 6 + ["answers"] * 4
    b = ["partial"] * 4 + ["answers"] * 2 + ["answers"] * 3 + ["partial"]
    found = compare_coders(a, b, ("partial", "answers"))
    chance = 0.6 * 0.5 + 0.4 * 0.5
    assert (found.units, found.alike, found.share) == (10, 7, 0.7)
    assert found.kappa == pytest.approx((0.7 - chance) / (1 - chance))
    assert found.weighted_kappa == pytest.approx(found.kappa)  # with two categories they are one


def test_a_distant_disagreement_weighs_more() -> None:
    order = ("acknowledgement", "general_evasive", "partial", "answers")
    near = compare_coders(
        ["acknowledgement", "answers", "partial"], ["general_evasive", "answers", "partial"], order
    )
    far = compare_coders(
        ["acknowledgement", "answers", "partial"], ["answers", "answers", "partial"], order
    )
    assert near.weighted_kappa is not None and far.weighted_kappa is not None
    assert near.weighted_kappa > far.weighted_kappa
    assert near.alike == far.alike


def test_coders_who_use_one_category_only_have_no_kappa() -> None:
    assert compare_coders(["partial"] * 3, ["partial"] * 3, ("partial", "answers")).kappa is None


@pytest.mark.parametrize(
    ("a", "b", "decided", "settled"),
    [
        ("partial", "partial", "not_coded", "partial"),
        ("partial", "answers", "not_coded", "disputed"),
        ("partial", "answers", "answers", "answers"),
        ("partial", "not_coded", "not_coded", "partial"),
        ("not_coded", "not_coded", "not_coded", "not_coded"),
    ],
)
def test_a_reply_is_settled_by_agreement_or_by_a_third(
    a: str, b: str, decided: str, settled: str
) -> None:
    assert settle_reply_code(a, b, decided) == settled


def test_disputed_and_evasive_replies_are_not_substantive() -> None:
    substantive = [
        c
        for c in (
            "acknowledgement",
            "general_evasive",
            "partial",
            "answers",
            "positive_outcome",
            "disputed",
            "not_coded",
        )
        if is_substantive(c)
    ]
    assert substantive == ["partial", "answers", "positive_outcome"]


def test_the_helper_shows_which_question_no_sentence_addresses() -> None:
    questions = split_questions(
        "What was the legal basis of the arrest? | Which steps protect the family?\n"
        "Was the beating investigated?"
    )
    reply = (
        "The constitution guarantees all freedoms. The arrest had a legal basis in article five. "
        "An investigation of the alleged beating has begun."
    )
    found = find_nearest_sentences(questions, reply)
    assert [a.is_addressed for a in found] == [True, False, True]
    assert "article five" in found[0].sentence


def test_an_empty_reply_addresses_nothing() -> None:
    assert [a.score for a in find_nearest_sentences(["Was the beating investigated?"], "")] == [0.0]


LETTER = (
    "1. First annex.\n\nIt is our duty to ask:\n\n1. Please explain the arrest.\n"
    "2. Please say who is in charge. We would appreciate a reply within 45 days. Past this "
    "delay, the letter is published.\n"
)


def test_numbered_requests_of_a_letter_are_printed_as_a_cell_of_the_register(
    tmp_path: Path,
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    printed = CliRunner().invoke(app, ["letter", str(path)]).stdout.splitlines()
    assert split_questions(printed[0]) == [
        "Please explain the arrest.",
        "Please say who is in charge.",
    ]
    assert printed[1:] == ["Requests: 2. Days for a reply: 45."]


def test_a_letter_without_requests_says_so(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Please reply soon.", encoding="utf-8")
    assert CliRunner().invoke(app, ["letter", str(path)]).stdout.splitlines() == [
        "No numbered request was found.",
        "Requests: 0. Days for a reply: not said.",
    ]


@pytest.mark.real
def test_the_requests_of_a_real_letter_and_its_deadline_are_found(
    real_data: Callable[[str], Path],
) -> None:
    text = real_data("sp_letter_sample/un_report.md").read_text(encoding="utf-8")
    found = questions_in_letter(text)
    assert len(found) == 6
    assert all(q.startswith("Please") for q in found)
    assert days_to_reply(text) == 60
    # A reply that takes up the second request alone leaves others unaddressed.
    reply = found[1].replace("Please explain", "The authorities state")
    assert [a.is_addressed for a in find_nearest_sentences(found, reply)].count(True) < 4
