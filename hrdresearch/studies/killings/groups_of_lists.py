"""Groups of lists from which an estimate of the undocumented might be asked for, and their design.

The design stands in ``source.yml``: whom a list sets out to record (``target``), whose cases it takes
over (``uses``), how well links with another list were measured (``linked_with``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.stats.estimates import (
    Design,
    Linkage,
    ListFacts,
    OverlapTable,
    Target,
    table_from_rows,
)
from hrdresearch.studies.ground.linked import LinkedRows
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.documented_by import COLUMN, names_its_sources
from hrdresearch.vocab.states import name_in_sentence

FEWEST_CASES = 30  # cases that an organization is named for, to count as a list of its own


@dataclass(frozen=True)
class GroupOfLists:
    """Lists from which an estimate might be asked for, with their design.

    table: overlap of the lists by all likely links. draws: overlap by each random draw of the links;
    empty where nothing was linked.
    """

    key: str
    title: str
    plural: str
    slugs: tuple[str, ...]
    table: OverlapTable
    draws: tuple[OverlapTable, ...]
    design: Design


def groups_of_lists(study: Study, found: LinkedRows) -> Iterator[GroupOfLists]:
    """All lists, and those that cover one State where one of them is of that State alone."""
    facts = {str(f["slug"]): f for f in study.build.facts()}
    seen: set[tuple[str, ...]] = set()
    states = sorted(
        {s for p in found.lists if len(p.coverage.states) == 1 for s in p.coverage.states}
    )
    for state in (*states, None):
        lists = [p for p in found.lists if state is None or state in (p.coverage.states or {state})]
        years = _years(lists) if state else None
        rows = found.rows[found.rows["source"].isin([p.slug for p in lists])]
        if state:
            rows = rows[rows["state_iso3"].eq(state) & rows["event_year"].isin(years or ())]
        held = tuple(p for p in lists if rows["source"].eq(p.slug).any())
        slugs = tuple(p.slug for p in held)
        if len(held) < 2 or slugs in seen:
            continue
        seen.add(slugs)
        place = name_in_sentence(state) if state else ""
        period = f"from {years[0]} to {years[-1]}" if years else ""
        design = Design(
            tuple(_list_facts(p, facts, place, period) for p in held), _linkage(slugs, facts)
        )
        title = f"All lists: {join_with_and([p.title for p in held])}"
        yield GroupOfLists(
            state.lower() if state else "all",
            f"{place[:1].upper()}{place[1:]} {period}: {join_with_and([p.title for p in held])}"
            if state
            else title,
            held[0].plural,
            slugs,
            _table(rows, held, "likely"),
            tuple(_table(rows, held, c) for c in map(str, rows) if c.startswith("draw_")),
            design,
        )


def _years(lists: list[Population]) -> list[int] | None:
    """Years that all lists cover as a whole."""
    every = {int(y) for p in lists for y in p.frame["event_year"].dropna()}
    return [
        y
        for y in sorted(every)
        if all(p.coverage.includes_year(y) and y not in p.coverage.part_years for p in lists)
    ]


def _table(rows: pd.DataFrame, held: tuple[Population, ...], by: str) -> OverlapTable:
    """Table of overlap of the lists; by: column of the persons."""
    names = {p.slug: p.title for p in held}
    table = pd.crosstab(rows[by], rows["source"].map(names)).clip(upper=1)
    return table_from_rows(table[list(names.values())].reset_index(drop=True))


def _list_facts(
    p: Population, facts: Mapping[str, Mapping[str, Any]], place: str, period: str
) -> ListFacts:
    """Design of a list. place, period: those to which all lists were narrowed, or none."""
    own = facts[p.slug]
    uses = {
        str(facts[other]["publisher"]): str(how)
        for other, how in own.get("uses", {}).items()
        if other in facts
    }
    target = Target(
        str(own.get("target") or p.plural),
        place
        or join_with_and([name_in_sentence(s) for s in sorted(p.coverage.states)])
        or "all States",
        period or f"from {p.coverage.first} to {p.coverage.last}",
    )
    return ListFacts(p.title, target, uses)


def _linkage(slugs: tuple[str, ...], facts: Mapping[str, Mapping[str, Any]]) -> Linkage:
    """The measured linkage of the worst two lists; not measured where two have no declared value."""
    measured = []
    for i, slug in enumerate(slugs):
        for other in slugs[i + 1 :]:
            both = (facts[slug].get("linked_with", {}), facts[other].get("linked_with", {}))
            value = both[0].get(other) or both[1].get(slug)
            if value is None:
                return Linkage()
            measured.append(value)
    worst = min(measured, key=lambda value: float(value["recall"]))
    shares = {
        key: float(worst[key])
        for key in ("recall", "precision", "recall_low", "precision_low")
        if key in worst
    }
    return Linkage(how=str(worst["how"]), **shares)


def groups_of_organizations(study: Study) -> Iterator[GroupOfLists]:
    """The organizations that a public list names for its cases, each as a list."""
    facts = {str(f["slug"]): f for f in study.build.facts()}
    for p in study.populations:
        if not names_its_sources(p):
            continue
        marks = p.frame[COLUMN].dropna().str.get_dummies("|")
        marks = marks.loc[:, marks.sum() >= FEWEST_CASES]
        marks = marks[marks.any(axis=1)]
        if marks.shape[1] < 2:
            continue
        place = (
            join_with_and([name_in_sentence(s) for s in sorted(p.coverage.states)]) or "all States"
        )
        target = Target(p.plural, place, f"from {p.coverage.first} to {p.coverage.last}")
        design = Design(
            tuple(ListFacts(str(name), target) for name in marks),
            Linkage(),
            str(facts[p.slug].get("uses", {}).get(COLUMN, "")),
        )
        title = f"Organizations that {p.list_in_prose} names"
        table = table_from_rows(marks.reset_index(drop=True))
        yield GroupOfLists(p.slug.replace("-", "_"), title, p.plural, (p.slug,), table, (), design)
