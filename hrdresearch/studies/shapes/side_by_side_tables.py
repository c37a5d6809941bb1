"""Tables with one column for each list; the lists are never added.

A cell says "not asked" or "not covered" where a list does not ask a fact, or does not cover the
place or year; such a cell is never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_COVERED
from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.studies.shapes.count_tables import (
    column_heads,
    count_drafts,
    is_zero,
    value_columns,
)

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study


def lists_side_by_side(
    study: Study,
    name: str,
    title: str,
    front: Sequence[Column],
    rows: Iterable[tuple[Sequence[str | Cell], Any]],
    made: Mapping[str, Mapping[Any, Claim]],
    *,
    missing: str | Callable[[Population, Any], str] = "–",
    beside: Iterable[Claim] = (),
    **more: Any,
) -> Finding:
    """A finding with one column for each list, from claims that are already made.

    front: columns before those of the lists. rows: the cells in front, and the key of the row.
    made: by list, then by key of a row, the claim. missing: text of a cell without a claim, or a
    function that gives this text. beside: claims that the table does not show.
    """

    def word(p: Population, key: Any) -> str:
        return missing if isinstance(missing, str) else missing(p, key)

    table = [
        [
            *(Cell(text=c) if isinstance(c, str) else c for c in words),
            *(
                Cell(claim=own[key].name)
                if key in (own := made[p.slug])
                else Cell(text=word(p, key))
                for p in study.populations
            ),
        ]
        for words, key in rows
    ]
    claims = [*(claim for own in made.values() for claim in own.values()), *beside]
    return study.finding(name, title, [*front, *value_columns(study)], table, claims, **more)


def counts_side_by_side(
    study: Study,
    name: str,
    title: str,
    heading: str,
    rows: Sequence[tuple[str | Cell, Draft]],
    *,
    needed_facts: Mapping[str, tuple[str, str]] | None = None,
    **more: Any,
) -> Finding:
    """A finding with one column for each list, counted: each row has a label and a count.

    needed_facts: by name of a draft, the fact that a list must ask before it is counted, and a
    column whose values count as an answer too. A zero outside what a list covers is not printed.
    """
    drafts = {draft.name: draft for _, draft in rows}
    silent = {
        (p.slug, name_)
        for p in study.populations
        for name_, fact in (needed_facts or {}).items()
        if not p.has_answers(*fact)
    }

    def missing(p: Population, key: str) -> str:
        return NOT_ASKED if (p.slug, key) in silent and p.covers() else NOT_COVERED

    made: dict[str, dict[str, Claim]] = {}
    beyond: list[Claim] = []  # the audit of a restricted list has to know that there is nothing
    for p in study.populations:
        made[p.slug] = count_drafts(
            study, p, [d for d in drafts.values() if (p.slug, d.name) not in silent]
        )
        for key, draft in drafts.items():
            if key in made[p.slug] and is_zero(made[p.slug][key]) and not p.covers(draft.filter):
                claim = made[p.slug].pop(key)
                beyond += [] if p.policy.is_exempt else [claim]
    lines = [((words,), draft.name) for words, draft in rows]
    return lists_side_by_side(
        study,
        name,
        title,
        column_heads(heading),
        lines,
        made,
        missing=missing,
        beside=beyond,
        **more,
    )
