"""Annexes: sources and definitions, how the report was made, lineage of the numbers.

Annexes of a study (headings "Annex: ..." in its notebook) stand between the second and the last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.findings.model import Claim, SourceNote
from hrdresearch.report import tree
from hrdresearch.report.document_model import Document
from hrdresearch.report.lineage import LineageLine
from hrdresearch.report.numbering import annex_mark
from hrdresearch.report.tree import Node

SOURCES, MADE, LINEAGE = (
    "Sources and definitions",
    "How this report was made",
    "Lineage of the numbers",
)


def annex_entries(doc: Document) -> list[tuple[str, str, str]]:
    """Number, title and anchor of each annex, in order: ``("Annex I", "Sources ...", "annex-i")``."""
    titles = (SOURCES, MADE, *doc.annex_titles, LINEAGE)
    return [(annex_mark(i)[0], title, annex_mark(i)[1]) for i, title in enumerate(titles, start=1)]


def annex_heading(number: str, title: str, anchor: str) -> Node:
    """Heading of an annex, with its number."""
    mark = tree.span(tree.inlines_of(f"{number}."), ["heading-number"])
    return tree.header(1, [mark, {"t": "Space"}, *tree.inlines_of(title)], anchor, ["annex"])


def sources_annex(doc: Document) -> list[Node]:
    """Annex I: what each source counts, its citation and the hash of the file that was read."""
    out = [annex_heading(*annex_entries(doc)[0])]
    for note in sources_in_report(doc):
        out.append(tree.header(2, tree.inlines_of(note.title), f"source-{note.slug}", ["annex"]))
        out.append(tree.para(tree.inlines_of(f"What it counts: {_stop(note.population)}")))
        out.append(tree.para(tree.inlines_of(f"Citation: {_stop(note.citation)}")))
        out.append(tree.para([*tree.inlines_of("File read (SHA-256): "), _hash(note.sha256)]))
    if doc.meta.coverage_note:
        out.append(tree.para(tree.inlines_of(doc.meta.coverage_note)))
    return out


def production_annex(doc: Document) -> list[Node]:
    """Annex II: study, build, edition and parameters, so that the report can be made again."""
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
    return [
        annex_heading(*annex_entries(doc)[1]),
        tree.para(tree.inlines_of(text)),
        tree.div([content], ["table"], data_label="parameters"),
    ]


def lineage_table(found: Sequence[LineageLine]) -> Node:
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
    """Names of the claims whose value is not shown (suppressed or not computable)."""
    return {n for n in names if n in claims and claims[n].status != "shown"}


def _hash(sha256: str) -> Node:
    return {"t": "Code", "c": [tree.attributes("", ["hash"]), sha256]}


def _stop(text: str) -> str:
    return text.rstrip(".") + "."
