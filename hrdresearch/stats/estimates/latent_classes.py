"""Bayesian latent classes without a fixed number (Manrique-Vallier 2016), sampled by Gibbs steps.

Each person belongs to a class that is not observed; within a class the lists are independent. The shares
of the classes have a stick-breaking prior, so that few classes are used unless the table needs more. The
model, its priors and their defaults are those of the package LCMCR. The sampler works on patterns and not
on persons, so its speed does not depend on the number of persons, and all chains advance together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.stats.estimates.carrying_lists import notes_on_lists
from hrdresearch.stats.estimates.convergence import effective_draws, rank_r_hat
from hrdresearch.stats.estimates.overlap import OverlapTable
from hrdresearch.stats.estimates.refusals import refuse_table
from hrdresearch.stats.estimates.results import Estimate, Refusal

Numbers = NDArray[np.float64]

SEED = 75165
MOST_R_HAT = 1.05  # with a larger R-hat the chains have not found the same answer
KEPT_DRAWS = 20_000
TINY = 1e-12


@dataclass(frozen=True)
class Prior:
    """Prior of the latent class model.

    classes: largest number of classes. concentration_shape, concentration_rate: Gamma prior of the
    concentration; a small concentration means few classes. listed, not_listed: Beta prior of the
    probability that a list names a person of a class (1 and 1: uniform). The total has the prior 1 / N.
    Defaults are those of LCMCR. Raises ValueError for values without meaning.
    """

    classes: int = 5
    concentration_shape: float = 0.25
    concentration_rate: float = 0.25
    listed: float = 1.0
    not_listed: float = 1.0

    def __post_init__(self) -> None:
        """Refuse values without meaning."""
        shapes = (self.concentration_shape, self.concentration_rate, self.listed, self.not_listed)
        if self.classes < 2 or min(shapes) <= 0:
            raise ValueError("a prior takes two classes or more, and shapes and rates above 0")


PRIORS: Mapping[str, Prior] = {
    "as in LCMCR": Prior(),
    "ten classes": Prior(classes=10),
    "more classes expected": Prior(concentration_shape=1.0, concentration_rate=1.0),
    "fewer classes expected": Prior(concentration_shape=0.25, concentration_rate=2.0),
    "lists reach few": Prior(listed=0.5, not_listed=1.0),
}


def estimate_latent_classes(
    table: OverlapTable,
    prior: Prior | None = None,
    iterations: int = 50_000,
    burn_in: int = 10_000,
    chains: int = 4,
    seed: int = SEED,
    level: float = 0.95,
) -> Estimate | Refusal:
    """Estimate the number of persons by latent classes: posterior median and interval of equal tails.

    iterations, burn_in: of each chain; the burn-in is discarded. The estimate is refused when the chains
    have not found the same answer (R-hat above 1.05). ``measures`` of the result has ``r_hat``,
    ``effective_draws`` and the posterior ``mean``.
    """
    if refused := refuse_table(table):
        return refused
    full = table.without_empty_lists()
    return estimate_of_draws(
        full, sample_totals(full, prior or Prior(), iterations, chains, seed)[:, burn_in:], level
    )


def estimate_of_draws(
    table: OverlapTable, kept: NDArray[np.int64], level: float = 0.95
) -> Estimate | Refusal:
    """Estimate from draws of the total; refused when the chains disagree (R-hat above 1.05).

    kept: draws after the burn-in, a row for each chain. level: 0.95 is an interval of 95 per cent.
    """
    r_hat, effective = rank_r_hat(kept), effective_draws(kept)
    if r_hat > MOST_R_HAT:
        return Refusal(
            "chains_disagree",
            f"The {len(kept)} chains have not found the same answer (R-hat {r_hat:.2f}, above "
            f"{MOST_R_HAT}).",
            "Take more iterations; if that does not help, the overlaps are too few to tell one answer.",
        )
    draws = kept[:, :: max(1, kept.size // KEPT_DRAWS)].ravel().astype(float)
    tail = (1 - level) / 2
    low, middle, high = np.quantile(kept, [tail, 0.5, 1 - tail])
    return Estimate(
        total=float(middle),
        low=float(low),
        high=float(high),
        listed=table.listed,
        method="Bayesian latent classes (Manrique-Vallier 2016), posterior median",
        interval="posterior, equal tails",
        level=level,
        standard_error=float(kept.std()),
        draws=draws,
        measures={"r_hat": r_hat, "effective_draws": effective, "mean": float(kept.mean())},
        notes=notes_on_lists(table),
    ).refuse_without_interval()


def compare_priors(
    table: OverlapTable,
    priors: Mapping[str, Prior] = PRIORS,
    iterations: int = 50_000,
    burn_in: int = 10_000,
    chains: int = 4,
    seed: int = SEED,
) -> pd.DataFrame:
    """Estimate one table under several priors: a row for each prior.

    Columns: prior, total, low, high, r_hat, and why_not (the code of the refusal; "" for an estimate).
    """
    rows: list[dict[str, str | float]] = []
    for name, prior in priors.items():
        found = estimate_latent_classes(table, prior, iterations, burn_in, chains, seed)
        if isinstance(found, Refusal):
            rows.append({"prior": name, "why_not": found.code})
        else:
            ends = {"total": found.total, "low": found.low, "high": found.high}
            rows.append({"prior": name, **ends, "r_hat": found.measures["r_hat"], "why_not": ""})
    return pd.DataFrame(rows, columns=["prior", "total", "low", "high", "r_hat", "why_not"])


def sample_totals(
    table: OverlapTable, prior: Prior, iterations: int, chains: int, seed: int = SEED
) -> NDArray[np.int64]:
    """Draw totals for one table: a row for each chain, a column for each iteration, burn-in included.

    table: without empty lists. The chains start from random probabilities.
    """
    counts = np.tile(table.counts, (chains, 1))
    return sample_chains(table.patterns, counts, prior, iterations, seed)


def sample_chains(
    patterns: NDArray[np.int64], counts: NDArray[np.int64], prior: Prior, iterations: int, seed: int
) -> NDArray[np.int64]:
    """Draw totals of chains that may have different tables.

    patterns: 0 or 1, a row for each pattern, a column for each list, the same for all chains. counts:
    persons of each pattern, a row for each chain.
    """
    rng = np.random.default_rng(seed)
    on_lists, listed = patterns.astype(float), counts.sum(axis=1)
    chains, size, classes = len(counts), patterns.shape[1], prior.classes
    chance = rng.beta(1, 1, (chains, size, classes))
    log_share = np.full((chains, classes), -np.log(classes))
    concentration = np.ones(chains)
    totals = np.empty((chains, iterations), dtype=np.int64)
    for i in range(iterations):
        log_on, log_off = np.log(chance), np.log1p(-chance)
        never = log_share + log_off.sum(axis=1)
        weights = on_lists @ (log_on - log_off) + never[:, None, :]
        of_class = rng.multinomial(counts, _shares(weights)).astype(float)
        missed = np.exp(never)
        listed_share = (1 - missed.sum(axis=1)).clip(TINY, 1)
        unlisted = rng.negative_binomial(listed, listed_share)
        totals[:, i] = listed + unlisted
        of_class_all = of_class.sum(axis=1) + rng.multinomial(unlisted, _shares(never))
        on = on_lists.T @ of_class
        off = of_class_all[:, None, :] - on
        chance = rng.beta(prior.listed + on, prior.not_listed + off).clip(TINY, 1 - TINY)
        log_share = _break_sticks(rng, of_class_all, concentration)
        rate = prior.concentration_rate - log_share[:, -1]
        concentration = rng.gamma(prior.concentration_shape + classes - 1, 1 / rate)
    return totals


def _break_sticks(rng: np.random.Generator, persons: Numbers, concentration: Numbers) -> Numbers:
    """Logarithms of the shares of the classes, given the persons of each; a row for each chain."""
    later = persons[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
    broken = _log_gamma(rng, 1 + persons[:, :-1])
    left = _log_gamma(rng, concentration[:, None] + later)
    both = np.logaddexp(broken, left)
    before = np.cumsum(left - both, axis=1)
    shares = np.empty_like(persons)
    shares[:, :-1] = broken - both
    shares[:, -1] = 0
    shares[:, 1:] += before
    return shares


def _log_gamma(rng: np.random.Generator, shape: Numbers) -> Numbers:
    """Logarithm of a gamma variable; exact for shapes so small that the variable itself would be 0."""
    return np.asarray(
        np.log(rng.standard_gamma(shape + 1)) + np.log1p(-rng.random(shape.shape)) / shape
    )


def _shares(logs: Numbers) -> Numbers:
    """Shares that add up to one, along the last axis, from their logarithms."""
    raw = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=-1, keepdims=True))
