"""``show`` and ``cite``: how a finding gets from a notebook cell onto the page.

Both write the finding as JSON and as readable HTML into the output of the cell; the report reads
only the JSON. In a run the HTML is a plain table; in JupyterLab it is what the page will show.
Findings shown or cited in this kernel are also kept for ``preview``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from hrdresearch.findings.model import FINDING_MIME, Cell, Finding
from hrdresearch.findings.page_drawings import load_page_drawings

IN_A_RUN = "HRD_IN_A_RUN"  # set in the kernel of a run


class FindingInKernel(NamedTuple):
    """A finding that this kernel has shown or cited.

    cell: id of the notebook cell, where JupyterLab tells it. execution: the kernel's count.
    """

    placement: str
    finding: Finding
    cell: str = ""
    execution: int = 0


_shown_here: list[FindingInKernel] = []
_opened_here: list[str] = []


def show(finding: Finding) -> None:
    """Print the figure or table of a finding at this place, and let the prose print its numbers.

    In a notebook: ``show(study.by_year())``; then ``{{ by_year.2019 }}`` may stand in the text.
    """
    _emit(finding, "show")


def cite(finding: Finding) -> None:
    """Let the prose print the numbers of a finding, without its table or figure."""
    _emit(finding, "cite")


def findings_in_kernel() -> list[FindingInKernel]:
    """Findings that this kernel has shown or cited, in order.

    Where a cell has run several times, only the findings of its last execution are kept.
    """
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


def notebook_output(
    finding: Finding, placement: str, others: Mapping[str, Finding] | None = None
) -> dict[str, Any]:
    """Output of a notebook cell by MIME type: the finding as JSON, as HTML, and as one line.

    placement: ``show`` or ``cite``. others: findings by name, whose numbers the sentences of this
    finding may print; None (in a run): the HTML is a plain table.
    """
    html = (
        finding_as_html(finding, placement)
        if others is None
        else load_page_drawings().finding_html(finding, placement, others)
    )
    return {
        FINDING_MIME: finding.to_json(placement),
        "text/html": html,
        "text/plain": f"{finding.name}: {finding.title}",
    }


def finding_as_html(finding: Finding, placement: str) -> str:
    """Readable table of a finding, with the names of its numbers; every text is escaped."""
    names = ", ".join(f"<code>{escape(claim.name)}</code>" for claim in finding.claims[:12])
    more = " …" if len(finding.claims) > 12 else ""
    return (
        f"<p><strong>{escape(finding.title)}</strong> ({escape(finding.period)}; "
        f"{escape(placement)})</p>{table_html(finding) if finding.rows else ''}"
        f"<p>Numbers for the prose: {names}{more}</p>"
    )


def table_html(finding: Finding) -> str:
    """HTML table of a finding without its columns of codes; every text is escaped."""
    texts = {claim.name: claim.text for claim in finding.claims}
    printed = [i for i, column in enumerate(finding.columns) if column.role != "code"]

    def row(cells: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in cells)}</tr>"

    head = row([finding.columns[i].label for i in printed], "th")
    body = "".join(row([_text(cells[i], texts) for i in printed], "td") for cells in finding.rows)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _text(cell: Cell, texts: Mapping[str, str]) -> str:
    return texts[cell.claim] if cell.claim else cell.text


def _emit(finding: Finding, placement: str) -> None:
    from IPython.display import display  # a notebook has it loaded; the command line needs not

    shown = FindingInKernel(placement, finding, *_cell_and_execution())
    _shown_here[:] = [s for s in _shown_here if not _is_replaced(s, shown)]
    _shown_here.append(shown)
    others = {s.finding.name: s.finding for s in _shown_here if s.finding.study == finding.study}
    bundle = notebook_output(finding, placement, None if os.environ.get(IN_A_RUN) else others)
    display(bundle, raw=True)  # type: ignore[no-untyped-call]


def _is_replaced(earlier: FindingInKernel, now: FindingInKernel) -> bool:
    """Whether a finding comes from an earlier execution of the cell that runs now."""
    return bool(now.cell) and earlier.cell == now.cell and earlier.execution != now.execution


def _cell_and_execution() -> tuple[str, int]:
    """Id of the running cell, if JupyterLab gives it, and the kernel's count of executions."""
    from IPython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return "", 0
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return str(parent.get("metadata", {}).get("cellId") or ""), int(shell.execution_count)
