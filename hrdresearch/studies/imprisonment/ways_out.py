"""How detentions end: released, released at the end of the term, died in custody, or left otherwise.

These exits exclude one another (competing risks): whoever has died can no longer be released.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.publication_limits import why_no_interval
from hrdresearch.findings.sentences import listed, tag
from hrdresearch.stats.survival import (
    FEW,
    LEAST_AT_RISK,
    NOBODY,
    Incidence,
    aalen_johansen,
)
from hrdresearch.studies.imprisonment.time_held import TimeHeld
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts

HORIZONS = (1, 2, 5, 10)
DAYS_A_YEAR = 365.25
EXITS = {
    "released": "Released",
    "end_of_term": "Released at the end of the term",
    "died_in_custody": "Died in custody",
    "escaped": "Left otherwise",
}
DATES_IN_DOUBT = "release_before_arrest|unknown_calendar"
WIDE = "wide interval"
LEFT = {
    "released": "had ended in release",
    "end_of_term": "had ended with the term",
    "died_in_custody": "had ended in death",
    "escaped": "had ended otherwise",
}
YEARS = {1: "one year", 2: "two years", 5: "five years", 10: "ten years"}
WHY = {
    FEW: "at some exit until then, or at the end, fewer than ten persons were under observation",
    NOBODY: "nobody had left in this way until then, and from none no interval can be computed",
    WIDE: "the interval would be wider than fifty points, or cannot be computed",
}
NOTES = (
    "Read a cell as: of a hundred persons detained, so many had left in this way within "
    "this time. The ways out exclude one another, so a person who died is no longer "
    "counted as one who may yet be released, and the lines of one column may be added; "
    "what is missing to a hundred are those still held. Aalen-Johansen estimator with "
    "delayed entry; intervals of 95 per cent.",
)


def observed_spells(frame: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row for each spell of detention that can be followed from a known date of arrest.

    Columns: entry and exit, in days since the arrest, between which the list follows the case;
    cause, the exit code, or "" if the person was still held. Left out are spells without a date
    of arrest or with an end of unknown date, spells that ended before the list took them up, and
    rows whose dates are in doubt.
    """
    used = frame[frame["began_date"].notna() & frame["exit_code"].isin(["held", *EXITS])]
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
    """Per cent of detentions that had ended in each way within 1, 2, 5 and 10 years of the arrest.

    Method: Aalen-Johansen estimator with delayed entry, intervals of 95 per cent.
    """
    fitted: dict[str, tuple[pd.DataFrame, Incidence]] = {}
    for p in part.populations:
        used = observed_spells(p.frame, part.as_of) if part.as_of is not None else pd.DataFrame()
        if len(used) and (used["cause"] != "").any():
            exits = aalen_johansen(list(used["entry"]), list(used["exit"]), list(used["cause"]))
            fitted[p.slug] = used, exits
    with_exits = [p for p in part.populations if p.slug in fitted]
    followed = {p.slug: _followed(p, fitted[p.slug][0]) for p in with_exits}
    estimates = {p.slug: _estimates(p, fitted[p.slug][1]) for p in with_exits}
    return table_of_counts(
        part,
        "ways_out",
        "How detentions had ended, in per cent of all that began",
        [
            *column_heads("Way out"),
            *(Column(f"y{y}", f"Within {y} year{'s' if y > 1 else ''}") for y in HORIZONS),
        ],
        lambda p: _rows_of_exits(p, fitted[p.slug][1]) if p.slug in fitted else (),
        beside=lambda p: followed.get(p.slug, ()),
        unit="per cent of detentions",
        statements=tuple(
            " ".join(
                (
                    *estimates[p.slug],
                    _sentence(p, *followed[p.slug]),
                    *_not_stated(fitted[p.slug][1]),
                )
            )
            for p in with_exits
        ),
        key_sentences=tuple(text for told in estimates.values() for text in told),
        notes=NOTES,
    )


def _followed(p: Population, used: pd.DataFrame) -> tuple[Claim, Claim]:
    """Claims of the spells that could be followed, and of those that the list took up after the arrest."""
    late = int((used["entry"] > 0).sum())
    return (
        _count(p, "used", len(used), "spells with the dates that this needs"),
        _count(p, "delayed", late, "of these, taken up after the arrest (delayed entry)"),
    )


def _sentence(p: Population, used: Claim, delayed: Claim) -> str:
    return (
        f"On {p.list_in_prose}, {{{{ {used.name}|of:detention }}}} could be followed from a known "
        f"beginning; {{{{ {delayed.name} }}}} of them "
        f"{{{{ {delayed.name}|agree:was:were }}}} taken up by the list only some time after "
        "the arrest, and count as observed from that day on."
    )


def _estimates(p: Population, fitted: Incidence) -> list[str]:
    """A sentence on each way out, at the latest time for which a figure is stated."""
    told = []
    for exit_ in (e for e in EXITS if e in fitted.curves):
        stated = [y for y in HORIZONS if not _why_not_stated(fitted, exit_, y)]
        if not stated:
            continue
        estimate, low, high = _incidence(p, fitted, exit_, stated[-1])
        told.append(
            f"{tag(estimate)} (interval from {tag(low)} to {tag(high)}) "
            f"{LEFT[exit_]} within {YEARS[stated[-1]]}"
        )
    if not told:
        return []
    return [
        f"Of detentions on {p.list_in_prose}, by the Aalen-Johansen estimate and counted from the "
        f"arrest, {listed(told)}."
    ]


def _rows_of_exits(p: Population, fitted: Incidence) -> list[Row]:
    """Three rows for each exit that occurred: the estimate, and both ends of its interval."""
    rows: list[Row] = []
    for exit_, words in EXITS.items():
        if exit_ in fitted.curves and any(not _why_not_stated(fitted, exit_, y) for y in HORIZONS):
            estimates = [_incidence(p, fitted, exit_, years) for years in HORIZONS]
            names = (words, "– interval, from", "– interval, to")
            rows += [
                (name, *claims)
                for name, claims in zip(names, zip(*estimates, strict=True), strict=True)
            ]
    return rows


def _why_not_stated(fitted: Incidence, exit_: str, years: int) -> str:
    """Why no figure is stated after so many years; "" where it may be."""
    day = years * DAYS_A_YEAR
    if why := fitted.why_not(day, exit_, LEAST_AT_RISK):
        return why
    value, low, high = fitted.at(day, exit_)
    return WIDE if value == 1 or why_no_interval(100 * low, 100 * high) else ""


def _not_stated(fitted: Incidence) -> list[str]:
    """A sentence for each way out and reason for which figures are left out."""
    sentences = []
    for exit_ in (e for e in EXITS if e in fitted.curves):
        left_out: dict[str, list[str]] = {}
        for years in HORIZONS:
            if why := _why_not_stated(fitted, exit_, years):
                left_out.setdefault(why, []).append(YEARS[years])
        sentences += [
            f"No figure is given for “{EXITS[exit_].lower()}” within "
            f"{' or '.join(horizons)}: {WHY[why]}."
            for why, horizons in left_out.items()
        ]
    return sentences


def _incidence(
    p: Population, fitted: Incidence, exit_: str, years: int
) -> tuple[Claim, Claim, Claim]:
    """Claims of an estimate and of both ends of its interval."""
    day = years * DAYS_A_YEAR
    values: tuple[float, ...] = fitted.at(day, exit_)
    why = _why_not_stated(fitted, exit_, years)
    within = f"{EXITS[exit_].lower()} within {years} years of the arrest"
    ends = {
        "": within,
        ".low": f"{within}, lower end of the interval",
        ".high": f"{within}, upper end of the interval",
    }
    estimate, low, high = (
        measured_claim(
            p,
            f"ways_out.{exit_}.y{years}{end}",
            None if why else 100 * value,
            "per_cent",
            f"{words}: {WHY[why]}" if why else words,
            "aalen_johansen",
        )
        for value, (end, words) in zip(values, ends.items(), strict=True)
    )
    return estimate, low, high


def _count(p: Population, key: str, value: int, words: str) -> Claim:
    name, measure = f"ways_out.{key}", "observed_spells"
    return measured_claim(p, name, value, "detention", words, measure)
