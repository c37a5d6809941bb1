"""Of persons with a recorded warning, how many are recorded as killed within so many years, as linked.

A person is followed from the day on which the warning was recorded, so nobody is in the group
because of the
killing, until the lists of killed persons end (``stats.follow_up``). Two readings bound what links
and dates
leave open. The numbers describe groups in these lists and are no risk of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import numeral
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.stats.follow_up import FOLLOWED, READINGS, observed_spells
from hrdresearch.stats.survival import LEAST_AT_RISK, Incidence, aalen_johansen
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.studies.warnings.part import PERSON, Part, exact_lists
from hrdresearch.vocab import codes, label

DAYS_A_YEAR = 365.25
HORIZONS = {1: "one year", 2: "two years", 5: "five years"}
LEAST_KILLED = 5  # killings in the low reading until the time, below which no figure is given
KILLED = "killed"
WHY_NOT = {
    "no_name": "persons without a name",
    "no_day": "those of whom the day of the warning is not known",
    "record_day_unknown": "those of whom nobody knows when the warning was recorded",
    "not_covered": "those in a State or time that no list of killed persons covers",
    "killed_before_record": "those recorded as killed by the day of the record",
}
FEW_KILLED = "fewer than five killings were recorded until then"
FEW_AT_RISK = (
    "fewer than ten persons were under observation at some killing until then, or at the end"
)
PARTS = {
    "low": "low reading",
    "high": "high reading",
    "from": "lower end of the interval of the low reading",
    "to": "upper end of the interval of the high reading",
}


@dataclass(frozen=True)
class Readings:
    """The curves of a list in both readings."""

    low: Incidence
    high: Incidence
    killed_by: dict[int, int]

    def figures(self, years: int) -> dict[str, float]:
        """Of each thousand persons: both estimates, and the outer ends of their intervals."""
        day = years * DAYS_A_YEAR
        low, begins, _ = self.low.at(day, KILLED)
        high, _, ends = self.high.at(day, KILLED)
        return {k: 1000 * v for k, v in zip(PARTS, (low, high, begins, ends), strict=True)}

    def why_not(self, years: int) -> str:
        """Why no figure is given after so many years; "" where it is."""
        if self.killed_by[years] < LEAST_KILLED:
            return FEW_KILLED
        day = years * DAYS_A_YEAR
        if any(c.fewest_at_risk_until(day) < LEAST_AT_RISK for c in (self.low, self.high)):
            return FEW_AT_RISK
        return ""


class FollowedPart(Part):
    """The findings on the persons who could be followed (table ``followed``)."""

    table = "followed"

    def who(self) -> Finding:
        """Persons by whether they could be followed, and why not; ``who.CODE``."""
        exact = exact_lists(self)
        return table_of_counts(
            self,
            "who",
            "Persons with a warning, by whether a killing would be seen",
            column_heads("Whether the person could be followed", value="Persons"),
            lambda p: (
                [
                    (code_cell("follow_up", c), _person(f"who.{c}", label("follow_up", c), c))
                    for c in codes("follow_up")
                ]
                if p in exact
                else []
            ),
            beside=lambda p: (
                [CountDraft("who.all", "persons with a warning", {}, "person", PERSON)]
                if p in exact
                else []
            ),
            empty="drop rows",
            sentence=lambda p, made: [_who_said(p, made)] if p in exact else [],
            notes=(
                "A record that was made after the killing is no warning: it was made because of it. Such a "
                "person, and one of whom nobody knows when the warning was recorded, is not followed.",
            ),
        )

    def share(self) -> Finding:
        """Of each thousand persons followed: recorded as killed within 1, 2 and 5 years, in two readings.

        Claims: ``share.y1.low``, ``.high``, ``.from`` and ``.to``. Method: Aalen-Johansen estimator with
        delayed entry; with one exit it is one minus Kaplan-Meier. Refused where too few were killed or
        under observation.
        """
        fitted = {p.slug: made for p in exact_lists(self) if (made := readings_of(p.frame))}
        return table_of_counts(
            self,
            "share",
            "Recorded as killed after a recorded warning, of each thousand persons followed",
            [
                *column_heads("Within"),
                Column("low", "Low reading"),
                Column("high", "High reading"),
                Column("from", "Interval, from"),
                Column("to", "Interval, to"),
            ],
            lambda p: [_row(p, fitted[p.slug], y) for y in HORIZONS] if p.slug in fitted else [],
            beside=lambda p: _counts() if p.slug in fitted else [],
            unit="of each thousand persons followed",
            sentence=lambda p, made: _said(p, fitted.get(p.slug)) if len(p.frame) else [],  # noqa: ARG005
            notes=(
                "Counted from the warning, with delayed entry: a person is followed from the day "
                "on which the "
                "warning was recorded and a list of killed persons covers the State, until these "
                "lists end. Low "
                "reading: doubtful links refused, latest day of the killing, and nobody who may "
                "have been killed "
                "before the record. High reading: doubtful links accepted, earliest day. The "
                "interval reaches from "
                "the lower end of the low reading to the upper end of the high one, each of 95 per cent, "
                "Aalen-Johansen estimator.",
                "Who was killed and stands on no list of the report, or was not recognized, counts "
                "as not killed, "
                "and who died otherwise as living: the figures are lower bounds. They describe "
                "these groups and "
                "are no risk of a person.",
            ),
        )


def readings_of(frame: pd.DataFrame) -> Readings | None:
    """Curves of both readings; None where no killing is seen in either, or nobody is followed."""
    spells = {reading: observed_spells(frame, reading) for reading in READINGS}
    if any(s.empty or s["cause"].eq("").all() for s in spells.values()):
        return None
    curves = {
        r: aalen_johansen(list(s["entry"]), list(s["exit"]), list(s["cause"]))
        for r, s in spells.items()
    }
    low = spells["low"]
    days = low.loc[low["cause"].eq(KILLED), "exit"]
    return Readings(
        curves["low"], curves["high"], {y: int((days <= y * DAYS_A_YEAR).sum()) for y in HORIZONS}
    )


def _person(name: str, words: str, code: str) -> CountDraft:
    return CountDraft(name, words.lower(), {"follow_up_code": code}, "person", PERSON)


def _counts() -> list[Claim | CountDraft]:
    is_in = {"follow_up_code": FOLLOWED}
    return [
        CountDraft("share.followed", "persons followed", is_in, "person", PERSON),
        *(
            CountDraft(
                f"share.killed.{reading}",
                f"persons followed and recorded as killed, {PARTS[reading]}",
                {**is_in, f"{reading}_is_killed": True},
                "person",
                PERSON,
            )
            for reading in READINGS
        ),
    ]


def _row(p: Population, fitted: Readings, years: int) -> Row:
    return (HORIZONS[years].capitalize(), *_claims(p, fitted, years).values())


def _claims(p: Population, fitted: Readings, years: int) -> dict[str, Claim]:
    why = fitted.why_not(years)
    words = f"of each thousand persons followed, recorded as killed within {HORIZONS[years]} of the warning"
    return {
        key: measured_claim(
            p,
            f"share.y{years}.{key}",
            None if why else value,
            "per_thousand",
            f"{words}, {PARTS[key]}" + (f": {why}" if why else ""),
            "aalen_johansen",
            text="" if value >= 1 else "fewer than 1",
        )
        for key, value in fitted.figures(years).items()
    }


def _who_said(p: Population, made: Mapping[str, Claim]) -> ListSentences:
    reasons = [
        f"{WHY_NOT[code]}, {claim_tag(claim)}"
        for code in WHY_NOT
        if is_printed(claim := made[f"who.{code}"])
    ]
    why = f"; not followed were {join_with_and(reasons)}" if reasons else ""
    return ListSentences(
        f"Of {claim_tag(made['who.all'], 'of:person')} on {p.list_in_prose}, "
        f"{claim_tag(made['who.followed'], 'none')} could be followed{why}."
    )


def _said(p: Population, fitted: Readings | None) -> Sequence[ListSentences]:
    """The figure at the latest time for which one is given, and what is refused and why."""
    if not p.policy.prints_exact_numbers or not p.frame["follow_up_code"].eq(FOLLOWED).any():
        return []
    if fitted is None:
        return [
            ListSentences(
                f"Of {p.list_in_prose} no share is given: no person could be followed to a recorded "
                "killing. "
                "That is no finding that none was killed."
            )
        ]
    stated = [y for y in HORIZONS if not fitted.why_not(y)]
    own = p.claim_name
    head = (
        f"Of {claim_tag(own('share.followed'), 'of:person')} on {p.list_in_prose} who were followed "
        "from the day "
        "on which the warning was recorded, "
    )
    told = []
    if stated:
        name, figures = f"share.y{stated[-1]}", fitted.figures(stated[-1])
        span = " to ".join(
            claim_tag(own(f"{name}.{key}"))
            for key in ("low", "high")
            if key == "low" or numeral(figures["low"]) != numeral(figures["high"])
        )
        told.append(
            ListSentences(
                f"{head}by the Aalen-Johansen estimate with delayed entry, at least {span} of each "
                f"thousand are recorded as killed within {HORIZONS[stated[-1]]} of it, as linked in "
                f"these lists (interval from {claim_tag(own(f'{name}.from'))} to "
                f"{claim_tag(own(f'{name}.to'))}). This is no risk of a person.",
                is_key=True,
            )
        )
    else:
        told.append(
            ListSentences(
                f"{head}{claim_tag(own('share.killed.low'), 'none')} to "
                f"{claim_tag(own('share.killed.high'), 'of:person')} are recorded as killed later, "
                "as linked."
            )
        )
    refused: dict[str, list[str]] = {}
    for y in HORIZONS:
        if why := fitted.why_not(y):
            refused.setdefault(why, []).append(HORIZONS[y])
    told += [
        ListSentences(f"No share is given within {join_with_and(spans)}: {why}.")
        for why, spans in refused.items()
    ]
    return told
