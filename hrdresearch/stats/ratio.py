"""Estimates shares of a part of an archive (precision, recall), and shares with help of the machine's codes.

The messages of the part that are of the kind, and those that are not, are two shares of the archive,
each with its own interval (``prevalence``). The interval of their ratio is computed from these two
and from their correlation (MOVER: Donner and Zou 2012). So threats that may still be unseen in a large
stratum make the interval of a recall wider.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.stats.prevalence import Prevalence, estimate_prevalence


@dataclass(frozen=True)
class Ratio:
    """A share of the messages of a part, with its interval.

    labelled: labelled messages of the part; where it is 0, share, low and high are None.
    """

    share: float | None
    low: float | None
    high: float | None
    labelled: int


def estimate_ratio(
    holds: NDArray[np.float64],
    among: NDArray[np.bool_],
    stratum: pd.Series,
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Ratio:
    """Estimate the share of a kind among the messages of a part (such as precision and recall).

    holds: 0 to 1 for each labelled message. among: whether the message belongs to the part.
    stratum, sizes: as in ``estimate_prevalence``. Give all labelled messages, also those outside
    the part: the sample was drawn from the whole archive, and the size of the part is estimated too.
    """
    labelled = int(among.sum())
    if not labelled:
        return Ratio(None, None, None, 0)
    parts = pd.DataFrame({"yes": holds * among, "no": (1 - holds) * among})
    yes, no = (estimate_prevalence(parts[part], stratum, sizes, level) for part in ("yes", "no"))
    share = yes.share / (yes.share + no.share)
    return Ratio(share, *_ends(yes, no, _correlation(parts, stratum, sizes)), labelled)


def _correlation(parts: pd.DataFrame, stratum: pd.Series, sizes: Mapping[str, int]) -> float:
    """Correlation of the estimates of the two shares, from -1 to 1."""
    strata = stratum.to_numpy(dtype=object)
    taken = parts.groupby(strata).size()
    size = pd.Series(dict(sizes), dtype=float).reindex(taken.index)
    scale = size**2 * (1 - taken / size) / taken
    apart = parts - parts.groupby(strata).transform("mean")
    products = {
        "both": apart["yes"] * apart["no"],
        "yes": apart["yes"] ** 2,
        "no": apart["no"] ** 2,
    }
    sums = {key: float((p.groupby(strata).mean() * scale).sum()) for key, p in products.items()}
    spread = sqrt(sums["yes"] * sums["no"])
    return max(-1.0, min(1.0, sums["both"] / spread)) if spread else 0.0


def _ends(yes: Prevalence, no: Prevalence, correlation: float) -> tuple[float, float]:
    """Low and high end of the ratio yes / (yes + no), from the intervals of both shares."""
    from scipy.optimize import brentq

    def reach(one: float, other: float) -> float:
        return sqrt(max(one**2 + other**2 - 2 * correlation * one * other, 0.0))

    def least(r: float) -> float:
        far = reach((1 - r) * (yes.share - yes.low), r * (no.high - no.share))
        return (1 - r) * yes.share - r * no.share - far

    def most(r: float) -> float:
        far = reach((1 - r) * (yes.high - yes.share), r * (no.share - no.low))
        return r * no.share - (1 - r) * yes.share - far

    def root(of: Callable[[float], float], otherwise: float) -> float:
        return float(brentq(of, 0, 1)) if of(0.0) * of(1.0) < 0 else otherwise

    return (
        root(least, 0.0) if yes.low > 0 and no.high > 0 else float(yes.low > 0),
        root(most, 1.0) if no.low > 0 and yes.high > 0 else float(yes.high > 0),
    )


def estimate_prevalence_with_machine(
    holds: pd.Series,
    said: pd.Series,
    stratum: pd.Series,
    said_sizes: Mapping[str, int],
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Prevalence:
    """Estimate a prevalence with the help of the machine's codes (post-stratified estimator).

    holds, stratum, sizes: as in ``estimate_prevalence``. said: whether the machine gave the code to
    each labelled message. said_sizes: messages of each stratum of the archive to which it gave the
    code. A stratum is split by the machine's code where people labelled messages of both parts
    (Särndal, Swensson and Wretman 1992, ch. 7.6). An error of the machine makes the interval wider
    and brings no bias.
    """
    parts: dict[str, int] = {}
    labelled = said.astype(bool).groupby(stratum.to_numpy(dtype=object)).agg(["sum", "count"])
    split = set()
    for name, size in sizes.items():
        marked = int(said_sizes.get(name, 0))
        seen, every = (int(labelled[c].get(name, 0)) for c in ("sum", "count"))
        if 0 < seen < every and 0 < marked < size:
            split.add(name)
            parts |= {f"{name}|said": marked, f"{name}|not said": size - marked}
        else:
            parts[name] = size
    part_of = [
        f"{s}|{'said' if m else 'not said'}" if s in split else s
        for s, m in zip(stratum, said, strict=True)
    ]
    return estimate_prevalence(holds, pd.Series(part_of, index=holds.index), parts, level)
