"""Time from receipt to acknowledgement: an input that still waits is followed to the last day of the list."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import ListSentences
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.incidence import CompetingEnds, incidence_finding

TIMES = CompetingEnds(
    stem="times",
    title="Inputs that had been acknowledged, in per cent",
    heading="What had happened",
    end="acknowledgement",
    nobody="no input had been acknowledged",
    ends={"acknowledged": "Acknowledged"},
    told={"acknowledged": "had been acknowledged"},
    units="inputs",
    since="receipt",
    horizons=(7, 30, 90),
    per="day",
    notes=(
        "Inputs that still wait count until the last day that stands in the list. Inputs without a day of "
        "receipt, or acknowledged without a day, are not in it. Aalen-Johansen estimator, which with one "
        "end is that of Kaplan and Meier; intervals of 95 per cent, as if each input came by itself.",
    ),
)


def times_finding(study: Ledger) -> Finding:
    """Per cent of inputs acknowledged within 7, 30 and 90 days; of a restricted list only internally."""
    return incidence_finding(study, TIMES, _observed, _followed)


def _observed(p: Population) -> pd.DataFrame:
    known = p.frame[p.frame["waiting_days"].notna()]
    return pd.DataFrame(
        {
            "entry": 0.0,
            "exit": known["waiting_days"].astype(float).replace(0.0, 0.5),  # on the day itself
            "cause": known["acknowledged_code"].map({"yes": "acknowledged"}).fillna(""),
        }
    )


def _followed(p: Population, used: pd.DataFrame) -> ListSentences:
    counts = {
        "used": (len(used), "inputs with the days that this needs"),
        "open": (int((used["cause"] == "").sum()), "of these, not acknowledged by the last day"),
    }
    whole, still = (
        measured_claim(p, f"times.{key}", n, "input", words, "observed_cases")
        for key, (n, words) in counts.items()
    )
    return ListSentences(
        f"{p.list_subject} gives the days of {{{{ {whole.name}|of:input }}}}; {{{{ {still.name}|none }}}} of "
        f"them {{{{ {still.name}|agree:was:were }}}} not acknowledged by its last day.",
        (whole, still),
    )
