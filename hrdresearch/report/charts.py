"""Figures of findings: what the finding declares is drawn, and nothing else.

Bars lie (categories), columns stand (years), maps colour States. Several value columns make
several panels: lists that may not be added stand apart, each on its own scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report.picture import Picture, picture
from hrdresearch.report.plots import Mark, Panel, bars, columns

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BARS = 20
NAMED_IN_ALT = 6
_TOTALS = ("total", "all", "all states")


def draw(finding: Finding) -> Picture:
    """Draw a finding as it declares."""
    if finding.drawing.kind == "map":
        from hrdresearch.report.maps import draw_map  # geopandas only where there is a map

        return draw_map(finding)
    panels, notes = _panels(finding)
    painter = bars if finding.drawing.kind == "bars" else columns
    same_scale = not finding.drawing.panels

    def paint(width: float) -> Figure:
        return painter(panels, width, same_scale)

    return picture(paint, _alt(finding, panels), notes)


def marks(finding: Finding, value: str) -> list[Mark]:
    """The marks of a value column, in the order of the table; totals are no marks."""
    keys = [column.key for column in finding.columns]
    label, at = keys.index(finding.drawing.label), keys.index(value)
    claims = {c.name: c for c in finding.claims}
    out = []
    for row in finding.rows:
        name, cell = row[label], row[at]
        claim = claims[cell.claim] if cell.claim else None
        number = claim.value if claim and isinstance(claim.value, int | float) else None
        if name.text.strip().casefold() not in _TOTALS or name.vocabulary:
            text = claim.text if claim else cell.text
            out.append(
                Mark(
                    claims[name.claim].text if name.claim else name.text,
                    name.vocabulary,
                    number,
                    text,
                )
            )
    return out


def _panels(finding: Finding) -> tuple[list[Panel], tuple[str, ...]]:
    titles = {column.key: column.label for column in finding.columns}
    found = {key: marks(finding, key) for key in finding.drawing.values}
    notes: list[str] = []
    if finding.drawing.kind == "columns" and _withheld(found):
        notes.append("Hatched years are those whose count is not shown; no height is meant.")
    size = max((len(ms) for ms in found.values()), default=0)
    if finding.drawing.kind == "bars" and size > MOST_BARS:
        kept = sorted(range(size), key=lambda i: -max((ms[i].value or 0) for ms in found.values()))[
            :MOST_BARS
        ]
        found = {k: [ms[i] for i in sorted(kept)] for k, ms in found.items()}
        notes.append(f"The figure shows the {MOST_BARS} largest of {size}; the table holds all.")
    return [Panel(titles[k], tuple(ms)) for k, ms in found.items()], tuple(notes)


def _withheld(found: dict[str, list[Mark]]) -> bool:
    return any(m.value is None and m.text for ms in found.values() for m in ms)


def _alt(finding: Finding, panels: list[Panel]) -> list[tuple[str, str | None]]:
    """Kind, title and the main numbers of a figure."""
    kind = "Bar chart" if finding.drawing.kind == "bars" else "Column chart"
    out: list[tuple[str, str | None]] = [(f"{kind}: {finding.title}, {finding.period}. ", None)]
    for panel in panels:
        if len(panels) > 1:
            out.append((f"{panel.title}: ", None))
        out += named(list(panel.marks))
    out.append(("All numbers are in the data table.", None))
    return out


def named(all_marks: list[Mark]) -> list[tuple[str, str | None]]:
    """The largest marks with their numbers, as pieces of a description."""
    known = sorted((m for m in all_marks if m.value is not None), key=lambda m: -(m.value or 0))
    out: list[tuple[str, str | None]] = []
    for mark in known[:NAMED_IN_ALT]:
        out += [("; " if out else "", None), (mark.label, mark.vocabulary), (f" {mark.text}", None)]
    more = len(all_marks) - len(known[:NAMED_IN_ALT])
    out.append((f"; and {more} more. " if more else ". ", None))
    return out
