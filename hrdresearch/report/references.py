"""Links from a sentence to the paragraph that its finding wrote."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.report import tree
from hrdresearch.report.tree import Node


def link_to_paragraphs(blocks: Sequence[Node], body: Sequence[Node]) -> list[Node]:
    """Blocks in which every ``.see`` span holds links to the paragraphs of its findings.

    body: numbered paragraphs, in which a finding's paragraphs begin with a ``.from`` span. A span
    names its findings (``data-findings``) and the words before and after the links; it is left out
    when none of them wrote a paragraph.
    """
    numbers = _paragraph_of_finding(body)

    def linked(node: Node) -> list[Node] | None:
        if not tree.has_class(node, "see"):
            return None
        names = tree.attribute(node, "data-findings").split()
        found = sorted({numbers[name] for name in names if name in numbers})
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


def _paragraph_of_finding(body: Sequence[Node]) -> dict[str, int]:
    """Number of the first paragraph of each finding."""
    found: dict[str, int] = {}
    for block in body:
        if tree.has_class(block, "numbered"):
            for span in tree.elements(block, "Span"):
                if tree.has_class(span, "from"):
                    name = tree.attribute(span, "data-finding")
                    found.setdefault(name, int(tree.attribute(block, "data-number")))
    return found
