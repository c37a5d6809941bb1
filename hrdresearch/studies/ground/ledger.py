"""What studies on a register or ledger have in common: one list, one cut-off, dated entries.

A report rests on one list. Further lists of the build that hold the same kind of row are compared
with it or left out, never added. Nothing that happened after the cut-off is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_RECORDED
from hrdresearch.findings.make_claims import Draft, Population, not_computable_claim, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Finding, SourceNote
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.studies.ground.populations import source_note
from hrdresearch.studies.ground.study import ScopeError, Study
from hrdresearch.tables import narrowed

REPORT_DAY = pd.Timestamp("2020-07-16")  # day of A/75/165


class Ledger(Study):
    """A study over one list of dated entries; further files of the build stand beside it."""

    tells_all_files = True

    @property
    def register(self) -> Population:
        """The list that the report counts by."""
        return self.populations[0]

    def defined(self, population: Population, words: str) -> str:  # noqa: ARG002
        """Definition of a count; it need not name the list where there is one only."""
        return words

    def scope_words(self) -> dict[str, str]:
        """Period, scope and list of the report, in words for the prose."""
        return {
            "period": self.period(),
            "scope": self.scope.words,
            "scope_title": capitalized(self.scope.words),
            "lists": self.register.title,
        }

    def records(self, fact: str) -> bool:
        """Whether the list collects a fact at all; what it does not collect is not zero."""
        return fact in self.register.asked

    def unanswered(self, fact: str) -> str:
        """What a cell says where a fact has no answer: not recorded, or not asked at all."""
        return NOT_RECORDED if self.records(fact) else NOT_ASKED

    def holds(self, column: str, *, but: str | None = None) -> bool:
        """Whether any entry of the list, in scope or not, has this column filled.

        A column that no entry fills was not kept, and says nothing of what did not happen.
        but: code of the column that stands for an empty cell.
        """
        held = self.build.table(self.table)
        cells = held.loc[held["source"] == self.source, column]
        return bool((cells.notna() & (cells != but)).any())

    def number(
        self,
        name: str,
        value: float | None,
        unit: str,
        definition: str,
        *,
        text: str = "",
        why: str = "",
        said: str = "",
        measure: str = "computed",
        rows: int | None = None,
        filter_: Mapping[str, Any] | None = None,
    ) -> Claim:
        """A number that is no plain count of rows; None says that it is not computable, and why.

        said: what is printed instead, such as "not recorded".
        """
        if value is None:
            draft = Draft(name, definition, unit=unit)
            claim = not_computable_claim(self.register, draft, why or "nothing to compute it from")
            return replace(claim, text=said or claim.text)
        return Claim(
            name=self.register.claim_name(name),
            value=value,
            unit=unit,
            rows=rows,
            text=text or number_in_table(value, unit),
            definition=definition,
            measure=measure,
            filter={}
            if filter_ is None
            else {"source": self.register.slug, **narrowed(self.scope.filter, filter_)},
            table=self.table,
            sources=(self.register.slug,),
        )

    def numbers(
        self, unit: str, wanted: Mapping[str, tuple[float | None, str]], why: str = ""
    ) -> list[Claim]:
        """Numbers of one unit: name -> (value, definition)."""
        return [self.number(n, value, unit, words, why=why) for n, (value, words) in wanted.items()]

    def flag(self, name: str, holds: bool) -> list[Claim]:
        """A name for conditions in prose, present only where something holds."""
        return [text_claim(name, "yes", "What this list can say", SCOPE)] if holds else []

    def day(self, name: str, when: pd.Timestamp, definition: str) -> Claim:
        """A day as a number of the page."""
        made = text_claim(name, in_words(when), definition, "day")
        return replace(made, table=self.table, sources=(self.register.slug,))

    def counted_in(
        self, table: str, claims: Iterable[Claim], filter_: Mapping[str, Any] | None = None
    ) -> list[Claim]:
        """Numbers that were counted in another table of the build, with its lists as their source."""
        slugs = tuple(note.slug for note in self.notes_on(table))
        return [replace(c, table=table, sources=slugs, filter=dict(filter_ or {})) for c in claims]

    def notes_on(self, table: str) -> tuple[SourceNote, ...]:
        """Source notes of the lists that a table was made from."""
        return tuple(source_note(f) for f in self.build.facts() if f["table"] == table)

    def last_day(self, *columns: str) -> pd.Timestamp | None:
        """Latest day in these columns of the list, whatever the scope; None where there is none."""
        held = self.build.table(self.table)
        held = held[held["source"] == self.source]
        days = [held[c].max() for c in columns if held[c].notna().any()]
        return max(days) if days else None

    # -- private ---------------------------------------------------------------------------

    def _chosen(self, facts: list[dict[str, Any]], sources: str) -> list[dict[str, Any]]:
        """One list: the one asked for, else the first of the build."""
        own = [f for f in facts if f["table"] == self.table]
        if not own:
            raise ScopeError(f"This build holds no list for the study {self.name}")
        if sources != "all":
            own = super()._chosen(own, sources)
            if len(own) > 1:
                raise ScopeError("sources names one list: the others hold the same entries")
        self.source = str(own[0]["slug"])
        return own[:1]


class AsAt(Ledger):
    """A ledger as it stood on the day of the cut-off."""

    cut_off: pd.Timestamp

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The cut-off as printed."""
        return f"as at {in_words(self.cut_off)}"

    def card(self) -> Finding:
        """Parameters and words for the prose."""
        return self.card_of({**self.scope_words(), "cut_off_day": in_words(self.cut_off)})


def in_words(day: pd.Timestamp) -> str:
    """``30 June 2020``."""
    return f"{day.day} {day.month_name()} {day.year}"


def capitalized(words: str) -> str:
    """The words with a capital letter at their beginning, and no other letter changed."""
    return words[:1].upper() + words[1:]


def key_of(text: str) -> str:
    """A reference number as a part of a claim's name: ``al_col_3_2020``."""
    return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def day_of(params: Mapping[str, Any], name: str, default: pd.Timestamp) -> pd.Timestamp:
    """Day that a parameter names, or the default; ScopeError when it is no day."""
    given = params.get(name)
    if not given:
        return pd.Timestamp(default)
    try:
        return pd.Timestamp(str(given))
    except ValueError:
        raise ScopeError(f"{name}={given!r} is no day, such as 2020-06-30") from None
