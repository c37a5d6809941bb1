"""Figures of findings: what the finding declares is drawn, and nothing else.

Bars lie (categories), columns stand (years), maps colour States. Several value columns make
several panels: lists that may not be added stand apart, each on its own scale. Withheld counts
are marked as such and never drawn to scale.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.report import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 20
LABELLED_COLUMNS = 12
NAMED_IN_ALT = 6
_TOTALS = ("total", "all", "all states")


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


@dataclass(frozen=True)
class Picture:
    """A figure drawn for the page (twice: wide, and narrow for phones) and for Word.

    alt: what the figure shows, as pieces (text, vocabulary or None).
    below: what must stand under it (disclaimer of a map).
    """

    wide: str
    narrow: str
    png: bytes
    width_cm: float
    alt: tuple[tuple[str, str | None], ...]
    notes: tuple[str, ...] = ()

    def alt_text(self) -> str:
        """What the figure shows, as plain text."""
        return "".join(text for text, _ in self.alt)

    def html(self, id_: str) -> str:
        """Both drawings with one description; a style sheet shows the one that fits."""
        alt = "".join(
            f'<span class="label" data-vocab="{escape(vocabulary)}">{escape(text)}</span>'
            if vocabulary
            else escape(text)
            for text, vocabulary in self.alt
        )
        wide, narrow = (
            f'<div class="{name}">{_own_ids(svg, f"{id_}-{name}-")}</div>'
            for name, svg in (("wide", self.wide), ("narrow", self.narrow))
        )
        return (
            f'<p id="{id_}-alt" hidden>{alt}</p>'
            f'<div class="picture" role="img" aria-labelledby="{id_}-alt">{wide}{narrow}</div>'
        )


def draw(finding: Finding) -> Picture:
    """Draw a finding as it declares."""
    if finding.drawing.kind == "map":
        from hrdresearch.report.maps import draw_map  # geopandas only where there is a map

        return draw_map(finding)
    panels, notes = _panels(finding)
    painter = _bars if finding.drawing.kind == "bars" else _columns
    same_scale = not finding.drawing.panels

    def paint(width: float) -> Figure:
        return painter(panels, width, same_scale)

    return picture(paint, _alt(finding, panels), notes)


def picture(
    paint: Callable[[float], Figure],
    alt: list[tuple[str, str | None]],
    notes: tuple[str, ...] = (),
) -> Picture:
    """Paint at both widths; no date, no program and no random id goes into the files."""
    import matplotlib.pyplot as plt

    with style.house_style():
        wide = paint(style.WIDE)
        svg_wide, png = _svg(wide), _png(wide)
        narrow = paint(style.NARROW)
        svg_narrow = _svg(narrow)
        plt.close("all")
    return Picture(svg_wide, svg_narrow, png, style.WIDE * 2.54, tuple(alt), notes)


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
            out.append(Mark(_label(name.text, claims, name.claim), name.vocabulary, number, text))
    return out


def _label(text: str, claims: dict[str, object], claim: str | None) -> str:
    return str(getattr(claims[claim], "text", text)) if claim else text


def _panels(finding: Finding) -> tuple[list[Panel], tuple[str, ...]]:
    titles = {column.key: column.label for column in finding.columns}
    columns = {key: marks(finding, key) for key in finding.drawing.values}
    notes: list[str] = []
    if any(m.value is None and m.text for ms in columns.values() for m in ms):
        notes.append("Counts that are not shown are marked in grey and not drawn to scale.")
    size = max((len(ms) for ms in columns.values()), default=0)
    if finding.drawing.kind == "bars" and size > MOST_BARS:
        kept = sorted(
            range(size), key=lambda i: -max((ms[i].value or 0) for ms in columns.values())
        )[:MOST_BARS]
        columns = {k: [ms[i] for i in sorted(kept)] for k, ms in columns.items()}
        notes.append(f"The figure shows the {MOST_BARS} largest of {size}; the table holds all.")
    return [Panel(titles[k], tuple(ms)) for k, ms in columns.items()], tuple(notes)


def _grid(count: int, width: float) -> tuple[int, int]:
    across = 1 if width < style.WIDE else min(count, 3)
    return -(-count // across), across


def _bars(panels: list[Panel], width: float, same_scale: bool) -> Figure:
    import matplotlib.pyplot as plt

    down, across = _grid(len(panels), width)
    room = 26 if across == 1 and width == style.WIDE else 20 if across < 3 else 18
    labels = [style.wrap(m.label, room) for m in panels[0].marks]
    lines = [text.count("\n") + 1 for text in labels]
    height = sum(0.13 * n + 0.09 for n in lines)
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


def _centres(lines: list[int]) -> list[float]:
    """Where bars stand: a label of two lines takes more room than one of one line."""
    out, at = [], 0.0
    for n in lines:
        size = 0.13 * n + 0.09
        out.append(at + size / 2)
        at += size
    return [*out, at]


def _bar_panel(ax: Axes, panel: Panel, labels: list[str] | None, centres: list[float]) -> None:
    *places, end = centres
    values = [m.value or 0 for m in panel.marks]
    ax.barh(places, values, height=0.145, color=style.BLUE, linewidth=0)
    ax.set_ylim(end, 0)
    ax.set_yticks(places, labels or [""] * len(places), linespacing=1.05)
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


def _columns(panels: list[Panel], width: float, same_scale: bool) -> Figure:
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
    room = int(width * 2.4)  # labels of four digits that fit side by side
    step = 1 if len(labels) <= room else 5
    named = [
        i for i, text in enumerate(labels) if step == 1 or (text.isdigit() and int(text) % 5 == 0)
    ]
    ax.set_xticks(named, [labels[i] for i in named])
    ax.set_xlim(-0.6, len(labels) - 0.4)
    ax.tick_params(axis="x", length=2 if step > 1 else 0, color=style.GREY)


def _tag(text: object, vocabulary: str | None) -> None:
    """Say in the SVG which vocabulary a label comes from, for the leak scan."""
    if vocabulary:
        text.set_gid(f"vocab-{vocabulary}-{id(text):x}")  # type: ignore[attr-defined]


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


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", metadata=nothing, transparent=True)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    numbers = iter(range(1, text.count('id="vocab-') + 1))
    return re.sub(
        r'<g id="vocab-([a-z0-9_]+)-[0-9a-f]+"',
        lambda found: f'<g id="label-{next(numbers)}" class="label" data-vocab="{found[1]}"',
        text,
    )


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _own_ids(svg: str, prefix: str) -> str:
    """Ids that are unique on the page: a clip path of a hidden drawing clips nothing."""
    svg = re.sub(r'\bid="', f'id="{prefix}', svg)
    svg = re.sub(r'(xlink:href="|url\()#', rf"\g<1>#{prefix}", svg)
    return svg.replace("<svg ", '<svg focusable="false" ', 1)
