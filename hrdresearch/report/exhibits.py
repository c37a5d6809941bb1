"""Makes the tables and figures of a report (its exhibits) from findings: caption, table or drawing, notes.

A finding that is drawn becomes a figure, any other a table. The caption gives unit, period, and for how
many cases the fact is known. The numbers of a figure, and all rows of a long table, stand in an annex of
full tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.numbers import unit_in_words
from hrdresearch.findings.typed_digits import TAG
from hrdresearch.report import tree
from hrdresearch.report.section_notes import (
    NotedExhibit,
    explain_words_in_cells,
    note_block,
    notes_of_section,
)
from hrdresearch.report.short_tables import is_long, shorten_table
from hrdresearch.report.shown_columns import (
    drop_empty_columns,
    drop_repeated_column,
    why_no_number,
)
from hrdresearch.report.tree import Node

if TYPE_CHECKING:
    from hrdresearch.report.picture import Picture

FULL = "Full tables"


@dataclass(frozen=True)
class PlacedExhibit:
    """A table or figure of the main text, before its notes are known.

    block: the table or figure. noted: what its notes are made from. to_full: words before the link to the
    whole table in the annex. full_id: id of that table; "" without one.
    """

    block: Node
    noted: NotedExhibit
    to_full: str = ""
    full_id: str = ""


class Exhibits:
    """Numbers the tables and figures of one document, and keeps its pictures and whole tables."""

    def __init__(self) -> None:
        self.tables = 0
        self.figures = 0
        self._rounding_told_by = ""
        self.pictures: dict[str, Picture] = {}
        self.of_findings: dict[str, tuple[str, str]] = {}  # name of a finding: "Table 3", its id
        self._full: list[tuple[Finding, Node]] = []
        self._printed: list[tuple[str, str, frozenset[str]]] = []  # name, id, claims

    def place_section(self, findings: Sequence[Finding]) -> tuple[list[list[Node]], list[Node]]:
        """Make the tables and figures of a section.

        findings: those that are shown in it, in order. Returns
        the blocks of each finding (none where it has no rows), and the notes at the end of the
        section.
        """
        placed = [self._placed(finding) for finding in findings]
        below, end = notes_of_section(
            [one.noted for one in placed if isinstance(one, PlacedExhibit)]
        )
        lines = iter(below)
        blocks = [
            [_with_notes(one, next(lines))] if isinstance(one, PlacedExhibit) else one
            for one in placed
        ]
        return blocks, note_block(end, "section-end")

    def full_tables(self) -> list[Node]:
        """The whole tables of which the main text has a short form or a figure, with a note on words."""
        return [
            *(table for _, table in self._full),
            *note_block(explain_words_in_cells([finding for finding, _ in self._full])),
        ]

    def _placed(self, finding: Finding) -> PlacedExhibit | list[Node]:
        """Make a table or figure, or a line that names the table with the same numbers; [] without rows."""
        if not finding.rows:
            return []
        if why := why_no_number(finding):
            return note_block([tree.inlines_of(why)])
        shown, left_out = drop_empty_columns(finding)
        if is_drawn(shown):
            return self._figure(shown, left_out)
        shown, repeated = drop_repeated_column(shown)
        left_out = (*left_out, *repeated)
        numbers = frozenset(cell.claim for row in shown.rows for cell in row if cell.claim)
        for name, id_, printed in self._printed:
            if numbers and numbers <= printed:
                self.of_findings.setdefault(finding.name, (name, id_))
                return _pointer(shown, name, id_)
        self.tables += 1
        name, id_ = f"Table {self.tables}", f"table-{self.tables}"
        self._printed.append((name, id_, numbers))
        self.of_findings.setdefault(finding.name, (name, id_))
        if not is_long(shown):
            noted = self._noted(name, shown, left_out)
            return PlacedExhibit(data_table(shown, caption(shown, name), id_), noted)
        self._add_full(shown, f"{name}, all rows", id_, f"{id_}-full")
        short, words = shorten_table(shown)
        noted = self._noted(name, short, left_out)
        block = (
            data_table(short, caption(shown, name), id_)
            if short.rows
            else tree.div([tree.para(caption(shown, name))], ["caption-only"], id_)
        )
        rows = f"{words} All {len(shown.rows)} rows: ".lstrip()
        return PlacedExhibit(block, noted, rows, f"{id_}-full")

    def _figure(self, finding: Finding, left_out: tuple[str, ...]) -> PlacedExhibit:
        from hrdresearch.report.charts import cached_picture  # loads matplotlib

        self.figures += 1
        name, id_ = f"Figure {self.figures}", f"figure-{self.figures}"
        picture = cached_picture(finding)
        self.pictures[id_] = picture
        drawn = {
            "t": "Figure",
            "c": [
                tree.attributes(id_, ["finding"]),
                [None, [tree.block_plain(caption(finding, name))]],
                [tree.div([], ["picture"], data_picture=id_)],
            ],
        }
        numbers = frozenset(cell.claim for row in finding.rows for cell in row if cell.claim)
        self._printed.append((name, id_, numbers))
        self.of_findings.setdefault(finding.name, (name, id_))
        self._add_full(finding, f"Data of {name.lower()}", id_, f"{id_}-data")
        noted = self._noted(name, finding, (*left_out, *picture.notes))
        return PlacedExhibit(drawn, noted, "The numbers: ", f"{id_}-data")

    def _noted(self, name: str, finding: Finding, said: tuple[str, ...]) -> NotedExhibit:
        """Notes of an exhibit; the first explains how numbers are rounded, the others refer to it."""
        noted = NotedExhibit(name, finding, said)
        if not noted.is_rounded:
            return noted
        self._rounding_told_by = self._rounding_told_by or name
        if self._rounding_told_by == name:
            return noted
        return replace(noted, refers_to=self._rounding_told_by)

    def _add_full(self, finding: Finding, words: str, exhibit: str, id_: str) -> None:
        """Keep the whole table for the annex, with a caption that leads back to its exhibit."""
        title = [
            tree.link(tree.inlines_of(f"{words}."), f"#{exhibit}"),
            {"t": "Space"},
            tree.span(tree.inlines_of(finding.title), ["caption-title"]),
        ]
        self._full.append((finding, tree.div([data_table(finding, title, id_)], ["exhibit"])))


def _pointer(finding: Finding, name: str, id_: str) -> list[Node]:
    """Line in place of a table that would repeat another one."""
    words = tree.inlines_of(f"{finding.title}: every number stands in ")
    link = tree.link(tree.inlines_of(name.lower()), f"#{id_}")
    return note_block([[*words, link, *tree.inlines_of(".")]])


def _with_notes(placed: PlacedExhibit, lines: list[list[Node]]) -> Node:
    if placed.full_id:
        link = tree.link(tree.inlines_of(f"annex “{FULL}”"), f"#{placed.full_id}")
        lines = [[*tree.inlines_of(placed.to_full), link, *tree.inlines_of(".")], *lines]
    return tree.div([placed.block, *note_block(lines)], ["exhibit"])


def is_drawn(finding: Finding) -> bool:
    """Whether a finding becomes a figure: it declares one, bars need more than one row, and a
    map of divisions needs boundaries.
    """
    if finding.drawing.kind == "divisions":
        from hrdresearch.report.division_maps import can_be_mapped  # geopandas only for a map

        return can_be_mapped(finding)
    if finding.drawing.kind != "bars":
        return finding.drawing.kind != "table"
    claims = {c.name: c for c in finding.claims}
    at = [i for i, c in enumerate(finding.columns) if c.key in finding.drawing.values]
    cells = [[claims.get(row[i].claim or "") for i in at] for row in finding.rows]
    return sum(any(c and (c.value or c.status == "suppressed") for c in row) for row in cells) > 1


def caption(finding: Finding, name: str) -> list[Node]:
    """Caption: number, title, unit, period, and for how many cases the fact is known.

    name: the number as printed ("Table 3").
    """
    out = [
        tree.span(tree.inlines_of(f"{name}."), ["caption-number"]),
        {"t": "Space"},
        tree.span(tree.inlines_of(finding.title), ["caption-title"]),
        {"t": "LineBreak"},
    ]
    unit = unit_in_words(finding.unit)
    parts = [
        f"Unit: {unit}." if unit else "",
        f"Period: {finding.period}." if finding.period else "",
    ]
    detail = tree.inlines_of(" ".join(filter(None, parts)))
    if finding.known:
        claims = {c.name: c for c in finding.claims}
        known, of = claims[finding.known.known], claims[finding.known.of]
        some = [*tree.inlines_of(" of "), claim_node(of)]
        is_all = known.value == of.value is not None and not known.is_rounded
        detail += [
            *tree.inlines_of(" Stated over all " if is_all else " Stated over "),
            claim_node(known),
            *([] if is_all else some),
            *tree.inlines_of(f" ({finding.known.words})."),
        ]
    return [*out, tree.span(detail, ["caption-detail"])]


def data_table(finding: Finding, title: list[Node], id_: str) -> Node:
    """Make the table of a finding; columns of codes are left out.

    title: its caption, as ``caption`` makes it. id_: id of the table on the page.
    """
    claims = {c.name: c for c in finding.claims}
    shown = [i for i, column in enumerate(finding.columns) if column.role != "code"]
    body = [[cell_inlines(row[i], claims) for i in shown] for row in finding.rows]
    inner = tree.table(
        title,
        [tree.inlines_of(finding.columns[i].label) for i in shown],
        body,
        ["AlignRight" if finding.columns[i].role == "value" else "AlignLeft" for i in shown],
        id_,
    )
    return tree.div([inner], ["table"], data_label=id_)


def cell_inlines(cell: Cell, claims: dict[str, Claim]) -> list[Node]:
    """Pandoc inlines of a cell: a claim, a label of a vocabulary, or a text that may name claims."""
    if cell.claim:
        return [claim_node(claims[cell.claim])]
    if cell.vocabulary:
        return [tree.span(tree.inlines_of(cell.text), ["label"], data_vocab=cell.vocabulary)]
    pieces = TAG.split(cell.text)  # text, name, text, name, ...
    return [
        inline
        for at, piece in enumerate(pieces)
        for inline in ([claim_node(claims[piece.strip()])] if at % 2 else tree.inlines_of(piece))
    ]


def claim_node(claim: Claim) -> Node:
    """Span of a number with the name of its claim, which the writers link to its lineage."""
    return tree.span(tree.inlines_of(claim.text), ["claim"], data_claim=claim.name)
