"""Base classes of the studies on a register or ledger: one list, one cut-off day, dated entries.

A report rests on one list. Further lists of the build that hold the same kind of row are compared
with it or left out, never added. What happened after the cut-off day is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_RECORDED
from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    not_computable_claim,
    text_claim,
)
from hrdresearch.findings.model import SCOPE, Claim, Finding, SourceNote
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import capitalized
from hrdresearch.studies.ground.populations import source_note
from hrdresearch.studies.ground.study import ScopeError, Study
from hrdresearch.tables import join_filters

REPORT_DAY = pd.Timestamp("2020-07-16")  # day of A/75/165


class Ledger(Study):
    """A study over one list of dated entries; further files of the build are not counted."""

    accounts_for_all_files = True

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
            "scope": self.scope.words or f"all {self.value_heading.lower()} of the list",
            "scope_title": capitalized(self.scope.words),
            "lists": self.register.name_in_prose,
        }

    def run_card(
        self, scope: Mapping[str, str], flags: Mapping[str, bool] | None = None
    ) -> Finding:
        """The study card; it says that the report counts one list only."""
        return super().run_card(scope, {"scope.one_list": True, **(flags or {})})

    def card(self) -> Finding:
        """Parameters, the words of the scope, and whether numbers are rounded, for the text of the report."""
        flags = {
            "scope.withheld": not self.policy.prints_exact_numbers,
            "scope.internal": self.policy.is_internal,
        }
        return self.run_card(self.scope_words(), flags)

    def asks_for(self, fact: str) -> bool:
        """Whether the list asks for a fact; a fact that the list does not ask for is never zero."""
        return fact in self.register.asked

    def words_without_answer(self, fact: str) -> str:
        """Words of a cell without an answer: "not recorded", or "not asked" where the list never asks."""
        return NOT_RECORDED if self.asks_for(fact) else NOT_ASKED

    def ever_recorded(self, column: str, *, but: str | None = None) -> bool:
        """Whether at least one entry of the list, in scope or not, has a value in this column.

        Where no entry has one, the column was not kept, and no count can be made from it.
        but: code in this column that means an empty cell.
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
        """Claim of a number that is computed, not counted in rows.

        value: the number; None makes a claim that is "not computable". why: the reason, for its
        definition. said: words printed in place of "not computable", such as "not recorded".
        rows: how many rows stand behind the number. filter_: which rows, within the scope.
        """
        if value is None:
            draft = CountDraft(name, definition, unit=unit)
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
            else {"source": self.register.slug, **join_filters(self.scope.filter, filter_)},
            table=self.table,
            sources=(self.register.slug,),
        )

    def numbers(
        self, unit: str, wanted: Mapping[str, tuple[float | None, str]], why: str = ""
    ) -> list[Claim]:
        """Claims of several computed numbers of one unit; wanted: name -> (value, definition)."""
        return [self.number(n, value, unit, words, why=why) for n, (value, words) in wanted.items()]

    def flag_claims(self, name: str, holds: bool) -> list[Claim]:
        """A claim for ``{{#if NAME is present}}`` in prose: one claim if ``holds``, else an empty list."""
        return [text_claim(name, "yes", "What this list can say", SCOPE)] if holds else []

    def day(self, name: str, when: pd.Timestamp, definition: str) -> Claim:
        """Claim of a day, printed as ``30 June 2020``."""
        made = text_claim(name, day_in_words(when), definition, "day")
        return replace(made, table=self.table, sources=(self.register.slug,))

    def claims_of_table(
        self, table: str, claims: Iterable[Claim], filter_: Mapping[str, Any] | None = None
    ) -> list[Claim]:
        """The same claims, marked as counted in another table of the build and sourced to its lists."""
        slugs = tuple(note.slug for note in self.source_notes_of(table))
        return [replace(c, table=table, sources=slugs, filter=dict(filter_ or {})) for c in claims]

    def source_notes_of(self, table: str) -> tuple[SourceNote, ...]:
        """Source notes of the lists that a table was made from."""
        return tuple(source_note(f) for f in self.build.facts() if f["table"] == table)

    def last_day(self, *columns: str) -> pd.Timestamp | None:
        """Latest day in these columns of the list, in scope or not; None where no day is recorded."""
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


class LedgerAtCutOff(Ledger):
    """A ledger as it stood on the day of the cut-off."""

    cut_off: pd.Timestamp

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The cut-off as printed."""
        return f"as at {day_in_words(self.cut_off)}"

    def scope_words(self) -> dict[str, str]:
        """Period, scope, list and cut-off of the report, in words for the prose."""
        return {**super().scope_words(), "cut_off_day": day_in_words(self.cut_off)}


def day_in_words(day: pd.Timestamp) -> str:
    """A day in English words.

    >>> day_in_words(pd.Timestamp("2020-06-30"))
    '30 June 2020'
    """
    return f"{day.day} {day.month_name()} {day.year}"


def claim_key(text: str) -> str:
    """A reference number in the form that the name of a claim takes.

    >>> claim_key("AL COL 3/2020")
    'al_col_3_2020'
    """
    return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def day_from_parameter(params: Mapping[str, Any], name: str, default: pd.Timestamp) -> pd.Timestamp:
    """Day given by a parameter of the run, or the default; ScopeError when the value is no day."""
    given = params.get(name)
    if not given:
        return pd.Timestamp(default)
    try:
        return pd.Timestamp(str(given))
    except ValueError:
        raise ScopeError(f"{name}={given!r} is no day, such as 2020-06-30") from None
