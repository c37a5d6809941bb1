"""``show`` and ``cite``: how a finding gets from a notebook cell onto the page.

Both put the finding's JSON and readable HTML into the cell's output; that output is the only
carrier. What was shown or cited in this kernel is kept for ``preview``.
"""

from __future__ import annotations

from html import escape
from typing import Any

from hrdresearch.findings.model import FINDING_MIME, Cell, Finding

_shown_here: list[tuple[str, Finding]] = []
_opened_here: list[str] = []


def show(finding: Finding) -> None:
    """Put a finding on the page at this place: its figure, its table, and its numbers."""
    _emit(finding, "show")


def cite(finding: Finding) -> None:
    """Make the numbers of a finding available to the prose, with nothing shown at this place."""
    _emit(finding, "cite")


def emitted() -> list[tuple[str, Finding]]:
    """What this kernel has shown or cited so far: (placement, finding), in order."""
    return list(_shown_here)


def open_anew(study: str) -> None:
    """Note that a study is opened; when it was open already, the notebook is run anew.

    What was shown before is then forgotten. A second study leaves the findings of the first.
    """
    if study in _opened_here:
        _shown_here.clear()
        _opened_here.clear()
    _opened_here.append(study)


def bundle(finding: Finding, placement: str) -> dict[str, Any]:
    """MIME bundle of a finding: the carrier JSON, readable HTML, and one line of text."""
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
    display(bundle(finding, placement), raw=True)  # type: ignore[no-untyped-call]
