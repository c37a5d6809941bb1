"""Figure of the page on gender: women among those whose sex or gender each list records, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.model import Cell, Claim, Column, Drawing
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import is_printed
from hrdresearch.stats.review_budgets import wilson_share

FEWEST_DOTS = 2  # lists with a share that make a figure
COLUMNS = (
    Column("label", "List, and what is counted", "label"),
    Column("female", "Female"),
    Column("known", "Sex or gender recorded"),
    Column("share", "Per cent"),
    Column("low", "From"),
    Column("high", "To"),
)
DOTS = Drawing("intervals", "label", ("share", "low", "high"), counts=("female", "known"))
NOTES = (
    "Per cent: of those whose sex or gender is recorded; the table tells for how many it is not.",
    "An interval says how far the share may be off by chance in a list of this length. It does not tell of "
    "persons whom nobody documented. Shares of rounded numbers have none.",
)


def rows_with_shares(
    stems: Mapping[str, str], claims: Mapping[str, Claim]
) -> tuple[list[tuple[Cell, ...]], list[Claim]]:
    """Rows of the lists that have a share of women, with its interval; and the claims of the intervals.

    stems: by label of a list, beginning of the names of its claims. Both are empty where fewer than two lists
    have a share: then there is no figure.
    """
    rows: list[tuple[Cell, ...]] = []
    made: list[Claim] = []
    for label, stem in stems.items():
        names = [f"{stem}.{end}" for end in ("female", "known", "female.share")]
        held = [claims.get(name) for name in names]
        if not all(is_printed(claim, 0) for claim in held):
            continue
        ends = _interval(*[claim for claim in held if claim])
        made += ends
        cells = [Cell(claim=end.name) for end in ends] or [Cell("–"), Cell("–")]
        rows.append((Cell(label), *(Cell(claim=name) for name in names), *cells))
    return (rows, made) if len(rows) >= FEWEST_DOTS else ([], [])


def _interval(part: Claim, whole: Claim, share: Claim) -> Sequence[Claim]:
    """Both ends of the interval of a share of exact counts, in per cent; empty for rounded counts."""
    if share.is_rounded or part.is_rounded:
        return ()
    found = wilson_share(int(part.value or 0), int(whole.value or 0))
    return [
        replace(
            share,
            name=f"{part.name}.{key}",
            value=100 * end,
            text=number_in_table(100 * end, "per_cent"),
            rows=None,
            definition=f"{share.definition}; {words} of the interval of 95 per cent",
            measure="computed",
        )
        for key, words, end in (
            ("low", "lower end", found.low or 0.0),
            ("high", "upper end", found.high or 0.0),
        )
    ]
