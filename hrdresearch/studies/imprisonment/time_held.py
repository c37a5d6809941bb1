"""How long people are held: time served, time before the sentence, and the sentence itself.

Days are counted to an as-of date, a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import WITHHELD, Draft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.studies.imprisonment.part import Part
from hrdresearch.studies.imprisonment.ways_out import ways_out_finding
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    column_heads,
    row_from_draft,
    table_of_counts,
)
from hrdresearch.tables.census import UNSENTENCED
from hrdresearch.vocab import codes

NO_SENTENCE = list(UNSENTENCED)
NOT_KNOWN = [k for k in codes("sentence_kind") if k not in ("term", "life", "death", *NO_SENTENCE)]
DATES = ("began_date", "entered_date", "sentence_date", "ended_date", "last_known_date")
HELD_YEARS = {
    (0, 1): "less than one year",
    (1, 2): "1 to less than 2 years",
    (2, 5): "2 to less than 5 years",
    (5, 10): "5 to less than 10 years",
    (10, None): "10 years or longer",
}
PRETRIAL = {
    (0, 182): "Up to six months",
    (183, 365): "Six months to one year",
    (366, 730): "One to two years",
    (731, None): "More than two years",
}


class TimeHeld(Part):
    """The findings on table ``detentions`` that count days."""

    table = "detentions"
    unit = "detentions"
    no_year = "no year of arrest recorded"
    value_heading = "Detentions"

    @cached_property
    def as_of(self) -> pd.Timestamp | None:
        """Day on which time is counted: the parameter, else the end of the last month recorded."""
        given = str(self.params.get("as_of") or "latest")
        if given != "latest":
            return pd.Timestamp(given)
        days = [p.frame[c].max() for p in self.populations for c in DATES if len(p.frame)]
        days = [d for d in days if pd.notna(d)]
        return max(days) + pd.offsets.MonthEnd(0) if days else None

    @property
    def as_of_words(self) -> str:
        """The day in words, for the prose."""
        if self.as_of is None:
            return "a day that the lists do not give"
        return f"{self.as_of.day} {self.as_of:%B %Y}"

    def is_timed(self, p: Population) -> bool:
        """Whether any row has a date of arrest; without one nobody is known to be held."""
        return bool(p.frame["began_date"].notna().any())

    @property
    def open_(self) -> dict[str, Any]:
        """Filter of the spells open on the as-of date."""
        if self.as_of is None:
            return {"exit_code": "held"}
        return {"open_until_date": {"from": self.before(0, days=-1)}}

    def before(self, years: int, days: int = 0) -> str:
        """A day so many years before the as-of date, and so many days later."""
        assert self.as_of is not None
        day = self.as_of - pd.DateOffset(years=years) + pd.Timedelta(days=days if years else -days)
        return str(day.date().isoformat())

    def unsentenced(self, years: int, within: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Persons still held, arrested so many years ago, with no sentence recorded."""
        began = self.before(years) if self.as_of is not None else "1900-01-01"
        return (
            f"persons held for {years} years or longer, recorded as not sentenced",
            {
                **within,
                **self.open_,
                "sentence_kind_code": NO_SENTENCE,
                "began_date": {"to": began},
            },
        )

    def time_served(self) -> Finding:
        """How long those still held had been held on the as-of date."""

        def rows(p: Population) -> list[Row]:
            if self.as_of is None or not self.is_timed(p):
                return []
            lines: list[Row] = []
            for (low, high), words in HELD_YEARS.items():
                began: dict[str, Any] = {"to": self.before(low)}
                if high is not None:
                    began["from"] = self.before(high, days=1)
                where = {**self.open_, "began_date": began}
                draft = spells(f"time_served.from_{low}", f"open spells, {words}", where)
                lines.append((words.capitalize(), draft))
            known = {**self.open_, **recorded("began_date")}
            whole = spells("time_served.of", "open spells with a date of arrest", known)
            return [
                *lines,
                ("All of known beginning", whole),
                ("Half had been held for more days than", self._median(p)),
            ]

        return table_of_counts(
            self,
            "time_served",
            "Time held until the as-of date by length",
            column_heads("Held for", value="Detentions"),
            rows,
            empty="drop lists",
            notes=(
                f"Spells open on {self.as_of_words}. A date known to the month or year only is "
                "taken at its first day.",
            ),
        )

    def pretrial(self) -> Finding:
        """Time from the arrest to the first sentence, apart from the time after it."""
        known = spells("pretrial.known", "detentions with both dates", recorded("pretrial_days"))
        rows: list[Row] = []
        for (low, high), words in PRETRIAL.items():
            draft = spells(
                f"pretrial.from_{low}",
                f"{words.lower()} before a sentence",
                {"pretrial_days": {"from": low, "to": high}},
            )
            share = f"{words.lower()}, in per cent of detentions with both dates"
            rows.append((words, draft, Share(draft, known, share)))
        return table_of_counts(
            self,
            "pretrial",
            "Time held before the first sentence",
            column_heads("Before the sentence", value="Detentions", share="Per cent of known"),
            lambda p: rows if self.is_timed(p) else [],
            empty="drop lists",
        )

    def against_sentence(self) -> Finding:
        """How much of the sentence those still held had served on the as-of date."""
        drafts = []
        if self.as_of is not None:
            day = self.as_of.date().isoformat()
            term_ = {**self.open_, "sentence_kind_code": "term"}
            past_half = {**term_, "term_half_date": {"to": day}}
            half_ahead = {**term_, "term_half_date": {"from": self.before(0, days=-1)}}
            drafts = [
                ("under_half", "less than half of the term", half_ahead),
                (
                    "over_half",
                    "half of the term or more, not all",
                    {**past_half, "term_ends_date": {"from": day}},
                ),
                ("beyond", "longer than the term", {**past_half, "term_ends_date": {"below": day}}),
                ("life", "life", {**self.open_, "sentence_kind_code": "life"}),
                ("death", "death", {**self.open_, "sentence_kind_code": "death"}),
                ("none", "not sentenced", {**self.open_, "sentence_kind_code": NO_SENTENCE}),
                (
                    "not_known",
                    "sentence not known or without a length",
                    {**self.open_, "sentence_kind_code": NOT_KNOWN},
                ),
            ]
        return table_of_counts(
            self,
            "against_sentence",
            "Time held against the sentence",
            column_heads("Served on the as-of date", value="Detentions"),
            lambda p: [
                row_from_draft(spells(f"served.{key}", words, where))
                for key, words, where in (drafts if self.is_timed(p) else ())
            ],
            empty="drop lists",
            notes=(
                "Time before the sentence counts as served. Half is counted of the shortest, "
                "the end of the longest length that the text of the sentence allows.",
            ),
        )

    def ways_out(self) -> Finding:
        """How detention ends: competing exits with delayed entry."""
        return ways_out_finding(self, self.as_of)

    def _median(self, p: Population) -> Claim:
        """Median of days held over the open spells; withheld where few persons stand behind it."""
        assert self.as_of is not None
        frame = p.frame[(p.frame["open_until_date"] > self.as_of) & p.frame["began_date"].notna()]
        frame = frame[frame["began_date"] <= self.as_of]
        least = max(2 * p.policy.smallest_cell, 1)
        days = (self.as_of - frame["began_date"]).dt.days
        return measured_claim(
            p,
            "time_served.median_days",
            int(days.median()) if len(frame) else None,
            "day",
            "median of days held until the as-of date",
            "median:days_held",
            withheld=WITHHELD if 0 < len(frame) < least else "",
        )


def spells(name: str, words: str, filter_: Mapping[str, Any]) -> Draft:
    """A count of spells of detention."""
    return Draft(name, words, filter_, "detention")


def recorded(column: str) -> dict[str, Any]:
    """Row filter of the spells in which a column says something."""
    return {column: {"recorded": True}}
