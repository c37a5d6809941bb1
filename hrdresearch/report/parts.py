"""What a page is made of, and the numbered document that both writers read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from hrdresearch.findings.model import Finding, SourceNote
from hrdresearch.report import tree
from hrdresearch.report.numbering import Entry
from hrdresearch.report.tree import Node

if TYPE_CHECKING:
    from hrdresearch.report.picture import Picture


@dataclass(frozen=True)
class Prose:
    """A Markdown cell whose numbers are already ``[1,733]{.claim data-claim="extent.victims"}``."""

    markdown: str


@dataclass(frozen=True)
class Shown:
    """A finding that goes on the page here."""

    finding: Finding


@dataclass(frozen=True)
class Meta:
    """What the title block, the banner and the annexes print.

    banner: a warning that stands on every page (invented cases), or None.
    mandate_line: whose report this is. classification: line above the title ("Draft, ...").
    """

    title: str
    study: str
    build_id: str
    date: str
    edition: str
    subtitle: str = ""
    mandate_line: str = ""
    period: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    banner: str | None = None
    summary_heading: str = "Summary"
    notebook_code: tuple[str, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    coverage_note: str = ""
    classification: str = "Draft, not edited"

    @property
    def day(self) -> str:
        """The date as United Nations documents print it: 23 November 2026."""
        try:
            date = dt.date.fromisoformat(self.date)
        except ValueError:
            return self.date
        return f"{date.day} {date:%B} {date.year}"


Block: TypeAlias = Prose | Shown


class Printed(NamedTuple):
    """A number as printed: its claim's name, the text, and whether prose or an exhibit holds it."""

    name: str
    text: str
    in_text: bool


@dataclass(frozen=True)
class Document:
    """The numbered tree, before a writer has given it a look.

    summary and body are pandoc blocks, and so are annexes, those of the study, with their titles;
    contents lists the headings; pictures are drawn figures by their id; findings are those on the
    page.
    """

    meta: Meta
    summary: list[Node]
    body: list[Node]
    contents: tuple[Entry, ...]
    pictures: Mapping[str, Picture]
    findings: tuple[Finding, ...]
    annexes: list[Node] = field(default_factory=list)
    annex_titles: tuple[str, ...] = ()

    def claim_names(self, text_only: bool = False) -> list[str]:
        """Names of all claims that the page prints, in reading order, each once.

        text_only: those of the text, without the tables and figures.
        """
        return list(
            dict.fromkeys(p.name for p in self.printed_claims() if p.in_text or not text_only)
        )

    def printed_claims(self) -> list[Printed]:
        """Every number of the page, each time that it is printed, in reading order."""
        return [
            Printed(
                tree.pair(span, "data-claim"),
                tree.plain(span),
                not tree.has_class(block, "exhibit"),
            )
            for block in (*self.summary, *self.body, *self.annexes)
            for span in tree.elements(block, "Span")
            if tree.has_class(span, "claim")
        ]
