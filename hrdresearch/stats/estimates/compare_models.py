"""Estimates one table with several models, to show how far the estimate depends on the model."""

from __future__ import annotations

import pandas as pd

from hrdresearch.stats.estimates.latent_classes import PRIORS, compare_priors
from hrdresearch.stats.estimates.loglinear import fit_log_linear
from hrdresearch.stats.estimates.models import MOST_LISTS
from hrdresearch.stats.estimates.overlap import OverlapTable
from hrdresearch.stats.estimates.results import Estimate, Refusal

COMPARED = ("as in LCMCR", "more classes expected")  # priors of the latent classes
MODELS = (
    "log-linear, averaged by AIC",
    "log-linear, lowest AIC",
    "log-linear, lowest BIC",
)


def compare_models(
    table: OverlapTable, iterations: int = 20_000, burn_in: int = 5_000
) -> pd.DataFrame:
    """Estimate one table by five models: a row for each, with total, low, high, and why_not if refused.

    The models: log-linear averaged, with the lowest AIC, and with the lowest BIC (for up to six lists), and
    latent classes with two priors. iterations, burn_in: of the chains of the latent classes.
    """
    rows: list[dict[str, str | float]] = []
    if len(table.without_empty_lists().lists) <= MOST_LISTS:
        fitted = fit_log_linear(table)
        found: list[Estimate | Refusal] = (
            [fitted] * len(MODELS)
            if isinstance(fitted, Refusal)
            else [fitted.averaged(), fitted.best("aic"), fitted.best("bic")]
        )
        rows += [_row(name, one) for name, one in zip(MODELS, found, strict=True)]
    priors = {f"latent classes, prior: {name}": PRIORS[name] for name in COMPARED}
    classes = compare_priors(table, priors, iterations, burn_in).rename(columns={"prior": "model"})
    columns = ["model", "total", "low", "high", "why_not"]
    return pd.concat([pd.DataFrame(rows, columns=columns), classes[columns]], ignore_index=True)


def _row(name: str, found: Estimate | Refusal) -> dict[str, str | float]:
    if isinstance(found, Refusal):
        return {"model": name, "why_not": found.code}
    ends = {"total": found.total, "low": found.low, "high": found.high}
    return {"model": name, **ends, "why_not": ""}
