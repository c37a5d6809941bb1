"""Gives pairs that only their names keep from being a link the probability that links were missed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

Recalls = Mapping[frozenset[str], float]  # of two lists, by their names

FARTHEST = 40.0  # of the logarithm of the odds


def missed_pairs(linked: pd.DataFrame, near: pd.DataFrame, recalls: Recalls) -> pd.DataFrame:
    """Pairs of ``Links.near`` with the probability that they are one person after all.

    The model finds most of these pairs probable, but most that were labelled by hand are two persons. So
    the odds of all pairs of two lists are divided by one number, until not more of them are expected to
    be one person than links were missed. recalls: for two lists the measured share of their true pairs
    that are linked; pairs of other lists are left out.
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
