"""Flows between groups and shares with intervals, drawn in the house style.

A flow's band is as wide as its number; senders stand left, receivers right. An interval is a line
with its share as a dot; a share without an interval is a dot alone, and a share that is not shown a word
in grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.marks import Mark, describe_largest_marks, marks_of_column
from hrdresearch.report.picture import Picture, draw_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GAP = 0.03  # between groups, of the whole height
FLOW_HEIGHT = 3.4
STEPS = 40


def draw_flow(finding: Finding) -> Picture:
    """Draw a flow chart: bands from groups of the label column to groups of the first value column.

    The second value column says how wide each band is.
    """
    to, value = finding.drawing.values
    keys = [column.key for column in finding.columns]
    targets = [row[keys.index(to)].text for row in finding.rows]
    found = marks_of_column(finding, value)
    bands = [(m.label, t, m.value or 0.0) for m, t in zip(found, targets, strict=True)]
    vocabulary = found[0].vocabulary if found else None

    def paint(width: float) -> Figure:
        return _flow(bands, width, vocabulary)

    alt: list[tuple[str, str | None]] = [
        (f"Flow chart: {finding.title}, {finding.period}. Largest flows: ", None)
    ]
    for sender, target, size in sorted(bands, key=lambda b: -b[2])[:5]:
        alt += [
            (sender, vocabulary),
            (" to ", None),
            (target, vocabulary),
            (f" {size:,.0f}; ", None),
        ]
    alt.append(("all numbers are in the data table.", None))
    return draw_picture(paint, alt, ("Left: groups that recommend; right: groups under review.",))


def draw_intervals(finding: Finding) -> Picture:
    """Draw the share of each row with its interval; value columns: share, low, high, in per cent."""
    share, low, high = (marks_of_column(finding, key) for key in finding.drawing.values)

    def paint(width: float) -> Figure:
        return _intervals(share, low, high, width)

    alt: list[tuple[str, str | None]] = [
        (f"Shares with 95 per cent intervals: {finding.title}, {finding.period}. ", None)
    ]
    return draw_picture(
        paint, [*alt, *describe_largest_marks(share), ("All numbers are in the data table.", None)]
    )


def _flow(bands: list[tuple[str, str, float]], width: float, vocabulary: str | None) -> Figure:
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots(figsize=(width, FLOW_HEIGHT), layout="constrained")
    sides = [_places(bands, 0), _places(bands, 1)]
    used = [dict.fromkeys(places, 0.0) for places in sides]
    total = sum(b[2] for b in bands) or 1.0
    for i, (sender, target, size) in enumerate(bands):
        ends = []
        for side, group in enumerate((sender, target)):
            start = sides[side][group][0] + used[side][group]
            used[side][group] += size / total * (1 - GAP * (len(sides[side]) - 1))
            ends.append((start, sides[side][group][0] + used[side][group]))
        _band(ax, ends[0], ends[1], style.BLUES[list(sides[0]).index(sender) % len(style.BLUES)], i)
    room = 16 if width == style.WIDE else 11
    for side, (x, align) in enumerate(((-0.02, "right"), (1.02, "left"))):
        for group, (start, end) in sides[side].items():
            text = ax.text(x, (start + end) / 2, style.wrap(group, room), ha=align, va="center")
            if vocabulary:
                text.set_gid(f"vocab-{vocabulary}-{id(text):x}")
    ax.set_xlim(-0.42, 1.42)
    ax.set_ylim(1.0, 0.0)
    ax.axis("off")
    return figure


def _places(bands: list[tuple[str, str, float]], side: int) -> dict[str, tuple[float, float]]:
    """Beginning and end of each group on one side, from 0 (top) to 1 (bottom)."""
    sizes: dict[str, float] = {}
    for band in bands:
        group = str(band[side])
        sizes[group] = sizes.get(group, 0.0) + band[2]
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


def _intervals(share: list[Mark], low: list[Mark], high: list[Mark], width: float) -> Figure:
    import matplotlib.pyplot as plt

    room = 40 if width == style.WIDE else 22
    labels = [style.wrap(mark.label, room) for mark in share]
    lines = sum(text.count("\n") + 1 for text in labels)
    figure, ax = plt.subplots(
        figsize=(width, 0.16 * lines + 0.12 * len(labels) + 0.5), layout="constrained"
    )
    for i, (mark, below, above) in enumerate(zip(share, low, high, strict=True)):
        if mark.value is None:  # withheld or not computable: an empty line would read as none
            ax.annotate(
                mark.text,
                (0, i),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                color=style.GREY,
                style="italic",
                annotation_clip=False,
            )
            continue
        if below.value is not None and above.value is not None:
            ax.plot(
                [below.value, above.value],
                [i, i],
                color=style.SOFT,
                linewidth=3,
                solid_capstyle="butt",
            )
        ax.plot([mark.value], [i], "o", color=style.BLUE, markersize=4, clip_on=False, zorder=3)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    # Small shares would be a heap at the left edge of a scale to 100.
    widest = max(
        (m.value for marks in (share, high) for m in marks if m.value is not None), default=100
    )
    ax.set_xlim(0, min(100, 10 * (int(widest / 10) + 1)))
    ax.set_xlabel("per cent")
    ax.tick_params(axis="y", length=0)
    for tick, mark in zip(ax.get_yticklabels(), share, strict=True):
        if mark.vocabulary:
            tick.set_gid(f"vocab-{mark.vocabulary}-{id(tick):x}")
    return figure
