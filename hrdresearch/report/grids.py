"""Draws a grid of small column charts on one scale: a row for each group, a column for each class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style
from hrdresearch.report.marks import (
    Mark,
    Panel,
    describe_largest_marks,
    mark_of_row,
    marks_of_column,
)
from hrdresearch.report.picture import Chart, Piece
from hrdresearch.report.plots import draw_column_panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_CLASSES = 4
CELL_HIGH = 0.62  # inches
ROOM = 1.3  # inches that a column of the grid needs

Cells = Mapping[tuple[str, str], Sequence[Mark]]


def grid_chart(finding: Finding) -> Chart:
    """Prepare a grid of small column charts, for each label (down) and each class (across).

    The class of a row stands in the column that ``drawing.classes`` names. Of more than four known
    classes those with the largest numbers are drawn; all cells have one scale.
    """
    cells = _cells(finding)
    down = list(dict.fromkeys(label for label, _ in cells))
    sizes: dict[str, float] = {}
    for (_, name), marks in cells.items():
        sizes[name] = sizes.get(name, 0) + sum(mark.value or 0 for mark in marks)
    across = sorted(sizes, key=lambda name: -sizes[name])[:MOST_CLASSES]
    notes = ["All cells have one scale; an empty one is none in all periods."]
    if len(across) < len(sizes):
        notes.append(f"Drawn are the {MOST_CLASSES} classes with the largest numbers.")
    words = {m.text for marks in cells.values() for m in marks if m.has_no_number}
    notes += [f"Shaded: {', '.join(sorted(words))}."] if words else []
    shown = {key: cells[key] for key in cells if key[1] in across}
    alt: list[Piece] = [(f"Small columns: {finding.title}, {finding.period}. ", None)]
    for name in across:
        every = [
            replace(mark, label=f"{label} {mark.label}", vocabulary=None)
            for (label, of), marks in shown.items()
            if of == name
            for mark in marks
        ]
        alt += [(f"{name}: ", None), *describe_largest_marks(every)]
    return Chart(
        partial(_draw, cells=shown, down=down, across=across),
        {
            f"{name}, {label}": partial(draw_column_panel, panel=Panel(name, tuple(marks)))
            for (label, name), marks in shown.items()
        },
        (*alt, ("All numbers are in the data table.", None)),
        tuple(notes),
    )


def _cells(finding: Finding) -> dict[tuple[str, str], list[Mark]]:
    """Marks by label and class; each mark is labelled with the heading of its value column."""
    heads = {column.key: column.label for column in finding.columns}
    keys = [column.key for column in finding.columns]
    at = keys.index(finding.drawing.classes)
    columns = {key: marks_of_column(finding, key) for key in finding.drawing.values}
    return {
        (columns[finding.drawing.values[0]][i].label, row[at].text): [
            replace(marks[i], label=heads[key], vocabulary=None) for key, marks in columns.items()
        ]
        for i, row in enumerate(finding.rows)
        if not mark_of_row(row[at], None, "", {}).is_unknown
    }


def _draw(
    figure: Figure, width: float, *, cells: Cells, down: list[str], across: list[str]
) -> None:
    """Blocks of as many classes as have room, below one another; periods are named at the foot."""
    side = max(1, min(len(across), int((width - 1) / ROOM)))
    blocks = [across[i : i + side] for i in range(0, len(across), side)]
    figure.set_size_inches(width, len(blocks) * (CELL_HIGH * len(down) + 1.1))
    figure.set_layout_engine("constrained")
    axes = figure.subplots(len(blocks) * len(down), side, squeeze=False)
    top = max((m.value or 0 for marks in cells.values() for m in marks), default=0) or 1
    for b, block in enumerate(blocks):
        for d, label in enumerate(down):
            row = axes[b * len(down) + d]
            for ax in row[len(block) :]:
                ax.set_visible(False)
            for ax, name in zip(row, block, strict=False):
                marks = cells.get((label, name))
                if marks is None:
                    ax.set_axis_off()
                    continue
                draw_column_panel(ax, Panel(name, tuple(marks)), top, width)
                ax.set_ylim(0, top * 1.3)
                names = [m.label for m in marks] if d == len(down) - 1 else [""] * len(marks)
                ax.set_xticks(range(len(marks)), names, rotation=90)
                ax.tick_params(axis="x", length=0)
                if d == 0:
                    ax.set_title(style.wrap(name, int(ROOM * 13)), fontsize=style.POINTS)
            row[0].set_ylabel(
                style.wrap(label, 14), rotation=0, ha="right", va="center", linespacing=1.1
            )
