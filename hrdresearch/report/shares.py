"""Draws shares as dots, with their counts.

The dot is at the share, a line shows its interval where there is one, and the counts ("n of N") are at the
right. A share that is not shown is a word in grey, never a dot at zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hrdresearch.findings.empty_cells import NO_SHARE
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.report import style
from hrdresearch.report.marks import (
    Mark,
    drop_empty_panels,
    mark_of_row,
    marked_rows,
    marks_of_column,
)
from hrdresearch.report.picture import Chart, Piece

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FOOT = 0.42  # inches below the rows, for the scale
LABELS_AWAY = 6  # points between the labels and the scale: a dot at zero touches none
LARGE = 60  # per cent: with larger shares the scale ends at 100
NEAR_START = 0.05  # part of the scale below which a number begins above its dot
NEAR_END = 0.7  # part of the scale from which a number stands left of its dot
ROUNDED = 0.5  # percentage points by which a share may differ from its counts


@dataclass(frozen=True)
class Share:
    """A share to be drawn.

    mark: with the share in per cent. low, high: ends of its interval in per cent, or None. counts: "n of N".
    """

    mark: Mark
    low: float | None = None
    high: float | None = None
    counts: str = ""


def share_chart(finding: Finding) -> Chart:
    """Prepare dots of the shares of each value column, a panel each, on a scale from 0 to 100 per cent.

    A value column holds shares, or counts whose shares are among the claims of the finding. A
    drawing of kind ``intervals`` has one panel: its value columns are share, low and high, and its
    scale is shorter where all shares are small.
    """
    if finding.drawing.kind == "intervals":
        panels, left = {finding.title: _with_intervals(finding)}, ""
    else:
        titles = {column.key: column.label for column in finding.columns}
        every = {titles[key]: shares_of_column(finding, key) for key in finding.drawing.values}
        kept, left = drop_empty_panels({t: [s.mark for s in own] for t, own in every.items()})
        panels = {title: every[title] for title in kept}
    top = _scale([s for own in panels.values() for s in own], finding.drawing.kind)
    notes = [left] if left else []
    if any(s.counts for own in panels.values() for s in own):
        notes.append("At the right of each dot: count and known cases.")
    if any(s.low is not None for own in panels.values() for s in own):
        notes.append("Lines are intervals of 95 per cent.")
    return Chart(
        lambda figure, width: _draw_panels(figure, panels, top, width, finding.drawing.panels),
        {title: partial(draw_share_panel, shares=own, top=top) for title, own in panels.items()},
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


def _with_intervals(finding: Finding) -> list[Share]:
    """Shares, their intervals, and the counts of the columns ``drawing.counts`` names."""
    columns = [marks_of_column(finding, key) for key in finding.drawing.values]
    counts = [marks_of_column(finding, key) for key in finding.drawing.counts]
    behind = list(zip(*counts, strict=True)) or [()] * len(columns[0])
    return [
        Share(mark, low.value, high.value, _count_words(mark, found))
        for mark, low, high, found in zip(*columns, behind, strict=True)
    ]


def _count_words(share: Mark, counts: Sequence[Mark]) -> str:
    """The counts as "n of N" where the share is theirs; an estimate is more than its counts."""
    values = [mark.value for mark in counts]
    if len(values) != 2 or share.value is None or values[0] is None or not values[1]:
        return ""
    is_theirs = abs(100 * values[0] / values[1] - share.value) < ROUNDED
    return " of ".join(mark.text for mark in counts) if is_theirs else ""


def _scale(shares: list[Share], kind: str) -> float:
    """End of the scale: 100, or the next ten where only small shares have intervals."""
    if kind != "intervals":
        return 100
    ends = [v for s in shares for v in (s.mark.value, s.high) if v is not None]
    largest = max(ends, default=99)
    return 100 if largest > LARGE else 10 * (int(largest / 10) + 1)


def _labels(shares: list[Share], width: float) -> list[str]:
    return [style.wrap(s.mark.label, 34 if width > style.NARROW else 19) for s in shares]


def _draw_panels(
    figure: Figure, panels: dict[str, list[Share]], top: float, width: float, named: bool
) -> None:
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
            draw_share_panel(ax, panels[title], top, labels[title])
            ax.set_title(titles[title])
            ax.tick_params(labelleft=title == row[0] or not shared)
        for ax in axes[at][len(row) :]:
            ax.set_visible(False)


def draw_share_panel(
    ax: Axes, shares: list[Share], top: float, labels: list[str] | None = None
) -> None:
    """Draw dots, intervals and counts of one panel on axes.

    top: end of the scale, in per cent. labels: texts at the left; without them, those of the shares.
    """
    import seaborn as sns

    texts = labels or _labels(shares, style.width_of(ax))
    *places, end = style.row_centres(texts)
    ax.hlines(places, 0, top, color=style.PALE, linewidth=0.5, zorder=1)
    for share, place in zip(shares, places, strict=True):
        _write(ax, share, place, top)
    shown = [
        (s.mark.value, at) for s, at in zip(shares, places, strict=True) if s.mark.value is not None
    ]
    ax.scatter(
        [x for x, _ in shown],
        [y for _, y in shown],
        color=style.BLUE,
        s=30,
        linewidth=0,
        zorder=3,
        clip_on=False,
    )
    sns.despine(ax=ax, left=True)
    ax.set(xlim=(0, top), ylim=(end or 1, 0), xlabel="per cent", ylabel="")
    ax.set_xticks(range(0, int(top) + 1, 25 if top > 60 else 10 if top > 20 else 5))
    ax.set_yticks(places, texts, linespacing=1.1)
    ax.tick_params(axis="y", length=0, pad=LABELS_AWAY)
    ax.tick_params(axis="x", length=2, color=style.GREY)
    style.mark_vocabulary_labels(ax.get_yticklabels(), [s.mark for s in shares])


def _write(ax: Axes, share: Share, place: float, top: float) -> None:
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
    if ends != (at, at):  # beside the line it would read as an end of the interval
        style.write_above(
            ax, share.mark.text, (at, place), away=3, is_at_start=at < NEAR_START * top
        )
    else:
        style.write_beside(ax, share.mark.text, (at, place), away=6 if at < NEAR_END * top else -6)


def _describe_shares(finding: Finding, panels: dict[str, list[Share]]) -> tuple[Piece, ...]:
    """Kind, title, and each share with its counts: a row that has no share says why."""
    out: list[Piece] = [(f"Shares as dots: {finding.title}, {finding.period}. ", None)]
    for title, shares in panels.items():
        out += [(f"{title}: ", None)] if finding.drawing.panels else []
        for i, share in enumerate(shares):
            unit = " per cent" if share.mark.value is not None else ""
            counts = f" ({share.counts})" if share.counts else ""
            out += [
                ("; " if i else "", None),
                (share.mark.label, share.mark.vocabulary),
                (f" {share.mark.text}{unit}{counts}", None),
            ]
        out.append((". ", None))
    return (*out, ("All numbers are in the data table.", None))
