"""In which rows of a file the column names stand: the first, one below a title, or two together."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.sources.reading import Rows

WITHIN = 15
FEWEST_FILLED = 0.5  # share of the columns that have a name


def header_rows(rows: Rows) -> tuple[int, ...]:
    """Numbers of the rows with the column names, one or two; the first row where nothing tells."""
    width = max(
        (at + 1 for _, cells in rows.rows[:200] for at, c in enumerate(cells) if c.strip()),
        default=1,
    )
    first = rows.rows[:WITHIN]
    marks = [_mark(cells, width) for _, cells in first]
    best = max(range(len(first)), key=lambda at: (marks[at], -at))
    if marks[best] <= 0:
        return (rows.rows[0][0],)
    if best + 1 < len(first) and _goes_on(first[best][1], first[best + 1][1]):
        return (first[best][0], first[best + 1][0])
    if (
        best
        and first[best][0] == first[best - 1][0] + 1
        and _goes_on(first[best - 1][1], first[best][1])
    ):
        return (first[best - 1][0], first[best][0])
    return (first[best][0],)


def _mark(cells: Sequence[str], width: int) -> float:
    """How much a row looks like column names: short texts, most columns filled, known headings."""
    texts = [c.strip() for c in cells if c.strip()]
    if not texts or len(texts) < FEWEST_FILLED * width:
        return 0.0
    numbers = sum(any(c.isdigit() for c in t) and not any(c.isalpha() for c in t) for t in texts)
    known = sum(max(heading_scores(t).values(), default=0.0) >= 0.9 for t in texts if len(t) <= 60)
    return len(texts) / width + 2 * known / len(texts) - 2 * numbers / len(texts)


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row names parts of the upper one: a name over several columns, names below."""
    pairs = [
        (upper[at].strip() if at < len(upper) else "", lower[at].strip() if at < len(lower) else "")
        for at in range(max(len(upper), len(lower)))
    ]
    gaps = [low for up, low in pairs if not up and low]
    names = [low for _, low in pairs if low]
    has_name = any(up for up, _ in pairs)
    if not has_name or not gaps or any(len(low) > 60 or low[0].isdigit() for low in names):
        return False
    known = sum(max(heading_scores(low).values(), default=0.0) >= 0.7 for low in names)
    return known >= max(1, len(names) / 3)
