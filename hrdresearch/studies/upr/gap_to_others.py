"""How recommendations on defenders were answered beside others of the same review and category.

Each recommendation on defenders is set beside the share supported of the other recommendations of
its review and action category; the mean difference is given in percentage points, with an interval
from the jackknife over reviews (Shao and Tu 1995, ch. 2.1) with Student's t.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.stats.clustered_share import LEAST_CLUSTERS
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    REVIEW,
    category_column,
    filter_on_defenders,
)
from hrdresearch.tables import select

LEVEL = 0.975
GAP = (
    "The difference to other recommendations sets each one on defenders beside the others of the same "
    "review and action category, where there are any; its interval of 95 per cent is a jackknife over "
    f"reviews, and none is given below {LEAST_CLUSTERS} reviews. It describes answers and no cause."
)


def mean_gap(rows: pd.DataFrame) -> tuple[int, float, float, float] | None:
    """Recommendations compared, their mean difference, and its interval, in percentage points.

    rows: recommendations with ``review_id``, ``action_code``, ``concern_code``, ``response_code``.
    None where fewer than 30 reviews can be compared.
    """
    rows = rows[rows["response_code"].isin(ANSWERED)]
    yes = rows["response_code"].eq("supported").astype(float)
    ours = rows["concern_code"].eq("explicit")
    keys = [rows[REVIEW], rows["action_code"]]
    sums = pd.DataFrame(
        {
            "n": ours.astype(int).groupby(keys).sum(),
            "own": yes.where(ours).groupby(keys).mean(),
            "others": yes.where(~ours).groupby(keys).mean(),
        }
    ).dropna()
    sums["gap"] = sums["n"] * (sums["own"] - sums["others"])
    by_review = sums.groupby(level=0)[["gap", "n"]].sum()
    k = len(by_review)
    if k < LEAST_CLUSTERS:
        return None
    gap, n = by_review["gap"].to_numpy(float), by_review["n"].to_numpy(float)
    value = gap.sum() / n.sum()
    without = (gap.sum() - gap) / (n.sum() - n)
    error = float(np.sqrt((k - 1) / k * np.sum((without - value) ** 2)))
    half = float(stats.t.ppf(LEVEL, k - 1)) * error
    return int(n.sum()), 100 * value, 100 * (value - half), 100 * (value + half)


def gap_to_others(texts: Population) -> list[Claim]:
    """Claims ``gap.compared``, ``gap.points``, its size, and its interval; empty with few reviews.

    texts: all recommendations of one source.
    """
    ours = select(texts.frame, filter_on_defenders(texts))
    frame = texts.frame.assign(
        concern_code=ours.map({True: "explicit", False: "no"}),
        action_code=texts.frame[category_column(texts)],
    )
    found = mean_gap(frame)
    if found is None:
        return []
    compared, value, low, high = found
    words = "supported on defenders less other recommendations of the same review and category"
    numbers = (
        ("compared", compared, "recommendation", "on defenders that can be set beside others"),
        ("points", value, "points", f"{words}, mean difference in percentage points"),
        ("size", abs(value), "points", f"{words}, size of the mean difference"),
        ("low", low, "points", f"{words}: lower end of the 95 per cent interval, by review"),
        ("high", high, "points", f"{words}: upper end of the 95 per cent interval, by review"),
    )
    return [
        measured_claim(
            texts,
            f"gap.{key}",
            number,
            unit,
            said,
            "computed" if key == "compared" else "clustered",
            text="" if key == "compared" else f"{number:.0f}".replace("-0", "0"),
            rows=compared,
        )
        for key, number, unit, said in numbers
    ]
