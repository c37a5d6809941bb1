"""Leaves out columns that say nothing: empty ones, and a first column that holds one value in all rows."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.empty_cells import (
    FEW,
    MEANINGS,
    NO_CLASS,
    NO_SHARE,
    NOT_ASKED,
    NOT_COVERED,
    NOT_IN_PLAN,
)
from hrdresearch.findings.model import Column, Finding

EMPTY = frozenset(("", "–"))
BY = "By"  # heading of the column that says by what a table divides its cases
KEEP_ALL = ("flow", "intervals")  # drawings in which each value column has a part of its own


def drop_empty_columns(finding: Finding) -> tuple[Finding, tuple[str, ...]]:
    """Leave out the value columns without a number in any row; returns the finding and notes on them.

    A table that would lose all its value columns stays as it is.
    """
    texts = {claim.name: claim.text for claim in finding.claims}
    silent: dict[int, frozenset[str]] = {}
    values = [at for at, column in enumerate(finding.columns) if column.role == "value"]
    for at in values:
        cells = (row[at] for row in finding.rows)
        words = frozenset(texts[cell.claim] if cell.claim else cell.text for cell in cells)
        if (
            words <= EMPTY
            or words <= {NOT_ASKED, NOT_COVERED}
            or words in ({NO_CLASS}, {NOT_IN_PLAN})
        ):
            silent[at] = words
    if not silent or len(silent) == len(values) or finding.drawing.kind in KEEP_ALL:
        return finding, ()
    keys = {finding.columns[at].key for at in silent}
    shown = replace(
        finding,
        columns=tuple(c for at, c in enumerate(finding.columns) if at not in silent),
        rows=tuple(tuple(c for at, c in enumerate(r) if at not in silent) for r in finding.rows),
        drawing=replace(
            finding.drawing, values=tuple(v for v in finding.drawing.values if v not in keys)
        ),
    )
    return shown, _notes(finding, silent)


def drop_repeated_column(finding: Finding) -> tuple[Finding, tuple[str, ...]]:
    """Leave out a first column of words, or a column "By", that holds one value in two or more rows.

    What a table divides its cases by then heads the column of the groups; another value stands in a note.
    """
    labels = [at for at, column in enumerate(finding.columns) if column.role == "label"]
    at = next((i for i in labels if finding.columns[i].label == BY), next(iter(labels), 0))
    held = {row[at].text for row in finding.rows if not row[at].claim}
    if len(labels) < 2 or len(finding.rows) < 2 or len(held) != 1 or at == labels[-1]:
        return finding, ()
    (value,), dropped = held, finding.columns[at]
    columns = list(finding.columns)
    if is_by := dropped.label == BY:
        columns[at + 1] = replace(columns[at + 1], label=value)
    del columns[at]
    rows = tuple(tuple(cell for i, cell in enumerate(row) if i != at) for row in finding.rows)
    shown = replace(finding, columns=tuple(columns), rows=rows)
    return shown, () if is_by else (f"{dropped.label}: {value}, in all rows.",)


def why_no_number(finding: Finding) -> str:
    """Why a table has no number in any row, as a sentence; "" where it has one."""
    texts = {c.name: "" if c.status == "shown" else c.text for c in finding.claims}
    values = [at for at, column in enumerate(finding.columns) if column.role == "value"]
    cells = [row[at] for row in finding.rows for at in values]
    words = {texts[cell.claim] if cell.claim else cell.text for cell in cells} - EMPTY - {NO_SHARE}
    tells = any(cell.claim and not texts[cell.claim] for cell in cells)
    if tells or not words or not words <= {FEW, *MEANINGS}:
        return ""
    why = [
        f"Each number is {FEW}, or none." if word == FEW else f"“{word}”: {MEANINGS[word]}."
        for word in sorted(words, key=lambda word: word != FEW)
    ]
    return f"{finding.title}: no table is printed, as no cell has a number. {' '.join(why)}"


def _notes(finding: Finding, silent: dict[int, frozenset[str]]) -> tuple[str, ...]:
    """One note for each reason, with the columns it holds for."""
    lists = {name for source in finding.sources for name in (source.slug, source.title)}
    by_reason: dict[tuple[frozenset[str], bool], list[Column]] = {}
    for at, words in silent.items():
        column = finding.columns[at]
        reason = words & {NOT_ASKED, NOT_COVERED, NOT_IN_PLAN, NO_CLASS}
        by_reason.setdefault((reason, not lists.isdisjoint((column.key, column.label))), []).append(
            column
        )
    return tuple(
        f"{'; '.join(column.label for column in columns)}: {_reason(words, is_list, len(columns))}."
        for (words, is_list), columns in by_reason.items()
    )


def _reason(words: frozenset[str], is_list: bool, columns: int) -> str:
    if not words:
        return f"column{'s' if columns > 1 else ''} left out, because no row has an entry there"
    if words == {NOT_IN_PLAN}:
        return "in no row among the numbers that leave a list shared in confidence"
    if words == {NO_CLASS}:
        return "no such class on any list of these rows, so whether it has such a case is not known"
    asked = "no field for this" if is_list else "not asked of any row"
    covered = "covers none of these rows" if is_list else "no row is covered"
    if words == {NOT_ASKED}:
        return f"{asked}, which says nothing either way"
    if words == {NOT_COVERED}:
        return f"{covered}, which does not mean none"
    return f"{asked}, or {covered}, which means neither no nor none"
