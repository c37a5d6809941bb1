"""The parts of a page, and the numbered document from which HTML and Word are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from hrdresearch.findings.model import Finding, SourceNote
from hrdresearch.privacy.pictures import picture_digest
from hrdresearch.report import tree
from hrdresearch.report.numbering import ContentsEntry
from hrdresearch.report.tree import Node

if TYPE_CHECKING:
    from hrdresearch.report.picture import Picture


@dataclass(frozen=True)
class Prose:
    """A Markdown cell whose numbers are already ``[1,733]{.claim data-claim="extent.victims"}``."""

    markdown: str


@dataclass(frozen=True)
class ShownFinding:
    """A finding that goes on the page here."""

    finding: Finding


FIGURES = "figures of "  # begins what stands in place of a build id; an edition of figures follows


@dataclass(frozen=True)
class Meta:
    """Front matter: facts that the title block, the banner and the annexes print.

    banner: a warning that stands on every page (invented cases), or None. mark: the same in two words,
    for the title of the browser. mandate_line: whose report this is. classification: line above the title
    ("Draft, ..."). is_brief: a report of few pages has no table of contents. owner, own_lists: who drafts
    and decides on a report on a list of one's own, and the name of the list; empty for a report of the
    mandate. how_kept: a sentence on restricted lists that were not kept sealed.
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
    mark: str = ""
    summary_heading: str = "Summary"
    is_brief: bool = False
    notebook_code: tuple[str, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    coverage_note: str = ""
    classification: str = "Draft: advance unedited version"
    how_kept: str = ""
    owner: str = ""
    own_lists: str = ""

    @property
    def foot(self) -> str:
        """Edition, and what it was made from, as the foot of each page says it."""
        made_from = self.build_id if self.build_id.startswith(FIGURES) else f"build {self.build_id}"
        return f"Edition {self.edition}, {made_from}"

    @property
    def mast(self) -> tuple[tuple[str, str], ...]:
        """Lines at the head of the title page as (name, text); what editors will give is said to be open."""
        lines = (
            *(
                (("List", self.own_lists), ("Owner, who decides on this draft", self.owner))
                if self.owner
                else (("Document symbol", "to be given"), ("Distr.", "to be decided"))
            ),
            ("Date", self.day),
            ("Original", "English"),
            ("Period", self.period),
            ("Edition", self.edition),
        )
        return tuple((name, text) for name, text in lines if text)

    @property
    def day(self) -> str:
        """The date as United Nations documents print it: 23 November 2026."""
        try:
            date = dt.date.fromisoformat(self.date)
        except ValueError:
            return self.date
        return f"{date.day} {date:%B} {date.year}"


Block: TypeAlias = Prose | ShownFinding


class PrintedNumber(NamedTuple):
    """A number as printed.

    name: its claim. text: as printed. in_text: whether it stands in the text, not in an exhibit.
    """

    name: str
    text: str
    in_text: bool


@dataclass(frozen=True)
class Document:
    """The numbered document, from which both the HTML page and the Word file are written.

    summary, body: pandoc blocks. contents: the headings. pictures: drawn figures by their id.
    findings: those on the page. annexes: blocks of the annexes of the study, with their titles.
    full_tables: whole tables of which the main text has a short form or a figure.
    """

    meta: Meta
    summary: list[Node]
    body: list[Node]
    contents: tuple[ContentsEntry, ...]
    pictures: Mapping[str, Picture]
    findings: tuple[Finding, ...]
    annexes: list[Node] = field(default_factory=list)
    annex_titles: tuple[str, ...] = ()
    full_tables: list[Node] = field(default_factory=list)

    def claim_names(self, text_only: bool = False) -> list[str]:
        """Names of all claims that the page prints, in reading order, each once.

        text_only: only claims of the text, without those of tables and figures.
        """
        printed = self._printed
        return list(dict.fromkeys(p.name for p in printed if p.in_text or not text_only))

    def printed_claims(self) -> list[PrintedNumber]:
        """All numbers of the page in reading order; a number printed twice is listed twice."""
        return list(self._printed)

    @cached_property
    def _printed(self) -> list[PrintedNumber]:
        return [
            PrintedNumber(
                tree.attribute(span, "data-claim"),
                tree.text_of(span),
                not tree.has_class(block, "exhibit"),
            )
            for block in (*self.summary, *self.body, *self.annexes, *self.full_tables)
            for span in tree.elements(block, "Span")
            if tree.has_class(span, "claim")
        ]

    def digests_of_pictures(self) -> list[str]:
        """Digests of the drawn pictures, by which the scan knows them from any other."""
        return sorted(picture_digest(picture.png) for picture in self.pictures.values())
