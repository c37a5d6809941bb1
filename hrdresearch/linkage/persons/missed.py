"""Pairs that are no link because of their names alone, drawn as often as links are missed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

Recalls = Mapping[frozenset[str], float]  # of two lists, by their names

FARTHEST = 40.0  # of the logarithm of the odds


def missed_pairs(linked: pd.DataFrame, near: pd.DataFrame, recalls: Recalls) -> pd.DataFrame:
    """Pairs of ``Links.near`` with the probability that they are one person all the same.

    The model holds most of them for likely, and labelled ones were mostly two persons: so the odds of all
    pairs of two lists are divided by one number, until no more of them are expected than links were missed.
    recalls: measured share of the true pairs of two lists that are linked; pairs of lists without it are left
    out.
    """
    lists = [frozenset(map(str, ends)) for ends in near[["list_a", "list_b"]].to_numpy()]
    number = pd.Series(
        [frozenset(e) for e in linked[["list_a", "list_b"]].to_numpy()]
    ).value_counts()
    found = [
        own.assign(probability=_expected(own["probability"], number.get(two, 0) * (1 / recall - 1)))
        for two, recall in recalls.items()
        if len(own := near[[ends == two for ends in lists]])
    ]
    return pd.concat(found) if found else near.iloc[:0]


def _expected(probability: pd.Series, most: float) -> pd.Series:
    """Probabilities whose odds are divided by one number, until they add up to ``most`` or less."""
    from scipy.optimize import brentq
    from scipy.special import expit, logit

    odds = logit(probability.clip(1e-6, 1 - 1e-6))
    if probability.sum() <= most:
        return probability
    if most <= 0:
        return probability * 0.0
    shift = brentq(lambda by: float(expit(odds - by).sum()) - most, 0, FARTHEST)
    return pd.Series(expit(odds - shift), index=probability.index)
