"""Numbers of sections and paragraphs, in the order of United Nations reports.

Sections I., A., 1.; a heading that stands alone below another has no letter. Paragraphs 1., 2., ... through
the whole report; sub-paragraphs (a), (i). A section called "Annex: ..." is an annex of its own, with
paragraphs that bear no number; annexes I and II and the last one belong to every report (see ``annex``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hrdresearch.report import tree
from hrdresearch.report.tree import Node

ANNEX = "Annex:"
ANNEXES_BEFORE = 2  # sources, and how the report was made

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the table of contents.

    level: 1 to 3. number: as printed ("I.", "A.", "1."), or "" for none. anchor: id of the heading.
    paragraphs: those of the section ("12–15").
    """

    level: int
    number: str
    title: str
    anchor: str
    paragraphs: str


@dataclass
class NumberedDocument:
    """The numbered document, with the summary and the annexes of the study apart from the body."""

    summary: list[Node] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    annexes: list[Node] = field(default_factory=list)
    annex_titles: tuple[str, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()


def number_document(blocks: list[Node], summary_heading: str) -> NumberedDocument:
    """Number headings and paragraphs of a whole report; the summary stays unnumbered.

    blocks: of pandoc, in order. summary_heading: words of the heading of the summary.
    """
    out = NumberedDocument()
    counts = [0, 0, 0]
    paragraph = 0
    in_summary = in_annex = False
    headings: list[tuple[int, str, str, str, int]] = []
    alone = _stand_alone(blocks)
    for i, block in enumerate(blocks):
        if block["t"] == "Header":
            level, inlines = block["c"][0], block["c"][2]
            if level == 1:
                in_summary = tree.text_of(inlines).strip() == summary_heading
                in_annex = tree.text_of(inlines).startswith(ANNEX)
                if in_summary:
                    continue
            if in_annex:
                block = _annex_heading(out, level, inlines)
            elif not in_summary:
                counts = [*counts[: level - 1], counts[level - 1] + 1, *[0] * (3 - level)]
                mark, anchor = _mark(level, counts)
                mark = "" if i in alone else mark
                headings.append((level, mark, tree.text_of(inlines), anchor, paragraph))
                mark_span = tree.span(tree.inlines_of(mark), ["heading-number"])
                printed = [mark_span, {"t": "Space"}, *inlines] if mark else inlines
                block = tree.header(level, printed, anchor)
        elif block["t"] == "Para" and not in_summary and not in_annex:
            paragraph += 1
            block = tree.div([block], ["numbered"], f"para-{paragraph}", data_number=str(paragraph))
        place = out.summary if in_summary else out.annexes if in_annex else out.body
        place.append(_subparagraphs(block, 0))
    out.contents = _contents(headings, paragraph)
    return out


def annex_mark(count: int) -> tuple[str, str]:
    """Number and anchor of an annex by its count.

    >>> annex_mark(3)
    ('Annex III', 'annex-iii')
    """
    return f"Annex {roman_numeral(count)}", f"annex-{roman_numeral(count).lower()}"


def roman_numeral(value: int) -> str:
    """A number below 90 in Roman numerals.

    >>> roman_numeral(4), roman_numeral(19)
    ('IV', 'XIX')
    """
    out = ""
    for size, letters in _ROMAN:
        while value >= size:
            out, value = out + letters, value - size
    return out


def _stand_alone(blocks: list[Node]) -> set[int]:
    """Places of the headings that are the only one of their level below the heading above them."""
    below: dict[tuple[int, ...], list[int]] = {}
    path: tuple[int, ...] = ()
    for i, block in enumerate(blocks):
        if block["t"] == "Header":
            path = path[: block["c"][0] - 1]
            below.setdefault(path, []).append(i)
            path = (*path, i)
    return {places[0] for above, places in below.items() if above and len(places) == 1}


def _annex_heading(out: NumberedDocument, level: int, inlines: list[Node]) -> Node:
    """Heading of an annex of the study, or below one."""
    title = tree.text_of(inlines).removeprefix(ANNEX).strip()
    if level > 1:
        return tree.header(level, tree.inlines_of(title), "", ["annex"])
    out.annex_titles = (*out.annex_titles, title)
    mark, anchor = annex_mark(ANNEXES_BEFORE + len(out.annex_titles))
    span = tree.span(tree.inlines_of(f"{mark}."), ["heading-number"])
    return tree.header(1, [span, {"t": "Space"}, *tree.inlines_of(title)], anchor, ["annex"])


def _mark(level: int, counts: list[int]) -> tuple[str, str]:
    marks = (roman_numeral(counts[0]), chr(64 + counts[1]), str(counts[2]))
    anchor = "section-" + "-".join(m.lower() for m in marks[:level])
    return f"{marks[level - 1]}.", anchor


def _contents(
    headings: list[tuple[int, str, str, str, int]], last: int
) -> tuple[ContentsEntry, ...]:
    entries = []
    for i, (level, mark, title, anchor, before) in enumerate(headings):
        ends = [h[4] for h in headings[i + 1 :] if h[0] <= level]
        first, end = before + 1, ends[0] if ends else last
        covered = f"{first}–{end}" if end > first else str(first) if end == first else ""
        entries.append(ContentsEntry(level, mark, title, anchor, covered))
    return tuple(entries)


def _subparagraphs(block: Node, depth: int) -> Node:
    """Ordered lists become (a), (b), and (i), (ii) below."""
    if block["t"] == "OrderedList":
        style = "LowerAlpha" if depth == 0 else "LowerRoman"
        return {
            "t": "OrderedList",
            "c": [
                [block["c"][0][0], {"t": style}, {"t": "TwoParens"}],
                [[_subparagraphs(b, depth + 1) for b in item] for item in block["c"][1]],
            ],
        }
    return block
