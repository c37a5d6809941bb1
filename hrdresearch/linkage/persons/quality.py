"""How good links are, where the identity of rows is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from hrdresearch.linkage.persons.links import Links

THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


def threshold_curve(
    links: Links,
    identities: Mapping[str, pd.Series],
    thresholds: Sequence[float] = THRESHOLDS,
) -> pd.DataFrame:
    """Precision and recall of pairs at several thresholds.

    identities: for each list the true person of each row, with its index. A pair of one person is
    counted whether or not it shares a key. Columns: threshold, links, precision, recall, f1.
    """
    holds = pair_is_true(links, identities)
    true = _true_pairs(links, identities)
    rows = []
    for threshold in thresholds:
        is_link = links.pairs["probability"] >= threshold
        right, found = int((holds & is_link).sum()), int(is_link.sum())
        precision, recall = right / found if found else float("nan"), right / true
        f1 = 2 * right / (found + true)
        rows.append((threshold, found, precision, recall, f1))
    return pd.DataFrame(rows, columns=["threshold", "links", "precision", "recall", "f1"])


def pair_is_true(links: Links, identities: Mapping[str, pd.Series]) -> pd.Series:
    """Whether each pair of ``links.pairs`` is one person; for the calibration of probabilities."""
    who = _who(identities)
    a, b = (
        [who[key] for key in zip(links.pairs[f"list_{s}"], links.pairs[f"row_{s}"], strict=True)]
        for s in "ab"
    )
    return pd.Series(a, index=links.pairs.index) == pd.Series(b, index=links.pairs.index)


def _who(identities: Mapping[str, pd.Series]) -> dict[tuple[str, str], object]:
    return {(name, str(key)): who for name, own in identities.items() for key, who in own.items()}


def _true_pairs(links: Links, identities: Mapping[str, pd.Series]) -> int:
    """Number of pairs of rows that are one person and may be linked."""
    rows: dict[object, list[str]] = {}
    for (name, _), person in _who(identities).items():
        rows.setdefault(person, []).append(name)
    repeats = links.settings.holds_duplicates
    return sum(a != b or a in repeats for own in rows.values() for a, b in combinations(own, 2))
