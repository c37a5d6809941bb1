"""Shortens long tables for the main text: only rows above a stated number; the annex has all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.numbers import unit_in_words
from hrdresearch.findings.sentences import join_with_and, label_in_sentence
from hrdresearch.report.marks import TOTALS
from hrdresearch.report.shown_columns import BY

LONG = 25  # rows that a table of the main text may have
SHORT = 15  # rows that its short form may have
FEWEST = 3  # rows below which a short form would say too little
FEWEST_STATES = 5  # States that a short form with several rows a State has to show
THRESHOLDS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))


def is_long(finding: Finding) -> bool:
    """Whether a table has too many rows for the main text."""
    return len(finding.rows) > LONG


def shorten_table(finding: Finding) -> tuple[Finding, str]:
    """Shorten a long table; returns the finding with fewer rows, and a sentence that says which.

    Kept are the rows with at least a stated number, and rows of totals. Rows of States come in
    alphabetical order; where each has several rows and fewer than five States would be shown, none is. Of a
    table of years the latest years are kept. Of a table that divides cases in
    several ways (column "By") the shortest comparisons are kept, each with all its rows. Without a column
    of counts, or where no number leaves a few rows, no row is kept and the sentence is empty.
    """
    if compared := _comparisons(finding):
        ways = join_with_and(
            list(dict.fromkeys(label_in_sentence(row[_label_at(finding)].text) for row in compared))
        )
        words = f"Shown are the {len(compared)} rows of the comparisons by {ways}."
        return replace(finding, rows=compared), words
    if run := _latest_years(finding):
        words = f"Shown are the latest {len(run)} of {len(finding.rows)} rows."
        return replace(finding, rows=run), words
    sizes, counted = _sizes(finding)
    least, kept = next(
        (
            (n, rows)
            for n in THRESHOLDS
            if len(rows := [i for i, size in enumerate(sizes) if size >= n]) <= SHORT
        ),
        (0, []),
    )
    at = _label_at(finding)
    if len(kept) < FEWEST or _singles_out([finding.rows[i] for i in kept]):
        return replace(finding, rows=()), ""
    totals = [row for row in finding.rows if _is_total(row[at])]
    shown = [finding.rows[i] for i in kept]
    in_order = all(row[at].vocabulary == "state" for row in shown)
    if in_order:
        shown.sort(key=lambda row: row[at].text)
    words = (
        f"Shown are the {len(shown)} rows with at least {least} {counted} in a "
        f"column{', in alphabetical order' if in_order else ''}."
    )
    return replace(finding, rows=(*shown, *totals)), words


def _singles_out(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether rows of so few States are left, with several rows each, that they would seem picked out."""
    states = {cell.text for row in rows for cell in row if cell.vocabulary == "state"}
    return 0 < len(states) < FEWEST_STATES and len(states) < len(rows)


def _comparisons(finding: Finding) -> tuple[tuple[Cell, ...], ...]:
    """Rows of the shortest comparisons of a table, as many whole ones as its short form may hold."""
    at = _label_at(finding)
    if finding.columns[at].label != BY:
        return ()
    keys = [tuple(cell.text for cell in row[: at + 1]) for row in finding.rows]
    sizes = Counter(keys)
    kept: set[tuple[str, ...]] = set()
    for key in sorted(sizes, key=lambda k: sizes[k]):
        if sum(sizes[k] for k in kept) + sizes[key] > SHORT:
            break
        kept.add(key)
    return tuple(tuple(row) for key, row in zip(keys, finding.rows, strict=True) if key in kept)


def _latest_years(finding: Finding) -> tuple[tuple[Cell, ...], ...]:
    """The last rows of a table with a row for each year; none of another table."""
    at = _label_at(finding)
    years = [row[at].text for row in finding.rows]
    if not all(len(year) == 4 and year.isdigit() for year in years):
        return ()
    return tuple(tuple(row) for row in finding.rows[-SHORT:]) if years == sorted(set(years)) else ()


def _sizes(finding: Finding) -> tuple[list[int], str]:
    """The largest count in each row, 0 for rows of totals; and the units that are counted, in words.

    Cells in the unit of the finding are counted; for a list that has none of these, cells in the first unit
    of its rows. If the finding names columns to be drawn, only these are read.
    """
    claims = {claim.name: claim for claim in finding.claims}
    at, about = _label_at(finding), set(finding.drawing.values)
    keys = [column.key for column in finding.columns]
    if not any(key in about for key in keys):
        about = set(keys)
    found = [
        [
            claims[cell.claim]
            for key, cell in zip(keys, row, strict=True)
            if cell.claim and key in about
        ]
        for row in finding.rows
    ]
    units: dict[tuple[str, ...], list[str]] = {}
    for claim in (c for row in found for c in row if isinstance(c.value, int)):
        units.setdefault(claim.sources, []).append(claim.unit)
    unit_of = {
        lists: finding.unit if finding.unit in own else own[0] for lists, own in units.items()
    }
    words = unit_in_words(finding.unit)
    if len(counted := set(unit_of.values())) > 1 or words != unit_in_words(next(iter(counted), "")):
        words = " or ".join(unit_in_words(unit) for unit in dict.fromkeys(unit_of.values()))
    sizes = [
        0 if _is_total(row[at]) else max((_count(c, unit_of) for c in counts), default=0)
        for row, counts in zip(finding.rows, found, strict=True)
    ]
    return sizes, words


def _count(claim: Claim, unit_of: Mapping[tuple[str, ...], str]) -> int:
    is_counted = isinstance(claim.value, int) and claim.unit == unit_of[claim.sources]
    return int(claim.value or 0) if is_counted else 0


def _label_at(finding: Finding) -> int:
    return next((i for i, column in enumerate(finding.columns) if column.role == "label"), 0)


def _is_total(cell: Cell) -> bool:
    return cell.text.strip().casefold() in TOTALS and not cell.vocabulary
