"""Making findings: rows are counted, disclosure control is applied, claims are written.

Nothing here knows a study's questions. A ``Population`` is one list in one scope; counts of two
populations are never added, because lists overlap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from hrdresearch.findings.model import Claim, Finding, SourceNote
from hrdresearch.findings.numbers import in_table
from hrdresearch.privacy.disclosure import Count, Ledger, protect
from hrdresearch.privacy.policy import Policy
from hrdresearch.tables import select

NOT_COMPUTABLE = "not computable"


@dataclass(frozen=True)
class Draft:
    """A count about to become a claim.

    filter: which rows of the population are counted (the scope of the run is added).
    column: count distinct values of this column instead of rows (States, years).
    count: number of rows, when a group-by has it already; else the filter is applied.
    """

    name: str
    definition: str
    filter: Mapping[str, Any] = field(default_factory=dict)
    unit: str = "victim"
    column: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class Population:
    """One list in the scope of the run: its rows, its nouns, and its policy.

    prefix: what claim names begin with; empty when the report has one list only, and
    ``by_source.<list>.`` when it has several.
    """

    slug: str
    title: str
    prefix: str
    singular: str
    plural: str
    note: SourceNote
    frame: pd.DataFrame
    scope: Mapping[str, Any]
    asked: frozenset[str]
    policy: Policy

    def named(self, name: str) -> str:
        """Full claim name of this population's number ``name``.

        Over several lists ``extent.victims`` of a list is ``by_source.<list>.victims``.
        """
        return f"{self.prefix}{name.removeprefix('extent.') if self.prefix else name}"


def claims_of(
    population: Population, drafts: Sequence[Draft], ledger: Ledger
) -> dict[str, Claim]:
    """Count the drafts and protect them together; keys are the drafts' own names.

    What is shown is entered in the ledger, so that a later finding cannot give it away.
    """
    counted = [_count(population, draft) for draft in drafts]
    decisions = protect([c for c, _ in counted], population.policy, ledger)
    claims: dict[str, Claim] = {}
    for draft, (count, value) in zip(drafts, counted, strict=True):
        decision = decisions[count.name]
        shown = decision.status == "shown"
        if shown and draft.column is None:
            value = int(decision.value or 0)
        claims[draft.name] = _claim(population, draft, value, count.value, shown)
    return claims


def share(
    population: Population, name: str, part: Claim, whole: Claim, definition: str
) -> Claim:
    """``part`` in per cent of ``whole``; suppressed with either, not computable over none.

    The share is computed from the printed counts, so it gives no more away than they do.
    """
    base = {
        "name": population.named(name),
        "unit": "per_cent",
        "definition": definition,
        "filter": part.filter,
        "measure": f"share:{part.name}:{whole.name}",
        "sources": part.sources,
    }
    if "suppressed" in (part.status, whole.status):
        return Claim(**base, value=None, rows=None, text="withheld", status="suppressed")
    if not whole.value:
        return Claim(**base, value=None, rows=None, text=NOT_COMPUTABLE, status="not_computable")
    assert isinstance(part.value, int | float) and isinstance(whole.value, int | float)
    value = 100 * part.value / whole.value
    return Claim(**base, value=value, rows=part.rows, text=in_table(value, "per_cent"))


def text_claim(name: str, text: str, definition: str, measure: str = "text") -> Claim:
    """A named text for the prose: a parameter, the name of a State."""
    return Claim(
        name=name, value=text, unit="text", rows=None, text=text, definition=definition,
        measure=measure,
    )


def not_computable(population: Population, draft: Draft, why: str) -> Claim:
    """A number that the data cannot carry; the page prints why."""
    return Claim(
        name=population.named(draft.name), value=None, unit=draft.unit, rows=None,
        text=NOT_COMPUTABLE, definition=f"{draft.definition}: {why}", measure="none",
        sources=(population.slug,), status="not_computable",
    )


def with_claims(finding: Finding, *claims: Claim) -> Finding:
    """The same finding with further claims for the prose."""
    return replace(finding, claims=(*finding.claims, *claims))


def _count(population: Population, draft: Draft) -> tuple[Count, int]:
    """Rows (and, for a distinct count, the value) of a draft; members only where needed."""
    filter_ = {"source": population.slug, **population.scope, **draft.filter}
    needs_rows = draft.count is None or draft.column or not population.policy.is_exempt
    members: frozenset[str] = frozenset()
    rows = draft.count or 0
    value = rows
    if needs_rows:
        chosen = population.frame[select(population.frame, draft.filter)]
        rows = len(chosen)
        value = int(chosen[draft.column].nunique()) if draft.column else rows
        if not population.policy.is_exempt:
            members = frozenset(chosen["victim_id"])
    count = Count(name=population.named(draft.name), members=members, value=rows, filter=filter_)
    return count, value


def _claim(
    population: Population, draft: Draft, value: int, rows: int, shown: bool
) -> Claim:
    smallest = population.policy.smallest_cell
    text = in_table(value, draft.unit)
    if not shown:
        text = f"fewer than {smallest}" if 0 < rows < smallest else "withheld"
    exact = population.policy.rounding == 1
    return Claim(
        name=population.named(draft.name),
        value=value if shown else None,
        unit=draft.unit,
        rows=(rows if exact else value) if shown else None,
        text=text,
        definition=draft.definition,
        filter={"source": population.slug, **population.scope, **draft.filter},
        measure=f"distinct:{draft.column}" if draft.column else "rows",
        sources=(population.slug,),
        status="shown" if shown else "suppressed",
    )
