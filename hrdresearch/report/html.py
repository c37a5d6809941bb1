"""Writes the page of a report: one HTML file with its style, script and pictures inside.

It loads nothing from the network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup

from hrdresearch.findings.model import Claim
from hrdresearch.report import annex, lineage, tree
from hrdresearch.report.content_security import with_content_security
from hrdresearch.report.document_model import Document
from hrdresearch.report.page_files import page_file, page_template
from hrdresearch.report.picture import Picture
from hrdresearch.report.tree import Node

LONG = 60  # letters in a cell that is a sentence
SYMBOL = re.compile(r"[A-Z]+/\S+/\S+")
WRITER = ("--syntax-highlighting=none", "--email-obfuscation=none")


def render_page(doc: Document, claims: Mapping[str, Claim]) -> str:
    """Write the HTML page of a document; KeyError names a number on it that no finding made."""
    names = doc.claim_names()
    found = lineage.lineage_lines(names, claims, annex.sources_in_report(doc))
    look = _Look(doc.pictures, annex.withheld_names(names, claims))
    page = page_template("page.html").render(
        meta=doc.meta,
        css=page_file("page.css"),
        js=page_file("page.js"),
        summary=look.html(doc.summary),
        contents=doc.contents,
        annexes=[(a.number, a.title, a.anchor, look.html(a.blocks)) for a in annex.annexes(doc)],
        body=look.html(doc.body),
        lineage=found,
        css_string=_css_string,
    )
    return with_content_security(page, page_file("page.js"))


class _Look:
    """Rules that give the neutral tree its HTML look."""

    def __init__(self, pictures: Mapping[str, Picture], withheld: set[str]) -> None:
        self.pictures = pictures
        self.withheld = withheld

    def html(self, blocks: list[Node]) -> str:
        return tree.write(tree.walk(blocks, self.rule), "html5", WRITER) if blocks else ""

    def rule(self, node: Node) -> list[Node] | None:
        if node["t"] == "Header":
            level, attributes, inlines = node["c"]
            return [{"t": "Header", "c": [level + 1, attributes, inlines]}]
        if node["t"] == "Table":
            return [_with_long_cells(node)]
        if node["t"] == "Span" and tree.has_class(node, "claim"):
            return [self._claim(node)]
        if node["t"] == "Div":
            return self._div(node)
        return None

    def _claim(self, node: Node) -> Node:
        name = tree.attribute(node, "data-claim")
        classes = ["claim", "withheld"] if name in self.withheld else ["claim"]
        return tree.link(node["c"][1], f"#{lineage.lineage_anchor(name)}", classes, data_claim=name)

    def _div(self, node: Node) -> list[Node] | None:
        inner = node["c"][1]
        if tree.has_class(node, "numbered"):
            n = tree.attribute(node, "data-number")
            mark = f'<a class="para-number" href="#para-{n}" aria-label="Paragraph {n}.">{n}.</a>'
            return [tree.div([tree.raw("html", mark), *inner], ["numbered"], f"para-{n}")]
        if tree.has_class(node, "table"):
            label = escape(tree.attribute(node, "data-label").replace("-", " ").capitalize())
            opening = f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">'
            return [tree.raw("html", opening), *inner, tree.raw("html", "</div>")]
        if tree.has_class(node, "picture"):
            return [tree.raw("html", self._picture(node))]
        return None

    def _picture(self, node: Node) -> str:
        id_ = tree.attribute(node, "data-picture")
        return self.pictures[id_].html(id_)


def _with_long_cells(node: Node) -> Node:
    """Cells that hold sentences say so, and document symbols may break behind each stroke."""
    for body in node["c"][4]:
        for _, cells in body[3]:
            for cell in cells:
                if len(tree.text_of(cell[4])) > LONG:
                    cell[0] = tree.attributes("", ["long"])
                for block in (b for b in cell[4] if b["t"] in ("Plain", "Para")):
                    block["c"] = [piece for word in block["c"] for piece in _breakable(word)]
    return node


def _breakable(word: Node) -> list[Node]:
    """A document symbol in its parts, with a place to break a line behind each; other words as they are."""
    if word["t"] != "Str" or not SYMBOL.fullmatch(word["c"]):
        return [word]
    first, *others = re.split(r"(?<=/)", word["c"])
    pieces = [{"t": "Str", "c": first}]
    for part in others:
        pieces += [tree.raw("html", "<wbr>", inline=True), {"t": "Str", "c": part}]
    return pieces


def _css_string(text: str) -> Markup:
    """A text as CSS prints it, every sign that CSS or HTML might read as its own escaped."""
    signs = (
        c if c.isascii() and (c.isalnum() or c in " .,:;") else f"\\{ord(c):06x}" for c in text
    )
    return Markup('"' + "".join(signs) + '"')
