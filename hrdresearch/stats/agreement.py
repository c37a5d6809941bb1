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

    table: as from ``confusion_table``. A measure whose denominator is 0 is not known: NaN.

    >>> measures_by_class(np.array([[0.0, 2.0], [0.0, 2.0]])).tolist()[0]
    [nan, 0.0, 0.0, 2.0]
    """
    hits, labelled, given = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    parts = [(hits, given), (hits, labelled), (2 * hits, given + labelled)]
    measures = [np.divide(n, of, out=np.full_like(hits, np.nan), where=of > 0) for n, of in parts]
    return np.column_stack([*measures, labelled])


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
    classes for which they are known. The result holds plain values, ready for JSON; a measure that
    is not known, such as the precision of a class that was never given, is None.
    """
    codes = [c for c in codes if c in set(labels) or c in set(given)]
    table = confusion_table(labels, given, codes)
    rows = measures_by_class(table)
    out: dict[str, Any] = {
        k: number_or_none(v) for k, v in _summary(table, codes, positive).items()
    }
    out["n"] = len(labels)
    out["per_class"] = {
        code: dict(zip(("precision", "recall", "f1", "n"), map(number_or_none, row), strict=True))
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
        value = "not known" if measured[key] is None else f"{measured[key]:.3f}"
        lines.append(f"{key:10s} {value}{interval}")
    lines.append("")
    by_class = pd.DataFrame(measured["per_class"], dtype=float).T.round(3)
    lines.append(by_class.to_string(na_rep="not known"))
    lines.append("\nConfusion (rows: label, columns: given)")
    lines.append(pd.DataFrame(measured["confusion"]).T.to_string())
    return "\n".join(lines)


def _summary(table: np.ndarray, codes: Sequence[str], positive: str | None) -> dict[str, float]:
    """Measures of all classes, or of one; NaN for those that are not known."""
    rows = measures_by_class(table)
    macro = [_mean_of_known(column) for column in rows[rows[:, 3] > 0, :3].T]
    chosen = macro
    if positive is not None:
        at = list(codes).index(positive) if positive in codes else None
        chosen = [np.nan] * 3 if at is None else rows[at, :3].tolist()
    return {
        **dict(zip(("precision", "recall", "f1"), chosen, strict=True)),
        "accuracy": np.trace(table) / table.sum() if table.any() else np.nan,
        "macro_f1": macro[2],
    }


def _mean_of_known(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def number_or_none(value: float) -> float | None:
    """The number, or None if it is not known (NaN), as JSON has it."""
    return None if np.isnan(value) else float(value)


def _intervals(
    labels: Sequence[str],
    given: Sequence[str],
    codes: Sequence[str],
    clusters: Sequence[str],
    positive: str | None,
) -> dict[str, list[float]]:
    """95 per cent intervals from drawing clusters with replacement.

    A draw without the class says nothing of its measures, so it is left out of their intervals.
    """
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
    known = {key: [d[key] for d in drawn if not np.isnan(d[key])] for key in drawn[0]}
    ends = {key: np.quantile(values, [tail, 1 - tail]) for key, values in known.items() if values}
    return {key: [float(low), float(high)] for key, (low, high) in ends.items() if low < high}


def _tail(clusters: int) -> float:
    """Share of the draws outside each end of the interval.

    It is below 2.5 per cent, because plain percentiles are too narrow for few clusters.
    """
    from scipy.stats import norm, t

    wide = float(t.ppf(0.975, clusters - 1)) * (clusters / (clusters - 1)) ** 0.5
    return float(norm.cdf(-wide))
