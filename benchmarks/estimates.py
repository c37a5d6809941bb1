"""How often intervals of multiple systems estimation hold the number, on invented populations.

    python benchmarks/estimates.py [samples]

Each population has 1,000 persons and four lists. In the first three the models hold: independent lists; two
lists that go together; two groups of which one is harder to list. In the others they do not: a
chance that differs from person to person without groups; lists that share a bias against the same third of
persons, who are hardly reachable; one list that copies half of another. Printed, for each method: part of the
intervals that hold 1,000, the middle of the estimates, and of how many samples there was an estimate.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.estimates import (
    Estimate,
    OverlapTable,
    Prior,
    chao_lower_bound,
    estimate_log_linear,
    table_from_rows,
)
from hrdresearch.stats.estimates.latent_classes import estimate_of_draws, sample_chains

PERSONS, LISTS = 1000, 4
BASE = np.array([0.4, 0.3, 0.2, 0.25])
Population = Callable[[np.random.Generator], NDArray[np.bool_]]
Chances = NDArray[np.float64]


def _by_chance(rng: np.random.Generator, chances: Chances) -> NDArray[np.bool_]:
    return np.asarray(rng.random((PERSONS, LISTS)) < chances)


def _pair(rng: np.random.Generator) -> NDArray[np.bool_]:
    """The second list finds whom the first has three times as often as others."""
    on = _by_chance(rng, BASE)
    on[:, 1] = rng.random(PERSONS) < np.where(on[:, 0], 0.5, 0.17)
    return on


def _groups(rng: np.random.Generator, hard: float) -> NDArray[np.bool_]:
    easy = rng.random((PERSONS, 1)) < 0.5
    return _by_chance(
        rng, np.where(easy, [0.7, 0.6, 0.5, 0.6], np.array([1.2, 1, 1.4, 1.2]) * hard)
    )


def _personal(rng: np.random.Generator) -> NDArray[np.bool_]:
    odds = np.log(BASE / (1 - BASE)) + rng.normal(0, 1, (PERSONS, 1))
    return _by_chance(rng, 1 / (1 + np.exp(-odds)))


def _hidden(rng: np.random.Generator) -> NDArray[np.bool_]:
    hidden = rng.random((PERSONS, 1)) < 1 / 3
    return _by_chance(rng, np.where(hidden, 0.02, BASE))


def _copied(rng: np.random.Generator) -> NDArray[np.bool_]:
    on = _by_chance(rng, BASE)
    on[:, 1] |= on[:, 0] & (rng.random(PERSONS) < 0.5)
    return on


POPULATIONS: dict[str, Population] = {
    "independent lists": lambda rng: _by_chance(rng, BASE),
    "two lists together": _pair,
    "two groups, 0.25": lambda rng: _groups(rng, 0.25),
    "two groups, 0.12": lambda rng: _groups(rng, 0.12),
    "chance by person": _personal,
    "a third hidden": _hidden,
    "half copied": _copied,
}
METHODS: dict[str, Callable[[OverlapTable], object]] = {
    "AIC best, profile": lambda t: estimate_log_linear(t, interval="profile"),
    "AIC averaged": estimate_log_linear,
    "BIC averaged": lambda t: estimate_log_linear(t, "bic"),
    "Chao": chao_lower_bound,
}
PATTERNS = np.array(list(product((0, 1), repeat=LISTS)))[1:]
ITERATIONS, BURN_IN, CHAINS = 8_000, 2_000, 4


def main(samples: int) -> None:
    """Print one line a population and method."""
    print(f"{'population':22} {'method':20} {'held':>6} {'below':>6} {'middle':>7} {'given':>6}")
    for name, population in POPULATIONS.items():
        rng = np.random.default_rng(20261129)
        tables = [_table(population(rng)) for _ in range(samples)]
        every = {method: list(map(estimate, tables)) for method, estimate in METHODS.items()}
        every["latent classes"] = _latent_classes(tables)
        for method, estimates in every.items():
            found = [e for e in estimates if isinstance(e, Estimate)]
            held = np.mean([e.low <= PERSONS <= e.high for e in found])
            below = np.mean([e.low <= PERSONS for e in found])
            middle = np.median([e.total for e in found])
            told = f"{100 * held:6.1f} {100 * below:6.1f} {middle:7.0f} {len(found):6}"
            print(f"{name:22} {method:20} {told}", flush=True)


def _latent_classes(tables: list[OverlapTable]) -> list[object]:
    """Estimates of all tables, whose chains advance together."""
    counts = np.zeros((len(tables), 2**LISTS), dtype=np.int64)
    bits = 1 << np.arange(LISTS)[::-1]
    for row, table in zip(counts, tables, strict=True):
        row[table.patterns @ bits] = table.counts
    chains = np.repeat(counts[:, 1:], CHAINS, axis=0)
    drawn = sample_chains(PATTERNS, chains, Prior(), ITERATIONS, seed=20261129)[:, BURN_IN:]
    parts = drawn.reshape(len(tables), CHAINS, -1)
    return [estimate_of_draws(t, kept) for t, kept in zip(tables, parts, strict=True)]


def _table(on: NDArray[np.bool_]) -> OverlapTable:
    return table_from_rows(pd.DataFrame(on[on.any(axis=1)].astype(int)).rename(columns=str))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
