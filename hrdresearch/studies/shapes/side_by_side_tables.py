"""Tables with one column for each list; the lists are never added.

A cell says "not asked" or "not covered" where a list does not ask a fact, or does not cover the
place or year; such a cell is never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_COVERED, NOT_IN_PLAN
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag, join_with_and, label_in_sentence
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    claims_of_shares,
    column_heads,
    content_cell,
    count_drafts,
    is_zero,
    value_columns,
)


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
    columns = dict(zip((p.slug for p in study.populations), value_columns(study), strict=True))
    cells = {slug: {key: (claim,) for key, claim in own.items()} for slug, own in made.items()}
    return columns_side_by_side(
        study,
        name,
        title,
        front,
        lambda p: [columns[p.slug]],
        rows,
        cells,
        missing=missing,
        beside=list(beside),
        **more,
    )


def columns_side_by_side(
    study: Study,
    name: str,
    title: str,
    front: Sequence[Column],
    columns: Callable[[Population], Sequence[Column]],
    rows: Iterable[tuple[Sequence[str | Cell], Any]],
    cells: Mapping[str, Mapping[Any, Row]],
    *,
    missing: str | Callable[[Population, Any], str] = NOT_COVERED,
    beside: Iterable[Content] | Callable[[Population], Iterable[Content]] = (),
    **more: Any,
) -> Finding:
    """A finding with several columns for each list, counted list by list.

    front: columns before those of the lists. columns: the columns of one list. rows: the cells in
    front, and the key of the row. cells: by list, then by key of a row, one content for each
    column of the list. missing: text of cells where a list has no such key, or a function that
    gives this text. beside: contents that the table does not show, or a function that gives those of one
    list.
    """
    heads = {p.slug: list(columns(p)) for p in study.populations}
    counted: dict[str, dict[str, Claim]] = {}
    claims: list[Claim] = []
    for p in study.populations:
        contents = [*(c for row in cells[p.slug].values() for c in row)]
        contents += beside(p) if callable(beside) else beside
        counts = count_drafts(study, p, contents)
        counted[p.slug] = counts | claims_of_shares(study, p, contents, counts)
        claims += [*counted[p.slug].values(), *(c for c in contents if isinstance(c, Claim))]

    def cells_of(p: Population, key: Any) -> list[Cell]:
        if key in cells[p.slug]:
            return [content_cell(content, counted[p.slug]) for content in cells[p.slug][key]]
        text = missing if isinstance(missing, str) else missing(p, key)
        if p.release and text != NOT_ASKED:
            text = NOT_IN_PLAN
        return [Cell(text=text)] * len(heads[p.slug])

    table = [
        [
            *(content_cell(words, {}) for words in front_cells),
            *(cell for p in study.populations for cell in cells_of(p, key)),
        ]
        for front_cells, key in rows
    ]
    all_columns = [*front, *(column for p in study.populations for column in heads[p.slug])]
    return study.finding(name, title, all_columns, table, claims, **more)


def counts_side_by_side(
    study: Study,
    name: str,
    title: str,
    heading: str,
    rows: Sequence[tuple[str | Cell, CountDraft]],
    *,
    needed_facts: Mapping[str, tuple[str, str]] | None = None,
    told: str | None = None,
    **more: Any,
) -> Finding:
    """A finding with one column for each list, counted: each row has a label and a count.

    needed_facts: by name of a draft, the fact that a list must ask before it is counted, and a
    column whose values count as an answer too. A zero outside what a list covers is not printed.
    told: verb of a sentence on each list ("is recorded"), which names every label with its number;
    None: no sentence.
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
    beyond: list[Claim] = []  # zeros that are not printed, for the audit of a restricted list
    for p in study.populations:
        made[p.slug] = count_drafts(
            study, p, [d for d in drafts.values() if (p.slug, d.name) not in silent]
        )
        for key, draft in drafts.items():
            if key in made[p.slug] and is_zero(made[p.slug][key]) and not p.covers(draft.filter):
                claim = made[p.slug].pop(key)
                beyond += [] if p.policy.prints_exact_numbers else [claim]
    lines = [((words,), draft.name) for words, draft in rows]
    if told is not None:
        sentences = (_labels_with_numbers(p, rows, made[p.slug], told) for p in study.populations)
        more.setdefault("statements", tuple(filter(None, sentences)))
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


def _labels_with_numbers(
    p: Population,
    rows: Sequence[tuple[str | Cell, CountDraft]],
    made: Mapping[str, Claim],
    verb: str,
) -> str:
    """Sentence on one list: each label with its number; empty where the list has none."""
    items: list[str] = []
    for words, draft in rows:
        if draft.name in made and made[draft.name].text != NOT_IN_PLAN:
            label = label_in_sentence(words if isinstance(words, str) else words.text)
            items.append(
                f"{label} {verb if not items else ''} for {claim_tag(made[draft.name], 'none')}"
            )
    return f"{p.subject}: {join_with_and([' '.join(i.split()) for i in items])}." if items else ""
