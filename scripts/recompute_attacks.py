"""Numbers from the labelled sample of messages again: shares, their intervals, and the coder.

``recompute_measures.py`` chooses the line by the name of the claim.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
from recompute_intervals import Chance, alpha_draws, by_chance, ratio_of_strata, share_of_strata
from recompute_report import Report, holding

ENDS = ("share", "low", "high")


def _labels(r: Report) -> tuple[pd.DataFrame, pd.Series]:
    """First labels of the sample, and the messages of each stratum."""
    labels = r.sampled()
    return labels, labels.groupby("stratum")["stratum_size"].first()


def _codes(r: Report) -> list[str]:
    held = r.claim["filter"]
    return list(held["kind_codes"] if "kind_codes" in held else held["machine_codes"])


def _prevalence(r: Report) -> tuple[float, float, float]:
    labels, sizes = _labels(r)
    return share_of_strata(holding(labels["kind_codes"], _codes(r)), labels["stratum"], sizes)


def _total(r: Report, end: str) -> float:
    """Messages of the kind in the archive, two figures, each end of the interval away from them."""
    sizes = _labels(r)[1]
    number = _prevalence(r)[ENDS.index(end)] * sizes.sum()
    step = 10 ** max(0, math.floor(math.log10(number)) - 1) if number else 1
    toward = {"low": math.floor, "high": math.ceil, "share": round}[end]
    return toward(round(number / step, 6)) * step


def _ratio(r: Report, holds: Any, among: Any, end: str) -> float:
    labels, sizes = _labels(r)
    return 100 * ratio_of_strata(holds, among.to_numpy(), labels["stratum"], sizes)[ENDS.index(end)]


def _in_language(r: Report, language: str, end: str) -> float:
    labels, _ = _labels(r)
    return _ratio(
        r, holding(labels["kind_codes"], _codes(r)), labels["language_code"] == language, end
    )


def _machine(r: Report, language: str, what: str, end: str) -> float:
    labels, _ = _labels(r)
    own = (labels["language_code"] == language) | (language == "all")
    said, true = (holding(labels[c], _codes(r)) & own for c in ("machine_codes", "kind_codes"))
    return _ratio(r, said, true, end) if what == "recall" else _ratio(r, true, said, end)


def _assisted(r: Report, end: str) -> float:
    """Each stratum in two by what the coder said, where people read messages of both."""
    labels, sizes = _labels(r)
    said = pd.DataFrame(r.record("archive")["said"]).fillna(0)
    known = r.tables["posts"]["kind_codes"].value_counts()
    if not said.sum(axis=1).eq(known.reindex(said.index)).all():
        return float("nan")
    marked = said[holding(said.index.to_series(), _codes(r)).to_numpy()].sum().reindex(sizes.index)
    labels["said"] = holding(labels["machine_codes"], _codes(r))
    both = labels.groupby("stratum")["said"].nunique().eq(2) & marked.between(1, sizes - 1)
    split = labels["stratum"].map(both)
    part = labels["stratum"].where(~split, labels["stratum"] + labels["said"].map(str))
    of_part = {f"{s}True": marked[s] for s in sizes.index if both[s]}
    of_part |= {f"{s}False": sizes[s] - marked[s] for s in sizes.index if both[s]}
    of_part |= {s: sizes[s] for s in sizes.index if not both[s]}
    holds = holding(labels["kind_codes"], _codes(r))
    return 100 * share_of_strata(holds, part, pd.Series(of_part))[ENDS.index(end)]


def _queue(r: Report, percent: str, end: str) -> float:
    """Threats among the messages of highest score; equal scores stand in an order of chance."""
    labels, _ = _labels(r)
    scores, most = r.tables["posts"]["score"], int(int(percent) / 100 * len(r.tables["posts"]))
    limit = scores.nlargest(most).min()
    part = (most - (scores > limit).sum()) / (scores == limit).sum()
    met = np.select([labels["score"] > limit, labels["score"] == limit], [1.0, part], 0.0)
    return _ratio(r, met, holding(labels["kind_codes"], _codes(r)), end)


def _missed(r: Report, end: str) -> float:
    labels, _ = _labels(r)
    return _ratio(r, labels["band_code"] != "high", holding(labels["kind_codes"], _codes(r)), end)


def _alpha(r: Report, kind: str, end: str | None) -> float | Chance:
    codes = r.claims[f"prevalence.{kind}"]["filter"]["kind_codes"]
    both = r.tables["post_labels"].pivot(index="post_id", columns="coder", values="kind_codes")
    yes = both.dropna().apply(lambda c: holding(c, codes)).astype(float)
    if end is None:
        return float(krippendorff.alpha(yes.T.to_numpy(), level_of_measurement="nominal"))
    return _end_of_alpha(yes, end)


def _alpha_of_coder(r: Report, end: str | None) -> float | Chance:
    """Alpha of the coder and the first person who labelled, on the messages of the sample."""
    labels, _ = _labels(r)
    yes = labels[["machine_codes", "kind_codes"]].apply(lambda c: holding(c, _codes(r)))
    yes = yes.astype(float)
    if end is None:
        return float(krippendorff.alpha(yes.T.to_numpy(), level_of_measurement="nominal"))
    return _end_of_alpha(yes, end)


def _end_of_alpha(yes: pd.DataFrame, end: str) -> Chance:
    one_two = [int((yes.sum(axis=1) == n).sum()) for n in (2, 1, 0)]
    return by_chance(alpha_draws(*one_two), 0.025 if end == "low" else 0.975, 1000)


ATTACKS: dict[str, Callable[..., Any]] = {
    r"prevalence\.\w+": lambda r: 100 * _prevalence(r)[0],
    r"prevalence\.\w+\.(low|high)": lambda r, end: 100 * _prevalence(r)[ENDS.index(end)],
    r"prevalence\.\w+\.total": lambda r: _total(r, "share"),
    r"prevalence\.\w+\.total_(low|high)": lambda r, end: _total(r, end),
    r"attacks_by_language\.(\w+)\.(?:attack|threat)": lambda r, code: _in_language(
        r, code, "share"
    ),
    r"attacks_by_language\.(\w+)\.(?:attack|threat)\.(share|low|high)": _in_language,
    r"assisted\.\w+\.(share|low|high)": _assisted,
    r"assisted\.\w+\.alpha(?:\.(low))?": _alpha_of_coder,
    r"machine\.(\w+)\.\w+\.(precision|recall)\.(share|low|high)": _machine,
    r"queue\.first_(\d+)\.(share|low|high)": _queue,
    r"queue\.not_marked\.(share|low|high)": _missed,
    r"coders\.(attack|threat)(?:\.(low|high))?": _alpha,
    r"examples\.shown": lambda r: len(r.record("examples")["shown"]),
    r"extent\.drawn": lambda r: sum(r.record("archive")["sampled"].values()),
    r"extent\.messages": lambda r: len(r.tables["posts"]),
    r"extent\.days": lambda r: (
        ((t := r.tables["posts"]["posted_at"]).max().normalize() - t.min().normalize()).days + 1
    ),
}
