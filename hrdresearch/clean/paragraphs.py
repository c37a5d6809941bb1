"""Paragraph numbers of reports, such as 6.12: their order, and gaps in a series."""

from __future__ import annotations

from collections.abc import Iterable


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
