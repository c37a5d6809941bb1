"""Draws the figure that a finding declares.

Bars are horizontal (categories), columns vertical (years); maps colour States. Each value column has a
panel of its own, because lists may not be added.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.flows import flow_chart
from hrdresearch.report.grids import grid_chart
from hrdresearch.report.marks import (
    Mark,
    Panel,
    describe_largest_marks,
    drop_empty_panels,
    marks_of_column,
)
from hrdresearch.report.overlaps import overlaps_chart
from hrdresearch.report.picture import Chart, Picture, Piece, draw_picture
from hrdresearch.report.plots import draw_bar_panel, draw_bars, draw_column_panel, draw_columns
from hrdresearch.report.shares import share_chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_BARS = 20
ONE_SCALE_UP_TO = 5  # how many times the largest bar of one panel may be that of another
OWN_SCALES = (
    "Each panel has a scale of its own, which its title gives; lengths are compared within it only."
)
ONE_SCALE = "All panels have one scale; lists overlap and are not added."
SHARED_ROWS = 6  # up to so many rows, panels of separate lists keep rows without a case
DRAWN_FROM = (
    "title",
    "period",
    "columns",
    "rows",
    "claims",
    "drawing",
)  # parts that shape a figure
MOST_KEPT = 100  # pictures

_pictures: dict[str, Picture] = {}


def draw(finding: Finding, ax: Axes | None = None, *, panel: str | None = None) -> Axes:
    """Draw a finding as the page does, on a new figure or on axes of your own; returns the axes.

    ax: axes to draw on; without it a new figure is made. panel: title of the panel to draw, such as the
    name of a list; without it the new figure has all panels, and the first axes are returned
    (``ax.get_figure().axes`` has all). Raises ValueError where the finding is a table, or has several
    panels and ``ax`` is given without ``panel``.
    """
    import matplotlib.pyplot as plt

    chart = build_chart(finding)
    named = "; ".join(chart.panels)
    if panel is None and ax is not None and len(chart.panels) > 1:
        raise ValueError(
            f"{finding.title!r} has {len(chart.panels)} panels, which need axes each: name the one "
            f"to draw here, panel=..., of: {named}. Without ax all are drawn on a new figure"
        )
    if panel is not None and panel not in chart.panels:
        raise ValueError(f"{finding.title!r} has no panel {panel!r}; it has: {named}")
    with style.house_style():
        if ax is None and panel is None:
            figure = plt.figure()
            chart.whole(figure, style.WIDE)
            ax = figure.axes[0]
        else:
            ax = ax or plt.figure(figsize=(style.WIDE, 3), layout="constrained").add_subplot()
            chart.panels[panel or next(iter(chart.panels))](ax)
    return ax


def draw_finding(finding: Finding) -> Picture:
    """Draw the figure that a finding declares, for the page and for Word."""
    return draw_picture(build_chart(finding))


def cached_picture(finding: Finding) -> Picture:
    """The figure of a finding, drawn once in a process and then kept in memory.

    A preview so need not draw again what the notebook has shown.
    """
    body = {key: value for key, value in finding.to_json().items() if key in DRAWN_FROM}
    key = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    if key not in _pictures:
        if len(_pictures) >= MOST_KEPT:
            del _pictures[next(iter(_pictures))]
        _pictures[key] = draw_finding(finding)
    return _pictures[key]


def build_chart(finding: Finding) -> Chart:
    """Prepare the figure that a finding declares; ValueError where it declares a table."""
    kind = finding.drawing.kind
    if kind == "table":
        raise ValueError(f"{finding.title!r} is a table and declares no figure")
    if kind == "divisions":
        from hrdresearch.report.division_maps import division_chart

        return division_chart(finding)
    if kind == "map":
        from hrdresearch.report.maps import map_chart  # geopandas only where there is a map

        return map_chart(finding)
    if kind == "flow":
        return flow_chart(finding)
    if kind in ("shares", "intervals"):
        return share_chart(finding)
    if kind == "overlaps":
        return overlaps_chart(finding)
    if kind == "grid":
        return grid_chart(finding)
    panels, notes = _panels(finding)
    painter, one = (
        (draw_bars, draw_bar_panel) if kind == "bars" else (draw_columns, draw_column_panel)
    )
    same_scale = not (finding.drawing.panels and _differ_much(panels))
    return Chart(
        lambda figure, width: painter(figure, panels, width, same_scale),
        {p.title: partial(one, panel=p) for p in panels},
        _describe_chart(finding, panels),
        notes,
    )


def _panels(finding: Finding) -> tuple[list[Panel], tuple[str, ...]]:
    titles = {column.key: column.label for column in finding.columns}
    found, left = drop_empty_panels(
        {titles[key]: marks_of_column(finding, key) for key in finding.drawing.values}
    )
    notes = [left] if left else []
    if finding.drawing.panels and len(found) > 1:
        own = _differ_much([Panel(title, tuple(ms)) for title, ms in found.items()])
        notes.append(OWN_SCALES if own else ONE_SCALE)
    every = [m for ms in found.values() for m in ms]
    if finding.drawing.kind == "columns":
        if any(m.is_withheld for m in every):
            notes.append("Hatched years are those whose count is not shown; no height is meant.")
        if any(m.is_part for m in every):
            notes.append("Hollow, or too low to look so: years that the list holds in part only.")
        if bare := sorted({m.text for m in every if m.has_no_number}):
            notes.append(
                f"Shaded: {', '.join(bare)}. A place that is neither shaded nor has a column is zero."
            )
    else:
        found, more = _keep_largest_bars(found, finding.drawing.panels)
        notes += more
    return [Panel(title, tuple(ms)) for title, ms in found.items()], tuple(notes)


def _differ_much(panels: Sequence[Panel]) -> bool:
    """Whether one scale would leave the bars of some panel too short to be read."""
    sizes = [p.largest for p in panels if p.largest]
    return len(sizes) > 1 and max(sizes) > ONE_SCALE_UP_TO * min(sizes)


def _keep_largest_bars(
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


def _describe_chart(finding: Finding, panels: list[Panel]) -> tuple[Piece, ...]:
    """Kind, title and the main numbers of a figure."""
    kind = "Bar chart" if finding.drawing.kind == "bars" else "Column chart"
    out: list[Piece] = [(f"{kind}: {finding.title}, {finding.period}. ", None)]
    for panel in panels:
        if len(panels) > 1:
            out.append((f"{panel.title}: ", None))
        out += describe_largest_marks(panel.marks)
        parts = [f"{m.label} ({m.text})" for m in panel.marks if m.is_part]
        out += [(f"In part only: {'; '.join(parts)}. ", None)] if parts else []
    out.append(("All numbers are in the data table.", None))
    return tuple(out)
