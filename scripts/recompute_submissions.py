"""Numbers on inputs to calls again; ``recompute_measures.py`` chooses the line by the claim's name."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from recompute_intervals import Chance, alpha_draws, by_chance
from recompute_ledgers import Measure
from recompute_report import Report

SUBMITTER = "submitter_kind_code"


def _asked(r: Report, iso3: str = "") -> pd.DataFrame:
    """Calls and the States that they asked, within the scope of the report, or one State of them."""
    asked, call = r.tables["submission_requests"], r.parameter("call", "all")
    asked = asked if call == "all" else asked[asked["call"] == call]
    return asked[asked["state_iso3"] == iso3.upper()] if iso3 else asked


def _answered(r: Report, iso3: str = "") -> int:
    """Of these, pairs of call and State with an input that a State sent."""
    inputs = r.tables["submissions"]
    pairs = set(
        inputs[inputs[SUBMITTER] == "state"][["call", "state_iso3"]].itertuples(index=False)
    )
    return sum(
        pair in pairs for pair in _asked(r, iso3)[["call", "state_iso3"]].itertuples(index=False)
    )


def _codings(r: Report) -> pd.DataFrame:
    """Codes given to inputs in the scope of the report."""
    codings = r.tables["submission_codings"]
    return codings[codings["submission_id"].isin(r.filtered("extent.inputs")["submission_id"])]


def _twice(r: Report) -> dict[str, dict[str, set[str]]]:
    """By input that several read, the codes that each of its coders gave."""
    found: dict[str, dict[str, set[str]]] = {}
    for one, code, coder in _codings(r)[["submission_id", "code", "coder_id"]].to_numpy():
        found.setdefault(one, {}).setdefault(coder, set()).add(code)
    return {one: by for one, by in found.items() if len(by) > 1}


def _agreement(r: Report, code: str, what: str) -> float:
    """Inputs with a code, pairs of like answers in per cent, or Krippendorff's alpha from coincidences.

    Alpha is one less the ratio of observed to expected disagreement; each pair of answers on an input
    weighs one over its coders less one.
    """
    answers = [[code in _named(given) for given in by.values()] for by in _twice(r).values()]
    if what == "given":
        return sum(map(any, answers))
    if what == "share":
        pairs = [a == b for one in answers for a, b in combinations(one, 2)]
        return 100 * sum(pairs) / len(pairs)
    apart = sum(2 * sum(one) * (len(one) - sum(one)) / (len(one) - 1) for one in answers)
    yes, every = sum(map(sum, answers)), sum(map(len, answers))
    return 1 - apart * (every - 1) / (2 * yes * (every - yes))


def _end_of_alpha(r: Report, code: str, end: str) -> Chance:
    """End of the interval of alpha, by own draws of the inputs that two coders read."""
    answers = [[code in _named(given) for given in by.values()] for by in _twice(r).values()]
    if {len(one) for one in answers} != {2}:
        raise ValueError("inputs with three coders: not written yet")
    given = [sum(one) for one in answers]
    drawn = alpha_draws(given.count(2), given.count(1), given.count(0))
    return by_chance(drawn[np.isfinite(drawn)], 0.025 if end == "low" else 0.975, 1000)


def _named(codes: set[str]) -> set[str]:
    """Codes as the names of claims write them."""
    return {"_".join("".join(c if c.isalnum() else " " for c in code).split()) for code in codes}


def _waiting(r: Report) -> list[tuple[float, bool]]:
    """Days that each input waited, and whether it was then acknowledged."""
    known = r.filtered("extent.inputs").dropna(subset=["waiting_days"])
    return [
        (float(days) or 0.5, code == "yes")
        for days, code in known[["waiting_days", "acknowledged_code"]].to_numpy()
    ]


def _acknowledged(r: Report, horizon: str, end: str | None) -> float:
    """Per cent acknowledged within so many days: Kaplan and Meier, with Greenwood's variance."""
    waited = _waiting(r)
    left, spread = 1.0, 0.0
    for day in sorted({d for d, came in waited if came and d <= int(horizon)}):
        n, came = sum(d >= day for d, _ in waited), sum(d == day and c for d, c in waited)
        left *= 1 - came / n
        spread += came / (n * (n - came))
    reached = 1 - left
    if end is None:
        return 100 * reached
    reach = 1.959964 * left * math.sqrt(spread) / (reached * abs(math.log(reached)))
    return float(100 * reached ** math.exp(reach if end == "low" else -reach))


def _codes(r: Report, code: str) -> Any:
    codings = _codings(r)
    return codings.loc[
        codings["code"].map(lambda c: code in _named({c})), "submission_id"
    ].nunique()


SUBMISSIONS: dict[str, Measure] = {
    r"asked\.states": lambda r: _asked(r)["state_iso3"].nunique(),
    r"asked\.requests": lambda r: len(_asked(r)),
    r"asked\.answered": _answered,
    r"asked\.(\w{3})\.calls": lambda r, s: len(_asked(r, s)),
    r"asked\.(\w{3})\.answered": _answered,
    r"agreement\.read_twice": lambda r: len(_twice(r)),
    r"agreement\.least": lambda _: 20,
    r"agreement\.(\w+)\.(given|share|alpha)": _agreement,
    r"agreement\.(\w+)\.alpha\.(low|high)": _end_of_alpha,
    r"codes\.(\w+)": _codes,
    r"times\.used": lambda r: len(_waiting(r)),
    r"times\.open": lambda r: sum(not came for _, came in _waiting(r)),
    r"times\.acknowledged\.d(\d+)(?:\.(low|high))?": _acknowledged,
}
