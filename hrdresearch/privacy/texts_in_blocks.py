"""Texts of the blocks of a page: paragraphs, rows and columns of tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from hrdresearch.privacy.text_carriers import BREAK, CarriedText, texts_of_run

_INLINE_TAGS = """
    a abbr b bdi bdo big cite code data dfn em font i ins del kbd label mark q s samp small span
    strike strong sub sup time tspan u var wbr
"""
INLINE = frozenset(_INLINE_TAGS.split())


def texts_of_block(
    block: Any, labelled: set[Any], carrier: str, *, deep: bool
) -> Iterator[CarriedText]:
    """Texts of one block of a page, with its inline elements.

    block: element of lxml. labelled: elements that are labels of a vocabulary. deep: whether inner blocks
    (cells, paragraphs) belong to the text too.
    """
    runs: list[list[tuple[str, bool]]] = [[]]

    def walk(element: Any) -> None:
        in_label = element in labelled
        if element.text:
            runs[-1].append((element.text, in_label))
        for child in element:
            if isinstance(child.tag, str):
                tag = etree.QName(child).localname.lower()
                if tag in INLINE or (deep and tag in ("td", "th", "p", "div")):
                    walk(child)
                elif tag not in ("script", "style"):
                    runs.append([]) if tag != "br" else runs[-1].append((" ", False))
            if child.tail:
                runs[-1].append((child.tail, in_label))

    walk(block)
    for run in runs:
        yield from texts_of_run(run, carrier, line_of(block), spaced_only=deep)


def texts_of_columns(table: Any, labelled: set[Any]) -> Iterator[CarriedText]:
    """Text of each column of a table, because a name may be split over two rows; labels become breaks."""
    columns: dict[int, list[str]] = {}
    for row in table.iter("tr"):
        for number, cell in enumerate(row.iterchildren("td", "th")):
            has_label = any(inner in labelled for inner in cell.iter())
            columns.setdefault(number, []).append(BREAK if has_label else cell.text_content())
    for cells in columns.values():
        yield CarriedText("HTML table column", line_of(table), "\n".join(cells))


def line_of(element: Any) -> str:
    """Where an element stands in its page: "line 12", or "page" where that is not known."""
    return f"line {element.sourceline}" if element.sourceline else "page"
