"""How far a coder agrees with labels: precision, recall, F1, accuracy, confusion, by class.

Agreement with an index is agreement, not truth. Intervals are percentiles of a bootstrap that draws
whole clusters (States), with a fixed seed, widened for the number of clusters (Hesterberg 2015, What
Teachers Should Know About the Bootstrap, sect. 5.3); there are none over fewer than ten clusters,
nor where all clusters agree: draws of them would look sure of what they cannot be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

DRAWS, SEED = 1000, 75165
LEAST_CLUSTERS = 10  # below, an interval would pretend to know more than the data do


def confusion(labels: Sequence[str], given: Sequence[str], codes: Sequence[str]) -> np.ndarray:
    """Counts: a row a label, a column a given code, in the order of ``codes``."""
    at = {code: i for i, code in enumerate(codes)}
    table = np.zeros((len(codes), len(codes)))
    np.add.at(table, ([at[x] for x in labels], [at[x] for x in given]), 1)
    return table


def per_class(table: np.ndarray) -> np.ndarray:
    """Precision, recall, F1 and number of labels, a row a class (0 where there is nothing)."""
    hits, labelled, given = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    precision = np.divide(hits, given, out=np.zeros_like(hits), where=given > 0)
    recall = np.divide(hits, labelled, out=np.zeros_like(hits), where=labelled > 0)
    both = given + labelled
    f1 = np.divide(2 * hits, both, out=np.zeros_like(hits), where=both > 0)
    return np.column_stack([precision, recall, f1, labelled])


def measures(
    labels: Sequence[str],
    given: Sequence[str],
    codes: Sequence[str],
    clusters: Sequence[str] | None = None,
    positive: str | None = None,
) -> dict[str, Any]:
    """Plain values: accuracy, macro F1, precision, recall and F1, per class, confusion, intervals.

    precision, recall and f1 are those of ``positive`` where it is given, else macro averages over
    the classes that are labelled.
    """
    codes = [c for c in codes if c in set(labels) or c in set(given)]
    table = confusion(labels, given, codes)
    rows = per_class(table)
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
        found = _intervals(labels, given, codes, clusters, positive)
        out |= {"intervals": found} if found else {}
    return out


def as_text(found: dict[str, Any], title: str) -> str:
    """The same for people: summary, a line a class, and the confusion table."""
    lines = [title, f"n = {found['n']:,}"]
    for key in ("accuracy", "precision", "recall", "f1", "macro_f1"):
        low_high = found.get("intervals", {}).get(key)
        told = f" ({low_high[0]:.3f}-{low_high[1]:.3f})" if low_high else ""
        lines.append(f"{key:10s} {found[key]:.3f}{told}")
    lines.append("")
    lines.append(pd.DataFrame(found["per_class"]).T.round(3).to_string())
    lines.append("\nConfusion (rows: label, columns: given)")
    lines.append(pd.DataFrame(found["confusion"]).T.to_string())
    return "\n".join(lines)


def _summary(table: np.ndarray, codes: Sequence[str], positive: str | None) -> dict[str, Any]:
    rows = per_class(table)
    labelled = rows[rows[:, 3] > 0]
    macro = labelled[:, :3].mean(axis=0) if len(labelled) else np.zeros(3)
    if positive is not None:
        own = rows[list(codes).index(positive), :3] if positive in codes else np.zeros(3)
    else:
        own = macro
    return {
        "precision": float(own[0]),
        "recall": float(own[1]),
        "f1": float(own[2]),
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
            confusion(own["label"].tolist(), own["given"].tolist(), codes)
            for _, own in frame.groupby("cluster")
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
    """Part of the draws beyond each end; smaller than 2.5 per cent, for a bootstrap is too narrow."""
    from scipy.stats import norm, t

    wide = float(t.ppf(0.975, clusters - 1)) * (clusters / (clusters - 1)) ** 0.5
    return float(norm.cdf(-wide))
