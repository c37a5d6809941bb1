"""What every finding on letters has in common: scope, cut-off, numbers that are not plain counts.

A report on letters rests on one register. Other registers of the build stand beside it in one
comparison and are never added: they hold the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.studies.ground.ledger import Ledger, day_from_parameter, day_in_words
from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.studies.shapes.count_tables import Share, column_heads, table_of_counts
from hrdresearch.vocab import label
from hrdresearch.vocab.states import RegionScheme, region_scheme

TO_STATES: dict[str, Any] = {"addressee_code": "state"}
LAST_DAYS = ("sent_date", "first_reply_date", "followed_up_date")


class Letters(Ledger):
    """Letters of one register in one period, as known on the day of the cut-off."""

    name = "communications"
    table = "communications"
    unit = "letters"
    value_heading = "Letters"
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Period, region or State, and type of letter; nothing after the cut-off is known."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        held = self.build.table(self.table)
        held = held[held["source"] == self.source]
        first, last = (
            held["sent_date"].min(),
            max(held[c].max() for c in LAST_DAYS if held[c].notna().any()),
        )
        self.cut_off = day_from_parameter(params, "cut_off", last)
        self.start = day_from_parameter(params, "period_from", first)
        self.end = min(day_from_parameter(params, "period_to", self.cut_off), self.cut_off)
        if self.start > self.end:
            raise ScopeError("period_from is after period_to or after the cut-off")
        within = {
            "sent_date": {"from": str(self.start.date()), "to": str(self.end.date())},
            "has_this_mandate": True,  # the public database holds letters of every mandate
        }
        words = f"letters sent from {day_in_words(self.start)} to {day_in_words(self.end)}"
        narrowing = Narrowing(params, words, within=within).state_or_region(self.regions)
        if params.get("letter_type", "all") != "all":
            narrowing.filter["type_code"] = str(params["letter_type"])
            narrowing.words.append(label("letter_type", str(params["letter_type"])).lower())
        return narrowing.scope()

    @property
    def letters(self) -> pd.DataFrame:
        """Letters to States in scope."""
        frame = self.register.frame
        return frame[frame["addressee_code"] == "state"]

    def period(self, populations: Iterable[Population] | None = None) -> str:  # noqa: ARG002
        """The period as printed."""
        return f"{day_in_words(self.start)} to {day_in_words(self.end)}"

    @property
    def has_substance(self) -> bool:
        """Whether the substance of replies has been coded at all."""
        replies = self.build.table("replies")
        own = replies[replies["source"] == self.source]
        coded = own.empty or bool((own["substance_code"] != "not_coded").any())
        return self.asks_for("substance") and coded

    def card(self) -> Finding:
        """Parameters and words for the prose."""
        places = [str(self.params.get(key) or "all") for key in ("state", "region")]
        scope = {
            **self.scope_words(),
            **self.state_and_region_words(),
            "period_start": day_in_words(self.start),
            "period_end": day_in_words(self.end),
            "cut_off_day": day_in_words(self.cut_off),
        }
        is_whole = places == ["all", "all"]
        return self.run_card(
            scope, {"scope.all_states": is_whole, "scope.restricted": not is_whole}
        )

    @property
    def by_cut_off(self) -> dict[str, str]:
        """Row filter of a day that was known at the cut-off."""
        return {"to": str(self.cut_off.date())}

    @property
    def overdue(self) -> dict[str, str]:
        """Row filter of a deadline that has passed: a reply may come on the last day itself."""
        return {"to": str((self.cut_off - pd.Timedelta(days=1)).date())}

    def to_states(self, name: str, words: str, filter_: Mapping[str, Any] | None = None) -> Draft:
        """A count of letters to States."""
        return Draft(name, words, {**TO_STATES, **(filter_ or {})}, "letter")

    def drafts(self, wanted: Mapping[str, tuple[str, Mapping[str, Any]]]) -> dict[str, Claim]:
        """Counts of letters to States: name -> (definition, filter)."""
        drafts = [self.to_states(name, *what) for name, what in wanted.items()]
        return self.count(self.register, drafts)

    def shares(
        self,
        name: str,
        title: str,
        heading: str,
        vocabulary: str,
        parts: Mapping[str, tuple[str, str, Mapping[str, Any]]],
        **more: Any,
    ) -> Finding:
        """Letters to States with their share; parts: code -> (label, definition, row filter)."""
        whole = self.to_states(f"{name}.of", "Letters to States in scope")
        rows = []
        for code, (words, definition, filter_) in parts.items():
            part = self.to_states(f"{name}.{code}", definition, filter_)
            of = f"{words}, in per cent of the letters to States in scope"
            rows.append((Cell(text=words, vocabulary=vocabulary), part, Share(part, whole, of)))
        columns = column_heads(heading, value="Letters", share="Per cent")
        bars = Drawing("bars", "label", ("value",))
        return table_of_counts(self, name, title, columns, rows, drawing=bars, **more)
