"""Draws maps of counts by State: an equal-area projection, few classes, points for small States.

Boundaries are those of Natural Earth, a de facto map. Areas whose status is not settled are hatched
without colour, by a list of this project (``data/reference/boundaries/disputed.yml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from hrdresearch.findings.model import Finding
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.report import style
from hrdresearch.report.boundaries import PROJECTION, count_hatched_areas, load_boundaries
from hrdresearch.report.map_looks import (
    LINES,
    UNSETTLED,
    WITHOUT_NUMBER,
    areas_without_colour,
    class_starts,
    fill_of,
    legend_items,
    looks_of_states,
)
from hrdresearch.report.marks import (
    Mark,
    describe_value_columns,
    drop_empty_panels,
    marks_of_column,
)
from hrdresearch.report.picture import Chart, Piece

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHAPE = 0.45  # height of the map to its width
# Small States too near one another for circles: longitude and latitude of the corners.
CARIBBEAN = ("Eastern Caribbean", (-64.2, 9.7), (-58.6, 18.7))
DISCLAIMER = (
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the United Nations."
)
HATCHED = (
    "Hatched: status disputed or not settled, by a list of this project that takes no side "
    "({natural_earth} areas that Natural Earth marks as claimed or indeterminate, {not_read} taken as in "
    "dispute without a document that was read); outlines are approximate, counts in the table only."
)
READING = (
    "No documented case does not mean that there was none. Circles: States and territories too small "
    "to be seen."
)


def map_chart(finding: Finding) -> Chart:
    """Prepare the maps of a finding, one for each value column; column ``drawing.label`` has ISO3 codes."""
    titles = {column.key: column.label for column in finding.columns}
    found = {titles[key]: marks_of_column(finding, key) for key in finding.drawing.values}
    panels, left = drop_empty_panels(found, least=2)  # a map of one State says nothing
    starts = class_starts([m.value or 0 for ms in panels.values() for m in ms])
    keys = {title: key for key, title in titles.items() if title in panels}
    states = {
        title: looks_of_states(found, finding.drawing, keys[title], starts)
        for title, found in panels.items()
    }
    hatched = {b: number_in_prose(n, "area") for b, n in count_hatched_areas().items()}
    notes = (f"{DISCLAIMER} {HATCHED.format(**hatched)}", READING, _beside(finding, panels), left)
    return Chart(
        lambda figure, width: _maps(figure, states, starts, width),
        {title: partial(_alone, looks=looks, starts=starts) for title, looks in states.items()},
        _alt(finding, states),
        tuple(filter(None, notes)),
    )


def _beside(finding: Finding, panels: Mapping[str, list[Mark]]) -> str:
    """Note on States with a count that the map cannot show: joint names, dissolved States, hatched areas."""
    world = load_boundaries()
    drawn = {*world.states["iso3"], *world.points["iso3"]} - areas_without_colour()
    beyond = {m.label for ms in panels.values() for m in ms if m.value or m.is_withheld} - drawn
    names = _names(finding)
    listed = "; ".join(sorted(names[code][0] for code in beyond))
    return listed and f"Not coloured on the map, each in a row of its own in the table: {listed}."


def _names(finding: Finding) -> dict[str, tuple[str, str | None]]:
    """Printed name and its vocabulary, by ISO3 code."""
    name = next(i for i, c in enumerate(finding.columns) if c.role == "label")
    code = [c.key for c in finding.columns].index(finding.drawing.label)
    return {row[code].text: (row[name].text, row[name].vocabulary) for row in finding.rows}


def _maps(
    figure: Figure, states: Mapping[str, dict[str, str]], starts: list[int], width: float
) -> None:
    across = 2 if len(states) > 2 and width == style.WIDE else 1
    down = -(-len(states) // across)
    each = (width - 0.15 * (across - 1)) / across
    titles = [style.wrap(t, int(each * 12)) if len(states) > 1 else "" for t in states]
    head = max(0.14 * (t.count("\n") + 1) for t in titles) + 0.06 if len(states) > 1 else 0.0
    items = legend_items(states.values(), starts)
    columns = 4 if width == style.WIDE else 2
    legend = 0.17 * -(-len(items) // columns) + 0.08
    high = each * SHAPE
    height = (high + head) * down + legend
    figure.set_size_inches(width, height)
    for i, (text, looks) in enumerate(zip(titles, states.values(), strict=True)):
        left = (each + 0.15) * (i % across)
        top = height - (high + head) * (i // across)
        place = (left / width, (top - head - high) / height, each / width, high / height)
        _paint(figure.add_axes(place), looks)
        figure.text(left / width, top / height, text, va="top", weight="bold", linespacing=1.1)
    draw_legend(figure, items, columns, (0.004, 0.004), "lower left")


def _alone(ax: Axes, looks: dict[str, str], starts: list[int]) -> None:
    """One map on axes of its own, with the legend below."""
    _paint(ax, looks)
    draw_legend(ax, legend_items([looks], starts), 3, (0, 0), "upper left")


def _paint(ax: Axes, looks: Mapping[str, str]) -> None:
    world = load_boundaries()
    _shapes(ax, looks)
    areas = world.disputed
    kept = set(areas.loc[areas["keep_colour"].eq(True), "iso3"])
    areas[~areas["iso3"].isin(kept)].plot(
        ax=ax, color=UNSETTLED[1], edgecolor=style.GREY, hatch=LINES, linewidth=0
    )
    areas.boundary.plot(ax=ax, color=style.GREY, linewidth=0.5, linestyle=(0, (2, 1.5)))
    counted = {code for code, look in looks.items() if look in (*style.BLUES, "withheld")}
    points = world.points[world.points["iso3"].isin(counted)]
    west, south, east, north = projected_box(*CARIBBEAN[1:])
    near = points.cx[west:east, south:north]
    is_wide = style.width_of(ax) > style.NARROW + 0.1
    _points(ax, points.drop(near.index), looks, 16 if is_wide else 11)
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.set_xlim(-16.4e6, 17.1e6)
    ax.set_ylim(-6.6e6, 8.4e6)
    if len(near):
        inset = ax.inset_axes((0.01, 0.02, 0.14, 0.46))
        _shapes(inset, looks)
        _points(inset, near, looks, 16 if is_wide else 11)
        inset.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
        inset.set(xlabel="", ylabel="")
        for side in inset.spines.values():
            side.set(visible=True, color=style.GREY, linewidth=0.5)
        inset.set_title(style.wrap(CARIBBEAN[0], 10), fontsize=style.POINTS - 1, weight="normal")
        ax.indicate_inset_zoom(inset, edgecolor=style.GREY, linewidth=0.5)


def projected_box(
    lower: tuple[float, float], upper: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Project a box: west, south, east and north in metres.

    lower, upper: longitude and latitude of its lower left and upper right corner, in degrees.
    """
    import geopandas as gpd

    corners = gpd.GeoSeries.from_xy(*zip(lower, upper, strict=True), crs=4326).to_crs(PROJECTION)
    return (corners.x[0], corners.y[0], corners.x[1], corners.y[1])


def _shapes(ax: Axes, looks: Mapping[str, str]) -> None:
    """States in the fill and hatch of their look."""
    states = load_boundaries().states
    drawn = states["iso3"].map(lambda code: looks.get(code, "none"))
    for look, shapes in states.groupby(drawn):
        fill, hatch, edge = fill_of(str(look))
        shapes.plot(ax=ax, color=fill, hatch=hatch or None, edgecolor=edge, linewidth=0.25)


def _points(ax: Axes, points: gpd.GeoDataFrame, looks: Mapping[str, str], size: float) -> None:
    for code, point in zip(points["iso3"], points.geometry, strict=True):
        fill, hatch, _ = fill_of(looks[code])
        ax.scatter(
            point.x,
            point.y,
            s=size,
            color=fill,
            hatch=hatch or None,
            edgecolor=style.INK,
            linewidth=0.5,
            zorder=5,
        )


def draw_legend(
    on: Figure | Axes,
    items: list[tuple[str, str, str]],
    columns: int,
    corner: tuple[float, float],
    loc: Literal["lower left", "upper left"],
) -> None:
    """Draw the legend of fills and hatches on a figure, or below axes.

    items: words, fill and hatch. columns: how many stand side by side. corner, loc: place of the legend, as
    matplotlib takes it.
    """
    from matplotlib.patches import Patch

    on.legend(
        handles=[
            Patch(
                facecolor=fill,
                hatch=hatch or None,
                label=words,
                edgecolor=style.GREY if hatch or fill == "#ffffff" else fill,
                linewidth=0.5,
            )
            for words, fill, hatch in items
        ],
        loc=loc,
        bbox_to_anchor=corner,
        ncols=columns,
        frameon=False,
        fontsize=style.POINTS - 1,
        handlelength=1.6,
        handleheight=0.9,
        columnspacing=1.0,
        borderaxespad=0,
        borderpad=0,
        handletextpad=0.5,
    )


def _alt(finding: Finding, states: Mapping[str, Mapping[str, str]]) -> tuple[Piece, ...]:
    label = _names(finding)
    found = {
        key: [
            replace(m, label=label[m.label][0], vocabulary=label[m.label][1])
            for m in marks_of_column(finding, key)
        ]
        for key in finding.drawing.values
    }
    nouns = ("State or territory", "States or territories")
    out = describe_value_columns("World map", finding, found, *nouns)
    seen = {look for looks in states.values() for look in looks.values()}
    told = [
        words[0].lower() + words[1:] for key, (words, *_) in WITHOUT_NUMBER.items() if key in seen
    ]
    out.append((f"Without a number, and told apart: {'; '.join(told)}. ", None))
    out.append(("All numbers are in the data table.", None))
    return tuple(out)
