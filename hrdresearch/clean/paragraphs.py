"""Paragraph numbers of reports, such as 6.12: their order, and what is missing in a series."""

from __future__ import annotations

from collections.abc import Iterable


def gaps(numbers: Iterable[str]) -> list[str]:
    """Numbers that are missing in their series: ``6.1, 6.3`` lacks ``6.2``."""
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


def in_order(number: str) -> tuple[int, ...]:
    """Key to sort paragraph numbers by: 6.9 stands before 6.10."""
    return tuple(int(part) for part in number.split(".") if part.isdigit())
