"""Shares among a part of an archive, such as precision and recall, from a labelled sample.

Both counts of the share are estimated, so its variance is that of a ratio (Taylor linearization;
Särndal, Swensson and Wretman 1992, ch. 5.6), with strata and with accounts as clusters; intervals
are those of Korn and Graubard (1998).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrdresearch.stats.prevalence import (
    clustered_variance,
    interval,
    unseen_variance,
    weights,
)


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
    account: pd.Series,
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Ratio:
    """Share of ``holds`` (0 to 1 a labelled message) among the messages of ``among``.

    All labelled messages are given, also those outside ``among``: the sample was drawn from the
    whole archive, and how many messages the part has is estimated too.
    """
    weight = weights(stratum, sizes)
    whole = float((weight * among).sum())
    labelled = int(among.sum())
    if not labelled:
        return Ratio(None, None, None, 0)
    share = float((weight * holds * among).sum() / whole)
    apart = among * (holds - share) / whole
    variance = clustered_variance(apart, stratum, account, sizes)
    low, high = interval(share, variance, labelled, weight[among], level)
    return Ratio(share, low, high, labelled)


def assisted(
    holds: NDArray[np.float64],
    said: NDArray[np.float64],
    said_share: float,
    stratum: pd.Series,
    account: pd.Series,
    sizes: Mapping[str, int],
    level: float = 0.95,
) -> Ratio:
    """Prevalence assisted by what the machine said of every message (regression estimator).

    said: what the machine said of each labelled message; said_share: its mean over the archive.
    What people found is corrected by how far the sample differs from the archive in what the
    machine said (Särndal et al., ch. 6.4). An error of the machine costs precision, no bias.
    """
    weight = weights(stratum, sizes)
    whole = float(sum(sizes.values()))
    mean_said, mean_holds = (float((weight * v).sum() / weight.sum()) for v in (said, holds))
    spread = float((weight * (said - mean_said) ** 2).sum())
    together = float((weight * (said - mean_said) * (holds - mean_holds)).sum())
    slope = together / spread if spread else 0.0
    share = float(np.clip(mean_holds + slope * (said_share - mean_said), 0.0, 1.0))
    variance = clustered_variance(holds - slope * said, stratum, account, sizes) / whole**2
    variance += unseen_variance(holds, stratum, sizes) / whole**2
    low, high = interval(share, variance, len(holds) * 20, weight, level)
    return Ratio(share, low, high, len(holds))
