"""Reads Markdown as a tree of pandoc, changes it by rules, and writes it as HTML, Word or typst.

Blocks and inlines are pandoc's own (``{"t": "Para", "c": [...]}``). Raw HTML, TeX and citations
are off: a label that holds ``<script>`` is text and stays text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeAlias

import pypandoc

Node: TypeAlias = dict[str, Any]
Rule: TypeAlias = Callable[[Node], "list[Node] | None"]

_BRANCH = (dict, list)  # what holds more of the tree; all else is words and numbers
_WORDS = frozenset(("Str", "Space", "SoftBreak"))  # most elements, of which nothing is ever changed

READER = (
    "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans-tex_math_dollars"
    "-citations-yaml_metadata_block-pandoc_title_block-implicit_figures-auto_identifiers"
    "-latex_macros-example_lists"
)


def parse(markdown: str) -> list[Node]:
    """Read a Markdown text; returns its blocks.

    >>> [block["t"] for block in parse("# Heading\\n\\nText.")]
    ['Header', 'Para']
    """
    blocks: list[Node] = json.loads(_pandoc(markdown, "json", READER))["blocks"]
    return blocks


def write(blocks: Sequence[Node], to: str, extra: Sequence[str] = (), outputfile: str = "") -> str:
    """Write blocks in a format of pandoc; returns the text, or writes a file for Word.

    to: ``html5``, ``docx`` or ``typst``. extra: further options of pandoc. outputfile: path for ``docx``.
    """
    tree = {"pandoc-api-version": _api_version(), "meta": {}, "blocks": list(blocks)}
    return _pandoc(json.dumps(tree), to, "json", ["--wrap=none", *extra], outputfile)


def walk(node: Any, rule: Rule) -> Any:
    """Copy a tree and replace its elements by a rule, the innermost elements first.

    rule: gets an element; returns None to keep it, or the elements that replace it. It is not called for
    words and the spaces between them.
    """
    if isinstance(node, dict):
        return {
            key: walk(value, rule) if isinstance(value, _BRANCH) else value
            for key, value in node.items()
        }
    out: list[Any] = []
    for child in node:
        if not isinstance(child, _BRANCH):
            out.append(child)
        elif isinstance(child, list):
            out.append(walk(child, rule))
        elif (kind := child.get("t")) in _WORDS:
            out.append(child)
        else:
            new = walk(child, rule)
            swapped = rule(new) if kind else None
            out.extend([new] if swapped is None else swapped)
    return out


def without_dead_links(blocks: list[Node]) -> list[Node]:
    """Replace every link to a place that the blocks do not hold by the text of the link."""
    ids = {
        node["c"][1 if node["t"] == "Header" else 0][0]
        for node in elements(blocks, "Div", "Span", "Table", "Figure", "Header")
    }

    def rule(node: Node) -> list[Node] | None:
        if node["t"] != "Link" or not (target := node["c"][2][0]).startswith("#"):
            return None
        return None if target[1:] in ids else list(node["c"][1])

    unlinked: list[Node] = walk(blocks, rule)
    return unlinked


def elements(node: Any, *kinds: str) -> Iterable[Node]:
    """All elements of the given kinds of pandoc (``Span``, ``Para``) in a tree, in reading order.

    >>> [found["t"] for found in elements([para([span(inlines_of("two words"))])], "Str", "Span")]
    ['Span', 'Str', 'Str']
    """
    skipped = _WORDS.difference(kinds)
    if isinstance(node, dict):
        if node.get("t") in kinds:
            yield node
        node = node.values()
    for child in node:
        if isinstance(child, list) or (isinstance(child, dict) and child.get("t") not in skipped):
            yield from elements(child, *kinds)


def text_of(node: Any) -> str:
    """Text of a tree without its markup and without footnotes.

    >>> text_of([span(inlines_of("two words"), ["claim"])])
    'two words'
    """
    if isinstance(node, list):
        return "".join(text_of(child) for child in node)
    if not isinstance(node, dict):
        return ""
    kind = node.get("t")
    if kind == "Str":
        return str(node["c"])
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Note":
        return ""
    content = node.get("c", [])
    return text_of(content[-1] if kind in ("Span", "Div", "Quoted", "Header") else content)


def inlines_of(text: str) -> list[Node]:
    """Pandoc inlines of a plain text: words and spaces.

    >>> inlines_of("two words")
    [{'t': 'Str', 'c': 'two'}, {'t': 'Space'}, {'t': 'Str', 'c': 'words'}]
    """
    out: list[Node] = []
    for i, word in enumerate(text.split(" ")):
        if i:
            out.append({"t": "Space"})
        if word:
            out.append({"t": "Str", "c": word})
    return out


def attributes(id_: str = "", classes: Sequence[str] = (), **pairs: str) -> list[Any]:
    """Attributes of a pandoc element; ``data_claim="x"`` becomes ``data-claim="x"``."""
    return [id_, list(classes), [[k.replace("_", "-"), v] for k, v in pairs.items()]]


def span(inlines: list[Node], classes: Sequence[str] = (), id_: str = "", **pairs: str) -> Node:
    """Span of pandoc: inlines with classes, an id and further attributes."""
    return {"t": "Span", "c": [attributes(id_, classes, **pairs), inlines]}


def div(blocks: list[Node], classes: Sequence[str] = (), id_: str = "", **pairs: str) -> Node:
    """Div of pandoc: blocks with classes, an id and further attributes."""
    return {"t": "Div", "c": [attributes(id_, classes, **pairs), blocks]}


def para(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def block_plain(inlines: list[Node]) -> Node:
    """A text without the space around a paragraph, as in a table cell."""
    return {"t": "Plain", "c": inlines}


def link(inlines: list[Node], target: str, classes: Sequence[str] = (), **pairs: str) -> Node:
    """Link of pandoc; target: address or ``#id``."""
    return {"t": "Link", "c": [attributes("", classes, **pairs), inlines, [target, ""]]}


def header(level: int, inlines: list[Node], id_: str, classes: Sequence[str] = ()) -> Node:
    """Heading of pandoc; level: from 1."""
    return {"t": "Header", "c": [level, attributes(id_, classes), inlines]}


def raw(format_: str, text: str, inline: bool = False) -> Node:
    """Raw markup for one output format (html, openxml, typst); texts of data must be escaped before.

    inline: whether it stands within a paragraph.
    """
    return {"t": "RawInline" if inline else "RawBlock", "c": [format_, text]}


def table(
    caption: list[Node],
    head: list[list[Node]],
    body: list[list[list[Node]]],
    alignments: Sequence[str],
    id_: str = "",
    widths: Sequence[float] = (),
) -> Node:
    """Table of pandoc; each cell is a list of inlines, and the first column holds the row headers.

    caption, head, body: inlines of the caption, cells of the head, and rows of cells.
    alignments: pandoc's (``AlignLeft``), one a column. widths: shares of the text width, one a
    column; without them the writer decides.
    """
    sizes: list[Node] = [{"t": "ColWidth", "c": w} for w in widths]
    sizes = sizes or [{"t": "ColWidthDefault"}] * len(alignments)

    def row(cells: list[list[Node]]) -> Node | list[Any]:
        return [
            attributes(),
            [
                [attributes(), {"t": "AlignDefault"}, 1, 1, [block_plain(c)] if c else []]
                for c in cells
            ],
        ]

    return {
        "t": "Table",
        "c": [
            attributes(id_),
            [None, [block_plain(caption)] if caption else []],
            [[{"t": a}, size] for a, size in zip(alignments, sizes, strict=True)],
            [attributes(), [row(head)]],
            [[attributes(), 1, [], [row(cells) for cells in body]]],
            [attributes(), []],
        ],
    }


def has_class(node: Node, name: str) -> bool:
    """Whether a span, div or link carries a class."""
    return node.get("t") in ("Span", "Div", "Link") and name in node["c"][0][1]


def attribute(node: Node, key: str) -> str:
    """Value of an attribute of a span, div or link; empty when it has none."""
    return str(dict(node["c"][0][2]).get(key, ""))


@cache
def _api_version() -> list[int]:
    version: list[int] = json.loads(_pandoc("", "json", "markdown"))["pandoc-api-version"]
    return version


def _pandoc(text: str, to: str, from_: str, extra: Sequence[str] = (), file: str = "") -> str:
    """One process of pandoc; pypandoc would start two more to ask it which formats it knows."""
    written: str = pypandoc.convert_text(
        text, to, format=from_, extra_args=extra, outputfile=file or None, verify_format=False
    )
    return written
