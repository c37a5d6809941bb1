"""Findings as tables and figures: caption with unit, period and known denominator, then sources.

A finding that is drawn becomes a figure with its data table below it; another becomes a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.numbers import noun_for_count
from hrdresearch.report import tree
from hrdresearch.report.tree import Node

if TYPE_CHECKING:
    from hrdresearch.report.picture import Picture


class Exhibits:
    """Numbers tables and figures through one document and keeps the pictures drawn."""

    def __init__(self) -> None:
        self.tables = 0
        self.figures = 0
        self.pictures: dict[str, Picture] = {}

    def blocks(self, finding: Finding) -> list[Node]:
        """Table or figure of a finding, with caption and notes; empty when it has no rows."""
        if not finding.rows:
            return []
        if not is_drawn(finding):
            self.tables += 1
            return [self._table(finding, f"Table {self.tables}", f"table-{self.tables}")]
        from hrdresearch.report.charts import (
            draw_finding,
        )  # only a page with figures needs matplotlib

        self.figures += 1
        name, id_ = f"Figure {self.figures}", f"figure-{self.figures}"
        picture = draw_finding(finding)
        self.pictures[id_] = picture
        drawn = {
            "t": "Figure",
            "c": [
                tree.attributes(id_, ["finding"]),
                [None, [tree.block_plain(caption(finding, name))]],
                [tree.div([], ["picture"], data_picture=id_)],
            ],
        }
        data = tree.div(
            [data_table(finding, tree.inlines_of(f"Data of {name.lower()}"), f"{id_}-data")],
            ["fold"],
            data_summary=f"Data of {name.lower()}",
        )
        return [tree.div([drawn, *notes(finding, picture.notes), data], ["exhibit"])]

    def _table(self, finding: Finding, name: str, id_: str) -> Node:
        content = data_table(finding, caption(finding, name), id_)
        return tree.div([content, *notes(finding)], ["exhibit"])


def is_drawn(finding: Finding) -> bool:
    """Whether a finding becomes a figure: it declares one, and bars need more than one row."""
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
    unit = unit_words(finding.unit)
    parts = [
        f"Unit: {unit}." if unit else "",
        f"Period: {finding.period}." if finding.period else "",
    ]
    detail = tree.inlines_of(" ".join(filter(None, parts)))
    if finding.known:
        claims = {c.name: c for c in finding.claims}
        detail += [
            *tree.inlines_of(" Stated over "),
            claim_span(claims[finding.known.known]),
            *tree.inlines_of(" of "),
            claim_span(claims[finding.known.of]),
            *tree.inlines_of(f" ({finding.known.words})."),
        ]
    return [*out, tree.span(detail, ["caption-detail"])]


def notes(finding: Finding, more: tuple[str, ...] = ()) -> list[Node]:
    """Sources and notes, as printed below a table or figure; ``more`` are notes of the drawing."""
    lines = [f"Note: {text}" for text in (*finding.notes, *more)]
    if any(c.status == "suppressed" for c in finding.claims):
        lines.append(
            f"Note: Counts below {finding.policy.get('smallest_cell', 'the smallest cell')} are "
            "not shown, nor others from which they could be worked out."
        )
    source_note = [_sources(finding)] if finding.sources else []
    paragraphs = [*source_note, *(tree.inlines_of(line) for line in lines)]
    return [tree.div([tree.para(line) for line in paragraphs], ["note"])]


def _sources(finding: Finding) -> list[Node]:
    """Titles of the sources, each a link to its definition in annex I."""
    out = tree.inlines_of("Source: " if len(finding.sources) == 1 else "Sources: ")
    for i, source in enumerate(finding.sources):
        out += tree.inlines_of("; ") if i else []
        out.append(tree.link(tree.inlines_of(source.title), f"#source-{source.slug}"))
    return [*out, *tree.inlines_of("; annex I says what is counted.")]


def data_table(finding: Finding, title: list[Node], id_: str) -> Node:
    """Table of a finding; columns of codes are left out."""
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
    """Contents of a cell: a claim, a label of a vocabulary, or a text."""
    if cell.claim:
        return [claim_span(claims[cell.claim])]
    if cell.vocabulary:
        return [tree.span(tree.inlines_of(cell.text), ["label"], data_vocab=cell.vocabulary)]
    return tree.inlines_of(cell.text)


def claim_span(claim: Claim) -> Node:
    """Number with the name of its claim, which the writers link to its lineage."""
    return tree.span(tree.inlines_of(claim.text), ["claim"], data_claim=claim.name)


def unit_words(unit: str) -> str:
    """Unit in words: ``victims``, ``per cent``; a unit without a noun is printed as it is."""
    try:
        return noun_for_count(unit, None)
    except KeyError:
        return unit.replace("_", " ")
