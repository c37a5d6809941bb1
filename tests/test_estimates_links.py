"""Links that were missed or false are in the interval, by the measured recall and precision."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hrdresearch.estimates import (
    Design,
    Estimate,
    Linkage,
    ListFacts,
    OverlapTable,
    Target,
    compare_models,
    draw_tables_of_measured_links,
    estimate_log_linear,
    estimate_undocumented,
    range_over_models,
    table_from_counts,
    table_from_rows,
)

LISTS = ("a", "b", "c")
SURE = Linkage(recall=1.0, precision=1.0, recall_low=0.9999, precision_low=0.9999)


def design(linkage: Linkage) -> Design:
    target = Target("invented persons", "nowhere", "2020")
    return Design(tuple(ListFacts(name, target) for name in LISTS), linkage)


def population(rng: np.random.Generator, missed: float, persons: int = 400) -> OverlapTable:
    """Persons on three independent lists; of each list but the first some rows are not recognized."""
    on = rng.random((persons, 3)) < [0.5, 0.4, 0.4]
    lost = on & (rng.random(on.shape) < [0, missed, missed]) & (on.sum(axis=1, keepdims=True) > 1)
    rows = np.vstack([on & ~lost, np.eye(3, dtype=bool)[np.nonzero(lost)[1]]])
    return table_from_rows(pd.DataFrame(rows[rows.any(axis=1)] * 1, columns=list(LISTS)))


def linked_pairs(table: OverlapTable) -> int:
    times = table.patterns.sum(axis=1)
    return int((table.counts * times * (times - 1) // 2).sum())


def estimate(found: object) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def test_links_that_miss_nothing_leave_the_table_as_it_is() -> None:
    table = population(np.random.default_rng(1), 0)
    for drawn in draw_tables_of_measured_links([table], SURE):
        assert abs(drawn.listed - table.listed) <= 1
        assert drawn.patterns.T @ drawn.counts == pytest.approx(table.patterns.T @ table.counts)


@pytest.mark.parametrize(("recall", "precision"), [(0.8, 1.0), (1.0, 0.8)])
def test_tables_have_as_many_pairs_as_recall_and_precision_say(
    recall: float, precision: float
) -> None:
    table = population(np.random.default_rng(2), 0)
    linkage = Linkage(recall, precision, "", 0.999 * recall, 0.999 * precision)
    drawn = draw_tables_of_measured_links([table], linkage)
    pairs = np.mean([linked_pairs(t) for t in drawn])
    assert len(drawn) == 20
    assert pairs == pytest.approx(linked_pairs(table) * precision / recall, rel=0.03)
    for t in drawn:  # rows of each list are neither lost nor made
        assert (t.patterns.T @ t.counts).tolist() == (table.patterns.T @ table.counts).tolist()


def test_drawn_tables_get_as_many_pairs_as_the_measured_links_allow() -> None:
    table = population(np.random.default_rng(3), 0)
    poor = [population(np.random.default_rng(seed), 0.3) for seed in range(5)]
    drawn = draw_tables_of_measured_links(poor, SURE, table)
    assert [abs(linked_pairs(t) - linked_pairs(table)) <= 2 for t in drawn] == [True] * 5


def test_a_table_without_links_gets_none() -> None:
    alone = table_from_counts(
        pd.DataFrame({"a": [1, 0], "b": [0, 1], "c": [0, 0], "count": [4, 5]})
    )
    assert draw_tables_of_measured_links([alone], Linkage(0.5))[0].counts.tolist() == [5, 4]


@pytest.mark.parametrize("wrong", [{"recall": 0.0}, {"recall": 1.2}, {"recall_low": 0.5}])
def test_shares_without_meaning_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="recall and precision are above 0"):
        Linkage(**wrong)  # type: ignore[arg-type]


@pytest.mark.long
def test_intervals_hold_the_number_although_links_were_missed() -> None:
    rng, held, once = np.random.default_rng(20261129), 0, 0
    for _ in range(30):
        table = population(rng, 0.1)
        found = estimate(estimate_undocumented(table, design(Linkage(0.82, 1.0, "", 0.75, 0.99))))
        held += found.low <= 400 <= found.high
        plain = estimate(estimate_log_linear(table))
        once += plain.low <= 400 <= plain.high
    assert held >= 27
    assert once < held


def test_a_table_is_compared_by_five_models() -> None:
    found = compare_models(population(np.random.default_rng(4), 0), 3000, 1000)
    assert len(found) == 5
    given = found[:3]  # the chains of the others may disagree
    assert given["why_not"].tolist() == [""] * 3
    assert (given["low"] < given["total"]).all() and (given["total"] < given["high"]).all()


def test_the_range_over_models_is_said_with_its_models_and_those_that_gave_none() -> None:
    compared = pd.DataFrame(
        {
            "model": ["one", "two", "three"],
            "total": [900.2, 1200.7, np.nan],
            "why_not": ["", "", "x"],
        }
    )
    assert str(range_over_models(compared)) == (
        "The number depends on the model: from one table of these lists 2 models give from 900 (one) to "
        "1,201 (two), listed or not. No number came of: three."
    )
    assert str(range_over_models(compared[2:])) == (
        "No other model was compared. No number came of: three."
    )
