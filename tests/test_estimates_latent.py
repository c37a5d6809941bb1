"""Latent classes: simulated populations, convergence, priors, and estimates put together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrdresearch.estimates import (
    Estimate,
    OverlapTable,
    Prior,
    Refusal,
    compare_priors,
    estimate_latent_classes,
    estimate_log_linear,
    estimate_over_draws,
    table_from_rows,
    total_over_strata,
)
from hrdresearch.stats.estimates.convergence import effective_draws, rank_r_hat
from hrdresearch.stats.estimates.latent_classes import sample_chains, sample_totals

CHANCES = np.array([[0.7, 0.6, 0.5, 0.6], [0.3, 0.25, 0.35, 0.3]])  # of two groups, by list


def drawn(seed: int, persons: int = 600, chances: np.ndarray = CHANCES) -> OverlapTable:
    """A table of an invented population: half easy, half hard to list."""
    rng = np.random.default_rng(seed)
    on = rng.random((persons, chances.shape[1])) < chances[rng.integers(0, len(chances), persons)]
    return table_from_rows(pd.DataFrame(on[on.any(axis=1)].astype(int)).rename(columns=str))


def quick(table: OverlapTable) -> Estimate | Refusal:
    return estimate_latent_classes(table, iterations=4000, burn_in=1000)


def estimate(found: Estimate | Refusal) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def test_two_groups_are_found_and_the_interval_holds_the_number() -> None:
    found = estimate(quick(drawn(3)))
    assert found.low < 600 < found.high
    assert found.listed < found.low
    assert found.measures["r_hat"] < 1.05


def test_the_same_seed_gives_the_same_draws() -> None:
    one, other, another = (sample_totals(drawn(3), Prior(), 50, 2, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, other)
    assert not np.array_equal(one, another)


def test_nobody_listed_is_lost_in_any_draw() -> None:
    table = drawn(4)
    assert sample_totals(table, Prior(), 200, 3).min() >= table.listed


def test_intervals_hold_the_number_as_often_as_they_say_where_the_model_holds() -> None:
    rng = np.random.default_rng(20261129)
    cells = rng.random((100, 500, 3, 1)) < np.array([0.4, 0.5, 0.3])[:, None]
    number = (cells[..., 0] @ [4, 2, 1]).astype(int)  # the pattern of each of 500 persons
    counts = np.array([np.bincount(row, minlength=8)[1:] for row in number])
    patterns = np.array([[n >> 2 & 1, n >> 1 & 1, n & 1] for n in range(1, 8)])
    kept = sample_chains(patterns, counts, Prior(), 2500, seed=1)[:, 500:]
    low, high = np.quantile(kept, [0.025, 0.975], axis=1)
    assert ((low <= 500) & (high >= 500)).sum() >= 90


def test_chains_that_disagree_are_refused() -> None:
    found = estimate_latent_classes(drawn(5), iterations=12, burn_in=2)
    assert isinstance(found, Refusal)
    assert found.code == "chains_disagree"


def test_priors_are_compared_a_row_each() -> None:
    priors = {"two classes": Prior(classes=2), "rare lists": Prior(listed=0.5)}
    found = compare_priors(drawn(6), priors, iterations=3000, burn_in=1000)
    assert found["prior"].tolist() == ["two classes", "rare lists"]
    assert (found["low"] < found["total"]).all()
    assert (found["total"] < found["high"]).all()


@pytest.mark.parametrize("wrong", [{"classes": 1}, {"listed": 0.0}, {"concentration_rate": -1.0}])
def test_a_prior_without_meaning_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="a prior takes two classes or more"):
        Prior(**wrong)  # type: ignore[arg-type]


def test_draws_of_independent_chains_agree_and_count_in_full() -> None:
    chains = np.random.default_rng(1).normal(size=(4, 1000))
    assert rank_r_hat(chains) == pytest.approx(1, abs=0.01)
    assert effective_draws(chains) == pytest.approx(4000, rel=0.15)


def test_draws_that_hang_together_count_less() -> None:
    rng = np.random.default_rng(1)
    walk = np.zeros((4, 4000))
    for i in range(1, 4000):
        walk[:, i] = 0.9 * walk[:, i - 1] + rng.normal(size=4)
    assert effective_draws(walk) == pytest.approx(16_000 * 0.1 / 1.9, rel=0.3)


def test_uncertain_links_make_the_interval_wider() -> None:
    tables = [drawn(seed, persons=500 + 40 * seed) for seed in range(6)]
    one = estimate(estimate_log_linear(tables[3]))
    found = estimate(estimate_over_draws(tables, estimate_log_linear))
    assert found.high - found.low > one.high - one.low
    assert found.measures["share_from_links"] > 0
    assert "over 6 tables drawn from the links" in found.method
    assert "persons are listed, as the links are drawn" in found.notes[-1]


def test_one_table_many_times_gives_the_estimate_of_the_table() -> None:
    table = drawn(7)
    found = estimate(estimate_over_draws([table] * 5, estimate_log_linear))
    once = estimate(estimate_log_linear(table))
    assert found.total == pytest.approx(once.total, rel=0.02)
    assert found.high == pytest.approx(once.high, rel=0.05)


def test_draws_are_refused_when_one_table_is() -> None:
    two_lists = table_from_rows(pd.DataFrame({"a": [1, 1, 0], "b": [0, 1, 1]}))
    found = estimate_over_draws([drawn(8)] * 4 + [two_lists], estimate_log_linear)
    assert isinstance(found, Refusal)
    assert found.reason.startswith("1 of 5 tables drawn from the links are refused:")


def test_too_few_drawn_tables_are_an_error() -> None:
    with pytest.raises(ValueError, match="2 tables: draw 5 or more from the link probabilities"):
        estimate_over_draws([drawn(1)] * 2, estimate_log_linear)


def test_strata_add_up_and_one_refusal_refuses_the_total() -> None:
    north, south = (estimate(estimate_log_linear(drawn(seed))) for seed in (9, 10))
    both = estimate(total_over_strata({"north": north, "south": south}))
    assert both.listed == north.listed + south.listed
    assert both.total == pytest.approx(north.total + south.total, rel=0.03)
    refused = total_over_strata({"north": north, "south": Refusal("no_overlap", "Why.", "What.")})
    assert isinstance(refused, Refusal)
    assert refused.reason == "Stratum south: Why."
