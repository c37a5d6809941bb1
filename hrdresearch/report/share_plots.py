"""Draws shares as dots, with their counts.

The dot is at the share, a line shows its interval where there is one, and the counts ("n of N") are at the
right. A share that is not shown is a word in grey, never a dot at zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrdresearch.report import style
from hrdresearch.report.marks import Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOOT = 0.42  # inches below the rows, for the scale
LABELS_AWAY = 6  # points between the labels and the scale: a dot at zero touches none
NEAR_START = 0.08  # part of the scale below which a number begins above its dot
NEAR_END = 0.7  # part of the scale from which a number stands left of its dot


@dataclass(frozen=True)
class Share:
    """A share to be drawn.

    mark: with the share in per cent. low, high: ends of its interval in per cent, or None. counts: "n of N".
    interval: its interval in words. is_hollow: whether nothing can be told of it.
    """

    mark: Mark
    low: float | None = None
    high: float | None = None
    counts: str = ""
    interval: str = ""
    is_hollow: bool = False


@dataclass(frozen=True)
class Scale:
    """Both ends of a scale in per cent, the steps between its marks, and what it measures."""

    bottom: float = 0
    top: float = 100
    step: int = 25
    words: str = "per cent"


def _labels(shares: list[Share], width: float) -> list[str]:
    return [style.wrap(s.mark.label, 34 if width > style.NARROW else 19) for s in shares]


def draw_share_panels(
    figure: Figure, panels: dict[str, list[Share]], scale: Scale, width: float, named: bool
) -> None:
    """Draw several panels on a figure. width: in inches. named: whether each panel has its title."""
    across = 1 if len(panels) == 1 or width < style.WIDE else 2
    rows = [list(panels)[i : i + across] for i in range(0, len(panels), across)]
    labels = {t: _labels(own, width if across == 1 else style.NARROW) for t, own in panels.items()}
    shared = all(own == labels[rows[0][0]] for own in labels.values())
    tall = [max(style.row_centres(labels[t])[-1] for t in row) or style.ROW for row in rows]
    room = 26 if len(panels) > 1 else 40
    titles = {t: style.wrap(t, room) if named else "" for t in panels}
    heads = [max(0.14 * (titles[t].count("\n") + 1) for t in row) for row in rows]
    figure.set_size_inches(width, sum(tall) + sum(heads) + FOOT * len(rows))
    figure.set_layout_engine("constrained")
    axes = figure.subplots(len(rows), across, squeeze=False, height_ratios=tall)
    for at, row in enumerate(rows):
        for title, ax in zip(row, axes[at], strict=False):
            draw_share_panel(ax, panels[title], scale, labels[title])
            ax.set_title(titles[title])
            ax.tick_params(labelleft=title == row[0] or not shared)
        for ax in axes[at][len(row) :]:
            ax.set_visible(False)


def draw_share_panel(
    ax: Axes, shares: list[Share], scale: Scale, labels: list[str] | None = None
) -> None:
    """Draw dots, intervals and counts of one panel on axes.

    labels: texts at the left; without them, those of the shares.
    """
    import seaborn as sns

    texts = labels or _labels(shares, style.width_of(ax))
    *places, end = style.row_centres(texts)
    ax.hlines(places, scale.bottom, scale.top, color=style.PALE, linewidth=0.5, zorder=1)
    if scale.bottom < 0:
        ax.axvline(0, color=style.GREY, linewidth=0.8, zorder=1)
    for share, place in zip(shares, places, strict=True):
        _write(ax, share, place, scale)
    shown = [(s, at) for s, at in zip(shares, places, strict=True) if s.mark.value is not None]
    ax.scatter(
        [s.mark.value or 0 for s, _ in shown],
        [at for _, at in shown],
        c=["white" if s.is_hollow else style.BLUE for s, _ in shown],
        edgecolors=style.BLUE,
        s=30,
        linewidth=[1 if s.is_hollow else 0 for s, _ in shown],
        zorder=3,
        clip_on=False,
    )
    sns.despine(ax=ax, left=True)
    ax.set(xlim=(scale.bottom, scale.top), ylim=(end or 1, 0), xlabel=scale.words, ylabel="")
    ax.set_xticks(range(int(scale.bottom), int(scale.top) + 1, scale.step))
    ax.set_yticks(places, texts, linespacing=1.1)
    ax.tick_params(axis="y", length=0, pad=LABELS_AWAY)
    ax.tick_params(axis="x", length=2, color=style.GREY)
    style.mark_vocabulary_labels(ax.get_yticklabels(), [s.mark for s in shares])


def _write(ax: Axes, share: Share, place: float, scale: Scale) -> None:
    """Interval, number and counts of one share."""
    at = share.mark.value
    known = at is not None
    ax.text(
        1.04,
        place,
        share.counts,
        transform=ax.get_yaxis_transform(),
        va="center",
        color=style.INK if known else style.GREY,
    )
    if at is None:
        style.write_beside(ax, share.mark.text, (0, place), is_number=False)
        return
    ends = (at, at)
    if share.low is not None and share.high is not None:
        ends = (share.low, share.high)
        ax.hlines(place, *ends, color=style.SOFT, linewidth=3, zorder=2)
    part = (at - scale.bottom) / (scale.top - scale.bottom)
    if ends != (at, at):  # beside the line it would read as an end of the interval
        is_first = part < NEAR_START
        style.write_above(
            ax, share.mark.text, (at, place), away=4, is_at_start=is_first, on_white=True
        )
    else:
        style.write_beside(ax, share.mark.text, (at, place), away=6 if part < NEAR_END else -6)
