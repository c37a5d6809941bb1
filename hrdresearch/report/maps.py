"""Maps of counts by State: equal areas, few classes, points for small States, no side taken.

Boundaries are Natural Earth's, a de facto map; areas whose status is not settled are hatched from
a list of our own (``data/reference/boundaries/disputed.yml``) and carry no colour.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.charts import marks, named
from hrdresearch.report.picture import Picture, picture
from hrdresearch.report.plots import Mark
from hrdresearch.vocab.reference import reference_path

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PROJECTION = "+proj=eqearth +lon_0=11"  # cuts the Bering Strait, not a State's mainland
CLASSES = 5
EMPTY, WITHHELD, EDGE = "#e4e7ea", "#ffffff", "#ffffff"
DOTS, LINES = "...", "//////"  # dots in plenty would outweigh all coastlines in the file
DISCLAIMER = (
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the United Nations. Hatched areas are those whose status is "
    "disputed or not settled; their outlines are approximate and their counts, if any, stand in "
    "the table only."
)
READING = (
    "States in light grey have no case in the source, which does not mean that nobody was killed "
    "there. Circles stand for States and territories too small to be seen."
)


@dataclass(frozen=True)
class Boundaries:
    """Projected shapes: States by ISO3, points of small ones, and areas of unsettled status."""

    states: gpd.GeoDataFrame
    points: gpd.GeoDataFrame
    disputed: gpd.GeoDataFrame


def draw_map(finding: Finding) -> Picture:
    """Draw a finding whose ``drawing.label`` column holds ISO3 codes; a panel a value column."""
    titles = {column.key: column.label for column in finding.columns}
    panels = {titles[key]: marks(finding, key) for key in finding.drawing.values}
    starts = class_starts([m.value or 0 for ms in panels.values() for m in ms])

    def paint(width: float) -> Figure:
        return _maps(panels, starts, width)

    return picture(paint, _alt(finding), (DISCLAIMER, READING))


def class_starts(values: Sequence[float]) -> list[int]:
    """Lowest count of each class: at most five, from 1, 2, 5, 10, 20, 50 ... up to the largest."""
    top = max(values, default=0)
    steps = [n * 10**power for power in range(8) for n in (1, 2, 5) if n * 10**power <= top]
    if len(steps) <= CLASSES:
        return steps
    last = len(steps) - 1
    return [steps[round(i * last / (CLASSES - 1))] for i in range(CLASSES)]


@cache
def boundaries() -> Boundaries:
    """Read and project the boundaries, once a process."""
    import geopandas as gpd
    from shapely.geometry import Point

    states = _read("states.geojson")
    disputed = _read("disputed.geojson")
    small = [f for f in states["features"] if "point" in f["properties"] and f["properties"]["iso3"]]
    points = gpd.GeoDataFrame(
        {"iso3": [f["properties"]["iso3"] for f in small]},
        geometry=[Point(f["properties"]["point"]) for f in small],
        crs=4326,
    )
    shapes = gpd.GeoDataFrame.from_features(states["features"], crs=4326)
    areas = gpd.GeoDataFrame.from_features(disputed["features"], crs=4326)
    return Boundaries(*(_cut(frame).to_crs(PROJECTION) for frame in (shapes, points, areas)))


def _read(name: str) -> dict[str, Any]:
    path = reference_path(f"boundaries/{name}")
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body


def _cut(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut at the edge of the projection, so that no shape runs across the whole map."""
    from shapely.geometry import box

    edge = box(-169.2, -90, -168.8, 90)
    return frame.assign(geometry=frame.geometry.difference(edge))


def _maps(panels: Mapping[str, list[Mark]], starts: list[int], width: float) -> Figure:
    import matplotlib.pyplot as plt

    across = 2 if len(panels) > 1 and width == style.WIDE else 1
    down = -(-len(panels) // across)
    each = width / across
    legend = 0.24 if width == style.WIDE else 0.58
    title = 0.22 if len(panels) > 1 else 0.0
    height = (each * 0.45 + title) * down + legend
    figure, axes = plt.subplots(down, across, figsize=(width, height), squeeze=False)
    figure.subplots_adjust(
        left=0, right=1, top=1 - title / height, bottom=legend / height, wspace=0.02, hspace=0.12
    )
    for ax in axes.flat[len(panels) :]:
        ax.set_visible(False)
    for ax, (text, found) in zip(axes.flat, panels.items(), strict=False):
        _paint(ax, found, starts, each)
        if len(panels) > 1:
            ax.set_title(style.wrap(text, int(each * 13)), loc="left")
    withheld = any(m.value is None and m.text for ms in panels.values() for m in ms)
    _legend(figure, starts, withheld, width)
    return figure


def _paint(ax: Axes, found: list[Mark], starts: list[int], width: float) -> None:
    world = boundaries()
    colours = {m.label: _colour(m, starts) for m in found}
    unsettled = set(world.disputed["iso3"].dropna())
    kept = set(world.disputed.loc[world.disputed["keep_colour"].eq(True), "iso3"])
    colours = {k: c for k, c in colours.items() if k not in unsettled - kept}
    fills = [colours.get(code, EMPTY) for code in world.states["iso3"]]
    world.states.plot(ax=ax, color=fills, edgecolor=EDGE, linewidth=0.25)
    hidden = [m.label for m in found if m.value is None and m.text]
    withheld = world.states[world.states["iso3"].isin(hidden)]
    if len(withheld):
        withheld.plot(ax=ax, color=WITHHELD, edgecolor=style.GREY, hatch=DOTS, linewidth=0.25)
    areas = world.disputed
    areas[~areas["iso3"].isin(kept)].plot(
        ax=ax, color="#f4f4f4", edgecolor=style.GREY, hatch=LINES, linewidth=0
    )
    areas.boundary.plot(ax=ax, color=style.GREY, linewidth=0.5, linestyle=(0, (2, 1.5)))
    _points(ax, world.points, colours, hidden, 9 if width > style.NARROW + 0.1 else 6)
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
        for shade, text in zip(shades, class_words(starts), strict=True)
    ]
    items.append(Patch(facecolor=EMPTY, label="No case in the source"))
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


def class_words(starts: Sequence[int]) -> list[str]:
    """Classes in words: ``1–4``, ``5–19``, ``20 and more``."""
    out = []
    for i, start in enumerate(starts):
        if i == len(starts) - 1:
            out.append(f"{start:,} and more")
        else:
            end = starts[i + 1] - 1
            out.append(f"{start:,}" if end == start else f"{start:,}–{end:,}")
    return out


def _alt(finding: Finding) -> list[tuple[str, str | None]]:
    names = next(i for i, c in enumerate(finding.columns) if c.role == "label")
    codes = [c.key for c in finding.columns].index(finding.drawing.label)
    label = {row[codes].text: (row[names].text, row[names].vocabulary) for row in finding.rows}
    out: list[tuple[str, str | None]] = [(f"World map: {finding.title}, {finding.period}. ", None)]
    titles = {column.key: column.label for column in finding.columns}
    for key in finding.drawing.values:
        if len(finding.drawing.values) > 1:
            out.append((f"{titles[key]}: ", None))
        found = [Mark(*label[m.label], m.value, m.text) for m in marks(finding, key)]
        out += named(found)
    out.append(("All numbers are in the data table.", None))
    return out
