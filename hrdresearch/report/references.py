"""Adds links from sentences to the paragraphs of a finding, and to tables and figures by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.report import tree
from hrdresearch.report.tree import Node


def link_to_paragraphs(blocks: Sequence[Node], body: Sequence[Node]) -> list[Node]:
    """Put links to the paragraphs of findings into every ``.see`` span of the blocks.

    body: numbered paragraphs; those of a finding begin with a ``.from`` span. A ``.see`` span names its
    findings (``data-findings``), the words before and after the links, and numbers (``data-numbers``).
    Of each finding the paragraph with most of these numbers is linked, and the paragraphs that hold the
    other numbers; without numbers, the first. A span whose findings have no paragraph is removed.
    """
    paragraphs = _paragraphs_of_findings(body)

    def linked(node: Node) -> list[Node] | None:
        if not tree.has_class(node, "see"):
            return None
        names = tree.attribute(node, "data-findings").split()
        claims = set(tree.attribute(node, "data-numbers").split())
        found = sorted(
            {n for name in names if name in paragraphs for n in _holding(claims, paragraphs[name])}
        )
        if not found:
            return []
        out = tree.inlines_of(f"{'paras.' if len(found) > 1 else 'para.'} ")
        for i, number in enumerate(found):
            joint = "" if not i else " and " if i == len(found) - 1 else ", "
            out += [
                *tree.inlines_of(joint),
                tree.link(tree.inlines_of(str(number)), f"#para-{number}"),
            ]
        before, after = (tree.attribute(node, f"data-{key}") for key in ("before", "after"))
        return [*tree.inlines_of(before), *out, *tree.inlines_of(after)]

    out: list[Node] = tree.walk(list(blocks), linked)
    return out


def link_to_exhibits(blocks: Sequence[Node], exhibits: Mapping[str, tuple[str, str]]) -> list[Node]:
    """Make every ``.exhibit-of`` span of the blocks a link to a table or figure: "table 4".

    exhibits: for the name of a finding, its number as printed ("Table 4") and its id. A span keeps its
    words where the page has no table or figure of its finding.
    """

    def linked(node: Node) -> list[Node] | None:
        if not tree.has_class(node, "exhibit-of"):
            return None
        name, id_ = exhibits.get(tree.attribute(node, "data-finding"), ("", ""))
        if not name:
            return list(node["c"][1])
        return [tree.link(tree.inlines_of(name.lower()), f"#{id_}")]

    out: list[Node] = tree.walk(list(blocks), linked)
    return out


def _holding(claims: set[str], paragraphs: Sequence[tuple[int, set[str]]]) -> list[int]:
    """Numbers of the paragraphs to link: the one with most of the claims, then those with the others.

    claims: names; without any, the first paragraph is taken. paragraphs: number and claims of each.
    """
    found: list[int] = []
    left = claims
    while True:
        number, held = max(paragraphs, key=lambda p: (len(left & p[1]), -p[0]))
        if found and not left & held:
            return found
        found.append(number)
        left = left - held


def _paragraphs_of_findings(body: Sequence[Node]) -> dict[str, list[tuple[int, set[str]]]]:
    """Paragraphs of each finding in order: the number, and the names of the numbers in it."""
    found: dict[str, list[tuple[int, set[str]]]] = {}
    for block in body:
        if tree.has_class(block, "numbered"):
            spans = list(tree.elements(block, "Span"))
            held = {tree.attribute(s, "data-claim") for s in spans if tree.has_class(s, "claim")}
            for span in spans:
                if tree.has_class(span, "from"):
                    name = tree.attribute(span, "data-finding")
                    number = int(tree.attribute(block, "data-number"))
                    found.setdefault(name, []).append((number, held))
    return found
