"""Prevalence, sampling, agreement, budgets, bursts and coordination, on small numbers."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd
import pytest

from hrdresearch.linkage.near_texts import BANDS, group_near_texts, hash_bands
from hrdresearch.run.steps.online_queue import FIRST_OF_GROUP
from hrdresearch.stats.agreement import agreement_in_words, measure_agreement
from hrdresearch.stats.bursts import FEWEST_DAYS, RARE, SIZES, Bursts, find_bursts, size_weights
from hrdresearch.stats.coordination import find_same_content_groups
from hrdresearch.stats.krippendorff import Alpha, krippendorff_alpha
from hrdresearch.stats.near_events import count_near_events
from hrdresearch.stats.prevalence import estimate_prevalence, estimate_share_of_strata
from hrdresearch.stats.ratio import estimate_prevalence_with_machine
from hrdresearch.stats.review_budgets import recall_at_budgets, wilson_share
from hrdresearch.stats.sampling import allocate_sample, draw_sample, random_order
from hrdresearch.studies.online_attacks.claims import ENOUGH_LABELS


def test_a_share_is_weighted_by_the_size_of_its_stratum() -> None:
    found = estimate_prevalence(
        pd.Series([True, True, False, False]),
        pd.Series(["high", "high", "low", "low"]),
        {"high": 10, "low": 90},
    )
    assert (found.share, found.total, found.positives) == (pytest.approx(0.1), pytest.approx(10), 2)
    assert found.low <= found.share <= found.high


def test_a_stratum_without_a_label_is_an_error_and_not_zero() -> None:
    with pytest.raises(ValueError, match="no labelled message in 1 strata"):
        estimate_prevalence(pd.Series([True]), pd.Series(["high"]), {"high": 1, "low": 9})


def test_an_archive_that_was_read_in_full_leaves_nothing_open() -> None:
    found = estimate_prevalence(pd.Series([True, False]), pd.Series(["a", "b"]), {"a": 1, "b": 1})
    assert (found.low, found.share, found.high) == (0.5, 0.5, 0.5)


def test_with_one_stratum_the_interval_is_that_of_the_score_test() -> None:
    # Wilson's interval of 7 of 50 is 6.95 to 26.19; skewness moves the lower end outward.
    low, high = estimate_share_of_strata(np.array([7.0]), np.array([50.0]), np.array([1e9]))[1:]
    assert (low, high) == (pytest.approx(0.0648, abs=0.001), pytest.approx(0.2619, abs=0.0005))


@pytest.mark.long
@pytest.mark.parametrize(("rate", "seed"), [(0.2, 1), (0.02, 2), (0.004, 3)])
def test_intervals_of_shares_cover_the_truth_for_common_and_rare_kinds(
    rate: float, seed: int
) -> None:
    """Twelve groups, accounts that are alike in themselves, and a machine that errs."""
    chance = np.random.default_rng(seed)
    habit = chance.beta(0.15, 0.15 * (1 / rate - 1), 600)
    true = chance.random(6000) < habit[chance.integers(0, 600, 6000)]
    said = chance.random(6000) < np.where(true, 0.7, 0.05)
    stratum = pd.Series(2 * chance.integers(0, 6, 6000) + said).astype(str)
    kind = chance.random(6000) < np.where(true, 0.6, 0.1)  # finer than the bands
    sizes = stratum.value_counts().to_dict()
    said_sizes = stratum[kind].value_counts().to_dict()
    plain, helped, runs, widths = 0, 0, 200, []
    for _ in range(runs):
        at = draw_sample(stratum, pd.Series(chance.random(6000)), 400).to_numpy()
        y, of = pd.Series(true[at]), stratum[at].reset_index(drop=True)
        found = estimate_prevalence(y, of, sizes)
        more = estimate_prevalence_with_machine(y, pd.Series(kind[at]), of, said_sizes, sizes)
        plain += found.low <= true.mean() <= found.high
        helped += more.low <= true.mean() <= more.high
        widths.append(found.high - found.low)
    # Of a rare kind only one end can err, so that no more than 2.5 per cent are missed.
    most = 0.975 if rate > 0.1 else 0.995
    assert 0.93 <= plain / runs <= most and 0.93 <= helped / runs <= most
    assert np.mean(widths) < 0.1


@pytest.mark.long
@pytest.mark.parametrize(("rate", "groups"), [(0.3, 3), (0.1, 6), (0.03, 15)])
def test_a_hundred_labels_cover_the_truth_where_two_of_each_group_come_first(
    rate: float, groups: int
) -> None:
    """Six to thirty groups of unequal size, as the review queue gives a sample of 800 out."""
    chance = np.random.default_rng(groups)
    true = (
        chance.random(6000)
        < chance.beta(0.15, 0.15 * (1 / rate - 1), 600)[chance.integers(0, 600, 6000)]
    )
    said = chance.random(6000) < np.where(true, 0.7, 0.05)
    size = 1 / np.arange(1, groups + 1)
    language = chance.choice(groups, 6000, p=size / size.sum())
    stratum = pd.Series(2 * language + said).astype(str)
    sizes = stratum.value_counts().to_dict()
    covered, widths, runs = 0, [], 200
    for _ in range(runs):
        sampled = draw_sample(stratum, pd.Series(chance.random(6000)), 800)
        queue = pd.DataFrame({"true": true, "stratum": stratum})[sampled].sample(
            frac=1, random_state=chance
        )
        is_late = queue.groupby("stratum").cumcount() >= FIRST_OF_GROUP
        labelled = pd.concat([queue[~is_late], queue[is_late]]).head(ENOUGH_LABELS)
        found = estimate_prevalence(labelled["true"], labelled["stratum"], sizes)
        covered += found.low <= true.mean() <= found.high
        widths.append(found.high - found.low)
    assert 0.92 <= covered / runs <= 0.995
    assert np.mean(widths) < 0.2


def test_rare_strata_are_drawn_whole_or_with_their_least_number() -> None:
    assert allocate_sample(pd.Series({"low": 10_000, "high": 100, "tiny": 3}), 200).to_dict() == {
        "low": 179,
        "high": 18,
        "tiny": 3,
    }


def test_the_sample_is_the_same_for_the_same_archive() -> None:
    names = pd.Series([f"m{i}" for i in range(50)])
    assert (random_order(names, "s") == random_order(names, "s")).all()
    assert (random_order(names, "s") != random_order(names, "t")).any()


def test_alpha_agrees_with_the_published_example() -> None:
    # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part A: 0.095.
    codes = pd.DataFrame({"a": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "b": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    assert krippendorff_alpha(codes).value == pytest.approx(0.095, abs=0.001)


def test_alpha_is_one_when_all_agree_and_none_when_nothing_could_differ() -> None:
    assert krippendorff_alpha(pd.DataFrame({"a": [0, 1, 1], "b": [0, 1, 1]})).value == 1
    assert krippendorff_alpha(pd.DataFrame({"a": [1, 1], "b": [1, 1]})).value is None
    nothing = pd.DataFrame({"a": [], "b": []}, dtype=float)
    assert krippendorff_alpha(nothing) == Alpha(None, None, None, 0)


def test_an_interval_of_alpha_needs_five_messages_on_which_people_differ() -> None:
    first = pd.Series([0, 1] * 50)
    four, five = (first.where(first.index >= n, 1 - first) for n in (4, 5))
    none, some = (krippendorff_alpha(pd.DataFrame({"a": first, "b": b})) for b in (four, five))
    assert none.value == pytest.approx(0.92, abs=0.01) and none.low is None and none.high is None
    assert some.low is not None and some.value is not None and some.low < some.value


@pytest.mark.parametrize(
    ("alpha", "is_enough"),
    [
        (Alpha(0.75, 0.68, 0.81, 300), True),
        (Alpha(0.75, 0.66, 0.82, 300), False),
        (Alpha(0.85, None, None, 300), True),
        (Alpha(0.75, None, None, 300), False),
        (Alpha(None, None, None, 300), False),
    ],
)
def test_agreement_is_enough_from_0_667_at_its_lower_end(alpha: Alpha, is_enough: bool) -> None:
    assert alpha.is_enough == is_enough


def test_samples_of_units_have_the_alpha_of_the_library() -> None:
    chance = np.random.default_rng(1)
    codes = chance.integers(0, 3, (60, 2))
    codes[:40, 1] = codes[:40, 0]
    found = krippendorff_alpha(pd.DataFrame(codes))
    drawn = [
        krippendorff.alpha(codes[chance.integers(0, 60, 60)].T, level_of_measurement="nominal")
        for _ in range(1000)
    ]
    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.03)


@pytest.mark.long
def test_an_interval_of_agreement_needs_ten_clusters_and_covers_with_twelve() -> None:
    chance, covered = np.random.default_rng(12), 0
    for _ in range(100):
        sizes = chance.integers(3, 15, 12)
        right = chance.random(sizes.sum()) < np.repeat(chance.beta(8, 2, 12), sizes)
        labels = chance.choice(["x", "y"], sizes.sum())
        given = np.where(right, labels, np.where(labels == "x", "y", "x"))
        told = measure_agreement(
            labels, given, ["x", "y"], np.repeat(np.arange(12), sizes).astype(str)
        )
        low, high = told["intervals"]["accuracy"]
        covered += low <= 0.8 <= high
    assert 0.92 <= covered / 100 <= 0.98
    assert "intervals" not in measure_agreement(
        ["x"] * 9, ["x"] * 9, ["x"], [str(i) for i in range(9)]
    )


def test_draws_without_a_class_do_not_pull_its_interval_to_zero() -> None:
    found_of_ten = {"A": 9, "B": 7}
    rows = [
        (state, "yes" if state in found_of_ten else "no", n < found_of_ten.get(state, 0))
        for state in "ABCDEFGHIJKL"
        for n in range(10)
    ]
    told = measure_agreement(
        [label for _, label, _ in rows],
        ["yes" if is_found else "no" for _, _, is_found in rows],
        ("yes", "no"),
        [state for state, _, _ in rows],
        positive="yes",
    )
    assert told["recall"] == pytest.approx(0.8) and told["precision"] == 1
    assert told["intervals"]["recall"] == pytest.approx([0.7, 0.9], abs=0.001)
    assert "precision" not in told["intervals"]


def test_a_measure_that_no_text_can_tell_is_not_known_and_not_zero() -> None:
    told = measure_agreement(["yes", "no"], ["no", "no"], ("yes", "no"), positive="yes")
    assert (told["precision"], told["recall"], told["accuracy"]) == (None, 0, 0.5)
    assert told["per_class"]["yes"]["precision"] is None
    assert "precision  not known" in agreement_in_words(told, "Title")
    none = measure_agreement(["no"], ["no"], ("yes", "no"), positive="yes")
    assert (none["precision"], none["recall"], none["f1"]) == (None, None, None)


def test_recall_counts_the_sought_in_the_first_part_of_the_queue() -> None:
    scores, sought = np.arange(100.0), np.zeros(100, dtype=bool)
    sought[[99, 95, 10]] = True
    found = recall_at_budgets(scores, sought)
    assert [found[b].part for b in (0.05, 0.10, 0.20)] == [2, 2, 2]
    assert wilson_share(0, 10).low == 0 and wilson_share(0, 10).high == pytest.approx(
        0.278, abs=0.001
    )


FIRST = pd.Timestamp("2022-01-01")


def found_in(days: list[np.ndarray]) -> Bursts:
    """Bursts of accounts with so many messages on each day from the first of January on."""
    at = [np.repeat(np.arange(len(one)), one) for one in days]
    found = find_bursts(
        pd.Series(np.repeat(np.arange(len(at)), [len(a) for a in at])),
        pd.Series(FIRST + pd.to_timedelta(np.concatenate(at), unit="D")),
        pd.Series(FIRST, index=range(len(at))),
        FIRST + pd.Timedelta(days=len(days[0]) - 1),
    )
    assert found is not None
    return found


def test_a_burst_is_measured_against_the_account_itself() -> None:
    quiet, busy = np.full(60, 2), np.full(60, 30)
    quiet[50] += 25
    found = found_in([quiet, busy])
    told = found.found[["target", "first", "messages", "baseline"]].to_numpy().tolist()
    assert told == [[0, FIRST + pd.Timedelta(days=50), 27, 2.0]]
    assert found.days == 2 * (60 - FEWEST_DAYS) and found.by_chance <= RARE * found.days


@pytest.mark.parametrize("mean", [0.1, 0.5, 2.0, 20.0])
@pytest.mark.parametrize("size", [0.3, 1.0, 4.0, None])
def test_false_bursts_are_no_more_than_the_number_by_chance(
    mean: float, size: float | None
) -> None:
    """Forty account-years without any burst, from sparse to busy, Poisson (no size) to very uneven."""
    chance = np.random.default_rng(8)
    days = [
        chance.poisson(mean, 730)
        if size is None
        else chance.negative_binomial(size, size / (size + mean), 730)
        for _ in range(20)
    ]
    found = found_in(days)
    assert found.by_chance <= 1
    # Of a Poisson number with mean 1, more than four is met once in 270 times.
    assert len(found.found) <= 4


def test_false_bursts_stay_rare_with_a_rhythm_of_the_week_and_a_mean_that_grows() -> None:
    chance = np.random.default_rng(9)
    week = np.array([0.7, 0.7, 0.7, 0.7, 0.7, 1.75, 1.75])[np.arange(730) % 7]
    grows = 0.3 * np.exp(np.linspace(0, 3, 730))
    for mean in (week, 5 * week, grows):
        found = found_in(
            [chance.poisson(mean) for _ in range(10)]
            + [chance.negative_binomial(1, 1 / (1 + mean)) for _ in range(10)]
        )
        assert len(found.found) <= 4


def test_a_burst_of_ten_days_in_a_sparse_account_hides_neither_itself_nor_the_next() -> None:
    chance = np.random.default_rng(10)
    found = 0
    for _ in range(20):
        days = chance.negative_binomial(1, 1 / 1.3, 730)
        days[[300, 301, 320]] += 25
        told = found_in([days]).found
        found += sum((told["first"] <= (at := FIRST + pd.Timedelta(days=d))) & (told["last"] >= at)
                     for d in (300, 301, 320)).ge(1).sum() >= 2  # fmt: skip
    assert found >= 19


def test_the_size_of_the_model_is_found_again_and_a_few_bursts_do_not_change_it() -> None:
    chance = np.random.default_rng(11)
    days = chance.negative_binomial(1, 1 / 3, 1460)
    with_bursts = days.copy()
    with_bursts[::240] += 200
    for counts in (days, with_bursts):
        assert 0.6 < np.exp((size_weights(counts) * np.log(SIZES)).sum()) < 1.6


def test_an_account_followed_for_two_weeks_has_no_baseline_and_so_no_number_of_bursts() -> None:
    day = pd.Series([FIRST] * 9)
    since = pd.Series(FIRST, index=["p"])
    assert find_bursts(pd.Series(["p"] * 9), day, since, FIRST + pd.Timedelta(days=13)) is None


def test_attacks_near_events_stand_beside_what_chance_gives() -> None:
    days = pd.date_range("2022-01-01", periods=200)
    attacks = pd.DataFrame({"target": "p", "day": [*days, *[pd.Timestamp("2022-04-09")] * 40]})
    events = pd.DataFrame({"target": ["p", "stranger"], "day": [pd.Timestamp("2022-04-10")] * 2})
    found = count_near_events(attacks, events, before=3, after=0)
    assert found is not None and (found.counted, found.events) == (44, 1)
    assert found.expected == pytest.approx(4.8, abs=1.5)
    assert count_near_events(attacks, events[events["target"] == "stranger"], 3, 0) is None
    long_ago = events.assign(day=pd.Timestamp("2019-04-10"))
    assert count_near_events(attacks, long_ago, 3, 0) is None  # and not 0 messages


def test_chance_is_over_all_days_that_were_collected_and_not_only_those_of_attacks() -> None:
    attacks = pd.DataFrame({"target": "p", "day": pd.to_datetime(["2022-06-01", "2022-06-02"])})
    events = pd.DataFrame({"target": ["p"], "day": [pd.Timestamp("2022-06-02")]})
    period = (pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31"))
    found = count_near_events(attacks, events, before=1, after=0, period=period)
    assert found is not None and (found.counted, found.events) == (2, 1)
    assert found.expected < 0.1


def test_near_identical_messages_are_one_group_and_others_are_none() -> None:
    base = "Patriots know the truth about the river people, share this everywhere today"
    keys = hash_bands(
        [base, base + "!!", base.upper(), "A wholly different message on water", "short"]
    )
    groups = group_near_texts(keys[:, band] for band in range(BANDS))
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
    found = find_same_content_groups(posts)
    assert found["is_marked"].tolist() == [True]
    assert found[["messages", "accounts"]].values.tolist() == [[6, 6]]
    assert "author_id" not in found.columns
