"""Bars and columns, drawn in the house style.

Bars carry their number and no axis; columns over many years carry an axis. A count that is not
shown has a grey text or a hatched stub, never a length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.report import style
from hrdresearch.report.marks import Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELLED_COLUMNS = 12


def draw_bars(panels: list[Panel], width: float, same_scale: bool) -> Figure:
    """Horizontal bars, one panel a value column; ``width`` in inches.

    Panels with the same rows share their labels; others have labels of their own. same_scale: all
    panels have one scale.
    """
    import matplotlib.pyplot as plt

    shared = all(_names(p) == _names(panels[0]) for p in panels)
    across = _across(len(panels), width, shared)
    room = 28 if across == 1 and width == style.WIDE else 19
    labels = [[style.wrap(m.label, room) for m in p.marks] for p in panels]
    beside = 0.2 + 0.062 * max(
        (len(n) for ls in labels for t in ls for n in t.split("\n")), default=0
    )
    inner = (width - beside) / across if shared else width / across - beside
    titles = [style.wrap(p.title, int(inner * 12)) if len(panels) > 1 else "" for p in panels]
    rows = [range(i, min(i + across, len(panels))) for i in range(0, len(panels), across)]
    tall = [max(_centres(labels[i])[-1] for i in row) for row in rows]
    heads = [max(0.14 * (titles[i].count("\n") + 1) for i in row) + 0.1 for row in rows]
    heads = heads if len(panels) > 1 else [0.05]
    figure, axes = plt.subplots(
        len(rows),
        across,
        figsize=(width, sum(tall) + sum(heads)),
        squeeze=False,
        layout="constrained",
        height_ratios=tall,
    )
    top = max((m.value or 0) for p in panels for m in p.marks)
    for at, row in enumerate(rows):
        for i, ax in zip(row, axes[at], strict=False):
            texts = labels[i] if not shared or i == row[0] else [""] * len(labels[i])
            _bar_panel(ax, panels[i], texts, _centres(labels[i]), tall[at])
            own = max((m.value or 0) for m in panels[i].marks)
            ax.set_xlim(0, ((top if same_scale else own) or 1) * 1.02)
            ax.set_title(titles[i])
        for ax in axes[at][len(row) :]:
            ax.set_visible(False)
    return figure


def _names(panel: Panel) -> list[str]:
    return [m.label for m in panel.marks]


def _across(count: int, width: float, shared: bool) -> int:
    if count == 1 or width < style.WIDE:
        return 1
    return 3 if shared and count in (3, 5, 6) else 2


def _bar_height(lines: int) -> float:
    return 0.145 * lines + 0.08


def _centres(labels: list[str]) -> list[float]:
    """Heights of the middles of the bars, then the height of them all, in inches."""
    out, at = [], 0.0
    for text in labels:
        size = _bar_height(text.count("\n") + 1)
        out.append(at + size / 2)
        at += size
    return [*out, at]


def _bar_panel(
    ax: Axes, panel: Panel, labels: list[str], centres: list[float], tall: float
) -> None:
    *places, end = centres
    values = [m.value or 0 for m in panel.marks]
    colours = [style.SOFT if m.is_unknown else style.BLUE for m in panel.marks]
    ax.barh(places, values, height=0.145, color=colours, linewidth=0)
    ax.set_ylim(tall, 0)
    ax.spines["left"].set_bounds(0, end)
    ax.set_yticks(places, labels, linespacing=1.1)
    ax.tick_params(axis="y", length=0)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for mark, place, value in zip(panel.marks, places, values, strict=True):
        known = mark.value is not None
        ax.annotate(
            mark.text,
            (value, place),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            color=style.INK if known else style.GREY,
            style="normal" if known else "italic",
            annotation_clip=False,
        )
    for tick, mark in zip(ax.get_yticklabels(), panel.marks, strict=True):
        _tag(tick, mark.vocabulary)


def draw_columns(panels: list[Panel], width: float, same_scale: bool) -> Figure:
    """Vertical columns, one a year; panels are placed below one another. ``width`` in inches."""
    import matplotlib.pyplot as plt

    down = len(panels)
    figure, axes = plt.subplots(
        down,
        1,
        figsize=(width, (2.4 if down == 1 else 1.65) * down),
        squeeze=False,
        layout="constrained",
    )
    top = max((m.value or 0) for p in panels for m in p.marks)
    for panel, ax in zip(panels, axes.flat, strict=True):
        own = max((m.value or 0) for m in panel.marks)
        _column_panel(ax, panel, (top if same_scale else own) or 1, width)
        if down > 1:
            ax.set_title(style.wrap(panel.title, int(width * 13)))
    return figure


def _column_panel(ax: Axes, panel: Panel, top: float, width: float) -> None:
    from matplotlib.ticker import MaxNLocator

    places = list(range(len(panel.marks)))
    values = [m.value or 0 for m in panel.marks]
    ax.bar(places, values, width=0.72, color=style.BLUE, linewidth=0)
    ax.set_ylim(0, top * 1.12)
    withheld = [i for i, m in enumerate(panel.marks) if m.is_withheld]
    ax.bar(
        withheld,
        [top * 0.05] * len(withheld),
        width=0.72,
        color="white",
        edgecolor=style.GREY,
        hatch=style.HATCH,
        linewidth=0.5,
    )
    every = len(places) <= (LABELLED_COLUMNS if width == style.WIDE else LABELLED_COLUMNS // 2 + 4)
    if every:
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        for mark, place, value in zip(panel.marks, places, values, strict=True):
            if mark.value is not None:
                ax.annotate(
                    mark.text,
                    (place, value),
                    xytext=(0, 2),
                    textcoords="offset points",
                    ha="center",
                )
    else:
        ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        ax.yaxis.grid(True, color=style.PALE, linewidth=0.5)
        ax.set_axisbelow(True)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    _year_ticks(ax, panel, width)


def _year_ticks(ax: Axes, panel: Panel, width: float) -> None:
    labels = [m.label for m in panel.marks]
    room = width * 10 / max(2, max(map(len, labels), default=4))  # labels that fit side by side
    steps = (1, 2, 5, 10) if len(labels) <= 20 else (1, 5, 10)
    step = next((n for n in steps if len(labels) / n <= room), 20)
    last = len(labels) - 1
    named = [
        i
        for i, text in enumerate(labels)
        if ((last - i) if step < 5 or not text.isdigit() else int(text)) % step == 0
    ]
    ax.set_xticks(named, [labels[i] for i in named])
    ax.set_xlim(-0.6, len(labels) - 0.4)
    ax.tick_params(axis="x", length=2 if step > 1 else 0, color=style.GREY)


def _tag(text: object, vocabulary: str | None) -> None:
    """Write into the SVG which vocabulary a label comes from, for the leak scan."""
    if vocabulary:
        text.set_gid(f"vocab-{vocabulary}-{id(text):x}")  # type: ignore[attr-defined]
