"""Makes the annexes: sources and definitions, how the report was made, full tables, lineage of numbers.

Annexes of a study (headings "Annex: ..." in its notebook) follow the second annex. The page folds annexes;
in Word and PDF they are a separate file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrdresearch.findings.model import Claim, SourceNote
from hrdresearch.report import tree
from hrdresearch.report.document_model import Document
from hrdresearch.report.exhibits import FULL
from hrdresearch.report.lineage import LineageLine, lineage_lines
from hrdresearch.report.numbering import annex_mark
from hrdresearch.report.tree import Node

SOURCES, MADE, LINEAGE = (
    "Sources and definitions",
    "How this report was made",
    "Lineage of the numbers",
)


@dataclass(frozen=True)
class Annex:
    """An annex: number "Annex II", title, anchor "annex-ii", and its blocks without the heading."""

    number: str
    title: str
    anchor: str
    blocks: list[Node]

    def with_heading(self) -> list[Node]:
        """Blocks of the annex with its heading, for Word and PDF."""
        mark = tree.span(tree.inlines_of(f"{self.number}."), ["heading-number"])
        words = [mark, {"t": "Space"}, *tree.inlines_of(self.title)]
        return [tree.header(1, words, self.anchor, ["annex"]), *self.blocks]


def annexes(doc: Document) -> list[Annex]:
    """Make all annexes in order; the last, on lineage, has no blocks, because each writer makes its own."""
    contents: list[tuple[str, list[Node]]] = [
        (SOURCES, _sources(doc)),
        (MADE, _production(doc)),
        *zip(doc.annex_titles, _annexes_of_study(doc), strict=True),
        *([(FULL, doc.full_tables)] if doc.full_tables else []),
        (LINEAGE, []),
    ]
    return [
        Annex(annex_mark(i)[0], title, annex_mark(i)[1], blocks)
        for i, (title, blocks) in enumerate(contents, start=1)
    ]


def _annexes_of_study(doc: Document) -> list[list[Node]]:
    """Blocks of the annexes of the notebook, without the heading of each."""
    out: list[list[Node]] = []
    for block in doc.annexes:
        if block["t"] == "Header" and block["c"][0] == 1:
            out.append([])
        else:
            out[-1].append(block)
    return out


def _sources(doc: Document) -> list[Node]:
    """What each source counts, its citation and the hash of the file that was read."""
    out: list[Node] = []
    for note in sources_in_report(doc):
        out.append(tree.header(2, tree.inlines_of(note.title), f"source-{note.slug}", ["annex"]))
        out.append(tree.para(tree.inlines_of(f"What it counts: {_stop(note.population)}")))
        if note.coverage:
            out.append(tree.para(tree.inlines_of(f"What it covers: {_stop(note.coverage)}")))
        out.append(tree.para(tree.inlines_of(f"Citation: {_stop(note.citation)}")))
        out.append(tree.para([*tree.inlines_of("File read (SHA-256): "), _hash(note.sha256)]))
    if doc.meta.coverage_note:
        out.append(tree.para(tree.inlines_of(doc.meta.coverage_note)))
    return out


def _production(doc: Document) -> list[Node]:
    """Study, build, edition and parameters, so that the report can be made again."""
    meta = doc.meta
    rows = [
        ("Study", meta.study),
        ("Build", meta.build_id),
        ("Edition", meta.edition),
        ("Date", meta.day or "not set"),
        *((f"Parameter {name}", value or "not set") for name, value in meta.parameters.items()),
    ]
    head = [tree.inlines_of("What"), tree.inlines_of("Value")]
    body = [[tree.inlines_of(name), tree.inlines_of(value)] for name, value in rows]
    text = (
        "The text and the numbers of this draft come from one notebook, run with the parameters "
        "below on one build of the sources. No number was typed by hand. Running the same "
        "notebook on the same build gives the same numbers."
    )
    content = tree.table(
        tree.inlines_of("Parameters of this run"),
        head,
        body,
        ["AlignLeft", "AlignLeft"],
        "parameters",
    )
    kept = [tree.para(tree.inlines_of(meta.how_kept))] if meta.how_kept else []
    return [
        tree.para(tree.inlines_of(text)),
        *kept,
        tree.div([content], ["table"], data_label="parameters"),
    ]


def lineage_of_text(doc: Document, claims: Mapping[str, Claim]) -> list[Node]:
    """Table of the lineage of the numbers in the text, for Word and PDF.

    The lineage of numbers in tables is only on the page and in claims.json: it has a thousand rows or more.
    """
    names = doc.claim_names()
    found = lineage_lines(names, claims, sources_in_report(doc))
    in_text = set(doc.claim_names(text_only=True))
    text = (
        "Numbers of the text, in the order in which they appear. The page (HTML) lists those of "
        "the tables and figures as well."
    )
    return [
        tree.para(tree.inlines_of(text)),
        _lineage_table([line for line in found if line.name in in_text]),
    ]


def _lineage_table(found: Sequence[LineageLine]) -> Node:
    """Lineage as a table of the Word document; the HTML page has a table of its own."""
    head = [
        tree.inlines_of(t) for t in ("Number", "What it is", "What was counted", "Rows", "Source")
    ]
    body = [
        [
            [tree.span(tree.inlines_of(line.text), ["claim"], line.anchor)],
            tree.inlines_of(line.definition),
            tree.inlines_of(line.counted),
            [tree.span(tree.inlines_of(line.rows), ["claim"])],
            tree.inlines_of(line.sources),
        ]
        for line in found
    ]
    left = "AlignLeft"
    widths = (0.11, 0.3, 0.24, 0.08, 0.27)
    return tree.table([], head, body, [left, left, left, "AlignRight", left], widths=widths)


def sources_in_report(doc: Document) -> list[SourceNote]:
    """Sources of the report and of its findings, each source once."""
    notes = {n.slug: n for f in doc.findings for n in f.sources}
    notes.update({n.slug: n for n in doc.meta.sources})
    return list(notes.values())


def withheld_names(names: Sequence[str], claims: Mapping[str, Claim]) -> set[str]:
    """Those of the names whose claim has no value to show (suppressed or not computable)."""
    return {n for n in names if n in claims and claims[n].status != "shown"}


def _hash(sha256: str) -> Node:
    return {"t": "Code", "c": [tree.attributes("", ["hash"]), sha256]}


def _stop(text: str) -> str:
    return text.rstrip(".") + "."
