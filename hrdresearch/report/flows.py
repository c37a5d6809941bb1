"""Draws flows between groups: a band from each sender (left) to each receiver (right).

A band is as wide as its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.marks import marks_of_column
from hrdresearch.report.picture import Chart, Piece

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GAP = 0.03  # between groups, as a part of the whole height
FLOW_HEIGHT = 3.4
STEPS = 40  # points of a curved edge


def flow_chart(finding: Finding) -> Chart:
    """Prepare a flow chart: bands from the groups of the label column to those of the first value column.

    The second value column holds the number that each band is as wide as.
    """
    to, value = finding.drawing.values
    keys = [column.key for column in finding.columns]
    targets = [row[keys.index(to)].text for row in finding.rows]
    found = marks_of_column(finding, value)
    bands = [(m.label, t, m.value or 0.0) for m, t in zip(found, targets, strict=True)]
    vocabulary = found[0].vocabulary if found else None

    def one(ax: Axes) -> None:
        _flow(ax, bands, vocabulary)

    def whole(figure: Figure, width: float) -> None:
        figure.set_size_inches(width, FLOW_HEIGHT)
        figure.set_layout_engine("constrained")
        one(figure.subplots())

    alt: list[Piece] = [(f"Flow chart: {finding.title}, {finding.period}. Largest flows: ", None)]
    for sender, target, size in sorted(bands, key=lambda b: -b[2])[:5]:
        alt += [
            (sender, vocabulary),
            (" to ", None),
            (target, vocabulary),
            (f" {size:,.0f}; ", None),
        ]
    alt.append(("all numbers are in the data table.", None))
    note = (
        "Left: groups that recommend; right: groups under review. A band has the shade of the group "
        "that recommends; the number beside a group is the sum of its bands."
    )
    return Chart(whole, {finding.title: one}, tuple(alt), (note,))


def _flow(ax: Axes, bands: list[tuple[str, str, float]], vocabulary: str | None) -> None:
    sides = [_places(bands, 0), _places(bands, 1)]
    sizes = [_sizes(bands, 0), _sizes(bands, 1)]
    used = [dict.fromkeys(places, 0.0) for places in sides]
    total = sum(b[2] for b in bands) or 1.0
    for i, (sender, target, size) in enumerate(bands):
        ends = []
        for side, group in enumerate((sender, target)):
            start = sides[side][group][0] + used[side][group]
            used[side][group] += size / total * (1 - GAP * (len(sides[side]) - 1))
            ends.append((start, sides[side][group][0] + used[side][group]))
        _band(ax, ends[0], ends[1], style.BLUES[list(sides[0]).index(sender) % len(style.BLUES)], i)
    room = 16 if style.width_of(ax) > style.NARROW else 11
    for side, (x, align) in enumerate(((-0.02, "right"), (1.02, "left"))):
        for group, (start, end) in sides[side].items():
            words = style.wrap(f"{group} {sizes[side][group]:,.0f}", room)
            text = ax.text(x, (start + end) / 2, words, ha=align, va="center")
            if vocabulary:
                text.set_gid(f"vocab-{vocabulary}-{id(text):x}")
    ax.set_xlim(-0.42, 1.42)
    ax.set_ylim(1.0, 0.0)
    ax.axis("off")


def _sizes(bands: list[tuple[str, str, float]], side: int) -> dict[str, float]:
    """Sum of the bands of each group on one side."""
    sizes: dict[str, float] = {}
    for band in bands:
        group = str(band[side])
        sizes[group] = sizes.get(group, 0.0) + band[2]
    return sizes


def _places(bands: list[tuple[str, str, float]], side: int) -> dict[str, tuple[float, float]]:
    """Beginning and end of each group on one side, from 0 (top) to 1 (bottom)."""
    sizes = _sizes(bands, side)
    total = sum(sizes.values()) or 1.0
    free = 1 - GAP * (len(sizes) - 1)
    out, at = {}, 0.0
    for group, size in sizes.items():
        out[group] = (at, at + size / total * free)
        at = out[group][1] + GAP
    return out


def _band(
    ax: Axes, left: tuple[float, float], right: tuple[float, float], colour: str, order: int
) -> None:
    """A band with smooth edges; left, right: its beginning and end on each side."""
    x = [i / STEPS for i in range(STEPS + 1)]
    bend = [3 * t**2 - 2 * t**3 for t in x]
    lower, upper = ([left[end] + (right[end] - left[end]) * b for b in bend] for end in (0, 1))
    ax.fill_between(
        x, lower, upper, color=colour, alpha=0.8, linewidth=0.2, edgecolor="white", zorder=order
    )
