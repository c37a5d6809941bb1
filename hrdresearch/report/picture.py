"""Draws a prepared figure as files: SVG for the page at two widths, PNG for Word and PDF.

The files hold no date, no name of a program and no random id, so the same finding gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from hrdresearch.report import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Piece = tuple[str, str | None]  # a text, and the vocabulary that it comes from or None


@dataclass(frozen=True)
class Chart:
    """A figure that is ready to be drawn: all panels, or one panel on given axes.

    whole: draws all panels on an empty figure at a width in inches, and sets its height. panels:
    draws one panel on given axes, by the title of the panel. alt, notes: as in ``Picture``.
    """

    whole: Callable[[Figure, float], None]
    panels: Mapping[str, Callable[[Axes], None]]
    alt: tuple[Piece, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A figure drawn for the page (twice: wide, and narrow for phones) and for Word.

    wide, narrow: SVG. alt: description of the figure, as pieces (text, vocabulary or None).
    notes: texts that are printed below it (disclaimer of a map).
    """

    wide: str
    narrow: str
    png: bytes
    width_cm: float
    alt: tuple[Piece, ...]
    notes: tuple[str, ...] = ()

    def alt_text(self) -> str:
        """Description of the figure, as plain text."""
        return "".join(text for text, _ in self.alt)

    def html(self, id_: str) -> str:
        """HTML of both drawings with one description; the style sheet shows the one that fits."""
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


def draw_picture(chart: Chart) -> Picture:
    """Draw a figure at both widths; the same chart gives the same bytes."""
    from matplotlib.figure import Figure

    with style.house_style():
        wide, narrow = Figure(), Figure()
        for figure, width in ((wide, style.WIDE), (narrow, style.NARROW)):
            chart.whole(figure, width)
            _lay_out(figure)
        svg_wide, png, svg_narrow = _svg(wide), _png(wide), _svg(narrow)
    return Picture(svg_wide, svg_narrow, png, style.WIDE * 2.54, chart.alt, chart.notes)


def _lay_out(figure: Figure) -> None:
    """Put the panels in their places once for all files; matplotlib would draw each file twice for it."""
    if engine := figure.get_layout_engine():
        engine.execute(figure)
        figure.set_layout_engine(None)


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", metadata=nothing, transparent=True)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'(?<= d=")[^"]+', lambda found: " ".join(_short(found[0]).split()), text)
    numbers = iter(range(1, text.count('id="vocab-') + 1))
    return re.sub(
        r'<g id="vocab-([a-z0-9_]+)-[0-9a-f]+"',
        lambda found: f'<g id="label-{next(numbers)}" class="label" data-vocab="{found[1]}"',
        text,
    )


def _short(path: str) -> str:
    """A drawn path with one decimal (a tenth of a point is not seen) and no needless letters."""
    path = re.sub(r"\d+\.\d+", lambda n: f"{float(n[0]):.1f}", path)
    return re.sub(r"(?<=L )[^A-Za-z]+(?:L [^A-Za-z]+)*", lambda run: run[0].replace("L", ""), path)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _own_ids(svg: str, prefix: str) -> str:
    """Ids that are unique on the page: a clip path of a hidden drawing clips nothing.

    They are numbered. The names that a library gives to parts of a drawing can read like a person's name
    in one word, and the report would be stopped.
    """
    found = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    ids = {old: f"{prefix}{number}" for number, old in enumerate(found, start=1)}
    svg = re.sub(r'\bid="([^"]+)"', lambda id_: f'id="{ids[id_[1]]}"', svg)
    svg = re.sub(
        r'(xlink:href="|url\()#([^")]+)', lambda at: f"{at[1]}#{ids.get(at[2], at[2])}", svg
    )
    return svg.replace("<svg ", '<svg focusable="false" ', 1)
