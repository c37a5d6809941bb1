"""In which rows of a file the column names stand: the first, one below a title, or two together."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.clean.value_words import code_of, is_nothing
from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.sources.reading import Rows

WITHIN = 15
FEWEST_FILLED = 0.5  # share of the columns that have a name
CLEARLY = 2  # headings more
FEWEST_OF_LEGEND = 3  # states of freedom in a row above the names
FEWEST_GROUPS = 2  # names in an upper row; one alone is a title


def header_rows(rows: Rows) -> tuple[int, ...]:
    """Numbers of the rows with the column names, one or two; the first row where nothing tells."""
    width = max(
        (at + 1 for _, cells in rows.rows[:200] for at, c in enumerate(cells) if c.strip()),
        default=1,
    )
    first = rows.rows[:WITHIN]
    may_be = [at for at, (_, cells) in enumerate(first) if _is_like_names(cells, width)]
    if not may_be:
        return (rows.rows[0][0],)
    best = may_be[0]
    for at in may_be[
        1:
    ]:  # a later row only where it clearly knows more, and not by values of the list
        once = _once([cells for n, cells in rows.rows[:200] if n != first[at][0]], first[at][1])
        if _known(once) >= _known(first[best][1]) + CLEARLY:
            best = at
    if best + 1 < len(first) and _goes_on(first[best][1], first[best + 1][1]):
        return (first[best][0], first[best + 1][0])
    if (
        best
        and first[best][0] == first[best - 1][0] + 1
        and _goes_on(first[best - 1][1], first[best][1])
    ):
        return (first[best - 1][0], first[best][0])
    return (first[best][0],)


def _is_like_names(cells: Sequence[str], width: int) -> bool:
    """Whether a row may hold column names: most columns filled, mostly with words."""
    texts = [c.strip() for c in cells if c.strip()]
    numbers = sum(not any(c.isalpha() for c in t) for t in texts if t not in ("№", "#"))
    return len(texts) >= max(1, FEWEST_FILLED * width) and numbers <= len(texts) / 3


def _once(others: Sequence[Sequence[str]], cells: Sequence[str]) -> list[str]:
    """Cells of a row that stand in no other row of their columns, as a column name does."""
    return [c for at, c in enumerate(cells) if not any(c in row[at : at + 1] for row in others)]


def _known(cells: Sequence[str]) -> int:
    """How many of its cells are headings of the vocabulary."""
    short = {c.strip() for c in cells if 0 < len(c.strip()) <= 60}
    return sum(max(heading_scores(t).values(), default=0.0) >= 0.9 for t in short)


def _is_legend(cells: Sequence[str]) -> bool:
    """Whether cells above the names are a legend of colours: "released", "died", "to be confirmed"."""
    told = [is_nothing(c) or code_of(c, "list_status")[1] for c in cells]
    return len(cells) >= FEWEST_OF_LEGEND and 2 * sum(told) >= len(cells)


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row names parts of the upper one: a name over several columns, names below."""
    pairs = [
        (upper[at].strip() if at < len(upper) else "", lower[at].strip() if at < len(lower) else "")
        for at in range(max(len(upper), len(lower)))
    ]
    gaps = [low for up, low in pairs if not up and low]
    names = [low for _, low in pairs if low]
    groups = sum(bool(up) for up, _ in pairs)
    if _is_legend([up for up, _ in pairs if up]):
        return False
    if (
        groups < FEWEST_GROUPS
        or not gaps
        or any(len(low) > 60 or low[0].isdigit() for low in names)
    ):
        return False
    known = sum(max(heading_scores(low).values(), default=0.0) >= 0.7 for low in names)
    return known >= max(1, len(names) / 3)
