"""What a page prints of a finding: only columns with numbers, and only the sources of its cells."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.empty_cells import (
    NO_INTERVAL,
    NO_SHARE,
    NONE,
    NOT_KNOWN,
    explain_empty_cells,
)
from hrdresearch.findings.model import Finding

NO_NUMBER = frozenset((NONE, NO_SHARE, NO_INTERVAL, NOT_KNOWN))


def as_printed(finding: Finding) -> Finding:
    """Copy of a finding without columns that have no number, and with the sources of its cells.

    The note on words that stand instead of numbers is made again for the columns that are left.
    """
    cited = {cell.claim for row in finding.rows for cell in row if cell.claim}
    used = {slug for claim in finding.claims if claim.name in cited for slug in claim.sources}
    shown = _without_empty_columns(finding)
    sources = tuple(note for note in finding.sources if note.slug in used) or finding.sources
    before = explain_empty_cells(finding.rows, finding.claims)
    after = explain_empty_cells(shown.rows, shown.claims)
    notes = (*(note for note in shown.notes if note not in before), *after)
    return replace(shown, sources=sources, notes=notes)


def _without_empty_columns(finding: Finding) -> Finding:
    """Copy without value columns in which no number could be computed; drawn columns are kept."""
    status = {claim.name: claim.status for claim in finding.claims}
    kept = [
        at
        for at, column in enumerate(finding.columns)
        if column.role != "value"
        or not finding.rows
        or column.key in finding.drawing.values
        or any(
            row[at].text not in NO_NUMBER and status.get(row[at].claim or "") != "not_computable"
            for row in finding.rows
        )
    ]
    return replace(
        finding,
        columns=tuple(finding.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in finding.rows),
    )


def draw_several_rows(finding: Finding, kind: str) -> Finding:
    """Copy of a finding drawn as ``kind``; unchanged where its table has fewer than two rows."""
    if len(finding.rows) < 2:
        return finding
    return replace(finding, drawing=replace(finding.drawing, kind=kind))


def only_side_by_side(finding: Finding) -> Finding:
    """Copy of a finding without its table, if the table has one row: the sentences say it already."""
    return replace(finding, rows=()) if len(finding.rows) < 2 else finding
