"""Log-linear models and Chao's bound: against hand calculation, and where no estimate exists."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrdresearch.estimates import (
    Estimate,
    LogLinearModels,
    OverlapTable,
    Refusal,
    chao_lower_bound,
    estimate_log_linear,
    fit_log_linear,
    table_from_counts,
)
from hrdresearch.stats.estimates.existence import has_estimate, is_identified
from hrdresearch.stats.estimates.models import model_space
from hrdresearch.stats.estimates.poisson import fit_poisson

# 1,000 persons, on each list with a chance of 0.5, 0.4 and 0.2, independently: 240 are on none.
INDEPENDENT = {"100": 240, "010": 160, "001": 60, "110": 160, "101": 60, "011": 40, "111": 40}
# Table 2 of Chan, Silverman and Vincent (2021): C shares nobody with the others.
SPARSE = {"100": 40, "010": 30, "001": 20, "110": 6}


def table(counts: dict[str, int]) -> OverlapTable:
    names = "ABCDEF"
    rows = [{**{names[i]: int(c) for i, c in enumerate(p)}, "count": n} for p, n in counts.items()]
    return table_from_counts(pd.DataFrame(rows))


def all_models(counts: dict[str, int]) -> LogLinearModels:
    found = fit_log_linear(table(counts))
    assert isinstance(found, LogLinearModels)
    return found


def estimate(found: Estimate | Refusal) -> Estimate:
    assert isinstance(found, Estimate)
    return found


def test_independent_lists_give_the_number_that_made_them() -> None:
    found = estimate(all_models(INDEPENDENT).best("bic"))
    assert found.method == "log-linear model with the lowest BIC: no interactions"
    assert found.total == pytest.approx(1000)
    assert found.low < 1000 < found.high


def test_all_pairs_of_three_lists_give_the_cross_product_by_hand() -> None:
    counts = {"100": 50, "010": 40, "001": 30, "110": 20, "101": 16, "011": 12, "111": 8}
    models = all_models(counts).models.set_index("model")
    by_hand = 50 * 40 * 30 * 8 / (20 * 16 * 12)  # no interaction of all three lists
    assert models.loc["A x B, A x C, B x C", "total"] - 176 == pytest.approx(by_hand)


def test_profile_and_delta_intervals_are_near_each_other_in_a_large_table() -> None:
    large = all_models({p: 100 * n for p, n in INDEPENDENT.items()})
    profile, delta = (estimate(large.best("bic", kind)) for kind in ("profile", "delta"))
    assert profile.low == pytest.approx(delta.low, rel=1e-3)
    assert profile.high == pytest.approx(delta.high, rel=1e-3)


def test_an_average_is_less_sure_than_the_best_model() -> None:
    models = all_models(INDEPENDENT)
    best, averaged = estimate(models.best("aic", "delta")), estimate(models.averaged())
    assert averaged.low < best.low < best.high < averaged.high


@pytest.mark.parametrize(("lists", "order", "models"), [(3, 2, 8), (4, 2, 64), (4, 3, 113)])
def test_every_hierarchical_model_is_there_once(lists: int, order: int, models: int) -> None:
    one_a_cell = {f"{cell:0{lists}b}": 1 for cell in range(1, 2**lists)}
    space = model_space(table(one_a_cell), order)
    assert len(np.unique(space.given, axis=0)) == len(space.given) == models


def test_more_than_six_lists_are_for_latent_classes() -> None:
    seven = OverlapTable(tuple("abcdefg"), np.eye(7, dtype=int), np.ones(7, dtype=int))
    with pytest.raises(ValueError, match=r"merge lists .* or use estimate_latent_classes"):
        model_space(seven)


def test_models_without_an_estimate_are_those_that_chan_and_others_name() -> None:
    space = model_space(table(SPARSE))
    fits = fit_poisson(space.design, space.counts, space.estimated, space.cells)
    exists, identified = has_estimate(space, fits), is_identified(space)
    named = {space.name(m): (exists[m], identified[m]) for m in range(len(exists))}
    assert named == {
        "no interactions": (True, True),
        "A x B": (False, True),
        "A x C": (True, True),
        "B x C": (True, True),
        "A x B, A x C": (False, True),
        "A x B, B x C": (False, True),
        "A x C, B x C": (True, True),
        "A x B, A x C, B x C": (True, False),
    }


def test_a_model_without_an_estimate_says_why_and_is_never_used() -> None:
    # Nobody is on all three lists: with all pairs, the expected number on none runs away.
    models = all_models(
        {"100": 30, "010": 20, "001": 25, "110": 6, "101": 5, "011": 5}
    ).models.set_index("model")
    full = models.loc["A x B, A x C, B x C"]
    assert full["why_not"] == "does not exist"
    assert np.isnan(full["total"])
    assert models.drop("A x B, A x C, B x C")["has_estimate"].all()


def test_a_table_of_which_no_model_has_an_estimate_is_refused() -> None:
    models = all_models(INDEPENDENT)
    none = LogLinearModels(models.space, models.models.assign(has_estimate=False))
    for found in (none.best("aic"), none.averaged()):
        assert isinstance(found, Refusal)
        assert found.code == "not_identified"


def test_chao_is_exact_for_independent_lists_of_differing_size() -> None:
    large = {p: 1000 * n for p, n in INDEPENDENT.items()}
    assert estimate(chao_lower_bound(table(large))).total == pytest.approx(1_000_000, rel=1e-4)


def test_chao_agrees_with_a_calculation_by_hand() -> None:
    alone = {"100": 10, "010": 20, "001": 30}
    found = estimate(chao_lower_bound(table({**alone, "110": 3, "101": 1, "011": 6, "111": 4})))
    undocumented = (10 * 20 + 10 * 30 + 20 * 30) / 11
    slopes = (50**2 * 10 + 40**2 * 20 + 30**2 * 30) / 11**2
    variance = undocumented + slopes + (undocumented / 11) ** 2 * 10
    assert found.total - found.listed == pytest.approx(undocumented)
    assert found.standard_error == pytest.approx(variance**0.5)


@pytest.mark.long
def test_intervals_hold_the_number_as_often_as_they_say_where_the_model_holds() -> None:
    rng = np.random.default_rng(20261129)
    chances = np.array([0.4, 0.3, 0.2, 0.25])
    held = {"best": 0, "averaged": 0, "chao": 0}
    for _ in range(100):
        on = rng.random((800, 4)) < chances
        rows = pd.DataFrame(on[on.any(axis=1)].astype(int), columns=list("abcd")).assign(count=1)
        drawn = table_from_counts(rows)
        models = fit_log_linear(drawn)
        assert isinstance(models, LogLinearModels)
        main = LogLinearModels(models.space, models.models[models.models["parameters"] == 5])
        for name, found in (
            ("best", main.best("aic")),
            ("averaged", models.averaged()),
            ("chao", chao_lower_bound(drawn)),
        ):
            held[name] += estimate(found).low <= 800 <= estimate(found).high
    assert min(held.values()) >= 90, held


def test_the_number_is_estimated_from_six_lists_too() -> None:
    rng = np.random.default_rng(5)
    on = rng.random((500, 6)) < 0.3
    rows = pd.DataFrame(on[on.any(axis=1)].astype(int), columns=list("abcdef")).assign(count=1)
    found = estimate(estimate_log_linear(table_from_counts(rows), order=1))
    assert found.low < 500 < found.high
