"""Bars and columns, drawn in the house style.

Bars carry their number and no axis; columns over many years carry an axis. A count that is not
shown has a grey text or a hatched stub, never a length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrdresearch.report import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELLED_COLUMNS = 12


@dataclass(frozen=True)
class Mark:
    """One bar, column or State: value is None when withheld or not recorded."""

    label: str
    vocabulary: str | None
    value: float | None
    text: str


@dataclass(frozen=True)
class Panel:
    """A value column of a finding, to be drawn on axes of its own."""

    title: str
    marks: tuple[Mark, ...]


def _grid(count: int, width: float) -> tuple[int, int]:
    across = 1 if width < style.WIDE else min(count, 3)
    return -(-count // across), across


def bars(panels: list[Panel], width: float, same_scale: bool) -> Figure:
    """Bars that lie, a panel a value column; ``width`` in inches."""
    import matplotlib.pyplot as plt

    down, across = _grid(len(panels), width)
    room = 26 if across == 1 and width == style.WIDE else 20 if across < 3 else 18
    labels = [style.wrap(m.label, room) for m in panels[0].marks]
    lines = [text.count("\n") + 1 for text in labels]
    height = sum(_bar_height(n) for n in lines)
    titles = 0.16 * max(_title(p, width, across).count("\n") + 1 for p in panels)
    extra = titles + 0.1 if len(panels) > 1 else 0.05
    figure, axes = plt.subplots(
        down,
        across,
        figsize=(width, (height + extra) * down),
        squeeze=False,
        layout="constrained",
    )
    top = max((m.value or 0) for p in panels for m in p.marks)
    centres = _centres(lines)
    for i, ax in enumerate(axes.flat):
        if i >= len(panels):
            ax.set_visible(False)
            continue
        _bar_panel(ax, panels[i], labels if i % across == 0 else None, centres)
        own = max((m.value or 0) for m in panels[i].marks)
        ax.set_xlim(0, ((top if same_scale else own) or 1) * 1.02)
        if len(panels) > 1:
            ax.set_title(_title(panels[i], width, across))
    return figure


def _bar_height(lines: int) -> float:
    return 0.145 * lines + 0.08


def _centres(lines: list[int]) -> list[float]:
    """Where bars stand: a label of two lines takes more room than one of one line."""
    out, at = [], 0.0
    for n in lines:
        size = _bar_height(n)
        out.append(at + size / 2)
        at += size
    return [*out, at]


def _bar_panel(ax: Axes, panel: Panel, labels: list[str] | None, centres: list[float]) -> None:
    *places, end = centres
    values = [m.value or 0 for m in panel.marks]
    ax.barh(places, values, height=0.145, color=style.BLUE, linewidth=0)
    ax.set_ylim(end, 0)
    ax.set_yticks(places, labels or [""] * len(places), linespacing=1.1)
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
    if labels:
        for tick, mark in zip(ax.get_yticklabels(), panel.marks, strict=True):
            _tag(tick, mark.vocabulary)


def _title(panel: Panel, width: float, across: int) -> str:
    return style.wrap(panel.title, int(width / across * 13))


def columns(panels: list[Panel], width: float, same_scale: bool) -> Figure:
    """Columns that stand, one a year; panels stand below one another."""
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
    withheld = [i for i, m in enumerate(panel.marks) if m.value is None and m.text]
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
    room = width * 2.5  # labels of four digits that fit side by side
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
    """Say in the SVG which vocabulary a label comes from, for the leak scan."""
    if vocabulary:
        text.set_gid(f"vocab-{vocabulary}-{id(text):x}")  # type: ignore[attr-defined]
