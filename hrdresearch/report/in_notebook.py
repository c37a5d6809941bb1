"""Writes a finding as HTML for JupyterLab: its sentences, figure and table, and the names of its numbers.

Sentences have their numbers filled in, and the figure is that of the page.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import escape

from hrdresearch.findings.display import table_html
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.numbers import unit_in_words
from hrdresearch.findings.prose import NamesForProse, ProseError, fill_in_prose
from hrdresearch.report.charts import cached_picture, draw
from hrdresearch.report.exhibits import is_drawn

__all__ = ["draw", "finding_html"]

SPAN = re.compile(r'\[((?:[^\]\\]|\\.)*)\]\{\.claim data-claim="([^"]+)"\}')
FOOTNOTE = re.compile(r"\^\[((?:[^\]\\]|\\.)*)\]")
ESCAPED = re.compile(r"\\(.)")


def finding_html(finding: Finding, placement: str, others: Mapping[str, Finding]) -> str:
    """Write a finding as HTML: title, sentences, figure, table, and last the names of its numbers.

    placement: ``show``, or ``cite`` for a finding whose table is not printed. others: findings by
    name that its sentences may name. A table below a figure is folded; so are the names.
    """
    about = "; ".join(filter(None, (unit_in_words(finding.unit), finding.period)))
    parts = [f"<p><strong>{escape(finding.title)}</strong> ({escape(about)})</p>"]
    parts += [f"<p>{text}</p>" for text in _sentences(finding, others)]
    if placement == "show" and finding.rows:
        is_figure = is_drawn(finding)
        parts += [_figure(finding)] if is_figure else []
        notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in finding.notes)
        heading = f"Table: {escape(finding.title)}"
        parts.append(_folded(heading, table_html(finding) + notes, is_open=not is_figure))
    if finding.claims:
        parts.append(_folded(f"Numbers for the prose ({len(finding.claims)})", _names(finding)))
    return f'<div class="hrd-finding">{"".join(parts)}</div>'


def _sentences(finding: Finding, others: Mapping[str, Finding]) -> list[str]:
    """Sentences of a finding as HTML; for a sentence that cannot be printed yet, the reason."""
    known = {**others, finding.name: finding}
    claims = {claim.name: claim for one in known.values() for claim in one.claims}
    titles = frozenset(note.title for one in known.values() for note in one.sources)
    context = NamesForProse(claims, known, {}, list_names=titles)
    out = []
    for statement in finding.statements:
        try:
            text = fill_in_prose(statement, context, f"finding {finding.name}")
        except ProseError as error:
            out.append(f"<em>Not printed yet: {escape(str(error))}</em>")
        else:
            out += [_prose_html(paragraph) for paragraph in text.split("\n\n") if paragraph.strip()]
    return out


def _prose_html(markdown: str) -> str:
    """A filled-in sentence as HTML; each number shows the name of its claim under the pointer."""
    pieces = SPAN.split(FOOTNOTE.sub(r" (\1)", markdown))  # text, number, name, text, ...
    out = []
    for i, piece in enumerate(pieces):
        text = escape(ESCAPED.sub(r"\1", piece))
        if i % 3 == 1:
            text = f'<span title="{escape(pieces[i + 1])}">{text}</span>'
        out.append(text if i % 3 < 2 else "")
    return "".join(out)


def _figure(finding: Finding) -> str:
    picture = cached_picture(finding)
    data = base64.b64encode(picture.png).decode("ascii")
    notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in picture.notes)
    return (
        f'<img alt="{escape(picture.alt_text(), quote=True)}" src="data:image/png;base64,{data}" '
        f'style="width:{picture.width_cm:.0f}cm;max-width:100%;background:white">{notes}'
    )


def _names(finding: Finding) -> str:
    """Table of all numbers by the names that prose gives them, with what each counts."""
    rows = "".join(_name_row(claim) for claim in finding.claims)
    return f"<table><tr><th>Name</th><th>Number</th><th>What it is</th></tr>{rows}</table>"


def _name_row(claim: Claim) -> str:
    name, text, words = (escape(part) for part in (claim.name, claim.text, claim.definition))
    return f"<tr><td><code>{{{{ {name} }}}}</code></td><td>{text}</td><td>{words}</td></tr>"


def _folded(summary: str, inner: str, is_open: bool = False) -> str:
    return f"<details{' open' if is_open else ''}><summary>{summary}</summary>{inner}</details>"
