"""Figures of findings, drawn as the finding declares.

Bars are horizontal (categories), columns vertical (years); maps colour States. Several value
columns make several panels: lists that may not be added have a panel and a scale each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report.marks import (
    Mark,
    Panel,
    describe_largest_marks,
    drop_empty_panels,
    marks_of_column,
)
from hrdresearch.report.picture import Picture, draw_picture
from hrdresearch.report.plots import draw_bars, draw_columns

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BARS = 20
SHARED_ROWS = 6


def draw_finding(finding: Finding) -> Picture:
    """Draw the figure that a finding declares."""
    if finding.drawing.kind == "map":
        from hrdresearch.report.maps import draw_map  # geopandas only where there is a map

        return draw_map(finding)
    if finding.drawing.kind in ("flow", "intervals"):
        from hrdresearch.report.flows_and_intervals import draw_flow, draw_intervals

        return draw_flow(finding) if finding.drawing.kind == "flow" else draw_intervals(finding)
    panels, notes = _panels(finding)
    painter = draw_bars if finding.drawing.kind == "bars" else draw_columns
    same_scale = not finding.drawing.panels

    def paint(width: float) -> Figure:
        return painter(panels, width, same_scale)

    return draw_picture(paint, _alt(finding, panels), notes)


def _panels(finding: Finding) -> tuple[list[Panel], tuple[str, ...]]:
    titles = {column.key: column.label for column in finding.columns}
    found, left = drop_empty_panels(
        {titles[key]: marks_of_column(finding, key) for key in finding.drawing.values}
    )
    notes = [left] if left else []
    if finding.drawing.panels and len(found) > 1:
        notes.append("Each panel has a scale of its own; lengths are compared within it only.")
    every = [m for ms in found.values() for m in ms]
    if finding.drawing.kind == "columns":
        if any(m.is_withheld for m in every):
            notes.append("Hatched years are those whose count is not shown; no height is meant.")
        if any(m.value is None and not m.is_withheld for m in every):
            notes.append(
                "Places without a column and without a number are not covered by the list."
            )
    else:
        found, more = _fewer(found, finding.drawing.panels)
        notes += more
    return [Panel(title, tuple(ms)) for title, ms in found.items()], tuple(notes)


def _fewer(
    found: dict[str, list[Mark]], apart: bool
) -> tuple[dict[str, list[Mark]], tuple[str, ...]]:
    """At most ``MOST_BARS`` bars a panel, and notes that say which rows were left out.

    apart: the panels are separate lists, which drop the rows without a case.
    """
    notes: list[str] = []
    size = max((len(ms) for ms in found.values()), default=0)
    if apart and len(found) > 1 and size > SHARED_ROWS:
        found = {t: [m for m in ms if m.value or m.is_withheld] for t, ms in found.items()}
        notes.append("Categories without a case in a list are left out of its panel.")
    largest = {t: _largest(ms) for t, ms in found.items()}
    if apart and any(len(largest[t]) < len(ms) for t, ms in found.items()):
        found = {t: [ms[i] for i in largest[t]] for t, ms in found.items()}
    elif size > MOST_BARS and not apart:
        pooled = [max(ms, key=lambda m: m.value or 0) for ms in zip(*found.values(), strict=True)]
        found = {t: [ms[i] for i in _largest(pooled)] for t, ms in found.items()}
    else:
        return found, tuple(notes)
    notes.append(f"The figure shows the {MOST_BARS} largest of {size}; the table holds all.")
    return found, tuple(notes)


def _largest(found: Sequence[Mark]) -> list[int]:
    """Positions of the largest marks, in the order of the table."""
    order = sorted(range(len(found)), key=lambda i: -(found[i].value or 0))
    return sorted(order[:MOST_BARS])


def _alt(finding: Finding, panels: list[Panel]) -> list[tuple[str, str | None]]:
    """Kind, title and the main numbers of a figure."""
    kind = "Bar chart" if finding.drawing.kind == "bars" else "Column chart"
    out: list[tuple[str, str | None]] = [(f"{kind}: {finding.title}, {finding.period}. ", None)]
    for panel in panels:
        if len(panels) > 1:
            out.append((f"{panel.title}: ", None))
        out += describe_largest_marks(panel.marks)
    out.append(("All numbers are in the data table.", None))
    return out
