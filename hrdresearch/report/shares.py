"""Prepares shares and changes in per cent, which are drawn as dots with their intervals and counts.

Changes, which may be below zero, are drawn as shares are, with a line at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import ceil, floor

from hrdresearch.findings.empty_cells import NO_SHARE
from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.sentences import label_in_sentence
from hrdresearch.report.marks import (
    Mark,
    drawn_rows,
    drop_empty_panels,
    mark_of_row,
    marked_rows,
    marks_of_column,
)
from hrdresearch.report.picture import Chart, Piece
from hrdresearch.report.share_plots import Scale, Share, draw_share_panel, draw_share_panels

LARGE = 60  # per cent: with larger shares the scale ends at 100
SHORT = 30  # percentage points that a scale with marks in steps of five may span
ROUNDED = 0.5  # percentage points by which a share may differ from its counts


def share_chart(finding: Finding) -> Chart:
    """Prepare dots of the shares of each value column, a panel each, on a scale from 0 to 100 per cent.

    A value column holds shares, or counts whose shares are among the claims of the finding. A
    drawing of kind ``intervals`` has one panel, or one for each class: its value columns are share, low and
    high, its scale is shorter where all shares are small, and reaches below zero where one does.
    """
    if finding.drawing.kind == "intervals":
        every = _with_intervals(finding)
    else:
        titles = {column.key: column.label for column in finding.columns}
        every = {titles[key]: shares_of_column(finding, key) for key in finding.drawing.values}
    kept, left = drop_empty_panels({t: [s.mark for s in own] for t, own in every.items()})
    panels = {title: every[title] for title in kept} or every or {finding.title: []}
    scale = _scale([s for own in panels.values() for s in own], finding)
    notes = [left] if left else []
    if any(s.counts for own in panels.values() for s in own):
        notes.append("At the right of each dot: count and known cases.")
    if any(s.low is not None for own in panels.values() for s in own):
        notes.append("Lines are intervals of 95 per cent.")
    if hollow := _texts_of_hollow(finding):
        notes.append(f"Hollow dots: {'; '.join(hollow)}.")
    named = finding.drawing.panels or len(panels) > 1
    return Chart(
        lambda figure, width: draw_share_panels(figure, panels, scale, width, named),
        {
            title: partial(draw_share_panel, shares=own, scale=scale)
            for title, own in panels.items()
        },
        _describe_shares(finding, panels),
        tuple(notes),
    )


def shares_of_column(finding: Finding, key: str) -> list[Share]:
    """Shares of a value column in the order of the table, without rows of denominators and empty cells.

    key: of the column.
    """
    claims = {c.name: c for c in finding.claims}
    ratios = {c.name: c.measure.split(":")[1:] for c in finding.claims if _is_ratio(c)}
    of_part = {part: claims[name] for name, (part, _) in reversed(ratios.items())}
    wholes = {whole for _, whole in ratios.values()}
    out = []
    for name, cell in marked_rows(finding, key):
        claim = claims.get(cell.claim or "")
        if (claim and claim.name in wholes - set(of_part)) or not (claim or cell.text):
            continue
        share = (
            claim
            if claim and claim.unit == "per_cent"
            else of_part.get(claim.name if claim else "")
        )
        if share is None:
            mark = mark_of_row(name, None, NO_SHARE if claim else cell.text, claims)
            out.append(Share(mark, counts=claim.text if claim else ""))
            continue
        counts = [claims[c].text for c in ratios.get(share.name, ()) if c in claims]
        out.append(
            Share(
                mark_of_row(name, share, share.text, claims),
                counts=" of ".join(counts) if len(counts) == 2 else "",
            )
        )
    return out


def _is_ratio(claim: Claim) -> bool:
    return claim.measure.startswith("share:") and claim.measure.count(":") == 2


def _with_intervals(finding: Finding) -> dict[str, list[Share]]:
    """By class, or under the title: shares, their intervals, and the counts that ``drawing.counts`` names."""
    drawing, keys = finding.drawing, [column.key for column in finding.columns]
    columns = [marks_of_column(finding, key) for key in drawing.values]
    counts = [marks_of_column(finding, key) for key in drawing.counts]
    behind = list(zip(*counts, strict=True)) or [()] * len(columns[0])
    apart = keys.index(drawing.classes) if drawing.classes in keys else None
    panels: dict[str, list[Share]] = {}
    for row, mark, low, high, found in zip(drawn_rows(finding), *columns, behind, strict=True):
        panel = finding.title if apart is None else row[apart].text
        interval = f"{low.text} to {high.text}" if low.value is not None else ""
        share = Share(mark, low.value, high.value, _count_words(mark, found), interval)
        is_hollow = (
            bool(drawing.hollow) and _text_in(row, keys, drawing.hollow[0]) in drawing.hollow
        )
        panels.setdefault(panel, []).append(replace(share, is_hollow=is_hollow))
    return panels or {finding.title: []}


def _texts_of_hollow(finding: Finding) -> list[str]:
    """Why dots are hollow, each text once, in lower case."""
    keys, hollow = [column.key for column in finding.columns], finding.drawing.hollow
    held = [_text_in(row, keys, hollow[0]) for row in finding.rows] if hollow else []
    return [label_in_sentence(text) for text in dict.fromkeys(held) if text in hollow[1:]]


def _text_in(row: Sequence[Cell], keys: Sequence[str], key: str) -> str:
    return row[keys.index(key)].text


def _count_words(share: Mark, counts: Sequence[Mark]) -> str:
    """The counts as "n of N" where the share is theirs; an estimate is more than its counts."""
    values = [mark.value for mark in counts]
    if len(values) != 2 or share.value is None or values[0] is None or not values[1]:
        return ""
    is_theirs = abs(100 * values[0] / values[1] - share.value) < ROUNDED
    return " of ".join(mark.text for mark in counts) if is_theirs else ""


def _scale(shares: list[Share], finding: Finding) -> Scale:
    """From 0 to 100, or to the next ten where only small shares have intervals; below zero for changes."""
    if finding.drawing.kind != "intervals":
        return Scale()
    ends = [v for s in shares for v in (s.mark.value, s.low, s.high) if v is not None]
    largest, smallest = max(ends, default=99), min(ends, default=0)
    if smallest < 0:
        step = 5 if largest - smallest <= SHORT else 10 if largest - smallest <= LARGE else 25
        names = {column.key: column.label for column in finding.columns}
        words = label_in_sentence(names[finding.drawing.values[0]])
        return Scale(
            step * floor(smallest / step), step * ceil(max(largest, 0) / step), step, words
        )
    top = 100 if largest > LARGE else 10 * (int(largest / 10) + 1)
    return Scale(0, top, 25 if top > LARGE else 10 if top > 20 else 5)


def _describe_shares(finding: Finding, panels: dict[str, list[Share]]) -> tuple[Piece, ...]:
    """Kind, title, and each share with interval and counts: a row that has no share says why."""
    out: list[Piece] = [(f"Shares as dots: {finding.title}, {finding.period}. ", None)]
    for title, shares in panels.items():
        out += [(f"{title}: ", None)] if finding.drawing.panels or len(panels) > 1 else []
        for i, share in enumerate(shares):
            unit = " per cent" if share.mark.value is not None else ""
            behind = "; ".join(filter(None, [share.interval, share.counts]))
            counts = f" ({behind})" if behind else ""
            out += [
                ("; " if i else "", None),
                (share.mark.label, share.mark.vocabulary),
                (f" {share.mark.text}{unit}{counts}", None),
            ]
        out.append((". ", None))
    return (*out, ("All numbers are in the data table.", None))
