"""Measures precision and recall of links, where the identity of rows is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.linkage.persons.links import Links

DRAWS, SEED = 4000, 75165
THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


class MeasuredShare(NamedTuple):
    """A share between 0 and 1 with its interval of 95 per cent."""

    value: float
    low: float
    high: float


def measure_sampled_pairs(labelled: pd.DataFrame) -> tuple[MeasuredShare, MeasuredShare]:
    """Estimate precision and recall over all pairs, from a stratified sample of labelled pairs.

    labelled: a row for each drawn pair, with stratum, is_link, is_same, and size: the number of pairs of the
    stratum with the same is_link, drawn or not. Intervals: the share of one person among the pairs that
    were not drawn is drawn from the Beta distribution with the prior of Jeffreys, so that "none of 60"
    does not count as "none". Returns precision and recall. Raises ValueError where more pairs were drawn
    than a stratum has.
    """
    chance = np.random.default_rng(SEED)
    weighted, drawn = np.zeros((2, 2)), np.zeros((2, 2, DRAWS))  # by is_link and is_same
    for _, own in labelled.groupby(["stratum", "is_link"]):
        is_link = bool(own["is_link"].iloc[0])
        seen, size = np.bincount(own["is_same"].astype(int), minlength=2), int(own["size"].iloc[0])
        if size < len(own):
            raise ValueError("more pairs were drawn from a stratum than there are in it")
        weighted[int(is_link)] += seen * size / len(own)
        share = chance.beta(seen[1] + 0.5, seen[0] + 0.5, DRAWS)
        same = seen[1] + chance.binomial(size - len(own), share)
        drawn[int(is_link)] += np.stack([size - same, same])
    (_, missed), (wrong, right) = weighted
    low_high = [_interval(drawn[1, 1], drawn[1, 0]), _interval(drawn[1, 1], drawn[0, 1])]
    values = [_share(right, wrong), _share(right, missed)]
    found = [
        MeasuredShare(value, min(low, value), max(high, value))
        for value, (low, high) in zip(values, low_high, strict=True)
    ]
    return found[0], found[1]


def _share(part: float, rest: float) -> float:
    return float(part / (part + rest)) if part + rest else float("nan")


def _interval(part: NDArray[np.float64], rest: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(part / np.maximum(part + rest, 1), [0.025, 0.975])
    return float(low), float(high)


def threshold_curve(
    links: Links,
    identities: Mapping[str, pd.Series],
    thresholds: Sequence[float] = THRESHOLDS,
) -> pd.DataFrame:
    """Precision and recall of the links at several thresholds, a row for each threshold.

    identities: for each list the true person of each row, by row key. All true pairs count, also those
    that share no key. Columns: threshold, links, precision, recall, f1.
    """
    holds = label_pairs(links, identities)
    true = _true_pairs(links, identities)
    rows = []
    for threshold in thresholds:
        is_link = links.pairs["probability"] >= threshold
        right, found = int((holds & is_link).sum()), int(is_link.sum())
        precision, recall = right / found if found else float("nan"), right / true
        f1 = 2 * right / (found + true)
        rows.append((threshold, found, precision, recall, f1))
    return pd.DataFrame(rows, columns=["threshold", "links", "precision", "recall", "f1"])


def label_pairs(links: Links, identities: Mapping[str, pd.Series]) -> pd.Series:
    """Label each pair of ``links.pairs``: True where it is one person.

    identities: as for ``threshold_curve``.
    """
    who = _person_by_row(identities)
    a, b = (
        [who[key] for key in zip(links.pairs[f"list_{s}"], links.pairs[f"row_{s}"], strict=True)]
        for s in "ab"
    )
    return pd.Series(a, index=links.pairs.index) == pd.Series(b, index=links.pairs.index)


def _person_by_row(identities: Mapping[str, pd.Series]) -> dict[tuple[str, str], object]:
    return {(name, str(key)): who for name, own in identities.items() for key, who in own.items()}


def _true_pairs(links: Links, identities: Mapping[str, pd.Series]) -> int:
    """Number of pairs of rows that are one person and may be linked."""
    rows: dict[object, list[str]] = {}
    for (name, _), person in _person_by_row(identities).items():
        rows.setdefault(person, []).append(name)
    repeats = links.settings.holds_duplicates
    return sum(a != b or a in repeats for own in rows.values() for a, b in combinations(own, 2))
