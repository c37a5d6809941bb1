"""Tables of findings on online attacks, and the test whether an estimate is too uncertain to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import floor, log10

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column
from hrdresearch.findings.publication_limits import WIDEST_INTERVAL
from hrdresearch.tables import has_code


def holds_any_code(cells: pd.Series, members: Sequence[str]) -> pd.Series:
    """Which cells hold at least one of the codes.

    cells: codes joined by ``|``, one cell for each message. members: the codes looked for.

    >>> holds_any_code(pd.Series(["smear|ridicule", "none"]), ["smear"]).tolist()
    [True, False]
    """
    if isinstance(cells.dtype, pd.CategoricalDtype):  # of millions of cells few are different
        by_category = holds_any_code(pd.Series(cells.cat.categories.astype(str)), members)
        return cells.cat.codes.map(dict(enumerate(by_category))).fillna(False).astype(bool)
    found = pd.Series(False, index=cells.index)
    for code in members:
        found |= has_code(cells, code)
    return found


def is_too_wide(low: float | None, high: float | None) -> bool:
    """Whether the interval of a share is wider than fifty points, so that no share is printed.

    low, high: ends of the interval, from 0 to 1, or None without an interval.
    """
    return low is not None and high is not None and 100 * (high - low) > WIDEST_INTERVAL


def note_on_wide_intervals(words: Sequence[str]) -> tuple[str, ...]:
    """A note that names the shares whose interval is too wide; empty without such shares."""
    if not words:
        return ()
    return (
        f"Not computable, because the interval is wider than fifty points: {'; '.join(words)}. "
        "More labels make it narrower.",
    )


def round_to_two_figures(value: float, toward: Callable[[float], int] = round) -> int:
    """Round an estimated number to two figures, so that no subtraction gives a count away.

    toward: ``floor`` for the lower end of an interval, ``ceil`` for the upper end.

    >>> round_to_two_figures(748), round_to_two_figures(748, floor)
    (750, 740)
    """
    if value <= 0:
        return 0
    size = 10 ** max(0, floor(log10(value)) - 1)
    return int(toward(round(value / size, 6)) * size)


def table_columns(label_words: str, **columns: str) -> list[Column]:
    """Columns of a table: one of labels, then one of numbers for each key, with its heading."""
    return [
        Column("label", label_words, "label"),
        *(Column(k, words) for k, words in columns.items()),
    ]


def table_row(first: Cell | str, claims: Iterable[Claim]) -> list[Cell]:
    """A row of a table: its label, and a cell for each claim."""
    label_cell = Cell(text=first) if isinstance(first, str) else first
    return [label_cell, *(Cell(claim=c.name) for c in claims)]
