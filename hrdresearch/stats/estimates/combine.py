"""Estimates over tables drawn from link probabilities, over strata, and with a declared design."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hrdresearch.stats.estimates.loglinear import estimate_log_linear
from hrdresearch.stats.estimates.measured_links import SEED, draw_tables_of_measured_links
from hrdresearch.stats.estimates.overlap import OverlapTable
from hrdresearch.stats.estimates.refusals import Design, reasons_to_refuse
from hrdresearch.stats.estimates.results import Estimate, Refusal

Method = Callable[[OverlapTable], Estimate | Refusal]

FEWEST_TABLES = 5  # fewer tables hardly show the uncertainty of the links
DRAWS = 20_000


def estimate_undocumented(
    tables: OverlapTable | Sequence[OverlapTable],
    design: Design,
    method: Method = estimate_log_linear,
    linked: OverlapTable | None = None,
) -> Estimate | Refusal:
    """Estimate the number of persons from lists whose design is declared, or refuse.

    tables: one overlap table, or several drawn from link probabilities. linked: with several tables, the
    table of the links whose recall and precision were measured. method: estimates one table. The interval
    includes the uncertainty of the links: tables are drawn with as many links as recall and precision
    imply (``draw_tables_of_measured_links``), and each is estimated. Returns the first of
    ``reasons_to_refuse`` where there is one. Raises ValueError when a list is not declared.
    """
    given = [tables] if isinstance(tables, OverlapTable) else list(tables)
    for table in given:
        if reasons := reasons_to_refuse(table, design):
            return reasons[0]
    found = estimate_over_draws(
        draw_tables_of_measured_links(given, design.linkage, linked), method
    )
    if isinstance(found, Estimate) and design.linkage.recall is not None:
        return replace(found, measures={**found.measures, "recall": design.linkage.recall})
    return found


def estimate_over_draws(
    tables: Sequence[OverlapTable], method: Method = estimate_log_linear, seed: int = SEED
) -> Estimate | Refusal:
    """Combine the estimates from overlap tables that were drawn with different links.

    Draws from the estimates of all tables are pooled, so that the interval includes the uncertainty of
    the links (after Sadinle 2018). An estimate that is not Bayesian is drawn from its log-normal. Links
    that no table has are not included; ``estimate_undocumented`` draws them from the measured recall. The
    number of persons listed differs between tables; ``listed`` is the median. Refused when the estimate
    of any table is refused. Raises ValueError for fewer than five tables.
    """
    if len(tables) < FEWEST_TABLES:
        raise ValueError(
            f"{len(tables)} tables: draw {FEWEST_TABLES} or more from the link probabilities"
        )
    found = [method(table) for table in tables]
    refused = [r for r in found if isinstance(r, Refusal)]
    if refused:
        code, often = Counter(r.code for r in refused).most_common(1)[0]
        first = next(r for r in refused if r.code == code)
        return replace(
            first,
            reason=f"{often} of {len(tables)} tables drawn from the links are refused: {first.reason}",
        )
    estimates = [e for e in found if isinstance(e, Estimate)]
    rng = np.random.default_rng(seed)
    drawn = [e.simulate(rng, max(1, DRAWS // len(estimates))) for e in estimates]
    listed = [e.listed for e in estimates]
    between = float(np.var([d.mean() for d in drawn], ddof=1))
    total = np.concatenate(drawn)
    note = f"from {min(listed):,} to {max(listed):,} persons are listed, as the links are drawn"
    return _from_draws(
        total,
        round(float(np.median(listed))),
        estimates[0],
        f"{estimates[0].method}, over {len(tables)} tables drawn from the links",
        {"tables": float(len(tables)), "share_from_links": between / float(total.var() or 1)},
        (*_shared_notes(estimates), *((note,) if min(listed) < max(listed) else ())),
    )


def total_over_strata(
    estimates: Mapping[str, Estimate | Refusal], seed: int = SEED
) -> Estimate | Refusal:
    """Add up the estimates of strata (places, kinds of perpetrator); refused when one of them is refused.

    estimates: by name of the stratum. Each person, listed or not, must belong to one stratum only.
    Intervals come from sums of draws; the errors of the strata are taken as independent. Raises
    ValueError without a stratum.
    """
    for name, found in estimates.items():
        if isinstance(found, Refusal):
            return replace(found, reason=f"Stratum {name}: {found.reason}")
    kept = [e for e in estimates.values() if isinstance(e, Estimate)]
    if not kept:
        raise ValueError("there is no stratum to add up")
    rng = np.random.default_rng(seed)
    total = np.sum([e.simulate(rng, DRAWS) for e in kept], axis=0)
    return _from_draws(
        total,
        sum(e.listed for e in kept),
        kept[0],
        f"{kept[0].method}, added up over {len(kept)} strata",
        {"strata": float(len(kept))},
        _shared_notes(kept),
    )


def _from_draws(
    total: NDArray[np.float64],
    listed: int,
    like: Estimate,
    method: str,
    measures: Mapping[str, float],
    notes: tuple[str, ...],
) -> Estimate | Refusal:
    tail = (1 - like.level) / 2
    low, middle, high = np.quantile(total, [tail, 0.5, 1 - tail])
    return Estimate(
        total=float(middle),
        low=float(low),
        high=float(high),
        listed=listed,
        method=method,
        interval="quantiles of the draws put together",
        level=like.level,
        standard_error=float(total.std()),
        draws=total,
        measures=measures,
        notes=notes,
    ).refuse_without_interval()


def _shared_notes(estimates: Sequence[Estimate]) -> tuple[str, ...]:
    """Notes of all estimates, each once."""
    return tuple(dict.fromkeys(note for e in estimates for note in e.notes))
