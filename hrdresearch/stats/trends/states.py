"""The change within States, and of each State: whether the change of a list rests on one State.

In a model with a level for each State, a State with many cases in all years does not make a rise by
itself; a State whose coverage grew over the years still does.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from hrdresearch.stats.clustered_share import jackknife_ends
from hrdresearch.stats.trends.change import Change, estimate_change, in_per_cent
from hrdresearch.stats.trends.limits import FEWEST_IN_STATE, FEWEST_STATES, FEWEST_YEARS, WIDEST
from hrdresearch.stats.trends.negative_binomial import (
    LONGEST_STEP,
    MOST_STEPS,
    TOLERANCE,
    Numbers,
    solve_dispersion,
)
from hrdresearch.stats.trends.refusals import Refusal

LEVEL = 0.05


def changes_by_state(counts: pd.DataFrame, is_carried: bool = False) -> dict[str, Change | Refusal]:
    """Change of each State by itself, or why none is stated.

    counts: a row for each State, a column for each year. The intervals are of each State by itself;
    ``words_of_several`` limits the chance of any false word to 5 per cent over all States.
    """
    return {
        str(state): estimate_change(row, is_carried=is_carried) for state, row in counts.iterrows()
    }


def words_of_several(changes: dict[str, Change | Refusal]) -> dict[str, str]:
    """Give ``risen``, ``fallen`` or "" for each State; in 95 of 100 reports no word is false (Holm 1979)."""
    told = {k: c for k, c in changes.items() if isinstance(c, Change)}
    words = dict.fromkeys(told, "")
    ordered = sorted(told, key=lambda k: told[k].probability)
    for n, state in enumerate(ordered):
        if told[state].probability > LEVEL / (len(ordered) - n):
            break
        words[state] = "risen" if told[state].per_cent > 0 else "fallen"
    return words


def changes_without_each(
    counts: pd.DataFrame, least: float = 0.1, is_carried: bool = False
) -> dict[str, Change | Refusal]:
    """Change of all States but one, for each State that holds at least this share of the cases.

    least: the share, 0 to 1.
    """
    parts = counts.sum(axis=1) / counts.to_numpy().sum()
    return {
        str(s): estimate_change(counts.drop(index=s).sum(), is_carried=is_carried)
        for s in counts.index[parts >= least]
    }


def change_within_states(counts: pd.DataFrame) -> Change | Refusal:
    """Estimate the yearly change common to States, each with a level of its own.

    counts: a row for each State, a column for each year. The model is negative binomial with a level for
    each State; the interval is that of the jackknife that leaves one State out at a time, so that years of
    one State may be correlated.
    """
    held = counts[counts.sum(axis=1) > 0]
    if len(counts.columns) < FEWEST_YEARS:
        return Refusal("too_few_years")
    if (held.sum(axis=1) >= FEWEST_IN_STATE).sum() < FEWEST_STATES:
        return Refusal("too_few_states")
    value, dispersion = _common(held)
    without = np.array([_common(held.drop(index=state), dispersion)[0] for state in held.index])
    low, high = jackknife_ends(value, without)
    if high - low > np.log(WIDEST):
        return Refusal("too_wide")
    error = np.sqrt((len(without) - 1) / len(without) * ((without - value) ** 2).sum())
    return Change(
        in_per_cent(value),
        in_per_cent(low),
        in_per_cent(high),
        int(counts.columns[0]),
        int(counts.columns[-1]),
        int(held.to_numpy().sum()),
        float(2 * stats.t.sf(abs(value) / error, len(without) - 1)),
        dispersion,
        0.0,
    )


def _common(counts: pd.DataFrame, dispersion: float | None = None) -> tuple[float, float]:
    """Yearly change of the logarithm that is common to the States of the table, and the dispersion.

    dispersion: if known; else the one at which Pearson's statistic equals its degrees of freedom.
    """
    held = counts.to_numpy(dtype=float)
    when = np.asarray(counts.columns, dtype=float)
    when = when - when.mean()
    freedom = held.size - len(held) - 1

    def surplus(given: float) -> float:
        mu = _fitted(held, when, given)[1]
        return float(((held - mu) ** 2 / (mu + given * mu**2)).sum() - freedom)

    if dispersion is None:
        dispersion = solve_dispersion(surplus)
    return _fitted(held, when, dispersion)[0], dispersion


def _fitted(held: Numbers, when: Numbers, dispersion: float) -> tuple[float, Numbers]:
    """The common slope and the expected counts, by Newton's steps; each State has a level of its own.

    The information is diagonal in the levels, so that a step costs one pass over the table.
    """
    levels, slope = np.log(held.mean(axis=1)), 0.0
    for _ in range(MOST_STEPS):
        mu = np.exp((levels[:, None] + slope * when).clip(-30, 30))
        weights, rest = mu / (1 + dispersion * mu), (held - mu) / (1 + dispersion * mu)
        own, cross = weights.sum(axis=1), weights @ when
        score, common = rest.sum(axis=1), float((rest @ when).sum())
        step = (common - (cross * score / own).sum()) / (
            float((weights @ when**2).sum()) - (cross**2 / own).sum()
        )
        levels = levels + ((score - cross * step) / own).clip(-LONGEST_STEP, LONGEST_STEP)
        slope += float(np.clip(step, -LONGEST_STEP, LONGEST_STEP))
        if abs(step) < TOLERANCE:
            break
    return slope, np.exp(levels[:, None] + slope * when)
