"""What every finding on letters has in common: scope, cut-off, numbers that are not plain counts.

A report on letters rests on one register. Other registers of the build stand beside it in one
comparison and are never added: they hold the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population, share
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.studies.base import Scope, ScopeError
from hrdresearch.studies.ledger import Ledger, capitalized, day_of, in_words
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import RegionScheme, region_scheme, short_name

TO_STATES: dict[str, Any] = {"addressee_code": "state"}
LAST_DAYS = ("sent_date", "first_reply_date", "followed_up_date")


class Letters(Ledger):
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
        self.cut_off = day_of(params, "cut_off", last)
        self.start = day_of(params, "period_from", first)
        self.end = min(day_of(params, "period_to", self.cut_off), self.cut_off)
        if self.start > self.end:
            raise ScopeError("period_from is after period_to or after the cut-off")
        filter_: dict[str, Any] = {
            "sent_date": {"from": str(self.start.date()), "to": str(self.end.date())},
            "has_this_mandate": True,  # the public database holds letters of every mandate
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
    def letters(self) -> pd.DataFrame:
        """Letters to States in scope."""
        frame = self.register.frame
        return frame[frame["addressee_code"] == "state"]

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The period as printed."""
        return f"{in_words(self.start)} to {in_words(self.end)}"

    @property
    def has_substance(self) -> bool:
        """Whether the substance of replies has been coded at all."""
        replies = self.build.table("replies")
        own = replies[replies["source"] == self.source]
        coded = own.empty or bool((own["substance_code"] != "not_coded").any())
        return self.records("substance") and coded

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
            "scope_title": capitalized(self.scope.words),
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
