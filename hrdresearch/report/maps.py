"""Maps of counts by State: equal areas, few classes, points for small States, no side taken.

Boundaries are Natural Earth's, a de facto map; areas whose status is not settled are hatched from
a list of our own (``data/reference/boundaries/disputed.yml``) and carry no colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.boundaries import boundaries
from hrdresearch.report.marks import (
    Mark,
    describe_largest_marks,
    drop_empty_panels,
    marks_of_column,
)
from hrdresearch.report.picture import Chart, Piece

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLASSES = 5
SHAPE = 0.45  # height of the map to its width
EMPTY, WITHHELD, EDGE = "#e4e7ea", "#ffffff", "#ffffff"
DOTS, LINES = "...", "//////"  # dots in plenty would outweigh all coastlines in the file
DISCLAIMER = (
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the United Nations. Hatched areas are those whose status is "
    "disputed or not settled; their outlines are approximate and their counts, if any, stand in "
    "the table only."
)
READING = (
    "States in light grey have no case in the source, or lie outside what it covers; that does not "
    "mean that there was none. "
    "Circles stand for States and territories too small to be seen."
)


def map_chart(finding: Finding) -> Chart:
    """Maps of a finding whose ``drawing.label`` column holds ISO3 codes, one a value column."""
    titles = {column.key: column.label for column in finding.columns}
    found = {titles[key]: marks_of_column(finding, key) for key in finding.drawing.values}
    panels, left = drop_empty_panels(found, least=2)  # a map of one State says nothing
    starts = class_starts([m.value or 0 for ms in panels.values() for m in ms])

    notes = (DISCLAIMER, READING, _beside(finding, panels), left)
    return Chart(
        lambda figure, width: _maps(figure, panels, starts, width),
        {title: partial(_paint, found=ms, starts=starts) for title, ms in panels.items()},
        _alt(finding),
        tuple(filter(None, notes)),
    )


def class_starts(values: Sequence[float]) -> list[int]:
    """Lowest count of each class: at most five, from 1, 2, 5, 10, 20, 50 ... up to the largest.

    >>> class_starts([3, 18]), class_starts([1200])
    ([1, 2, 5, 10], [1, 5, 20, 200, 1000])
    """
    top = max(values, default=0)
    steps = [n * 10**power for power in range(8) for n in (1, 2, 5) if n * 10**power <= top]
    if len(steps) <= CLASSES:
        return steps
    last = len(steps) - 1
    return [steps[round(i * last / (CLASSES - 1))] for i in range(CLASSES)]


def _without_colour() -> set[str]:
    """Areas whose status is not settled and that carry no colour of a count."""
    areas = boundaries().disputed
    unsettled = areas[~areas["keep_colour"].eq(True)]["iso3"].dropna()
    return set(unsettled) - set(areas[areas["keep_colour"].eq(True)]["iso3"])


def _beside(finding: Finding, panels: Mapping[str, list[Mark]]) -> str:
    """Names with a count that the map cannot show: joint names, dissolved States, hatched areas."""
    world = boundaries()
    drawn = {*world.states["iso3"], *world.points["iso3"]} - _without_colour()
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
    figure: Figure, panels: Mapping[str, list[Mark]], starts: list[int], width: float
) -> None:
    across = 2 if len(panels) > 2 and width == style.WIDE else 1
    down = -(-len(panels) // across)
    each = (width - 0.15 * (across - 1)) / across
    titles = [style.wrap(t, int(each * 12)) if len(panels) > 1 else "" for t in panels]
    head = max(0.14 * (t.count("\n") + 1) for t in titles) + 0.06 if len(panels) > 1 else 0.0
    legend = 0.26 if width == style.WIDE else 0.6
    high = each * SHAPE
    height = (high + head) * down + legend
    figure.set_size_inches(width, height)
    for i, (text, found) in enumerate(zip(titles, panels.values(), strict=True)):
        left = (each + 0.15) * (i % across)
        top = height - (high + head) * (i // across)
        _paint(
            figure.add_axes(
                (left / width, (top - head - high) / height, each / width, high / height)
            ),
            found,
            starts,
        )
        figure.text(left / width, top / height, text, va="top", weight="bold", linespacing=1.1)
    withheld = any(m.is_withheld for ms in panels.values() for m in ms)
    _legend(figure, starts, withheld, width)


def _paint(ax: Axes, found: list[Mark], starts: list[int]) -> None:
    world = boundaries()
    colours = {m.label: _colour(m, starts) for m in found}
    kept = set(world.disputed.loc[world.disputed["keep_colour"].eq(True), "iso3"])
    colours = {k: c for k, c in colours.items() if k not in _without_colour()}
    fills = [colours.get(code, EMPTY) for code in world.states["iso3"]]
    world.states.plot(ax=ax, color=fills, edgecolor=EDGE, linewidth=0.25)
    hidden = [m.label for m in found if m.is_withheld]
    withheld = world.states[world.states["iso3"].isin(hidden)]
    if len(withheld):
        withheld.plot(ax=ax, color=WITHHELD, edgecolor=style.GREY, hatch=DOTS, linewidth=0.25)
    areas = world.disputed
    areas[~areas["iso3"].isin(kept)].plot(
        ax=ax, color="#f4f4f4", edgecolor=style.GREY, hatch=LINES, linewidth=0
    )
    areas.boundary.plot(ax=ax, color=style.GREY, linewidth=0.5, linestyle=(0, (2, 1.5)))
    _points(ax, world.points, colours, hidden, 9 if style.width_of(ax) > style.NARROW + 0.1 else 6)
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.set_xlim(-16.4e6, 17.1e6)
    ax.set_ylim(-6.6e6, 8.4e6)


def _points(
    ax: Axes,
    points: gpd.GeoDataFrame,
    colours: Mapping[str, str],
    hidden: Sequence[str],
    size: float,
) -> None:
    for row in points.itertuples():
        counted = colours.get(row.iso3, EMPTY) != EMPTY
        if row.iso3 in hidden:
            ax.plot(
                row.geometry.x,
                row.geometry.y,
                marker="o",
                markersize=size**0.5 * 1.2,
                color=WITHHELD,
                markeredgecolor=style.GREY,
                markeredgewidth=0.5,
                linestyle="none",
            )
        elif counted:
            ax.scatter(
                row.geometry.x,
                row.geometry.y,
                s=size * 1.8,
                color=colours[row.iso3],
                edgecolor=style.INK,
                linewidth=0.5,
                zorder=5,
            )


def _colour(mark: Mark, starts: list[int]) -> str:
    if not mark.value:
        return EMPTY
    at = sum(mark.value >= start for start in starts) - 1
    return style.BLUES[-len(starts) :][at] if at >= 0 else EMPTY


def _legend(figure: Figure, starts: list[int], withheld: bool, width: float) -> None:
    from matplotlib.patches import Patch

    shades = style.BLUES[-len(starts) :] if starts else ()
    items = [
        Patch(facecolor=shade, label=text)
        for shade, text in zip(shades, class_labels(starts), strict=True)
    ]
    items.append(Patch(facecolor=EMPTY, label="No case, or not covered"))
    if withheld:
        items.append(Patch(facecolor="white", edgecolor=style.GREY, hatch=DOTS, label="Not shown"))
    items.append(
        Patch(facecolor="#f4f4f4", edgecolor=style.GREY, hatch=LINES, label="Status not settled")
    )
    figure.legend(
        handles=items,
        loc="lower left",
        bbox_to_anchor=(0.004, 0.004),
        ncols=len(items) if width == style.WIDE else 3,
        frameon=False,
        fontsize=style.POINTS - 1,
        handlelength=1.2,
        handleheight=0.9,
        columnspacing=1.0,
        borderaxespad=0,
        borderpad=0,
        handletextpad=0.5,
    )


def class_labels(starts: Sequence[int]) -> list[str]:
    """Classes as the legend prints them.

    >>> class_labels([1, 5, 20])
    ['1–4', '5–19', '20 and more']
    """
    out = []
    for i, start in enumerate(starts):
        if i == len(starts) - 1:
            out.append(f"{start:,} and more")
        else:
            end = starts[i + 1] - 1
            out.append(f"{start:,}" if end == start else f"{start:,}–{end:,}")
    return out


def _alt(finding: Finding) -> tuple[Piece, ...]:
    label = _names(finding)
    out: list[Piece] = [(f"World map: {finding.title}, {finding.period}. ", None)]
    titles = {column.key: column.label for column in finding.columns}
    for key in finding.drawing.values:
        if len(finding.drawing.values) > 1:
            out.append((f"{titles[key]}: ", None))
        found = [
            replace(m, label=label[m.label][0], vocabulary=label[m.label][1])
            for m in marks_of_column(finding, key)
        ]
        out += describe_largest_marks(found)
    out.append(("All numbers are in the data table.", None))
    return tuple(out)
