"""Widths of the columns of a table, as their texts need, for writers that would make all alike."""

from __future__ import annotations

from hrdresearch.report import tree
from hrdresearch.report.tree import Node

MOST = 50  # letters that the widest text of a column may claim
SPACE = 2  # letters that the space between columns takes


def column_needs(table: Node) -> list[float]:
    """How many letters wide each column should be: its longest word, or its usual text."""
    _, _, _, (_, head), bodies, _ = table["c"]
    rows = [cells for _, cells in (*head, *(row for body in bodies for row in body[3]))]
    texts = [[tree.text_of(cell[4]) for cell in column] for column in zip(*rows, strict=True)]
    return [
        SPACE
        + max(
            min(max(map(len, column)), 12 + sum(map(len, column)) / len(column) / 3, MOST),
            *(len(word) for text in column for word in text.split()),
            5,
        )
        for column in texts
    ]


def set_column_widths(table: Node, from_letters: float = 0) -> None:
    """Share the width of the page among the columns, unless the table says widths of its own.

    from_letters: a table that needs fewer letters than this is left as narrow as its texts.
    """
    columns, needs = table["c"][2], column_needs(table)
    if sum(needs) < from_letters or any(size["t"] != "ColWidthDefault" for _, size in columns):
        return
    for column, need in zip(columns, needs, strict=True):
        column[1] = {"t": "ColWidth", "c": round(need / sum(needs), 4)}
