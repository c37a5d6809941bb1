"""Sets the widths of the columns of a table by their texts, for Word and PDF."""

from __future__ import annotations

from hrdresearch.report import tree
from hrdresearch.report.tree import Node

MOST_LETTERS = 50  # of the widest text for which a column is widened
SPACE = 3  # width of the space between columns, in letters
PAGE = 72  # width of a page of the Word copy, in letters


def column_needs(table: Node) -> list[tuple[float, float]]:
    """Width that each column needs, in letters: for its longest word, and for its usual texts.

    table: a pandoc table.
    """
    _, _, _, (_, head), bodies, _ = table["c"]
    rows = [cells for _, cells in (*head, *(row for body in bodies for row in body[3]))]
    needs: list[tuple[float, float]] = []
    for column in zip(*rows, strict=True):
        texts = [tree.text_of(cell[4]) for cell in column]
        lengths = list(map(len, texts))
        word = max(5, *(len(word) for text in texts for word in text.split()), 0)
        usual = min(max(lengths), 12 + sum(lengths) / len(lengths) / 3, MOST_LETTERS)
        needs.append((SPACE + word, SPACE + max(usual, word)))
    return needs


def set_column_widths(table: Node, from_letters: float = 0) -> None:
    """Divide the width of the page among the columns, unless the table has widths already.

    No word is broken where the page can hold the longest word of each column; what is left goes to
    the columns with longer texts. from_letters: a table that needs fewer letters than this is left
    as narrow as its texts.
    """
    columns, needs = table["c"][2], column_needs(table)
    wanted = sum(usual for _, usual in needs)
    if wanted < from_letters or any(size["t"] != "ColWidthDefault" for _, size in columns):
        return
    words = sum(word for word, _ in needs)
    part = min(1, max(0, PAGE - words) / (wanted - words)) if wanted > words else 0
    widths = [word + part * (usual - word) for word, usual in needs]
    for column, width in zip(columns, widths, strict=True):
        column[1] = {"t": "ColWidth", "c": round(width / sum(widths), 4)}
