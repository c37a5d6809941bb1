"""Draws maps of one State by first-level division; a note names divisions that are not on the map."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.report import style
from hrdresearch.report.divisions import divisions_of
from hrdresearch.report.map_looks import class_starts, fill_of, legend_items, look_of_mark
from hrdresearch.report.maps import DISCLAIMER, draw_legend
from hrdresearch.report.marks import describe_value_columns, drop_empty_panels, marks_of_column
from hrdresearch.report.picture import Chart, Piece

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TALLEST, WIDEST = 3.4, 4.4  # inches of a panel
LEAST_PART = 0.05  # share of the land from which an island is in the frame
LEAST_MATCHED = 0.5  # share of the divisions with a case; a map of fewer would mislead
Looks: TypeAlias = Mapping[str, str]
Box: TypeAlias = tuple[float, float, float, float]


def state_of_divisions(finding: Finding) -> str:
    """ISO3 code of the State whose divisions a finding counts; "" without rows."""
    at = next(i for i, column in enumerate(finding.columns) if column.role == "code")
    return finding.rows[0][at].text if finding.rows else ""


def can_be_mapped(finding: Finding) -> bool:
    """Whether there are boundaries of the State that name at least half of the divisions with a case."""
    held = divisions_of(state_of_divisions(finding)) if finding.rows else None
    names = {mark.label for key in finding.drawing.values for mark in marks_of_column(finding, key)}
    return held is not None and len(names & held.names) >= LEAST_MATCHED * len(names)


def division_chart(finding: Finding) -> Chart:
    """Prepare the maps of a finding, one for each value column.

    The column ``drawing.label`` holds names of divisions.
    """
    held = divisions_of(state_of_divisions(finding))
    assert held is not None
    titles = {column.key: column.label for column in finding.columns}
    found = {titles[key]: marks_of_column(finding, key) for key in finding.drawing.values}
    panels, left = drop_empty_panels(found, least=2)
    starts = class_starts([m.value or 0 for ms in panels.values() for m in ms])
    looks: dict[str, Looks] = {
        title: dict.fromkeys(held.names, "none") | {m.label: look_of_mark(m, starts) for m in marks}
        for title, marks in panels.items()
    }
    counted = {m.label for ms in panels.values() for m in ms if m.value}
    box = frame_of_map(held.shapes, counted)
    beyond = sorted(counted - held.names)
    west, south, east, north = box
    outside = sorted(held.names - set(held.shapes.cx[west:east, south:north]["name"]))
    notes = (
        DISCLAIMER,
        "No documented case does not mean that there was none. The boundaries are those of a file chosen "
        "for this draft, which may be of an earlier year.",
        f"Not on the map, as no boundary has the name: {join_with_and(beyond)}." if beyond else "",
        f"Outside the frame, without a documented case: {join_with_and(outside)}."
        if outside
        else "",
        left,
    )
    return Chart(
        lambda figure, width: _maps(figure, held.shapes, box, looks, starts, width),
        {
            title: partial(_paint, shapes=held.shapes, box=box, looks=own)
            for title, own in looks.items()
        },
        _alt(finding),
        tuple(filter(None, notes)),
    )


def frame_of_map(shapes: gpd.GeoDataFrame, counted: Collection[str]) -> Box:
    """Choose the frame of a map: west, south, east and north, in metres.

    shapes: the divisions. counted: names of those with a case. The frame holds the large parts of the land
    and all divisions with a case. A distant island without a case is left out, because it would make
    everything else small.
    """
    import geopandas as gpd
    import pandas as pd

    parts = gpd.GeoSeries([shapes.geometry.union_all()], crs=shapes.crs).explode()
    large = parts[parts.area >= LEAST_PART * parts.area.sum()]
    framed = pd.concat([large, shapes.geometry[shapes["name"].isin(counted)]])
    west, south, east, north = framed.total_bounds
    return float(west), float(south), float(east), float(north)


def _maps(
    figure: Figure,
    shapes: gpd.GeoDataFrame,
    box: Box,
    looks: Mapping[str, Looks],
    starts: list[int],
    width: float,
) -> None:
    """Panels side by side, as large as page and shape allow, and one legend."""
    west, south, east, north = box
    across = min(len(looks), 2 if width == style.WIDE else 1)
    down = -(-len(looks) // across)
    each = (width - 0.15 * (across - 1)) / across
    tall = (north - south) / (east - west)
    broad = min(each, WIDEST, TALLEST / tall)
    high, head = broad * tall, 0.2 * (len(looks) > 1)
    items = legend_items(looks.values(), starts)[:-1]  # no area of unsettled status is drawn
    columns = 4 if width == style.WIDE else 2
    legend = 0.17 * -(-len(items) // columns) + 0.1
    height = (high + head) * down + legend
    figure.set_size_inches(width, height)
    for i, (title, own) in enumerate(looks.items()):
        left, top = (each + 0.15) * (i % across), height - (high + head) * (i // across)
        place = (left / width, (top - head - high) / height, broad / width, high / height)
        _paint(figure.add_axes(place), shapes, box, own)
        if head:
            text = style.wrap(title, int(each * 12))
            figure.text(left / width, top / height, text, va="top", weight="bold")
    draw_legend(figure, items, columns, (0.004, 0.004), "lower left")


def _paint(ax: Axes, shapes: gpd.GeoDataFrame, box: Box, looks: Looks) -> None:
    west, south, east, north = box
    for look, same in shapes.groupby(shapes["name"].map(dict(looks))):
        fill, hatch, edge = fill_of(str(look))
        same.plot(ax=ax, color=fill, hatch=hatch or None, edgecolor=edge, linewidth=0.4)
    ax.set_axis_off()
    ax.set(xlim=(west, east), ylim=(south, north), aspect="equal")


def _alt(finding: Finding) -> tuple[Piece, ...]:
    found = {key: marks_of_column(finding, key) for key in finding.drawing.values}
    out = describe_value_columns("Map of divisions", finding, found)
    return (*out, ("All numbers are in the data table.", None))
