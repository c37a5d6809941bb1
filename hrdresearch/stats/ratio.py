"""Shares among a part of an archive, such as precision and recall, and shares with a machine's help.

How many messages of the part hold and how many do not are two shares of the archive, each with its
own interval (``prevalence``); the interval of their ratio is made from these and from how far one
is at the cost of the other (MOVER: Donner and Zou 2012). So threats that may stand unseen in a
large stratum make the interval of a recall wider, though no labelled message shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.stats.prevalence import Prevalence, estimate


@dataclass(frozen=True)
class Ratio:
    """A share among labelled messages of a kind, with its interval; None where there are none."""

    share: float | None
    low: float | None
    high: float | None
    labelled: int


def ratio(
    holds: NDArray[np.float64],
    among: NDArray[np.bool_],
    stratum: pd.Series,
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Ratio:
    """Share of ``holds`` (0 to 1 a labelled message) among the messages of ``among``.

    All labelled messages are given, also those outside ``among``: the sample was drawn from the
    whole archive, and how many messages the part has is estimated too.
    """
    labelled = int(among.sum())
    if not labelled:
        return Ratio(None, None, None, 0)
    parts = pd.DataFrame({"yes": holds * among, "no": (1 - holds) * among})
    yes, no = (estimate(parts[part], stratum, sizes, level) for part in ("yes", "no"))
    share = yes.share / (yes.share + no.share)
    return Ratio(share, *_ends(yes, no, _together(parts, stratum, sizes)), labelled)


def _together(parts: pd.DataFrame, stratum: pd.Series, sizes: Mapping[str, int]) -> float:
    """Correlation of the two shares: in one stratum more of one is less of the other."""
    by = parts.groupby(stratum.to_numpy(dtype=object))
    taken = by.size()
    size = pd.Series(dict(sizes), dtype=float).reindex(taken.index)
    scale = size**2 * (1 - taken / size) / taken
    whole = parts - by.transform("mean")
    sums = {
        key: float((values.groupby(stratum.to_numpy(dtype=object)).mean() * scale).sum())
        for key, values in (
            ("both", whole["yes"] * whole["no"]), ("yes", whole["yes"] ** 2), ("no", whole["no"] ** 2),
        )
    }  # fmt: skip
    spread = sqrt(sums["yes"] * sums["no"])
    return max(-1.0, min(1.0, sums["both"] / spread)) if spread else 0.0


def _ends(yes: Prevalence, no: Prevalence, together: float) -> tuple[float, float]:
    """Shares at which what holds, less its part of the whole, is as far from 0 as chance goes."""
    from scipy.optimize import brentq

    def reach(one: float, other: float) -> float:
        return sqrt(max(one**2 + other**2 - 2 * together * one * other, 0.0))

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
        root(most, 1.0) if no.low > 0 else 1.0,
    )


def assisted(
    holds: pd.Series,
    said: pd.Series,
    stratum: pd.Series,
    said_sizes: Mapping[str, int],
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Prevalence:
    """Prevalence assisted by what the machine said of every message (post-stratified estimator).

    said: what the machine said of each labelled message (True or False); said_sizes: messages of
    each stratum of the archive of which it said so. Each stratum is parted by what the machine
    said, where people have labelled messages of both parts (Särndal, Swensson and Wretman 1992,
    ch. 7.6). An error of the machine costs precision, and brings no bias.
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
    own = [
        f"{s}|{'said' if m else 'not said'}" if s in split else s
        for s, m in zip(stratum, said, strict=True)
    ]
    return estimate(holds, pd.Series(own, index=holds.index), parts, level)
