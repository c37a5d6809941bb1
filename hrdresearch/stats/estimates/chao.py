"""Chao's lower bound of the number of persons, for lists of differing size."""

from __future__ import annotations

from math import sqrt

from hrdresearch.stats.estimates.carrying_lists import notes_on_lists
from hrdresearch.stats.estimates.overlap import OverlapTable
from hrdresearch.stats.estimates.refusals import refuse_table
from hrdresearch.stats.estimates.results import Estimate, Refusal, log_normal_ends


def chao_lower_bound(table: OverlapTable, level: float = 0.95) -> Estimate | Refusal:
    """Lower bound of the number of all persons, listed or not (Chao 1989).

    Let Z_i be the persons on list i only, and f2 the persons on exactly two lists. The number on no list
    is at least the sum of Z_i Z_j over all pairs of lists, divided by f2 + 1 (Chao 1989, for lists of
    differing size, with her correction for small f2). It is a bound where some persons are easier to
    list than others, for every list alike; lists that avoid each other's persons can make it too high.
    The variance is by the delta method: the number itself plus the squared slopes times the counts (Rivest
    and Baillargeon 2007 use the same form). The older f1^2 / (2 f2) (Chao 1987) assumes lists of one size
    and is too high where sizes differ, so it is not used.
    """
    if refused := refuse_table(table):
        return refused
    times = table.listed_times()
    twice = float(times[1])
    single = table.patterns.sum(axis=1) == 1
    alone = table.patterns[single].T @ table.counts[single]
    pairs = (alone.sum() ** 2 - (alone**2).sum()) / 2
    undocumented = float(pairs / (twice + 1))
    slopes = (alone.sum() - alone) / (twice + 1)
    variance = undocumented + float((slopes**2 * alone).sum())
    variance += (pairs / (twice + 1) ** 2) ** 2 * twice
    error = sqrt(variance)
    low, high = log_normal_ends(table.listed, undocumented, error, level)
    return Estimate(
        total=table.listed + undocumented,
        low=low,
        high=high,
        listed=table.listed,
        method="Chao's lower bound, for lists of differing size",
        interval="log-normal, variance by the delta method",
        level=level,
        standard_error=error,
        measures={"on_one_list": float(times[0]), "on_two_lists": twice},
        notes=(
            "It is a lower bound and not an estimate of the number itself",
            *notes_on_lists(table.without_empty_lists()),
        ),
    ).refuse_without_interval()
