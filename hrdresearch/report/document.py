"""Makes one numbered document of prose and findings, from which HTML, Word and PDF are written.

The Markdown of all cells is parsed in one go, so footnotes run through. Sections are numbered I.,
A., 1.; every paragraph of the body is numbered through the whole report and citable (``#para-12``);
the summary, list items, captions, notes and annexes are not. Tables and figures are numbered apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hrdresearch.findings.model import Claim, Finding
from hrdresearch.report import tree
from hrdresearch.report.document_model import Block, Document, Meta, Prose, ShownFinding
from hrdresearch.report.exhibits import Exhibits
from hrdresearch.report.numbering import number_document
from hrdresearch.report.references import link_to_exhibits, link_to_paragraphs
from hrdresearch.report.tree import Node

__all__ = [
    "WRITERS",
    "Block",
    "Document",
    "Meta",
    "Prose",
    "ShownFinding",
    "assemble_document",
    "write_annexes_docx",
    "write_annexes_pdf",
    "write_docx",
    "write_html",
    "write_pdf",
]


def assemble_document(blocks: Sequence[Block], meta: Meta) -> Document:
    """Join prose and findings into one document, draw the figures, and number everything.

    blocks: in the order of the page. meta: front matter. ValueError names
    the cell that holds a picture or leaves a block (``:::``, a code fence) open.
    """
    findings = [b.finding for b in blocks if isinstance(b, ShownFinding)]
    exhibits = Exhibits()
    placed = [
        node
        for section in _sections(_parsed(blocks))
        for node in _with_exhibits(section, exhibits, findings)
    ]
    placed = link_to_exhibits(placed, exhibits.of_findings)
    numbered = number_document(placed, meta.summary_heading)
    return Document(
        meta,
        link_to_paragraphs(numbered.summary, numbered.body),
        link_to_paragraphs(numbered.body, numbered.body),
        () if meta.is_brief else numbered.contents,
        exhibits.pictures,
        tuple(findings),
        numbered.annexes,
        numbered.annex_titles,
        exhibits.full_tables(),
    )


def write_html(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the HTML page, one file that needs no network; KeyError names a claim that is missing."""
    from hrdresearch.report.html import render_page

    path.write_text(render_page(doc, claims), encoding="utf-8")


def write_docx(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the main text as a Word file; KeyError names a claim that is missing."""
    from hrdresearch.report.word import write_word

    write_word(doc, claims, path)


def write_annexes_docx(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the annexes as a Word file; KeyError names a claim that is missing."""
    from hrdresearch.report.word import write_word_annexes

    write_word_annexes(doc, claims, path)


def write_pdf(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the main text as PDF; KeyError names a claim that is missing."""
    from hrdresearch.report import pdf

    pdf.write_pdf(doc, claims, path)


def write_annexes_pdf(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the annexes as PDF; KeyError names a claim that is missing."""
    from hrdresearch.report import pdf

    pdf.write_annexes_pdf(doc, claims, path)


# The files of a report, main text before annexes, and what writes each.
WRITERS: Mapping[str, Callable[[Document, Mapping[str, Claim], Path], None]] = {
    "report.html": write_html,
    "report.docx": write_docx,
    "report-annexes.docx": write_annexes_docx,
    "report.pdf": write_pdf,
    "report-annexes.pdf": write_annexes_pdf,
}


def _sections(nodes: list[Node]) -> list[list[Node]]:
    """Blocks by section: a heading of the first level begins one."""
    out: list[list[Node]] = [[]]
    for node in nodes:
        if node["t"] == "Header" and node["c"][0] == 1:
            out.append([])
        out[-1].append(node)
    return out


def _with_exhibits(
    section: list[Node], exhibits: Exhibits, findings: Sequence[Finding]
) -> list[Node]:
    """A section with its tables and figures in place, and at its end the notes that they share."""
    places = [_placeholder(node) for node in section]
    made, end = exhibits.place_section([findings[i] for i in places if i is not None])
    blocks = iter(made)
    out: list[Node] = []
    for node, place in zip(section, places, strict=True):
        out += [node] if place is None else next(blocks)
    return [*out, *end]


def _parsed(blocks: Sequence[Block]) -> list[Node]:
    parts: list[str] = []
    count = 0
    for block in blocks:
        if isinstance(block, Prose):
            parts.append(block.markdown)
        else:
            parts.extend([*block.finding.statements, f'[]{{.exhibit data-index="{count}"}}'])
            count += 1
    parsed = [_only_text(node) for node in _safe(tree.parse("\n\n".join(parts)))]
    if [i for i in map(_placeholder, parsed) if i is not None] != list(range(count)):
        raise ValueError(f"{_open_cell(blocks)} leaves a box (:::) or another block open")
    return parsed


def _placeholder(node: Node) -> int | None:
    inner = node["c"] if node["t"] == "Para" else []
    if len(inner) == 1 and tree.has_class(inner[0], "exhibit"):
        return int(tree.attribute(inner[0], "data-index"))
    return None


def _open_cell(blocks: Sequence[Block]) -> str:
    """The Markdown cell that leaves a block open, so that later cells become part of it."""
    probe = '[]{.exhibit data-index="0"}'
    for i, block in enumerate(blocks, start=1):
        if isinstance(block, Prose):
            parsed = tree.parse(f"{block.markdown}\n\n{probe}")
            if not parsed or _placeholder(parsed[-1]) is None:
                return f"The text of block {i} ({block.markdown.strip()[:40]!r} ...)"
    return "The text of the notebook"


def _only_text(node: Node) -> Node:
    if node["t"] == "Header" and node["c"][0] > 3:
        raise ValueError(f"Headings go three levels deep; {tree.text_of(node)!r} is deeper")
    return node


def _safe(blocks: list[Node]) -> list[Node]:
    """Blocks without raw markup, emphasis and unsafe links; ValueError for a picture."""
    recommending = False
    out: list[Node] = []
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == 1:
            recommending = "recommendation" in tree.text_of(block).casefold()
        out.extend(tree.walk([block], _recommendation if recommending else _body))
    return out


def _recommendation(node: Node) -> list[Node] | None:
    """United Nations style keeps bold type for recommendations."""
    return None if node["t"] == "Strong" else _body(node)


def _body(node: Node) -> list[Node] | None:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Image":
        raise ValueError(
            "Prose holds a picture; figures come from findings, so that each has its data, its "
            "source and a text for those who cannot see it"
        )
    if kind in ("RawInline", "RawBlock"):
        text = tree.inlines_of(content[1])
        return text if kind == "RawInline" else [tree.para(text)]
    if kind in ("Strong", "Emph", "Underline"):
        return list(content)
    if kind == "Link" and not content[2][0].startswith(("http://", "https://", "#", "mailto:")):
        return list(content[1])
    if kind == "HorizontalRule":
        return []
    return None
