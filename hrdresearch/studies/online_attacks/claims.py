"""Base class of the study of online attacks: the archive, its labels, and how claims on them are made.

Machine codes order a queue and form strata; every published share is estimated from messages that
people labelled. Figures that rest on fewer persons than the smallest cell are withheld; estimated
numbers are rounded to two figures, so that no subtraction gives an exact count away, and numbers of
persons and accounts to multiples of five.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import WITHHELD
from hrdresearch.findings.make_claims import NOT_COMPUTABLE, text_claim
from hrdresearch.findings.model import Cell, Claim, Column, Finding, SourceNote
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.publication_limits import FEWEST_KNOWN, LEAST_KNOWN_SHARE
from hrdresearch.privacy.policy import FEWEST_SHOWN, Policy, strictest_policy
from hrdresearch.privacy.rounding import round_count
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.populations import source_note
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.online_attacks.tables import (
    is_too_wide,
    note_on_wide_intervals,
    table_columns,
    table_row,
)
from hrdresearch.vocab import codes, label, vocabulary

NOT_ATTACKS = tuple(vocabulary("attack_kind")["not_attacks"])
THREATS = tuple(vocabulary("attack_kind")["threats"])
ATTACKS = tuple(c for c in codes("attack_kind") if c not in NOT_ATTACKS)
GROUPS = {"attack": ("any attack", ATTACKS), "threat": ("any threat", THREATS)}
KINDS = {**GROUPS, **{k: (label("attack_kind", k), (k,)) for k in ATTACKS}}
SAMPLE = {"is_sampled": True, "coder": "first"}  # labels that estimates rest on
MARKED = {"band_code": ["high", "middle"]}  # messages in which the coder found an attack
ENOUGH_LABELS = (
    100  # of the sample, at least two in each stratum: so many intervals cover in simulation
)
FEWEST_LABELS = FEWEST_KNOWN  # labelled messages, which are no persons, under a printed share
READ = [
    *("source", "posted_at", "post_year", "has_zone", "language_code", "author_id", "target_id"),
    *("kind_codes", "score", "band_code", "link_ids", "near_id"),
]
UNITS_OF_PERSONS = ("person", "account", "event")  # a killing or an arrest is one person's
NO_WORDS = ("posted_at", "post_year", "has_zone", "score")


def rounded_persons(value: int, unit: str) -> int:
    """Round a number of persons, accounts or events to a multiple of five; other numbers stay exact.

    >>> rounded_persons(12, "account"), rounded_persons(12, "message")
    (10, 12)
    """
    if unit not in UNITS_OF_PERSONS:
        return value
    return round_count(value, b"", "", "", mode="nearest")


class OnlineStudy(Study):
    """An archive of messages, the labels of people on its sample, and events offline."""

    name = "online-attacks"
    subject = "attacks in messages"
    table = "posts"
    unit = "messages"
    value_heading = "Messages"

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        super().__init__(build, params)
        # Events may have been read from builds of lists whose policy is stricter.
        linked = [f["policy"] for f in self.linked_lists]
        self.policy = strictest_policy([self.policy, *(Policy.from_dict(p) for p in linked)])

    @property
    def linked_builds(self) -> list[dict[str, Any]]:
        """Builds of other studies that events were read from, with the facts of their lists."""
        return list(self.build.extras("linked") or [])

    @property
    def linked_lists(self) -> list[dict[str, Any]]:
        """Facts of the lists in these builds."""
        return [facts for one in self.linked_builds for facts in one["sources"]]

    def rows_of_lists(self) -> pd.DataFrame:
        """Messages, with only the columns that are counted and text as categories: there may be millions."""
        return self.build.columns("posts", READ, [c for c in READ if c not in NO_WORDS])

    @cached_property
    def posts(self) -> pd.DataFrame:
        """Messages of the archive; ``is_marked``: the coder found an attack."""
        frame = self.populations[0].frame
        return frame.assign(is_marked=(frame["band_code"] != "low").to_numpy())

    @cached_property
    def labels(self) -> pd.DataFrame:
        """First coder's labels on messages of the probability sample."""
        every = self.build.table("post_labels")
        return every[every["is_sampled"] & (every["coder"] == "first")].reset_index(drop=True)

    @property
    def events(self) -> pd.DataFrame:
        """Events offline of persons of the archive."""
        return self.build.table("offline_events")

    def notes_with(self, *tables: str) -> tuple[SourceNote, ...]:
        """Source notes of the archive, of the lists of these tables, and of linked builds."""
        beside = [f for f in self.build.facts() if f["table"] in tables]
        if "offline_events" in tables:
            beside += self.linked_lists
        return (*self.notes, *(source_note(f) for f in beside))

    @property
    def stratum_sizes(self) -> dict[str, int]:
        """Messages of each stratum."""
        return {str(k): int(v) for k, v in self.build.extras("archive")["strata"].items()}

    @property
    def messages_drawn(self) -> int:
        """Messages that were drawn for the sample."""
        return sum(int(n) for n in self.build.extras("archive")["sampled"].values())

    @cached_property
    def no_share_because(self) -> str:
        """Why no share can be printed of the archive; empty when one can."""
        labels = self.labels
        if not len(labels):
            return "no message of the sample has been labelled"
        if len(labels) < FEWEST_LABELS:
            return "fewer than thirty messages of the sample have been labelled"
        if len(labels) < min(ENOUGH_LABELS, LEAST_KNOWN_SHARE * self.messages_drawn):
            return (
                "fewer than half of the messages drawn for the sample have been labelled, and fewer than "
                "a hundred"
            )
        if not set(self.stratum_sizes) <= set(labels["stratum"]):
            return "groups of the sample have no labelled message yet"
        return ""

    def is_withheld(self, persons: int, value: float) -> bool:
        """Whether a figure rests on fewer persons than the smallest cell."""
        return value > 0 and persons < FEWEST_SHOWN

    def rests_on_few_persons(self, rows: pd.DataFrame) -> bool:
        """Whether these messages address, or come from, fewer persons than the smallest cell."""
        addressed = int(rows["target_id"].nunique())
        if self.is_stated_that_five_are_addressed:
            addressed = FEWEST_SHOWN
        return min(addressed, int(rows["author_id"].nunique())) < FEWEST_SHOWN

    @cached_property
    def is_stated_that_five_are_addressed(self) -> bool:
        """Whether the maker of the report states that five persons or more are addressed.

        Only for an archive where most messages do not tell whom they address.
        """
        return bool(self.params.get("addresses_five")) and not self.is_mostly_addressed

    @cached_property
    def is_mostly_addressed(self) -> bool:
        """Whether half of the messages or more tell whom they address."""
        return bool(self.posts["target_id"].notna().mean() >= 1 / 2)

    def finding_without_labels(self, name: str, title: str, why: str = "") -> Finding:
        """A finding without a table that says why no share is estimated.

        why: the reason; without it that of ``no_share_because``.
        """
        why = why or self.no_share_because
        claim = text_claim(f"{name}.missing", why, "Why nothing is estimated")
        statement = f"No share is given: {{{{ {name}.missing }}}}."
        return self.finding(name, title, (), (), (claim,), statements=(statement,))

    def list_of_numbers(
        self,
        name: str,
        title: str,
        heading: str,
        claims: Sequence[Claim],
        beside: Sequence[Claim] = (),
        **more: Any,
    ) -> Finding:
        """A finding whose table names each claim by its definition, with its number beside.

        heading: of the first column. beside: claims that sentences need and the table does not
        show. more: other fields of ``Finding``.
        """
        columns = table_columns(heading, value="Number")
        rows = [table_row(c.definition, [c]) for c in claims]
        return self.finding(name, title, columns, rows, [*claims, *beside], **more)

    def finding_of_estimates(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        lines: Sequence[tuple[Cell | str, Sequence[Claim]]],
        notes: tuple[str, ...],
        too_wide: Sequence[str] = (),
        beside: Sequence[Claim] = (),
        **more: Any,
    ) -> Finding:
        """A finding that rests on labels: a row for each label of ``lines`` with its claims.

        too_wide: words of the shares whose interval is too wide to be printed; a note names them.
        beside: claims that sentences need and the table does not show. more: other fields of
        ``Finding``.
        """
        return self.finding(
            name,
            title,
            columns,
            [table_row(first, claims) for first, claims in lines],
            [*(claim for _, claims in lines for claim in claims), *beside],
            sources=self.notes_with("post_labels"),
            notes=(*notes, *note_on_wide_intervals(too_wide)),
            **more,
        )

    # -- claims ----------------------------------------------------------------------------

    def count_in_archive(
        self,
        name: str,
        definition: str,
        unit: str,
        value: int,
        hidden: bool = False,
        is_of_persons: bool = True,
        counts_as: str = "",
        **lineage: Any,
    ) -> Claim:
        """A count of rows of the archive, or of its labels; a small count of persons is withheld.

        hidden: withhold it, because it would give a small count away. is_of_persons: whether a
        small count may point to a person. counts_as: unit by which it is rounded, where that is not
        ``unit``. lineage: filter, table and measure, where they are not those of all messages.
        """
        base = self._base(name, unit, definition, "archive", "posts", lineage)
        if hidden or (is_of_persons and 0 < value < FEWEST_SHOWN):
            return Claim(**base, value=None, rows=None, status="suppressed", text=WITHHELD)
        value = rounded_persons(value, counts_as or unit)
        return Claim(
            **base,
            value=value,
            rows=value,
            text=number_in_table(value, unit),
            is_rounded=(counts_as or unit) in UNITS_OF_PERSONS and value > 0,
        )

    def whole_and_labels(self) -> list[Claim]:
        """Claims on the messages of the archive, and on those of the sample that people labelled."""
        labelled = "Messages of the sample labelled by people"
        return [
            self.count_in_archive("extent.messages", "Messages", "message", len(self.posts)),
            self.count_in_archive(
                "extent.labelled",
                labelled,
                "message",
                len(self.labels),
                table="post_labels",
                filter=SAMPLE,
            ),
        ]

    def not_computable(self, name: str, words: str, unit: str, text: str = NOT_COMPUTABLE) -> Claim:
        """A number that the archive cannot give; the page prints ``text``, never 0."""
        base = self._base(name, unit, words, "none", "posts", {"filter": {}})
        return Claim(**base, value=None, rows=None, text=text, status="not_computable")

    def estimate_claim(
        self,
        name: str,
        words: str,
        value: float | None,
        unit: str,
        hidden: bool,
        labelled: Mapping[str, Any] = MappingProxyType({}),
    ) -> Claim:
        """An estimate from the labelled sample: a share in per cent, or a number of messages.

        value: None is not computable. hidden: withhold it. labelled: filter of the labelled
        messages of the sample that the estimate rests on.
        """
        lineage = {"filter": {**SAMPLE, **labelled}}
        base = self._base(name, unit, words, "estimate", "post_labels", lineage)
        if hidden:
            return Claim(**base, value=None, rows=None, text=WITHHELD, status="suppressed")
        if value is None:
            return Claim(
                **base, value=None, rows=None, text=NOT_COMPUTABLE, status="not_computable"
            )
        number = round(value, 1) if unit == "per_cent" else int(value)
        text = f"{value:.1f}" if unit == "per_cent" else number_in_table(number, unit)
        return Claim(**base, value=number, rows=None, text=text)

    def share_with_interval(
        self,
        name: str,
        words: str,
        values: tuple[float | None, float | None, float | None],
        hidden: bool,
        labelled: Mapping[str, Any] = MappingProxyType({}),
    ) -> list[Claim]:
        """Claims ``.share``, ``.low`` and ``.high`` of an estimate, in per cent.

        values: share and ends of the interval, from 0 to 1; where the interval is too wide, all
        three are not computable.
        """
        if is_too_wide(*values[1:]):
            values = (None, None, None)
        parts = ((".share", ""), (".low", ", lower end"), (".high", ", upper end"))
        return [
            self.estimate_claim(
                f"{name}{k}",
                f"{words}{d}",
                None if v is None else 100 * v,
                "per_cent",
                hidden,
                labelled,
            )
            for (k, d), v in zip(parts, values, strict=True)
        ]

    def pattern_count(
        self, name: str, words: str, unit: str, value: int, persons: int, **lineage: Any
    ) -> Claim:
        """A count of a pattern, such as bursts; withheld when it rests on few persons.

        persons: how many persons or accounts it rests on. lineage: filter and table of the rows
        among which the pattern was looked for.
        """
        base = self._base(name, unit, words, "pattern", "posts", {"filter": MARKED} | lineage)
        if self.is_withheld(persons, value):
            return Claim(**base, value=None, rows=None, text=WITHHELD, status="suppressed")
        value = rounded_persons(value, unit)
        return Claim(
            **base,
            value=value,
            rows=None,
            text=number_in_table(value, unit),
            is_rounded=unit in UNITS_OF_PERSONS and value > 0,
        )

    def coefficient_claim(
        self,
        name: str,
        words: str,
        value: float | None,
        rows: Mapping[str, Any] = MappingProxyType({"coder": ["first", "second"]}),
    ) -> Claim:
        """A coefficient of agreement with two decimals; None is not computable. rows: of the labels."""
        base: dict[str, Any] = {
            "name": name,
            "unit": "coefficient",
            "definition": words,
            "measure": "estimate",
            "table": "post_labels",
            "filter": dict(rows),
        }
        if value is None:
            return Claim(
                **base, value=None, rows=None, text=NOT_COMPUTABLE, status="not_computable"
            )
        return Claim(**base, value=round(value, 2), rows=None, text=f"{value:.2f}")

    def _base(
        self,
        name: str,
        unit: str,
        definition: str,
        measure: str,
        table: str,
        lineage: Mapping[str, Any],
    ) -> dict[str, Any]:
        facts = {
            "name": name,
            "unit": unit,
            "definition": definition,
            "measure": measure,
            "table": table,
            "filter": {"source": "posts"},
            "sources": tuple(p.slug for p in self.populations),
        }
        return facts | dict(lineage)
