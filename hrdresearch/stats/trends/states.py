"""The change within States, and of each State: whether one State makes the change of a list.

With an effect of each State, a State that a list began to cover well, and that always has many cases,
does not make a rise by itself; a State whose coverage grew over the years still does.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from hrdresearch.stats.clustered_share import jackknife_ends
from hrdresearch.stats.trends.change import Change, estimate_change, in_per_cent
from hrdresearch.stats.trends.limits import FEWEST_IN_STATE, FEWEST_STATES, FEWEST_YEARS, WIDEST
from hrdresearch.stats.trends.negative_binomial import fit_counts
from hrdresearch.stats.trends.refusals import Refusal

LEVEL = 0.05


def changes_by_state(counts: pd.DataFrame) -> dict[str, Change | Refusal]:
    """Change of each State by itself, or why none is stated.

    counts: a row a State, a column a year. The intervals are of each State by itself;
    ``word_of_several`` keeps false words of all States together at 5 per cent.
    """
    return {str(state): estimate_change(row) for state, row in counts.iterrows()}


def words_of_several(changes: dict[str, Change | Refusal]) -> dict[str, str]:
    """By State ``risen``, ``fallen`` or "", so that in 95 of 100 reports no word is false (Holm 1979)."""
    told = {k: c for k, c in changes.items() if isinstance(c, Change)}
    words = dict.fromkeys(told, "")
    ordered = sorted(told, key=lambda k: told[k].probability)
    for n, state in enumerate(ordered):
        if told[state].probability > LEVEL / (len(ordered) - n):
            break
        words[state] = "risen" if told[state].per_cent > 0 else "fallen"
    return words


def changes_without_each(counts: pd.DataFrame, least: float = 0.1) -> dict[str, Change | Refusal]:
    """Change of all other States together, without each State that holds at least this part of the cases."""
    parts = counts.sum(axis=1) / counts.to_numpy().sum()
    return {
        str(s): estimate_change(counts.drop(index=s).sum()) for s in counts.index[parts >= least]
    }


def change_within_states(counts: pd.DataFrame) -> Change | Refusal:
    """Change in a year common to States, each with a level of its own.

    counts: a row a State, a column a year. Negative binomial with an effect of each State; the interval
    is that of the jackknife that leaves one State out at a time, so that years of one State may be alike.
    """
    held = counts[counts.sum(axis=1) > 0]
    if len(counts.columns) < FEWEST_YEARS:
        return Refusal("too_few_years")
    if (held.sum(axis=1) >= FEWEST_IN_STATE).sum() < FEWEST_STATES:
        return Refusal("too_few_states")
    value, dispersion = _common(held)
    without = np.array([_common(held.drop(index=state))[0] for state in held.index])
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


def _common(counts: pd.DataFrame) -> tuple[float, float]:
    """Change of the logarithm in a year, common to the States of the table, and the dispersion."""
    states, years = counts.shape
    when = np.asarray(counts.columns, dtype=float)
    design = np.column_stack(
        [np.tile(when - when.mean(), states), np.kron(np.eye(states), np.ones((years, 1)))]
    )
    fit = fit_counts(counts.to_numpy(dtype=float).ravel(), design)
    return float(fit.coefficients[0]), fit.dispersion
