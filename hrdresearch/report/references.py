"""Links from a sentence to the paragraph that its finding wrote, and to tables and figures by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.report import tree
from hrdresearch.report.tree import Node


def link_to_paragraphs(blocks: Sequence[Node], body: Sequence[Node]) -> list[Node]:
    """Blocks in which every ``.see`` span holds links to the paragraphs of its findings.

    body: numbered paragraphs, in which a finding's paragraphs begin with a ``.from`` span. A span
    names its findings (``data-findings``), the words before and after the links, and numbers
    (``data-numbers``): the paragraph of each finding with the most of them is meant, and others that
    hold the rest of them, or the first. It is left out when none of them wrote a paragraph.
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
    """Blocks in which every ``.exhibit-of`` span is a link: "table 4".

    exhibits: by name of a finding its exhibit ("Table 4") and the id of that. The words of a span
    stay where the page has no exhibit of its finding.
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
    """The paragraph with the most of some numbers, or the first, and those that hold the others."""
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
