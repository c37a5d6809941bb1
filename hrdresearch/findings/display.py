"""``show`` and ``cite``: how a finding gets from a notebook cell onto the page.

Both write the finding as JSON and as readable HTML into the output of the cell; the report reads
only this output. Findings shown or cited in this kernel are also kept for ``preview``.
"""

from __future__ import annotations

from html import escape
from typing import Any

from hrdresearch.findings.model import FINDING_MIME, Cell, Finding

_shown_here: list[tuple[str, Finding]] = []
_opened_here: list[str] = []


def show(finding: Finding) -> None:
    """Print the figure or table of a finding at this place, and let the prose use its numbers."""
    _emit(finding, "show")


def cite(finding: Finding) -> None:
    """Let the prose use the numbers of a finding; its table and figure are not printed."""
    _emit(finding, "cite")


def findings_so_far() -> list[tuple[str, Finding]]:
    """Findings that this kernel has shown or cited, in order, each as (placement, finding)."""
    return list(_shown_here)


def note_opened_study(study: str) -> None:
    """Note that the notebook opens a study.

    Opening the same study again means that the notebook runs from its start: all earlier findings
    of the kernel are dropped. Opening another study keeps them.
    """
    if study in _opened_here:
        _shown_here.clear()
        _opened_here.clear()
    _opened_here.append(study)


def mime_bundle(finding: Finding, placement: str) -> dict[str, Any]:
    """Output of a notebook cell by MIME type: the finding as JSON, as HTML, and as one line."""
    return {
        FINDING_MIME: finding.to_json(placement),
        "text/html": as_html(finding, placement),
        "text/plain": f"{finding.name}: {finding.title}",
    }


def as_html(finding: Finding, placement: str) -> str:
    """Readable table of a finding for JupyterLab; every text is escaped."""
    texts = {claim.name: claim.text for claim in finding.claims}
    printed = [i for i, column in enumerate(finding.columns) if column.role != "code"]
    head = "".join(f"<th>{escape(finding.columns[i].label)}</th>" for i in printed)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_text(row[i], texts))}</td>" for i in printed) + "</tr>"
        for row in finding.rows
    )
    names = ", ".join(f"<code>{escape(name)}</code>" for name in list(texts)[:12])
    more = " …" if len(texts) > 12 else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return (
        f"<p><strong>{escape(finding.title)}</strong> ({escape(finding.period)}; "
        f"{escape(placement)})</p>{table if finding.rows else ''}"
        f"<p>Numbers for the prose: {names}{more}</p>"
    )


def _text(cell: Cell, texts: dict[str, str]) -> str:
    return texts[cell.claim] if cell.claim else cell.text


def _emit(finding: Finding, placement: str) -> None:
    from IPython.display import display  # a notebook has it loaded; the command line needs not

    _shown_here.append((placement, finding))
    display(mime_bundle(finding, placement), raw=True)  # type: ignore[no-untyped-call]
