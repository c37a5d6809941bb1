"""Agreement of given codes with labels: precision, recall, F1 and accuracy, overall and by class.

Agreement with an index is agreement, not truth. Intervals are percentiles of a bootstrap that draws
whole clusters (States), with a fixed seed. They are widened where clusters are few (Hesterberg 2015, What
Teachers Should Know About the Bootstrap, sect. 5.3). There is no interval over fewer than ten
clusters, nor where all draws give the same value: it would be far too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

DRAWS, SEED = 1000, 75165
LEAST_CLUSTERS = 10  # with fewer clusters an interval would be too narrow


def confusion_table(
    labels: Sequence[str], given: Sequence[str], codes: Sequence[str]
) -> np.ndarray:
    """Count how often each given code (columns) stands beside each label (rows).

    Rows and columns are in the order of ``codes``. Raises KeyError for a code outside ``codes``.

    >>> confusion_table(["yes", "yes", "no"], ["yes", "no", "no"], ["yes", "no"]).tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    at = {code: i for i, code in enumerate(codes)}
    table = np.zeros((len(codes), len(codes)))
    np.add.at(table, ([at[x] for x in labels], [at[x] for x in given]), 1)
    return table


def measures_by_class(table: np.ndarray) -> np.ndarray:
    """Precision, recall, F1 and number of labels of each class: a row for each class, four columns.

    table: as from ``confusion_table``. A measure whose denominator is 0 is 0.
    """
    hits, labelled, given = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    precision = np.divide(hits, given, out=np.zeros_like(hits), where=given > 0)
    recall = np.divide(hits, labelled, out=np.zeros_like(hits), where=labelled > 0)
    both = given + labelled
    f1 = np.divide(2 * hits, both, out=np.zeros_like(hits), where=both > 0)
    return np.column_stack([precision, recall, f1, labelled])


def measure_agreement(
    labels: Sequence[str],
    given: Sequence[str],
    codes: Sequence[str],
    clusters: Sequence[str] | None = None,
    positive: str | None = None,
) -> dict[str, Any]:
    """Compare given codes with labels: accuracy, macro F1, precision, recall, F1 and confusion.

    labels, given: one for each text, in the same order. clusters: for example the State of each
    text; with ten clusters or more the result has ``intervals`` of 95 per cent. positive: the class
    whose precision, recall and f1 are returned; without it they are averages over the labelled
    classes. The result holds plain values, ready for JSON.
    """
    codes = [c for c in codes if c in set(labels) or c in set(given)]
    table = confusion_table(labels, given, codes)
    rows = measures_by_class(table)
    out = _summary(table, codes, positive)
    out["n"] = len(labels)
    out["per_class"] = {
        code: dict(zip(("precision", "recall", "f1", "n"), map(float, row), strict=True))
        for code, row in zip(codes, rows, strict=True)
    }
    out["confusion"] = {
        code: dict(zip(codes, map(int, row), strict=True))
        for code, row in zip(codes, table, strict=True)
    }
    if clusters is not None and len(set(clusters)) >= LEAST_CLUSTERS:
        intervals = _intervals(labels, given, codes, clusters, positive)
        out |= {"intervals": intervals} if intervals else {}
    return out


def agreement_in_words(measured: dict[str, Any], title: str) -> str:
    """Write the agreement as text: a summary, one line a class, and the confusion table.

    measured: the result of ``measure_agreement``.
    """
    lines = [title, f"n = {measured['n']:,}"]
    for key in ("accuracy", "precision", "recall", "f1", "macro_f1"):
        low_high = measured.get("intervals", {}).get(key)
        interval = f" ({low_high[0]:.3f}-{low_high[1]:.3f})" if low_high else ""
        lines.append(f"{key:10s} {measured[key]:.3f}{interval}")
    lines.append("")
    lines.append(pd.DataFrame(measured["per_class"]).T.round(3).to_string())
    lines.append("\nConfusion (rows: label, columns: given)")
    lines.append(pd.DataFrame(measured["confusion"]).T.to_string())
    return "\n".join(lines)


def _summary(table: np.ndarray, codes: Sequence[str], positive: str | None) -> dict[str, Any]:
    rows = measures_by_class(table)
    labelled = rows[rows[:, 3] > 0]
    macro = labelled[:, :3].mean(axis=0) if len(labelled) else np.zeros(3)
    if positive is not None:
        chosen = rows[list(codes).index(positive), :3] if positive in codes else np.zeros(3)
    else:
        chosen = macro
    return {
        "precision": float(chosen[0]),
        "recall": float(chosen[1]),
        "f1": float(chosen[2]),
        "accuracy": float(np.trace(table) / max(table.sum(), 1)),
        "macro_f1": float(macro[2]),
    }


def _intervals(
    labels: Sequence[str],
    given: Sequence[str],
    codes: Sequence[str],
    clusters: Sequence[str],
    positive: str | None,
) -> dict[str, list[float]]:
    """95 per cent intervals from drawing clusters with replacement."""
    frame = pd.DataFrame({"label": list(labels), "given": list(given), "cluster": list(clusters)})
    tables = np.array(
        [
            confusion_table(rows["label"].tolist(), rows["given"].tolist(), codes)
            for _, rows in frame.groupby("cluster")
        ]
    )
    random = np.random.default_rng(SEED)
    drawn = [
        _summary(tables[random.integers(0, len(tables), len(tables))].sum(axis=0), codes, positive)
        for _ in range(DRAWS)
    ]
    tail = _tail(len(tables))
    ends = {key: np.quantile([d[key] for d in drawn], [tail, 1 - tail]) for key in drawn[0]}
    return {key: [float(low), float(high)] for key, (low, high) in ends.items() if low < high}


def _tail(clusters: int) -> float:
    """Share of the draws outside each end of the interval.

    It is below 2.5 per cent, because plain percentiles are too narrow for few clusters.
    """
    from scipy.stats import norm, t

    wide = float(t.ppf(0.975, clusters - 1)) * (clusters / (clusters - 1)) ** 0.5
    return float(norm.cdf(-wide))
