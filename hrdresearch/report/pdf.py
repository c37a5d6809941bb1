"""Writes the PDF copies, main text and annexes, with typst from the same document as the page.

Accessible (PDF/UA-1): tagged, with a title, a language, bookmarks and a description of each figure.
Typefaces come with typst and from the folder ``fonts``, never from the machine, and no date is written,
so the same document gives the same file.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

import typst

from hrdresearch.findings.model import Claim
from hrdresearch.report import annex, lineage, tree
from hrdresearch.report.column_widths import set_column_widths
from hrdresearch.report.document_model import Document
from hrdresearch.report.page_files import page_file
from hrdresearch.report.picture import Picture
from hrdresearch.report.tree import Node

_STARTED_TYPST: set[int] = set()  # ids of processes
LETTERS = 85  # width of the page, in letters of a table


def write_pdf(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the main text as PDF; KeyError names a number in it that no finding made."""
    lineage.lineage_lines(doc.claim_names(), claims, ())
    blocks = [*_front(doc)]
    if doc.summary:
        heading = tree.raw("typst", f"#align(center, emph[{_escaped(doc.meta.summary_heading)}])")
        blocks += [_boxed([heading, *doc.summary])]
    _write(doc, [*blocks, *_contents(doc), *doc.body], path)


def write_annexes_pdf(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the annexes as PDF; KeyError names a number in them that no finding made."""
    *made, last = annex.annexes(doc)
    blocks = [block for one in made for block in one.with_heading()]
    lines = annex.lineage_of_text(doc, claims)
    _write(doc, [*_front(doc, "Annexes"), *blocks, *last.with_heading(), *lines], path)


def has_started_typst() -> bool:
    """Whether typst has run in this process; then it must not be forked, or the copy would never end."""
    return os.getpid() in _STARTED_TYPST


def _write(doc: Document, blocks: list[Node], path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, as_file(files(__package__) / "fonts") as fonts:
        for id_, picture in doc.pictures.items():
            Path(folder, f"{id_}.png").write_bytes(picture.png)
        look = _Look(doc.pictures)
        body = tree.write(tree.walk(tree.without_dead_links(blocks), look.rule), "typst")
        # Our tables stand at the left margin, which pandoc does not offer.
        body = body.replace("align(center)[#table(", "align(left)[#table(")
        source = Path(folder, "report.typ")
        source.write_text(f"{_head(doc)}\n{page_file('report.typ')}\n{body}", encoding="utf-8")
        _STARTED_TYPST.add(os.getpid())
        compiler = typst.Compiler(source, root=folder, font_paths=[fonts], ignore_system_fonts=True)
        compiler.compile(output=path, format="pdf", pdf_standards=["ua-1"])


def _head(doc: Document) -> str:
    meta = doc.meta
    return "\n".join(
        (
            f'#set document(title: {_string(meta.title)}, author: "hrdresearch", date: none)',
            f"#let banner = {_string(meta.banner or '')}",
            f"#let foot = {_string(meta.foot)}",
        )
    )


def _front(doc: Document, part: str = "") -> list[Node]:
    """Title page in the manner of United Nations reports; part: what this file holds of the report."""
    meta = doc.meta
    mast = "".join(f"{_escaped(name)}: {_escaped(text)} \\ " for name, text in meta.mast)
    above = f"*{_escaped(meta.classification)}* \\ {_escaped(meta.mandate_line)}"
    under = [text for text in (meta.subtitle, part) if text]
    return [
        tree.raw("typst", line)
        for line in (
            f"#grid(columns: (1fr, auto), column-gutter: 1cm, [{above}], text(9pt)[{mast}])",
            "#line(length: 100%)",
            "#block(above: 1.2em, below: .8em, text(11pt, title()))",
            *(f"#line-of-title(text(12pt)[{_escaped(text)}])" for text in under),
        )
    ]


def _contents(doc: Document) -> list[Node]:
    """Contents with pages, and what stands in the file of annexes."""
    if len(doc.contents) < 2:
        return []
    lines = " \\ ".join(f"{a.number}. {_escaped(a.title)}" for a in annex.annexes(doc))
    return [
        tree.raw("typst", line)
        for line in (
            "#pagebreak(weak: true)",
            "#block(text(13pt, weight: 700)[Contents])",
            "#outline(title: none, depth: 3)",
            f"#block(above: 1.5em)[In a file of its own: \\ {lines}]",
            "#pagebreak(weak: true)",
        )
    ]


def _boxed(blocks: list[Node]) -> Node:
    opening = "#block(width: 100%, stroke: .5pt + luma(70%), inset: 10pt)["
    return tree.div([tree.raw("typst", opening), *blocks, tree.raw("typst", "]")])


class _Look:
    """Rules that give the neutral tree its look in print."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self.pictures = pictures

    def rule(self, node: Node) -> list[Node] | None:
        if node["t"] == "Figure":
            return self._figure(node)
        if node["t"] == "Table":
            set_column_widths(node, LETTERS)
            return None
        if node["t"] == "Span" and tree.has_class(node, "caption-title"):
            return [{"t": "Strong", "c": node["c"][1]}]
        if node["t"] == "Span":
            return list(node["c"][1])
        if node["t"] == "Div":
            return self._div(node)
        return None

    def _div(self, node: Node) -> list[Node] | None:
        inner = node["c"][1]
        if tree.has_class(node, "numbered"):
            n = tree.attribute(node, "data-number")
            mark = tree.raw("typst", f"#number[{n}.]", inline=True)
            first = tree.para([mark, *inner[0]["c"]])
            return [tree.div([first, *inner[1:]], id_=node["c"][0][0])]
        if tree.has_class(node, "note"):
            return [tree.raw("typst", "#note["), *inner, tree.raw("typst", "]")]
        if any(tree.has_class(node, name) for name in ("table", "exhibit")):
            return list(inner)
        return None

    def _figure(self, node: Node) -> list[Node]:
        """A figure with its description, which pandoc would leave out."""
        (id_, *_), (_, caption), _ = node["c"]
        alt = _string(self.pictures[id_].alt_text().strip())
        opening = f"#figure(image({_string(f'{id_}.png')}, width: 100%, alt: {alt}), caption: ["
        return [tree.raw("typst", opening), *caption, tree.raw("typst", f"]) <{id_}>")]


def _string(text: str) -> str:
    """A text as a string of typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    """A text as content of typst, whatever signs it holds."""
    return f"#{_string(text)};"
