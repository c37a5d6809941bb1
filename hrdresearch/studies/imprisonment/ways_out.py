"""How detentions end: released, at the end of the term or before, died in custody, banished, or otherwise.

These exits exclude one another (competing risks): whoever has died can no longer be released.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences
from hrdresearch.studies.imprisonment.time_held import TimeHeld
from hrdresearch.studies.shapes.incidence import CompetingEnds, incidence_finding

EXITS = {
    "released": "Released",
    "end_of_term": "Released at the end of the term",
    "died_in_custody": "Died in custody",
    "banished": "Banished or deported",
    "escaped": "Left otherwise",
}
DATES_IN_DOUBT = "release_before_arrest|unknown_calendar"
WAYS = CompetingEnds(
    stem="ways_out",
    title="How detentions had ended, in per cent of all that began",
    heading="Way out",
    end="exit",
    nobody="nobody had left in this way",
    ends=EXITS,
    told={
        "released": "had ended in release",
        "end_of_term": "had ended with the term",
        "died_in_custody": "had ended in death",
        "banished": "had ended in banishment or deportation",
        "escaped": "had ended otherwise",
    },
    units="detentions",
    since="the arrest",
    horizons=(1, 2, 5, 10),
    notes=(
        "Read a cell as: of a hundred persons detained, so many had left in this way within "
        "this time. The ways out exclude one another, so a person who died is no longer "
        "counted as one who may yet be released, and the lines of one column may be added; "
        "what is missing to a hundred are those still held. Aalen-Johansen estimator with "
        "delayed entry; intervals of 95 per cent.",
    ),
)


def observed_spells(frame: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row for each spell of detention that can be followed from a known date of arrest.

    Columns: entry and exit, in days since the arrest, between which the list follows the case;
    cause, the exit code, or "" if the person was still held. A spell of unknown end is followed up to
    the last day on which the person was known to be held. Left out are spells without a date
    of arrest, of unknown end without such a day, or with an end of unknown date, spells that ended
    before the list took them up, and rows whose dates are in doubt.
    """
    used = frame[frame["began_date"].notna() & frame["exit_code"].isin(["held", "unknown", *EXITS])]
    used = used[~used["doubt_codes"].str.contains(DATES_IN_DOUBT)]
    ended = used["ended_date"].where(used["ended_date"] <= as_of)
    until = ended.fillna(used["last_known_date"].where(used["last_known_date"] <= as_of))
    until = until.where(until.notna() | (used["exit_code"] != "held"), as_of)
    until = until.where(until.notna() | ~(used["ended_date"] > as_of), as_of)
    entry = (used["entered_date"] - used["began_date"]).dt.days.clip(lower=0).fillna(0)
    # Freed on the day of the arrest: held for part of a day.
    days = (until - used["began_date"]).dt.days.astype(float).replace(0.0, 0.5)
    out = pd.DataFrame(
        {
            "entry": entry,
            "exit": days,
            "cause": used["exit_code"].where(ended.notna(), "").replace("held", ""),
        }
    )
    return out[(out["exit"] > out["entry"]).fillna(False)]


def ways_out(part: TimeHeld) -> Finding:
    """Per cent of detentions that had ended in each way within 1, 2, 5 and 10 years of the arrest."""

    def observed(p: Population) -> pd.DataFrame:
        return observed_spells(p.frame, part.as_of) if part.as_of is not None else pd.DataFrame()

    return incidence_finding(part, WAYS, observed, _followed)


def _followed(p: Population, used: pd.DataFrame) -> ListSentences:
    """How many spells could be followed, and how many the list took up after the arrest."""
    late = int((used["entry"] > 0).sum())
    whole = _count(p, "used", len(used), "spells with the dates that this needs")
    delayed = _count(p, "delayed", late, "of these, taken up after the arrest (delayed entry)")
    return ListSentences(
        f"On {p.list_in_prose}, {{{{ {whole.name}|of:detention }}}} could be followed from a known "
        f"beginning; {{{{ {delayed.name}|none }}}} of them "
        f"{{{{ {delayed.name}|agree:was:were }}}} taken up by the list only some time after "
        "the arrest, and count as observed from that day on.",
        (whole, delayed),
    )


def _count(p: Population, key: str, value: int, words: str) -> Claim:
    name, measure = f"ways_out.{key}", "observed_spells"
    return measured_claim(p, name, value, "detention", words, measure)
