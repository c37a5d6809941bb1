"""Shares that had met each of several ends within so many years, where the ends exclude one another.

Competing risks: whoever has died can no longer be released. See ``stats.survival`` for the estimator
and for when a number may be stated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.publication_limits import why_no_interval
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    claims_of_sentences,
    join_with_and,
)
from hrdresearch.stats.survival import FEW, LEAST_AT_RISK, NOBODY, Incidence, aalen_johansen
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts

DAYS_A_YEAR = 365.25
DAYS = {"year": DAYS_A_YEAR, "day": 1.0}
WIDE = "wide interval"
SPANS = {
    "year": {1: "one year", 2: "two years", 5: "five years", 10: "ten years"},
    "day": {7: "seven days", 30: "thirty days", 90: "ninety days"},
}
WHY = {
    FEW: "at some {end} until then, or at the end, fewer than ten persons were under observation",
    NOBODY: "{nobody} until then, and from none no interval can be computed",
    WIDE: "the interval would be wider than fifty points, or cannot be computed",
}


@dataclass(frozen=True)
class CompetingEnds:
    """The ends that a finding is about (such as release or death), with the words for them.

    stem: name of the finding and start of its claims. ends: label by code, in order. told: by code, what
    stands after the share ("had ended in release"). heading: head of the column of ends. end: one end in
    words. nobody: "nobody had left in this way". units: what is followed, in the plural. since: from when
    the time runs ("the arrest"). horizons: in years, or in days if ``per`` is "day".
    """

    stem: str
    title: str
    heading: str
    end: str
    nobody: str
    ends: Mapping[str, str]
    told: Mapping[str, str]
    units: str
    since: str
    horizons: tuple[int, ...]
    notes: tuple[str, ...] = ()
    per: str = "year"

    def span(self, horizon: int) -> str:
        """A horizon in words: "two years"."""
        return SPANS[self.per][horizon]

    def key(self, horizon: int) -> str:
        """A horizon in the name of a claim: ``y2``, or ``d30``."""
        return f"{self.per[0]}{horizon}"

    def why(self, reason: str) -> str:
        """A reason in words."""
        return WHY[reason].format(end=self.end, nobody=self.nobody)


def incidence_finding(
    study: Study,
    of: CompetingEnds,
    observed: Callable[[Population], pd.DataFrame],
    followed: Callable[[Population, pd.DataFrame], ListSentences],
) -> Finding:
    """Finding: per cent that had met each end within so many years, with intervals of 95 per cent.

    Method: Aalen-Johansen estimator with delayed entry. observed: gives the spells of a list, with
    columns entry and exit in days, and cause ("" where no end had come). followed: gives the sentence on
    how many spells these are.
    """
    fitted: dict[str, tuple[pd.DataFrame, Incidence]] = {}
    for p in study.populations:
        used = observed(p)
        if len(used) and (used["cause"] != "").any():
            exits = aalen_johansen(list(used["entry"]), list(used["exit"]), list(used["cause"]))
            fitted[p.slug] = used, exits
    with_ends = [p for p in study.populations if p.slug in fitted]
    counted = {p.slug: followed(p, fitted[p.slug][0]) for p in with_ends}
    estimates = {p.slug: _estimates(p, of, fitted[p.slug][1]) for p in with_ends}
    return table_of_counts(
        study,
        of.stem,
        of.title,
        [
            *column_heads(of.heading),
            *(Column(of.key(n), f"Within {n} {of.per}{'s' if n > 1 else ''}") for n in of.horizons),
        ],
        lambda p: _rows(p, of, fitted[p.slug][1]) if p.slug in fitted else (),
        beside=lambda p: claims_of_sentences([counted[p.slug]]) if p.slug in counted else (),
        unit=f"per cent of {of.units}",
        statements=tuple(
            " ".join(
                (*estimates[p.slug], counted[p.slug].text, *_not_stated(of, fitted[p.slug][1]))
            )
            for p in with_ends
        ),
        key_sentences=tuple(text for told in estimates.values() for text in told),
        notes=of.notes,
    )


def _estimates(p: Population, of: CompetingEnds, fitted: Incidence) -> Sequence[str]:
    """A sentence on each end, at the latest time for which a figure is stated."""
    told = []
    for end in (e for e in of.ends if e in fitted.curves):
        stated = [y for y in of.horizons if not _why_not_stated(of, fitted, end, y)]
        if not stated:
            continue
        estimate, low, high = _incidence(p, of, fitted, end, stated[-1])
        told.append(
            f"{claim_tag(estimate)} (interval from {claim_tag(low)} to {claim_tag(high)}) "
            f"{of.told[end]} within {of.span(stated[-1])}"
        )
    if not told:
        return []
    return [
        f"Of {of.units} on {p.list_in_prose}, by the Aalen-Johansen estimate and counted from "
        f"{of.since}, {join_with_and(told)}."
    ]


def _rows(p: Population, of: CompetingEnds, fitted: Incidence) -> list[Row]:
    """Three rows for each end that occurred: the estimate, and both ends of its interval."""
    rows: list[Row] = []
    for end, words in of.ends.items():
        if end in fitted.curves and any(
            not _why_not_stated(of, fitted, end, y) for y in of.horizons
        ):
            estimates = [_incidence(p, of, fitted, end, years) for years in of.horizons]
            names = (words, "– interval, from", "– interval, to")
            rows += [
                (name, *claims)
                for name, claims in zip(names, zip(*estimates, strict=True), strict=True)
            ]
    return rows


def _why_not_stated(of: CompetingEnds, fitted: Incidence, end: str, horizon: int) -> str:
    """Why no figure is stated after so many years or days; "" where it may be."""
    day = horizon * DAYS[of.per]
    if why := fitted.why_no_estimate(day, end, LEAST_AT_RISK):
        return why
    value, low, high = fitted.at(day, end)
    return WIDE if value == 1 or why_no_interval(100 * low, 100 * high) else ""


def _not_stated(of: CompetingEnds, fitted: Incidence) -> list[str]:
    """A sentence for each end and reason for which figures are left out."""
    sentences = []
    for end in (e for e in of.ends if e in fitted.curves):
        left_out: dict[str, list[str]] = {}
        for years in of.horizons:
            if why := _why_not_stated(of, fitted, end, years):
                left_out.setdefault(why, []).append(of.span(years))
        sentences += [
            f"No figure is given for “{of.ends[end].lower()}” within "
            f"{' or '.join(horizons)}: {of.why(why)}."
            for why, horizons in left_out.items()
        ]
    return sentences


def _incidence(
    p: Population, of: CompetingEnds, fitted: Incidence, end: str, years: int
) -> tuple[Claim, Claim, Claim]:
    """Claims of an estimate and of both ends of its interval."""
    values: tuple[float, ...] = fitted.at(years * DAYS[of.per], end)
    why = _why_not_stated(of, fitted, end, years)
    within = f"{of.ends[end].lower()} within {years} {of.per}s of {of.since}"
    parts = {
        "": within,
        ".low": f"{within}, lower end of the interval",
        ".high": f"{within}, upper end of the interval",
    }
    estimate, low, high = (
        measured_claim(
            p,
            f"{of.stem}.{end}.{of.key(years)}{part}",
            None if why else 100 * value,
            "per_cent",
            f"{words}: {of.why(why)}" if why else words,
            "aalen_johansen",
        )
        for value, (part, words) in zip(values, parts.items(), strict=True)
    )
    return estimate, low, high
