"""Differences in the share supported: to other recommendations of the same review and category, and others.

Each recommendation on defenders is set beside the share supported of the other recommendations of
its review and action category; the mean difference is given in percentage points, with an interval
from the jackknife over States (Shao and Tu 1995, ch. 2.1) with Student's t.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.stats.clustered_share import (
    LEAST_CLUSTERS,
    clustered_difference,
    jackknife_ends,
)
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    CLUSTER,
    REVIEW,
    category_column,
    filter_on_defenders,
)
from hrdresearch.tables import match_rows

GAP = (
    "The difference to other recommendations sets each one on defenders beside the others of the same "
    "review and action category, where there are any; its interval of 95 per cent is a jackknife over "
    f"States, and none is given below {LEAST_CLUSTERS} States. It describes answers and no cause."
)


def mean_gap(rows: pd.DataFrame) -> tuple[int, float, float, float] | None:
    """Recommendations compared, their mean difference, and its interval, in percentage points.

    rows: recommendations with ``state_iso3``, ``review_id``, ``action_code``, ``concern_code`` and
    ``response_code``. None where fewer than 30 States can be compared.
    """
    rows = rows[rows["response_code"].isin(ANSWERED)]
    yes = rows["response_code"].eq("supported").astype(float)
    ours = rows["concern_code"].eq("explicit")
    keys = [rows[CLUSTER], rows[REVIEW], rows["action_code"]]
    sums = pd.DataFrame(
        {
            "n": ours.astype(int).groupby(keys).sum(),
            "own": yes.where(ours).groupby(keys).mean(),
            "others": yes.where(~ours).groupby(keys).mean(),
        }
    ).dropna()
    sums["gap"] = sums["n"] * (sums["own"] - sums["others"])
    by_state = sums.groupby(level=0)[["gap", "n"]].sum()
    if len(by_state) < LEAST_CLUSTERS:
        return None
    gap, n = by_state["gap"].to_numpy(float), by_state["n"].to_numpy(float)
    value = float(gap.sum() / n.sum())
    low, high = jackknife_ends(value, (gap.sum() - gap) / (n.sum() - n))
    return int(n.sum()), 100 * value, 100 * low, 100 * high


def gap_to_others(texts: Population, category: str = "") -> list[Claim]:
    """Claims ``gap.compared``, ``gap.points``, its size, and its interval; empty with few States.

    texts: all recommendations of one source. category: code of the action category that alone is
    compared; its claims are ``gap.category_CODE.points`` and so on.
    """
    ours, column = match_rows(texts.frame, filter_on_defenders(texts)), category_column(texts)
    frame = texts.frame.assign(
        concern_code=ours.map({True: "explicit", False: "no"}), action_code=texts.frame[column]
    )
    found = mean_gap(frame[frame["action_code"].eq(category)] if category else frame)
    if found is None:
        return []
    compared, *numbers = found
    words = "supported on defenders less other recommendations of the same review and category"
    stem = f"gap.category_{category}" if category else "gap"
    of = f"on defenders that can be set beside others{f', category {category}' if category else ''}"
    count = measured_claim(
        texts, f"{stem}.compared", compared, "recommendation", of, "computed", rows=compared
    )
    return [count, *points_with_interval(texts, stem, numbers, words, compared)]


def general_less_specific(texts: Population) -> list[Claim]:
    """Claims ``drafting.difference.points``, its size and interval; empty with few States.

    texts: recommendations on defenders of one source. Category 4 less category 5.
    """
    column = category_column(texts)
    rows = texts.frame[texts.frame["response_code"].isin(ANSWERED)]
    rows = rows[rows[column].isin(["4", "5"])]
    found = clustered_difference(
        rows["response_code"].eq("supported"), rows[column].eq("4"), rows[CLUSTER]
    )
    if found is None:
        return []
    numbers = [100 * one for one in (found.value, found.low, found.high)]
    words = "share supported on defenders of category 4 less that of category 5"
    return points_with_interval(texts, "drafting.difference", numbers, words, len(rows))


def points_with_interval(
    texts: Population, stem: str, numbers: Sequence[float], words: str, rows: int
) -> list[Claim]:
    """Claims ``STEM.points``, ``.low`` and ``.high`` of a difference in percentage points, and sizes.

    numbers: the difference and the ends of its interval. rows: from how many it is computed.
    """
    value, low, high = numbers
    said = (
        ("points", value, f"{words}, difference in percentage points"),
        ("size", abs(value), f"{words}, size of the difference"),
        ("low", low, f"{words}: lower end of the 95 per cent interval, by State"),
        ("high", high, f"{words}: upper end of the 95 per cent interval, by State"),
        ("low.size", abs(low), f"{words}: size of the lower end"),
        ("high.size", abs(high), f"{words}: size of the upper end"),
    )
    return [
        measured_claim(
            texts,
            f"{stem}.{key}",
            number,
            "points",
            text,
            "clustered",
            rows=rows,
        )
        for key, number, text in said
    ]
