"""Draws combinations of lists as bars above a grid of dots, after the UpSet plot (Lex and others 2014).

Each column is a combination of lists: the bar shows how many, the dots show which lists.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.marks import Mark, Panel, describe_largest_marks, marks_of_column
from hrdresearch.report.picture import Chart, Piece
from hrdresearch.report.plots import draw_bar_panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_COLUMNS = 12
BARS_HIGH = 1.2  # inches
NOTE = "A column is a combination of lists: the dots below a bar say which."


def overlaps_chart(finding: Finding) -> Chart:
    """Prepare bars of the first value column, with a row of dots for each code column of the finding.

    A dot is filled where the cell of the code column holds a text. Of more than 12 combinations the
    largest are drawn.
    """
    marks = marks_of_column(finding, finding.drawing.values[0])
    at = {column.label: i for i, column in enumerate(finding.columns) if column.role == "code"}
    holds = {label: [bool(row[i].text) for row in finding.rows] for label, i in at.items()}
    largest = sorted(range(len(marks)), key=lambda i: -(marks[i].value or 0))[:MOST_COLUMNS]
    kept = sorted(largest)
    notes = [NOTE]
    if len(kept) < len(marks):
        notes.append(f"The figure shows the {MOST_COLUMNS} largest of {len(marks)}.")
    shown = [marks[i] for i in kept]
    dots = {label: [own[i] for i in kept] for label, own in holds.items()}
    alt: list[Piece] = [(f"Bars of combinations: {finding.title}, {finding.period}. ", None)]
    alt += [*describe_largest_marks(shown), ("All numbers are in the data table.", None)]
    return Chart(
        partial(_draw, marks=shown, dots=dots),
        {finding.title: partial(draw_bar_panel, panel=Panel(finding.title, tuple(shown)))},
        tuple(alt),
        tuple(notes),
    )


def _draw(figure: Figure, width: float, *, marks: list[Mark], dots: dict[str, list[bool]]) -> None:
    is_wide = width >= style.WIDE
    labels = [style.wrap(label, 34 if is_wide else 16) for label in dots]
    *places, end = style.row_centres(labels)
    figure.set_size_inches(width, BARS_HIGH + end)
    figure.set_layout_engine("constrained")
    bars, grid = figure.subplots(2, 1, sharex=True, height_ratios=[BARS_HIGH, end])
    _bars(bars, marks, upright=is_wide)
    _grid(grid, list(dots.values()), places, labels)
    grid.set_ylim(end, 0)


def _bars(ax: Axes, marks: list[Mark], upright: bool) -> None:
    """Bars with their numbers, which lie on their side where there is no room."""
    import seaborn as sns

    values = [mark.value or 0 for mark in marks]
    sns.barplot(
        x=list(range(len(marks))),
        y=values,
        native_scale=True,
        width=0.6,
        color=style.BLUE,
        saturation=1,
        linewidth=0,
        ax=ax,
    )
    for place, (mark, value) in enumerate(zip(marks, values, strict=True)):
        ax.annotate(
            mark.text,
            (place, value),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            rotation=0 if upright else 90,
            annotation_clip=False,
        )
    sns.despine(ax=ax, left=True, bottom=True)
    high = max(values, default=0) or 1
    ax.set(yticks=[], xlabel="", ylabel="", ylim=(0, high * (1.15 if upright else 1.4)))
    ax.tick_params(axis="x", length=0, labelbottom=False)


def _grid(ax: Axes, rows: list[list[bool]], places: list[float], labels: list[str]) -> None:
    """A row of dots a list, and a line through the filled ones of each combination."""
    import seaborn as sns

    every = [
        (x, at, is_on) for own, at in zip(rows, places, strict=True) for x, is_on in enumerate(own)
    ]
    for is_filled, colour in ((False, style.PALE), (True, style.BLUE)):
        chosen = [(x, at) for x, at, is_on in every if is_on is is_filled]
        sns.scatterplot(
            x=[x for x, _ in chosen],
            y=[at for _, at in chosen],
            color=colour,
            s=36,
            linewidth=0,
            zorder=3,
            legend=False,
            clip_on=False,
            ax=ax,
        )
    for x in range(len(rows[0]) if rows else 0):
        filled = [at for column, at, is_on in every if column == x and is_on]
        ax.vlines(
            x, min(filled, default=0), max(filled, default=0), color=style.BLUE, linewidth=1.5
        )
    sns.despine(ax=ax, left=True, bottom=True)
    ax.set_yticks(places, labels, linespacing=1.1)
    ax.tick_params(length=0, labelbottom=False)
    ax.set(xlabel="", ylabel="")
