"""Paragraphs of a text; their numbers in reports, such as 6.12: their order, and gaps in a series."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARAGRAPH = re.compile(r"\n\s*\n|\r\n\s*\r\n")


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs of a text: lines with an empty line between them, else its lines.

    >>> paragraphs_of("One line\\nand more.\\n\\nAnother.")
    ['One line and more.', 'Another.']
    """
    parts = _PARAGRAPH.split(text) if _PARAGRAPH.search(text) else text.splitlines()
    return [part for part in (" ".join(p.split()) for p in parts) if part]


def missing_numbers(numbers: Iterable[str]) -> list[str]:
    """Numbers that are missing in their series, from 1 to its largest number.

    >>> missing_numbers(["6.1", "6.3"])
    ['6.2']
    """
    series: dict[str, set[int]] = {}
    for number in numbers:
        whole, _, part = number.partition(".")
        series.setdefault(whole, set()).add(int(part))
    return [
        f"{whole}.{i}"
        for whole, parts in series.items()
        for i in range(1, max(parts) + 1)
        if i not in parts
    ]


def paragraph_sort_key(number: str) -> tuple[int, ...]:
    """Key to sort paragraph numbers by, so that 6.9 comes before 6.10.

    >>> sorted(["6.10", "6.9"], key=paragraph_sort_key)
    ['6.9', '6.10']
    """
    return tuple(int(part) for part in number.split(".") if part.isdigit())
