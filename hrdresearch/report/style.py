"""The house style of all charts: one blue and greys, clear in print and for colour-blind readers.

Text is DejaVu Sans, which ships with matplotlib; a browser without it takes Verdana, whose letters
are as wide. Sizes are for a text column of 16 cm, and of 9 cm on a phone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from hrdresearch.report.marks import Mark

BLUE, GREY, SOFT, PALE, INK = "#0072b2", "#767676", "#a7aeb5", "#d9dde1", "#1b1b1b"
# Five steps of one blue: each differs from its neighbours, and from the greys of maps, in lightness,
# so grey print holds too (tests/test_report_drawing.py).
BLUES = ("#b9d6ea", "#82b6da", "#4089c2", "#0b62a0", "#083d66")
WIDE, NARROW = 6.3, 3.55  # inches
POINTS = 8.0
ROW = 0.145  # inches: a line of a label, and a bar
HATCH = "////"

_RC: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana"],
    "font.size": POINTS,
    "axes.titlesize": POINTS,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.grid": False,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.5,
    "hatch.color": GREY,
    "text.parse_math": False,  # a "$" in a label is a "$"
    "svg.fonttype": "none",  # letters stay letters, so that the leak scan can read them
    "svg.hashsalt": "hrdresearch",
    "figure.dpi": 72,
    "savefig.dpi": 200,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Context in which charts have the house style; outside it matplotlib keeps its settings."""
    import matplotlib as mpl
    import seaborn as sns

    with sns.axes_style("white"), mpl.rc_context(_RC):
        yield


def width_of(ax: Axes) -> float:
    """Width of axes in inches."""
    figure = ax.get_figure()
    assert figure is not None
    return float(ax.get_position().width * figure.bbox.width / figure.get_figure(root=True).dpi)


def wrap(text: str, width: int) -> str:
    """A label broken into lines of at most ``width`` letters."""
    return "\n".join(textwrap.wrap(text, width)) or text


def row_centres(labels: Sequence[str]) -> list[float]:
    """Heights in inches of the middle of each row with these labels; the last number is the whole height."""
    out, at = [], 0.0
    for text in labels:
        size = ROW * (text.count("\n") + 1) + 0.08
        out.append(at + size / 2)
        at += size
    return [*out, at]


def write_beside(
    ax: Axes, text: str, at: tuple[float, float], is_number: bool = True, away: float = 3
) -> None:
    """Write a text beside a mark, ``away`` points to the right, or to the left if ``away`` is negative.

    at: place of the mark on the axes. is_number: False for a word in place of a number, which is grey and
    in italics.
    """
    ax.annotate(
        text,
        at,
        xytext=(away, 0),
        textcoords="offset points",
        ha="left" if away > 0 else "right",
        va="center",
        color=INK if is_number else GREY,
        style="normal" if is_number else "italic",
        annotation_clip=False,
    )


def write_above(
    ax: Axes,
    text: str,
    at: tuple[float, float],
    away: float = 2,
    is_at_start: bool = False,
    on_white: bool = False,
) -> None:
    """Write a text above the middle of a mark at a place on the axes, ``away`` points higher.

    is_at_start: the text begins at the mark, because labels stand left of it. on_white: over a line of the
    chart that crosses it.
    """
    ha = "left" if is_at_start else "center"
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.5} if on_white else None
    ax.annotate(text, at, xytext=(0, away), textcoords="offset points", ha=ha, color=INK, bbox=box)


def mark_vocabulary_labels(texts: Iterable[Text], marks: Iterable[Mark]) -> None:
    """Write into the SVG which vocabulary each label comes from, for the leak scan.

    texts: labels as drawn. marks: the marks they belong to, in the same order.
    """
    for text, mark in zip(texts, marks, strict=True):
        if mark.vocabulary:
            text.set_gid(f"vocab-{mark.vocabulary}-{id(text):x}")
