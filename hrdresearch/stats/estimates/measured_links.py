"""Draws overlap tables with the number of links that the measured recall and precision imply.

Linkage misses some pairs of rows that are one person, and links some that are not; labelled pairs show
how many. Here tables are drawn in which missed links are added and false links removed, as many as recall
and precision imply; both are drawn from Beta distributions. Sadinle (2018) draws partitions of the rows
from the posterior of one model of linkage. Here the number of links comes from labels, because a model
that misses a spelling cannot know it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from hrdresearch.stats.estimates.overlap import OverlapTable
from hrdresearch.stats.estimates.refusals import Linkage

TABLES, SEED = 20, 75165
LIKE_PAIRS = 50.0  # labelled pairs that a share without its low end is taken to rest on
MOST_PAIRS = 1e7
JEFFREYS = 0.5
TRIES = 20  # random choices for each link to be made or undone

Cells = Counter[int]  # persons by pattern: a whole number whose bits are the lists


def draw_tables_of_measured_links(
    tables: Sequence[OverlapTable],
    linkage: Linkage,
    linked: OverlapTable | None = None,
    seed: int = SEED,
) -> list[OverlapTable]:
    """Draw a table from each given table, with as many linked pairs as recall and precision imply.

    tables: overlap tables; from a single table 20 are drawn. linked: the table whose links were measured,
    where ``tables`` were drawn from link probabilities; without it, each table itself. A table with too
    few pairs gets more links of the patterns that it holds, in proportion to their counts: a person on one
    list of a pattern is joined with a person on its other lists. In a table with too many pairs, links are
    removed in the same way. A recall or precision that was not measured is taken to be 1.
    """
    rng = np.random.default_rng(seed)
    given = list(tables) * (TABLES if len(tables) == 1 else 1)
    drawn = []
    for table in given:
        pairs = _pairs(_cells(linked or table))
        true = int(rng.binomial(pairs, _share(rng, linkage.precision, linkage.precision_low)))
        recall = _share(rng, linkage.recall, linkage.recall_low)
        missed = int(rng.negative_binomial(true, recall)) if true else 0
        drawn.append(_with_pairs(rng, table, true + missed))
    return drawn


def _share(rng: np.random.Generator, share: float | None, low: float | None) -> float:
    """A share drawn from the Beta distribution that has this low end of its 95 per cent interval."""
    from scipy.optimize import brentq
    from scipy.stats import beta

    if share is None:
        return 1.0

    def ends(pairs: float) -> tuple[float, float]:
        return share * pairs + JEFFREYS, (1 - share) * pairs + JEFFREYS

    def away(log_pairs: float) -> float:
        return float(beta.ppf(0.025, *ends(np.exp(log_pairs)))) - (low or 0.0)

    pairs = LIKE_PAIRS
    if low is not None:
        most = np.log(MOST_PAIRS)
        pairs = np.exp(brentq(away, 0.0, most)) if away(0.0) < 0 < away(most) else MOST_PAIRS
    return float(rng.beta(*ends(pairs)))


def _with_pairs(rng: np.random.Generator, table: OverlapTable, wanted: int) -> OverlapTable:
    """The table with links made, or undone, until it has as many pairs as wanted."""
    cells = _cells(table)
    steps = [
        (z, 1 << i) for z in cells for i in range(z.bit_length()) if z >> i & 1 and z & (z - 1)
    ]
    missing = wanted - _pairs(cells)
    if not steps or not missing:
        return table
    weights = np.array([cells[z] for z, _ in steps], dtype=float)
    turn = 1 if missing > 0 else -1
    for at in rng.choice(len(steps), TRIES * abs(missing), p=weights / weights.sum()):
        whole, row = steps[at]
        rest = whole ^ row
        gained = rest.bit_count()
        parts = (row, rest) if turn > 0 else (whole,)
        if gained > abs(missing) or not all(cells[part] > 0 for part in parts):
            continue
        cells.update({whole: turn})
        cells.update(Counter([row, rest]) if turn < 0 else {row: -1, rest: -1})
        missing -= turn * gained
        if not missing:
            break
    return _table(cells, table.lists)


def _pairs(cells: Cells) -> int:
    return sum(n * (z.bit_count() * (z.bit_count() - 1) // 2) for z, n in cells.items())


def _cells(table: OverlapTable) -> Cells:
    bits = 1 << np.arange(len(table.lists))
    return Counter(dict(zip((table.patterns @ bits).tolist(), table.counts.tolist(), strict=True)))


def _table(cells: Cells, lists: tuple[str, ...]) -> OverlapTable:
    held = sorted(z for z, n in cells.items() if n > 0)
    patterns = [[z >> i & 1 for i in range(len(lists))] for z in held]
    return OverlapTable(lists, np.array(patterns), np.array([cells[z] for z in held]))
