"""What every finding on letters has in common: scope, cut-off, numbers that are not plain counts.

A report on letters rests on one register. Other registers of the build stand beside it in one
comparison and are never added: they hold the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population, not_computable, text_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding, SourceNote
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.base import Scope, ScopeError, Study
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import RegionScheme, region_scheme, short_name

TO_STATES: dict[str, Any] = {"addressee_code": "state"}
LAST_DAYS = ("sent_date", "first_reply_date", "followed_up_date")


class Letters(Study):
    """Letters of one register in one period, as known on the day of the cut-off."""

    name = "communications"
    table = "communications"
    unit = "letters"
    counted = "Letters"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Period, region or State, and type of letter; nothing after the cut-off is known."""
        self.regions: RegionScheme = region_scheme(str(params.get("region_scheme", "report")))
        held = self.build.table(self.table)
        held = held[held["source"] == self.source]
        first, last = (
            held["sent_date"].min(),
            max(held[c].max() for c in LAST_DAYS if held[c].notna().any()),
        )
        self.cut_off = _day(params, "cut_off", last)
        self.start = _day(params, "period_from", first)
        self.end = min(_day(params, "period_to", self.cut_off), self.cut_off)
        if self.start > self.end:
            raise ScopeError("period_from is after period_to or after the cut-off")
        filter_: dict[str, Any] = {
            "sent_date": {"from": str(self.start.date()), "to": str(self.end.date())}
        }
        words = [f"letters sent from {in_words(self.start)} to {in_words(self.end)}"]
        region, state = str(params.get("region", "all")), str(params.get("state", "all"))
        if region != "all":
            if region not in self.regions.labels:
                raise ScopeError(
                    f"region={region!r}: scheme {self.regions.name} has "
                    f"{', '.join(self.regions.labels)}"
                )
            filter_["state_iso3"] = [i for i, r in self.regions.of.items() if r == region]
            words.append(self.regions.labels[region])
        if state != "all":
            filter_["state_iso3"] = state
            words.append(short_name(state))
        if params.get("letter_type", "all") != "all":
            filter_["type_code"] = str(params["letter_type"])
            words.append(label("letter_type", str(params["letter_type"])).lower())
        return Scope(filter_, "; ".join(words))

    @property
    def register(self) -> Population:
        """The register that the report counts by."""
        return self.populations[0]

    @property
    def letters(self) -> pd.DataFrame:
        """Letters to States in scope."""
        frame = self.register.frame
        return frame[frame["addressee_code"] == "state"]

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The period as printed."""
        return f"{in_words(self.start)} to {in_words(self.end)}"

    def card(self) -> Finding:
        """Parameters and words for the prose."""
        state = str(self.params.get("state") or "all")
        region = str(self.params.get("region") or "all")
        parameters = {k: str(v) for k, v in self.params.items() if v is not None}
        scope = {
            "period": self.period(),
            "period_start": in_words(self.start),
            "period_end": in_words(self.end),
            "cut_off_day": in_words(self.cut_off),
            "scope": self.scope.words,
            "scope_title": self.scope.words,
            "lists": self.register.title,
            "state_name": short_name(state) if state != "all" else "all States",
            "region_name": self.regions.labels.get(region, "all regions"),
            "region_scheme_title": self.regions.title,
        }
        flags = ["scope.all_states"] if (state, region) == ("all", "all") else ["scope.restricted"]
        return self.study_card(parameters | {"region_scheme": self.regions.name}, scope, flags)

    def drafts(self, wanted: Mapping[str, tuple[str, Mapping[str, Any]]]) -> dict[str, Claim]:
        """Counts of letters to States: name -> (definition, filter)."""
        return self.count(
            self.register,
            [
                Draft(name, definition, {**TO_STATES, **filter_}, unit="letter")
                for name, (definition, filter_) in wanted.items()
            ],
        )

    def number(
        self,
        name: str,
        value: float | None,
        unit: str,
        definition: str,
        *,
        text: str = "",
        why: str = "",
        measure: str = "computed",
        rows: int | None = None,
        filter_: Mapping[str, Any] | None = None,
    ) -> Claim:
        """A number that is no plain count of rows; None says that it is not computable, and why."""
        if value is None:
            draft = Draft(name, definition, unit=unit)
            return not_computable(self.register, draft, why or "nothing to compute it from")
        return Claim(
            name=self.register.named(name),
            value=value,
            unit=unit,
            rows=rows,
            text=text or in_table(value, unit),
            definition=definition,
            measure=measure,
            filter={}
            if filter_ is None
            else {"source": self.register.slug, **self.scope.filter, **filter_},
            table=self.table,
            sources=(self.register.slug,),
        )

    def day(self, name: str, when: pd.Timestamp, definition: str) -> Claim:
        """A day as a number of the page."""
        # A day stays on one line of a table.
        made = text_claim(name, in_words(when).replace(" ", "\u00a0"), definition, "day")
        return replace(made, sources=(self.register.slug,))

    def by_codes(
        self,
        name: str,
        title: str,
        column: str,
        vocabulary: str,
        heading: str,
        filter_: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Finding:
        """Letters to States by the codes of a column, with their share."""
        base = dict(filter_ or {})
        made = self.drafts(
            {
                **{
                    f"{name}.{code}": (label(vocabulary, code), {**base, column: code})
                    for code in codes(vocabulary)
                },
                f"{name}.of": ("Letters to States in scope", base),
            }
        )
        return self.shares(
            name,
            title,
            heading,
            {code: label(vocabulary, code) for code in codes(vocabulary)},
            made,
            vocabulary,
            **more,
        )

    def shares(
        self,
        name: str,
        title: str,
        heading: str,
        labels: Mapping[str, str],
        made: dict[str, Claim],
        vocabulary: str,
        **more: Any,
    ) -> Finding:
        """A table of counts with their share in ``NAME.of``."""
        from hrdresearch.findings.make import share

        whole = made[f"{name}.of"]
        for code, words in labels.items():
            key = f"{name}.{code}.share"
            made[key] = share(
                self.register,
                key,
                made[f"{name}.{code}"],
                whole,
                f"{words}, in per cent of the letters to States in scope",
            )
        rows = [
            [
                Cell(text=words, vocabulary=vocabulary),
                Cell(claim=made[f"{name}.{code}"].name),
                Cell(claim=made[f"{name}.{code}.share"].name),
            ]
            for code, words in labels.items()
            if made[f"{name}.{code}"].value or more.get("with_zeros", True)
        ]
        more.pop("with_zeros", None)
        columns = [
            Column("label", heading, "label"),
            Column("value", "Letters"),
            Column("share", "Per cent"),
        ]
        return self.finding(name, title, columns, rows, made.values(), **more)

    def _notes_on(self, table: str) -> tuple[SourceNote, ...]:
        """Source notes of the lists that a table was made from."""
        return tuple(
            SourceNote(
                slug=str(f["slug"]),
                title=str(f["title"]),
                citation=str(f["citation"]),
                population=str(f["definition"]),
                sha256=str(f["sha256"]),
            )
            for f in self.build.facts()
            if f["table"] == table
        )

    # -- private ---------------------------------------------------------------------------

    def _chosen(self, facts: list[dict[str, Any]], sources: str) -> list[dict[str, Any]]:
        """One register: the one asked for, else the first of the build."""
        registers = [f for f in facts if f["table"] == "communications"]
        if sources != "all":
            registers = super()._chosen(registers, sources)
            if len(registers) > 1:
                raise ScopeError("sources names one register: registers hold the same letters")
        self.source = str(registers[0]["slug"])
        return registers[:1]


def in_words(day: pd.Timestamp) -> str:
    """``30 June 2020``."""
    return f"{day.day} {day.month_name()} {day.year}"


def _day(params: Mapping[str, Any], name: str, default: pd.Timestamp) -> pd.Timestamp:
    given = params.get(name)
    if not given:
        return pd.Timestamp(default)
    try:
        return pd.Timestamp(str(given))
    except ValueError:
        raise ScopeError(f"{name}={given!r} is no day, such as 2020-06-30") from None
