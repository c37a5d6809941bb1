"""Draws bars and columns in the house style.

Bars have their number beside them and no axis; columns over many years have an axis. A count that is not
shown has a grey text or a hatched stub, and never a length.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hrdresearch.report import style
from hrdresearch.report.marks import Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELLED_COLUMNS = 12
PART_LABEL_WIDTH = 0.42  # inches between the middles of two labels, one of which says "in part"


def draw_bars(figure: Figure, panels: list[Panel], width: float, same_scale: bool) -> None:
    """Draw horizontal bars, one panel for each value column.

    width: of the figure, in inches. same_scale: whether all panels have one scale. Panels with the same
    rows share their labels; others have labels of their own.
    """
    shared = all(_names(p) == _names(panels[0]) for p in panels)
    across = _across(len(panels), width, shared)
    labels = [_bar_labels(p, 28 if across == 1 and width == style.WIDE else 19) for p in panels]
    beside = 0.2 + 0.062 * max(
        (len(n) for ls in labels for t in ls for n in t.split("\n")), default=0
    )
    inner = (width - beside) / across if shared else width / across - beside
    titles = [style.wrap(t, int(inner * 12)) for t in _titles(panels, same_scale)]
    rows = [range(i, min(i + across, len(panels))) for i in range(0, len(panels), across)]
    tall = [max(style.row_centres(labels[i])[-1] for i in row) for row in rows]
    heads = [max(0.14 * (titles[i].count("\n") + 1) for i in row) + 0.1 for row in rows]
    heads = heads if len(panels) > 1 else [0.05]
    figure.set_size_inches(width, sum(tall) + sum(heads))
    figure.set_layout_engine("constrained")
    axes = figure.subplots(len(rows), across, squeeze=False, height_ratios=tall)
    top = max(p.largest for p in panels) if same_scale else None
    for at, row in enumerate(rows):
        for i, ax in zip(row, axes[at], strict=False):
            texts = labels[i] if not shared or i == row[0] else [""] * len(labels[i])
            draw_bar_panel(ax, panels[i], texts, top)
            ax.set_ylim(tall[at], 0)
            ax.set_title(titles[i])
        for ax in axes[at][len(row) :]:
            ax.set_visible(False)


def _titles(panels: list[Panel], same_scale: bool) -> list[str]:
    """Titles of several panels, with the end of the scale where each has its own."""
    if len(panels) == 1:
        return [""]
    return [p.title if same_scale else p.title_with_scale for p in panels]


def _names(panel: Panel) -> list[str]:
    return [m.label for m in panel.marks]


def _across(count: int, width: float, shared: bool) -> int:
    if count == 1 or width < style.WIDE:
        return 1
    return 3 if shared and count in (3, 5, 6) else 2


def _bar_labels(panel: Panel, room: int) -> list[str]:
    return [style.wrap(m.label, room) for m in panel.marks]


def draw_bar_panel(
    ax: Axes, panel: Panel, labels: list[str] | None = None, top: float | None = None
) -> None:
    """Draw the bars of one panel; labels: texts beside them, top: end of the scale."""
    import seaborn as sns

    texts = _bar_labels(panel, int(style.width_of(ax) * 5)) if labels is None else labels
    *places, end = style.row_centres(_bar_labels(panel, 19) if not any(texts) else texts)
    values = [m.value or 0 for m in panel.marks]
    step = min((b - a for a, b in pairwise(places)), default=1.0)
    sns.barplot(
        x=values,
        y=places,
        hue=[m.is_unknown for m in panel.marks],
        palette={True: style.SOFT, False: style.BLUE},
        orient="h",
        native_scale=True,
        width=style.ROW / step,
        dodge=False,
        saturation=1,
        linewidth=0,
        legend=False,
        ax=ax,
    )
    sns.despine(ax=ax, bottom=True)
    ax.set_ylim(end, 0)
    ax.spines["left"].set_bounds(0, end)
    ax.set_yticks(places, texts, linespacing=1.1)
    ax.tick_params(axis="y", length=0)
    ax.set(xticks=[], xlabel="", ylabel="", xlim=(0, ((top or panel.largest) or 1) * 1.02))
    for mark, place, value in zip(panel.marks, places, values, strict=True):
        style.write_beside(ax, mark.text, (value, place), is_number=mark.value is not None)
    style.mark_vocabulary_labels(ax.get_yticklabels(), panel.marks)


def draw_columns(figure: Figure, panels: list[Panel], width: float, same_scale: bool) -> None:
    """Draw vertical columns, one for each year; small panels stand in pairs, others below one another.

    width: of the figure, in inches. same_scale: whether all panels have one scale.
    """
    is_small = all(len(p.marks) <= LABELLED_COLUMNS for p in panels)
    across = 2 if len(panels) > 1 and is_small and width >= style.WIDE else 1
    down = -(-len(panels) // across)
    figure.set_size_inches(width, (2.4 if len(panels) == 1 else 1.65) * down)
    figure.set_layout_engine("constrained")
    axes = figure.subplots(down, across, squeeze=False).ravel()
    top = max(p.largest for p in panels) if same_scale else None
    for panel, ax, title in zip(panels, axes, _titles(panels, same_scale), strict=False):
        draw_column_panel(ax, panel, top, width / across)
        ax.set_title(style.wrap(title, int(width * 13 / across)))
    for ax in axes[len(panels) :]:
        ax.set_visible(False)


def draw_column_panel(
    ax: Axes, panel: Panel, top: float | None = None, width: float | None = None
) -> None:
    """Draw the columns of one panel; top: end of the scale, width: of the whole figure, in inches."""
    import seaborn as sns

    width = width or style.width_of(ax)
    high = (top or panel.largest) or 1
    places = list(range(len(panel.marks)))
    values = [high * 0.05 if m.is_withheld else m.value or 0 for m in panel.marks]
    sns.barplot(
        x=places,
        y=values,
        native_scale=True,
        width=0.72,
        color=style.BLUE,
        saturation=1,
        linewidth=0,
        ax=ax,
    )
    for bar, mark in zip(ax.patches, panel.marks, strict=True):
        if mark.is_withheld:
            bar.set(facecolor="white", edgecolor=style.GREY, hatch=style.HATCH, linewidth=0.5)
        elif mark.is_part:
            bar.set(facecolor="none", edgecolor=style.BLUE, linewidth=1)
    for place, mark in zip(places, panel.marks, strict=True):
        if mark.has_no_number:
            ax.axvspan(place - 0.5, place + 0.5, color=style.PALE, linewidth=0, zorder=0)
    sns.despine(ax=ax, left=True)
    ax.set(ylim=(0, high * 1.12), xlabel="", ylabel="")
    ax.tick_params(axis="y", length=0)
    if len(places) <= (LABELLED_COLUMNS if width >= style.WIDE else LABELLED_COLUMNS // 2 + 4):
        ax.set_yticks([])
        for mark, place, value in zip(panel.marks, places, values, strict=True):
            if mark.value is not None:
                style.write_above(ax, mark.text, (place, value))
    else:
        from matplotlib.ticker import MaxNLocator

        ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        ax.yaxis.grid(True, color=style.PALE, linewidth=0.5)
        ax.set_axisbelow(True)
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
    parts = [i for i, m in enumerate(panel.marks) if m.is_part]
    apart = len(labels) * PART_LABEL_WIDTH / width  # columns that the words below a part-year take
    named = [i for i in named if all(abs(i - at) > apart for at in parts)]
    ticks = {i: labels[i] for i in named} | {i: f"{labels[i]}\nin part" for i in parts}
    ax.set_xticks(list(ticks), list(ticks.values()))
    ax.set_xlim(-0.6, len(labels) - 0.4)
    ax.tick_params(axis="x", length=2 if step > 1 else 0, color=style.GREY)
