"""Time from the facts to the first outcome, with competing outcomes, death among them.

A person who has died can no longer be released. A person whose case was last checked without an outcome is
censored on that day.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import ListSentences
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.incidence import CompetingEnds, incidence_finding
from hrdresearch.vocab import codes, label

OPEN, UNKNOWN = "nothing_yet", "not_recorded"
FIRST = {c: label("first_outcome", c) for c in codes("first_outcome") if c not in (OPEN, UNKNOWN)}
TIMES = CompetingEnds(
    stem="times",
    title="What had followed first, in per cent of the persons in cases",
    heading="What followed first",
    end="outcome",
    nobody="this had followed first for nobody",
    ends=FIRST,
    told={
        "released": "had first been released",
        "sentence_reduced": "had first had a sentence reduced",
        "charges_dropped": "had first had charges dropped",
        "protection_granted": "had first been granted protection",
        "investigation_opened": "had first had an investigation opened",
        "several": "had had several of these on one day",
        "died": "had died before anything followed",
    },
    units="persons in cases",
    since="the facts",
    horizons=(1, 2, 5),
    notes=(
        "Read a cell as: of a hundred persons in cases, for so many this had followed first within this "
        "time. The lines of one column may be added; what is missing to a hundred are those for whom "
        "nothing had followed. Cases without a day, or of which nobody recorded what followed, are not in "
        "it: if these went otherwise, so would the figures. The time runs from the facts also where a case "
        "was taken up later, and cases that had an outcome before may be missing. A person in two cases "
        "stands in it twice. "
        "Aalen-Johansen estimator; intervals of 95 per cent.",
    ),
)


def times_finding(study: Ledger) -> Finding:
    """Per cent of persons with each first outcome within 1, 2 and 5 years.

    For a restricted list this is only for internal reports; from such a list the classes of
    ``CaseStatus.time_classes`` may leave.
    """
    return incidence_finding(study, TIMES, _observed, _followed)


def _observed(p: Population) -> pd.DataFrame:
    known = p.frame[p.frame["observed_days"].notna()]
    return pd.DataFrame(
        {
            "entry": 0.0,
            "exit": known["observed_days"].astype(float).replace(0.0, 0.5),  # on the day itself
            "cause": known["first_outcome_code"].replace(OPEN, ""),
        }
    )


def _followed(p: Population, used: pd.DataFrame) -> ListSentences:
    counts = {
        "used": (len(used), "persons in cases with the days that this needs"),
        "open": (int((used["cause"] == "").sum()), "of these, last looked at without an outcome"),
    }
    whole, still = (
        measured_claim(p, f"times.{key}", n, "person", words, "observed_cases")
        for key, (n, words) in counts.items()
    )
    return ListSentences(
        f"On {p.list_in_prose}, {{{{ {whole.name}|of:person }}}} in a case could be followed from the day "
        f"of the facts; {{{{ {still.name}|none }}}} of them {{{{ {still.name}|agree:was:were }}}} last "
        "looked at without an outcome.",
        (whole, still),
    )
