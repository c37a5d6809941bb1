"""How long persons are held: time served, time before the sentence, and time against the sentence.

Time held is counted up to one day for all persons: the as-of date, a parameter of the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.studies.imprisonment.detention_sentences import (
    pretrial_sentences,
    sentences_against_the_term,
    time_served_sentences,
)
from hrdresearch.studies.imprisonment.study_part import StudyPart
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


class TimeHeld(StudyPart):
    """The findings on table ``detentions`` that measure time."""

    table = "detentions"
    unit = "detentions"
    no_year = "no year of arrest recorded"
    value_heading = "Detentions"

    @cached_property
    def as_of(self) -> pd.Timestamp | None:
        """Day up to which time is counted: parameter ``as_of``, else the end of the last month recorded.

        None if the lists hold no date at all.
        """
        given = str(self.params.get("as_of") or "latest")
        if given != "latest":
            return pd.Timestamp(given)
        days = [p.frame[c].max() for p in self.populations for c in DATES if len(p.frame)]
        days = [d for d in days if pd.notna(d)]
        return max(days) + pd.offsets.MonthEnd(0) if days else None

    @property
    def as_of_words(self) -> str:
        """The as-of date in words, such as ``30 June 2020``."""
        if self.as_of is None:
            return "a day that the lists do not give"
        return f"{self.as_of.day} {self.as_of:%B %Y}"

    @property
    def report_year(self) -> int:
        """Year of the report, of parameter ``report_year``, else that of the run."""
        return int(self.params.get("report_year") or datetime.now(UTC).year)

    def next_year_claim(self, p: Population) -> Claim:
        """The year after that of the report: a sentence that ends from then on may still be served."""
        words = "the year after that of the report"
        return measured_claim(
            p, "end_dates.next_year", self.report_year + 1, "calendar_year", words, "computed"
        )

    def tells_time_held(self, p: Population) -> bool:
        """Whether any row has a date of arrest; without one, nobody is known to be held."""
        return bool(p.frame["began_date"].notna().any())

    @property
    def open_spells(self) -> dict[str, Any]:
        """Row filter for spells that were not over on the as-of date."""
        if self.as_of is None:
            return {"exit_code": "held"}
        return {"open_until_date": {"from": self.day_before_as_of(0, days=1)}}

    def day_before_as_of(self, years: int, days: int = 0) -> str:
        """ISO date of the day ``years`` before the as-of date, moved ``days`` later."""
        assert self.as_of is not None
        return str((self.as_of - pd.DateOffset(years=years) + pd.Timedelta(days=days)).date())

    def held_unsentenced(
        self, years: int, within: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any]]:
        """Persons held on the as-of date for at least so many years and recorded as not sentenced."""
        began = self.day_before_as_of(years) if self.as_of is not None else "1900-01-01"
        return (
            f"persons held for {years} years or longer, recorded as not sentenced",
            {
                **within,
                **self.open_spells,
                "sentence_kind_code": NO_SENTENCE,
                "began_date": {"to": began},
            },
        )

    def time_served(self) -> Finding:
        """Spells that were not over on the as-of date, by time held, with the median in days."""

        def rows(p: Population) -> list[Row]:
            if self.as_of is None or not self.tells_time_held(p):
                return []
            table: list[Row] = []
            for (low, high), words in HELD_YEARS.items():
                began: dict[str, Any] = {"to": self.day_before_as_of(low)}
                if high is not None:
                    began["from"] = self.day_before_as_of(high, days=1)
                where = {**self.open_spells, "began_date": began}
                draft = count_spells(f"time_served.from_{low}", f"open spells, {words}", where)
                table.append((words.capitalize(), draft))
            known = {**self.open_spells, **where_recorded("began_date")}
            whole = count_spells("time_served.of", "open spells with a date of arrest", known)
            return [
                *table,
                ("All of known beginning", whole),
                ("Half had been held for more days than", self._median(p)),
            ]

        return table_of_counts(
            self,
            "time_served",
            "Time held until the as-of date by length",
            column_heads("Held for", value="Detentions"),
            rows,
            sentence=lambda p, claims: time_served_sentences(
                p, claims, self.as_of_words, self._median(p) if claims else None
            ),
            empty="drop lists",
            notes=(
                f"Spells open on {self.as_of_words}. A date known to the month or year only is "
                "taken at its first day.",
            ),
        )

    def pretrial(self) -> Finding:
        """Detentions by time from the arrest to the first sentence."""
        known = count_spells(
            "pretrial.known", "detentions with both dates", where_recorded("pretrial_days")
        )
        rows: list[Row] = []
        for (low, high), words in PRETRIAL.items():
            draft = count_spells(
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
            lambda p: rows if self.tells_time_held(p) else [],
            sentence=pretrial_sentences,
            empty="drop lists",
        )

    def against_sentence(self) -> Finding:
        """Spells that were not over on the as-of date, by the part of the sentence already served."""
        drafts = []
        if self.as_of is not None:
            day = self.as_of.date().isoformat()
            has_term = {**self.open_spells, "sentence_kind_code": "term"}
            past_half = {**has_term, "term_half_date": {"to": day}}
            half_ahead = {**has_term, "term_half_date": {"from": self.day_before_as_of(0, days=1)}}
            drafts = [
                ("under_half", "less than half of the term", half_ahead),
                (
                    "over_half",
                    "half of the term or more, not all",
                    {**past_half, "term_ends_date": {"from": day}},
                ),
                ("beyond", "longer than the term", {**past_half, "term_ends_date": {"below": day}}),
                ("life", "life", {**self.open_spells, "sentence_kind_code": "life"}),
                ("death", "death", {**self.open_spells, "sentence_kind_code": "death"}),
                ("none", "not sentenced", {**self.open_spells, "sentence_kind_code": NO_SENTENCE}),
                (
                    "not_known",
                    "sentence not known or without a length",
                    {**self.open_spells, "sentence_kind_code": NOT_KNOWN},
                ),
            ]
        return table_of_counts(
            self,
            "against_sentence",
            "Time held against the sentence",
            column_heads("Served on the as-of date", value="Detentions"),
            lambda p: [
                row_from_draft(count_spells(f"served.{key}", words, where))
                for key, words, where in (drafts if self.tells_time_held(p) else ())
            ],
            beside=lambda p: (
                [count_spells("served.of", "open spells", self.open_spells)]
                if drafts and self.tells_time_held(p)
                else []
            ),
            sentence=lambda p, claims: sentences_against_the_term(p, claims, self.as_of_words),
            empty="drop lists",
            notes=(
                "Time before the sentence counts as served. Half is counted of the shortest, "
                "the end of the longest length that the text of the sentence allows.",
            ),
        )

    def _median(self, p: Population) -> Claim:
        """Claim of the median of days held on the as-of date."""
        assert self.as_of is not None
        frame = p.frame[(p.frame["open_until_date"] > self.as_of) & p.frame["began_date"].notna()]
        frame = frame[frame["began_date"] <= self.as_of]
        days = (self.as_of - frame["began_date"]).dt.days
        return measured_claim(
            p,
            "time_served.median_days",
            int(days.median()) if len(frame) else None,
            "day",
            "median of days held until the as-of date",
            "median:days_held",
        )


def count_spells(name: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
    """A count of detentions: rows that the filter selects."""
    return CountDraft(name, words, filter_, "detention")


def where_recorded(column: str) -> dict[str, Any]:
    """Row filter for rows in which this column is not empty.

    >>> where_recorded("began_date")
    {'began_date': {'recorded': True}}
    """
    return {column: {"recorded": True}}
