"""Base class of the study of communications: scope, cut-off day, and counts of letters.

A report on letters rests on one register. Other registers of the build hold the same letters, so
they are compared with it in one table and never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.findings.sentences import (
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.ground.ledger import Ledger, day_from_parameter, day_in_words
from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.studies.shapes.count_tables import Share, column_heads, table_of_counts
from hrdresearch.vocab import label
from hrdresearch.vocab.regions import RegionScheme, region_scheme

TO_STATES: dict[str, Any] = {"addressee_code": "state"}
LAST_DAYS = ("sent_date", "first_reply_date", "followed_up_date")


class Letters(Ledger):
    """Letters of one register sent in one period, as known on the cut-off day."""

    name = "communications"
    subject = "letters and replies"
    table = "communications"
    unit = "letters"
    value_heading = "Letters"
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run: period, region or State, and type of letter; sets the cut-off day.

        Default period and cut-off: from the first letter to the last day that the register holds.
        Raises ScopeError when the period begins after its end or after the cut-off.
        """
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        letters = self.build.table(self.table)
        letters = letters[letters["source"] == self.source]
        last = max(letters[c].max() for c in LAST_DAYS if letters[c].notna().any())
        self.cut_off = day_from_parameter(params, "cut_off", last)
        self.start = day_from_parameter(params, "period_from", letters["sent_date"].min())
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
        """First and last day of the period, as printed: ``1 May 2020 to 30 June 2020``."""
        return f"{day_in_words(self.start)} to {day_in_words(self.end)}"

    @property
    def has_substance(self) -> bool:
        """Whether the register records the substance of replies, and at least one reply is coded.

        True if there is no reply to code.
        """
        replies = self.build.table("replies")
        replies = replies[replies["source"] == self.source]
        is_coded = replies.empty or bool((replies["substance_code"] != "not_coded").any())
        return self.asks_for("substance") and is_coded

    def card(self) -> Finding:
        """Parameters of the run, and the words of its scope, for the text of the report."""
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
        """Row filter for a date on or before the cut-off day."""
        return {"to": str(self.cut_off.date())}

    @property
    def deadline_passed(self) -> dict[str, str]:
        """Row filter for a deadline that has passed: it lies before the cut-off day.

        A reply on the last day of the deadline is still in time.
        """
        return {"to": str((self.cut_off - pd.Timedelta(days=1)).date())}

    def count_to_states(
        self, name: str, words: str, filter_: Mapping[str, Any] | None = None
    ) -> CountDraft:
        """A count of letters to States; filter_ narrows it further."""
        return CountDraft(name, words, {**TO_STATES, **(filter_ or {})}, "letter")

    def claims_of_counts(
        self, wanted: Mapping[str, tuple[str, Mapping[str, Any]]]
    ) -> dict[str, Claim]:
        """Claims of several counts of letters to States, by name; wanted: name -> (definition, filter)."""
        return self.count(
            self.register,
            [self.count_to_states(name, *definition) for name, definition in wanted.items()],
        )

    def table_with_shares(
        self,
        name: str,
        title: str,
        heading: str,
        vocabulary: str,
        parts: Mapping[str, tuple[str, str, Mapping[str, Any]]],
        told: Callable[[str, Claim], str],
        link: str = "",
        **more: Any,
    ) -> Finding:
        """A table of letters to States by code, each count with its share in per cent.

        vocabulary: the vocabulary of the codes. parts: code -> (label, definition, row filter).
        told: what the sentence says after a number, from the code and its count. link: what
        follows "were" in it. more: other arguments of ``table_of_counts``.
        """
        whole = self.count_to_states(f"{name}.of", "Letters to States in scope")
        rows = []
        for code, (words, definition, filter_) in parts.items():
            part = self.count_to_states(f"{name}.{code}", definition, filter_)
            of = f"{words}, in per cent of the letters to States in scope"
            rows.append((Cell(text=words, vocabulary=vocabulary), part, Share(part, whole, of)))
        columns = column_heads(heading, value="Letters", share="Per cent")
        dots = Drawing("shares", "label", ("value",))

        def sentence(_: Population, made: Mapping[str, Claim]) -> str:
            counts = {code: made[f"{name}.{code}"] for code in parts}
            held = {code: n for code, n in counts.items() if is_printed(n)}
            items = [
                f"{count_with_share(n, made[f'{n.name}.share'])} "
                f"{'' if number else agreement_tag(n, f'was{link}', f'were{link}')} {told(code, n)}"
                for number, (code, n) in enumerate(held.items())
            ]
            items = [" ".join(item.split()) for item in items]
            return f"Of {claim_tag(made[f'{name}.of'], 'of:letter')} to States, {join_with_and(items)}."

        made = table_of_counts(
            self, name, title, columns, rows, drawing=dots, sentence=sentence, **more
        )
        return replace(made, key_sentences=made.statements)
