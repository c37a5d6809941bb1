"""Writes the Word copies that editors need, from the same document as the page.

Its look is in ``reference.docx``, made by ``word_reference.py``. Metadata name no staff; the same
document gives the same file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from hrdresearch.findings.model import Claim
from hrdresearch.report import annex, lineage, tree
from hrdresearch.report.column_widths import set_column_widths
from hrdresearch.report.document_model import Document, Meta
from hrdresearch.report.picture import Picture
from hrdresearch.report.tree import Node
from hrdresearch.report.word_package import finish_word_file

TAB = tree.raw("openxml", "<w:r><w:tab/></w:r>", inline=True)
PAGE_BREAK = tree.raw("openxml", '<w:r><w:br w:type="page"/></w:r>', inline=True)
OPTIONS = (
    "--syntax-highlighting=none",
    "--table-caption-position=above",
    "--figure-caption-position=above",
)
NUMBER_STYLE, LABEL_STYLE = "Number", "Vocabulary Label"


def write_word(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the main text as a Word file; KeyError names a number in it that no finding made."""
    lineage.lineage_lines(doc.claim_names(), claims, ())
    _write(doc, [*_front(doc), *_summary_and_contents(doc), *doc.body], path)


def write_word_annexes(doc: Document, claims: Mapping[str, Claim], path: Path) -> None:
    """Write the annexes as a Word file; KeyError names a number in them that no finding made."""
    *made, last = annex.annexes(doc)
    blocks = [block for one in made for block in one.with_heading()]
    blocks += [*last.with_heading(), *annex.lineage_of_text(doc, claims)]
    _write(doc, [*_front(doc, "Annexes"), *blocks], path)


@cache
def empty_word_file() -> bytes:
    """Word file of a report without text, as bytes; the scan takes what it holds as known."""
    doc = Document(Meta("", "", "", "", ""), [], [], (), {}, ())
    with tempfile.TemporaryDirectory() as folder:
        used = [tree.span([], custom_style=style) for style in (NUMBER_STYLE, LABEL_STYLE)]
        _write(doc, [tree.para(used)], path := Path(folder) / "empty.docx")
        return path.read_bytes()


def _write(doc: Document, blocks: list[Node], path: Path) -> None:
    reference = files(__package__) / "reference.docx"
    with tempfile.TemporaryDirectory() as folder, as_file(reference) as look:
        pictures = _drawn(doc.pictures, Path(folder))
        made = Path(folder) / "report.docx"
        styled = tree.walk(tree.without_dead_links(blocks), _Look(doc.pictures, pictures).rule)
        tree.write(styled, "docx", [f"--reference-doc={look}", *OPTIONS], str(made))
        path.write_bytes(finish_word_file(made.read_bytes(), doc))


def _front(doc: Document, part: str = "") -> list[Node]:
    """Lines of the title; part: what this file holds of the report, where it is not the main text."""
    meta = doc.meta
    lines = [
        *(("Mast", f"{name}: {text}") for name, text in meta.mast),
        ("Classification", meta.classification),
        ("Mandate", meta.mandate_line),
        ("Title", meta.title),
        ("Subtitle", meta.subtitle),
        ("Subtitle", part),
    ]
    return [_styled(style, tree.inlines_of(text)) for style, text in lines if text]


def _summary_and_contents(doc: Document) -> list[Node]:
    out: list[Node] = []
    if doc.summary:
        out += [_styled("Summary Heading", tree.inlines_of(doc.meta.summary_heading)), *doc.summary]
    if doc.meta.is_brief:
        return out
    contents = _contents(doc)
    if doc.summary and len(doc.contents) > 1:  # title and summary are a page of their own
        out.append(tree.para([PAGE_BREAK]))
    # The break ends the last line: a paragraph of its own would leave a page empty behind it.
    if len(doc.contents) > 1:
        contents[-1]["c"][1][-1]["c"].append(PAGE_BREAK)
    return [*out, _styled("Contents Heading", tree.inlines_of("Contents")), *contents]


def _contents(doc: Document) -> list[Node]:
    lines = [(e.level, e.number, e.title, e.anchor, e.paragraphs) for e in doc.contents]
    lines += [(1, f"{a.number}.", a.title, a.anchor, "") for a in annex.annexes(doc)]
    return [
        _styled(
            f"Contents {level}" if not anchor.startswith("annex") else "Contents Annex",
            [
                *tree.inlines_of(mark),
                TAB,
                tree.link(tree.inlines_of(title), f"#{anchor}"),
                *([TAB, *tree.inlines_of(covered)] if covered else []),
            ],
        )
        for level, mark, title, anchor, covered in lines
    ]


class _Look:
    """Rules that give the neutral tree its Word look."""

    def __init__(self, pictures: Mapping[str, Picture], paths: Mapping[str, Path]) -> None:
        self.pictures = pictures
        self.paths = paths

    def rule(self, node: Node) -> list[Node] | None:
        if node["t"] == "Span" and tree.has_class(node, "claim"):
            # The check of a report finds its numbers by this style.
            return [tree.span(node["c"][1], id_=node["c"][0][0], custom_style=NUMBER_STYLE)]
        if node["t"] == "Span" and tree.has_class(node, "heading-number"):
            return [*node["c"][1], TAB]
        if node["t"] == "Span" and tree.has_class(node, "label"):
            # The leak scan tells a State's name from a person's by this style.
            node["c"][0] = ["", [], [["custom-style", LABEL_STYLE]]]
            return None
        if node["t"] == "Header":
            return [_one_gap(node)]
        if node["t"] == "Table":
            return [_sized(node)]
        if node["t"] in ("OrderedList", "BulletList"):
            return [_loose(node)]
        if node["t"] == "Div":
            return self._div(node)
        return None

    def _div(self, node: Node) -> list[Node] | None:
        inner = node["c"][1]
        if tree.has_class(node, "numbered"):
            n = tree.attribute(node, "data-number")
            first = tree.para([*tree.inlines_of(f"{n}."), TAB, *inner[0]["c"]])
            return [_styled("Numbered Paragraph", first["c"], node["c"][0][0])]
        if tree.has_class(node, "note"):
            return [tree.div(inner, custom_style="Source Note")]
        if tree.has_class(node, "caption-only"):
            return [_styled("Table Caption", inner[0]["c"], node["c"][0][0])]
        if tree.has_class(node, "picture"):
            id_ = tree.attribute(node, "data-picture")
            picture = self.pictures[id_]
            size = tree.attributes("", [], width=f"{picture.width_cm:.2f}cm")
            alt = tree.inlines_of(picture.alt_text().strip())
            image = {"t": "Image", "c": [size, alt, [str(self.paths[id_]), ""]]}
            return [tree.block_plain([image])]
        if any(tree.has_class(node, name) for name in ("table", "exhibit")):
            return list(inner)
        return None


def _one_gap(node: Node) -> Node:
    """Leave out the space after the number of a heading, because a tab follows there."""
    level, attributes, inlines = node["c"]
    kept = [
        inline
        for before, inline in zip([None, *inlines[:-1]], inlines, strict=True)
        if not (before == TAB and inline == {"t": "Space"})
    ]
    return {"t": "Header", "c": [level, attributes, kept]}


def _sized(node: Node) -> Node:
    """A table with its head in a style of its own and columns as wide as their texts need."""
    for _, cells in node["c"][3][1]:
        for cell in cells:
            cell[4] = [_styled("Table Head", block["c"]) for block in cell[4]]
    set_column_widths(node)
    return node


def _loose(node: Node) -> Node:
    """List items as paragraphs: pandoc gives the others the type of table cells."""
    content = node["c"] if node["t"] == "BulletList" else node["c"][1]
    for item in content:
        for block in item:
            block["t"] = "Para" if block["t"] == "Plain" else block["t"]
    return node


def _styled(style: str, inlines: list[Node], id_: str = "") -> Node:
    return tree.div([tree.para(inlines)], id_=id_, custom_style=style)


def _drawn(pictures: Mapping[str, Picture], folder: Path) -> dict[str, Path]:
    paths = {}
    for id_, picture in pictures.items():
        paths[id_] = folder / f"{id_}.png"
        paths[id_].write_bytes(picture.png)
    return paths
