"""Prevalence, sampling, agreement, budgets, bursts and coordination, on small numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrdresearch.linkage.near_texts import BANDS, band_keys, groups_of
from hrdresearch.stats.budgets import recall_at_budgets, wilson
from hrdresearch.stats.bursts import bursts, near_events
from hrdresearch.stats.coordination import coordinated
from hrdresearch.stats.krippendorff import alpha
from hrdresearch.stats.prevalence import estimate
from hrdresearch.stats.sampling import allocation, chance_order, draw


def test_a_share_is_weighted_by_the_size_of_its_stratum() -> None:
    found = estimate(
        pd.Series([True, True, False, False]),
        pd.Series(["high", "high", "low", "low"]),
        pd.Series(["a", "b", "c", "d"]),
        {"high": 10, "low": 90},
    )
    assert (found.share, found.total, found.positives) == (pytest.approx(0.1), pytest.approx(10), 2)
    assert found.low <= found.share <= found.high


def test_a_stratum_without_a_label_is_an_error_and_not_zero() -> None:
    with pytest.raises(ValueError, match="no labelled message in 1 strata"):
        estimate(pd.Series([True]), pd.Series(["high"]), pd.Series(["a"]), {"high": 1, "low": 9})


def test_intervals_cover_the_truth_when_messages_of_an_account_are_alike() -> None:
    chance = np.random.default_rng(1)
    covered, runs = 0, 200
    for _ in range(runs):
        of = chance.integers(0, 600, 6000)
        habit = chance.beta(0.15, 1.35, 600)
        true = chance.random(6000) < habit[of]
        band = np.where(chance.random(6000) < np.where(true, 0.7, 0.1), "high", "low")
        frame = pd.DataFrame({"y": true, "stratum": band, "account": of})
        order = pd.Series(chance.random(6000))
        sample = frame[draw(frame["stratum"], order, 400)]
        found = estimate(
            sample["y"],
            sample["stratum"],
            sample["account"],
            frame["stratum"].value_counts().to_dict(),
        )
        covered += found.low <= true.mean() <= found.high
    assert covered / runs >= 0.93


def test_intervals_cover_a_rare_kind() -> None:
    chance = np.random.default_rng(2)
    covered, runs = 0, 200
    for _ in range(runs):
        true = chance.random(5000) < 0.004
        band = pd.Series(np.where(chance.random(5000) < np.where(true, 0.6, 0.05), "high", "low"))
        chosen = draw(band, pd.Series(chance.random(5000)), 400)
        found = estimate(
            pd.Series(true)[chosen],
            band[chosen],
            pd.Series(range(5000))[chosen],
            band.value_counts().to_dict(),
        )
        covered += found.low <= true.mean() <= found.high
    assert covered / runs >= 0.93


def test_rare_strata_are_drawn_whole_or_with_their_least_number() -> None:
    assert allocation(pd.Series({"low": 10_000, "high": 100, "tiny": 3}), 200).to_dict() == {
        "low": 179,
        "high": 18,
        "tiny": 3,
    }


def test_the_sample_is_the_same_for_the_same_archive() -> None:
    names = pd.Series([f"m{i}" for i in range(50)])
    assert (chance_order(names, "s") == chance_order(names, "s")).all()
    assert (chance_order(names, "s") != chance_order(names, "t")).any()


def test_alpha_agrees_with_the_published_example() -> None:
    # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part A: 0.095.
    codes = pd.DataFrame({"a": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "b": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    assert alpha(codes).value == pytest.approx(0.095, abs=0.001)


def test_alpha_is_one_when_all_agree_and_none_when_nothing_could_differ() -> None:
    assert alpha(pd.DataFrame({"a": [0, 1, 1], "b": [0, 1, 1]})).value == 1
    assert alpha(pd.DataFrame({"a": [1, 1], "b": [1, 1]})).value is None


def test_recall_counts_the_sought_in_the_first_part_of_the_queue() -> None:
    scores, sought = np.arange(100.0), np.zeros(100, dtype=bool)
    sought[[99, 95, 10]] = True
    found = recall_at_budgets(scores, sought)
    assert [found[b].part for b in (0.05, 0.10, 0.20)] == [2, 2, 2]
    assert wilson(0, 10).low == 0 and wilson(0, 10).high == pytest.approx(0.278, abs=0.001)


def test_a_burst_is_measured_against_the_account_itself() -> None:
    quiet = pd.date_range("2022-01-01", periods=60).repeat(2)
    busy = pd.date_range("2022-01-01", periods=60).repeat(30)
    wave = pd.DatetimeIndex(["2022-02-20"] * 25)
    found = bursts(
        pd.Series(["quiet"] * (120 + 25) + ["busy"] * 1800), pd.Series([*quiet, *wave, *busy])
    )
    assert found[["target", "messages", "baseline"]].values.tolist() == [["quiet", 27, 2.0]]


def test_attacks_near_events_stand_beside_what_chance_gives() -> None:
    days = pd.date_range("2022-01-01", periods=200)
    attacks = pd.DataFrame({"target": "p", "day": [*days, *[pd.Timestamp("2022-04-09")] * 40]})
    events = pd.DataFrame({"target": ["p", "stranger"], "day": [pd.Timestamp("2022-04-10")] * 2})
    found = near_events(attacks, events, before=3, after=0)
    assert found is not None and (found.counted, found.events) == (44, 1)
    assert found.expected == pytest.approx(4.8, abs=1.5)
    assert near_events(attacks, events[events["target"] == "stranger"], 3, 0) is None


def test_chance_is_over_all_days_that_were_collected_and_not_only_those_of_attacks() -> None:
    attacks = pd.DataFrame({"target": "p", "day": pd.to_datetime(["2022-06-01", "2022-06-02"])})
    events = pd.DataFrame({"target": ["p"], "day": [pd.Timestamp("2022-06-02")]})
    period = (pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31"))
    found = near_events(attacks, events, before=1, after=0, period=period)
    assert found is not None and (found.counted, found.events) == (2, 1)
    assert found.expected < 0.1


def test_near_identical_messages_are_one_group_and_others_are_none() -> None:
    base = "Patriots know the truth about the river people, share this everywhere today"
    keys = band_keys(
        [base, base + "!!", base.upper(), "A wholly different message on water", "short"]
    )
    groups = groups_of(keys[:, band] for band in range(BANDS))
    assert groups[0] == groups[1] == groups[2] >= 0 and (groups[3:] == -1).all()


def test_coordination_needs_many_accounts_within_a_day_and_lists_none() -> None:
    posts = pd.DataFrame(
        {
            "near_id": ["g"] * 6 + ["h"] * 6,
            "author_id": [f"a{i}" for i in range(6)] + ["one"] * 6,
            "posted_at": pd.to_datetime(["2022-01-01 10:00"] * 12),
            "is_marked": [True, *[False] * 11],
        }
    )
    found = coordinated(posts)
    assert found["is_marked"].tolist() == [True]
    assert found[["messages", "accounts"]].values.tolist() == [[6, 6]]
    assert "author_id" not in found.columns
