"""Making findings: rows are counted, disclosure control is applied, claims are written.

Nothing here knows a study's questions. A ``Population`` is one list in one scope; counts of two
populations are never added, because lists overlap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from hrdresearch.findings import cells
from hrdresearch.findings.coverage import Coverage
from hrdresearch.findings.model import Claim, ClaimConflict, Finding, SourceNote
from hrdresearch.findings.numbers import in_table
from hrdresearch.findings.speech import why_no_share
from hrdresearch.privacy.disclosure import SMALL, Count, Decision, Ledger, protect
from hrdresearch.privacy.policy import Policy
from hrdresearch.tables import TABLES, narrowed, select

NOT_COMPUTABLE, NO_SHARE, WITHHELD = "not computable", cells.NO_SHARE, cells.WITHHELD


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

    classes: codes that the list uses at all, a coded column; a class it does not use is not zero.
    reach: places and years that the list covers. answered: columns that hold any answer at all.
    recording, remarks: see SourceFacts. declared: codes that the list can use, whether or not it
    does; a class that is declared and has no case is zero.
    prefix: what claim names begin with; empty when the report has one list only, and
    ``by_source.<list>.`` when it has several.
    """

    slug: str
    title: str
    prefix: str
    singular: str
    plural: str
    coverage: str
    note: SourceNote
    frame: pd.DataFrame
    scope: Mapping[str, Any]
    asked: frozenset[str]
    classes: Mapping[str, frozenset[str]]
    policy: Policy
    ledger: Ledger
    table: str = "cases"
    reach: Coverage = field(default_factory=Coverage)
    answered: frozenset[str] = frozenset()
    recording: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, list[str]] = field(default_factory=dict)

    def covers(self, filter_: Mapping[str, Any] | None = None) -> bool:
        """Whether the list covers any place and year of the scope, narrowed by ``filter_``."""
        year = TABLES[self.table].year_column or ""
        narrowed = filter_ or {}
        return self.reach.meets(self.scope, year) and self.reach.meets(narrowed, year)

    def asks(self, fact: str, column: str) -> bool:
        """Whether the list asks a fact, or answers it in ``column`` all the same."""
        return fact in self.asked or column in self.answered

    def named(self, name: str) -> str:
        """Full claim name of this population's number ``name``.

        Over several lists ``extent.victims`` of a list is ``by_source.<list>.victims``.
        """
        return f"{self.prefix}{name.removeprefix('extent.') if self.prefix else name}"


def claims_of(population: Population, drafts: Sequence[Draft]) -> dict[str, Claim]:
    """Count the drafts and protect them together; keys are the drafts' own names.

    What was decided is entered in the population's ledger, so that a later finding cannot give a
    suppressed count away.
    """
    drafts = list(_drafts_by_name(drafts).values())
    counts = [_count(population, draft) for draft in drafts]
    decisions = protect(counts, population.policy, population.ledger)
    if not population.policy.is_exempt:
        population.ledger.add(counts, decisions)
    return {
        draft.name: _claim(population, draft, count, decisions[count.name])
        for draft, count in zip(drafts, counts, strict=True)
    }


def share(
    population: Population,
    name: str,
    part: Claim,
    whole: Claim,
    definition: str,
    asked: Claim | None = None,
) -> Claim:
    """``part`` in per cent of ``whole``; suppressed with either, not computable over none.

    asked: cases in which the fact was asked, where ``whole`` are those in which it is known. No
    share is given of few cases or where most are unknown (``hrdresearch.findings.speech``); the
    definition then says why. The share is computed from the printed counts, so it gives no more
    away than they do.
    """
    base: dict[str, Any] = {
        "name": population.named(name),
        "unit": "per_cent",
        "definition": definition,
        "filter": part.filter,
        "table": population.table,
        "measure": f"share:{part.name}:{whole.name}",
        "sources": part.sources,
    }
    if "suppressed" in (part.status, whole.status):
        return Claim(**base, value=None, rows=None, text=WITHHELD, status="suppressed")
    if not whole.value:
        return Claim(**base, value=None, rows=None, text=NOT_COMPUTABLE, status="not_computable")
    assert isinstance(part.value, int | float) and isinstance(whole.value, int | float)
    of = float(asked.value) if asked and isinstance(asked.value, int | float) else None
    if why := why_no_share(whole.value, of, not population.policy.public_by_name):
        base["definition"] = f"{definition}: {why}"
        return Claim(**base, value=None, rows=None, text=NO_SHARE, status="not_computable")
    value = 100 * part.value / whole.value
    return Claim(**base, value=value, rows=part.rows, text=in_table(value, "per_cent"))


def measured(
    population: Population,
    name: str,
    value: float | None,
    unit: str,
    words: str,
    measure: str,
    *,
    text: str = "",
    withheld: str = "",
    **more: Any,
) -> Claim:
    """A number of one list that is no count by a filter: a year, a median, an estimate.

    None is not computable. withheld: what is printed instead, where few persons stand behind it.
    """
    status = "suppressed" if withheld else "not_computable" if value is None else "shown"
    printed = "" if value is None else text or in_table(value, unit)
    return Claim(
        name=population.named(name),
        value=None if withheld else value,
        unit=unit,
        rows=None if status != "shown" else more.pop("rows", None),
        text=withheld or printed or NOT_COMPUTABLE,
        definition=f"{population.title}: {words}",
        measure=measure,
        table=population.table,
        sources=(population.slug,),
        status=status,
        **more,
    )


def text_claim(name: str, text: str, definition: str, measure: str = "text") -> Claim:
    """A named text for the prose: a parameter, the name of a State."""
    return Claim(
        name=name,
        value=text,
        unit="text",
        rows=None,
        text=text,
        definition=definition,
        measure=measure,
    )


def not_computable(population: Population, draft: Draft, why: str) -> Claim:
    """A number that the data cannot carry; the page prints why."""
    return Claim(
        name=population.named(draft.name),
        value=None,
        unit=draft.unit,
        rows=None,
        text=NOT_COMPUTABLE,
        definition=f"{draft.definition}: {why}",
        measure="none",
        sources=(population.slug,),
        status="not_computable",
    )


def with_claims(finding: Finding, *claims: Claim) -> Finding:
    """The same finding with further claims for the prose."""
    return replace(finding, claims=(*finding.claims, *claims))


def _drafts_by_name(drafts: Sequence[Draft]) -> dict[str, Draft]:
    """Drafts by name, each once; ClaimConflict when one name would count two things."""
    by_name: dict[str, Draft] = {}
    for draft in drafts:
        if by_name.setdefault(draft.name, draft) != draft:
            raise ClaimConflict(
                f"The number {draft.name!r} is to count two things: "
                f"{by_name[draft.name].definition!r} and {draft.definition!r}"
            )
    return by_name


def _count(population: Population, draft: Draft) -> Count:
    """What would be printed, and (where it has to be protected) whom it counts."""
    value, members = draft.count or 0, frozenset[str]()
    if draft.count is None or not population.policy.is_exempt:
        chosen = population.frame[select(population.frame, draft.filter)]
        value = int(chosen[draft.column].nunique()) if draft.column else len(chosen)
        if not population.policy.is_exempt:
            members = frozenset(chosen[TABLES[population.table].person_column])
    filter_ = {"source": population.slug, **narrowed(population.scope, draft.filter)}
    return Count(population.named(draft.name), members, value, filter_)


def _claim(population: Population, draft: Draft, count: Count, decision: Decision) -> Claim:
    is_shown = decision.status == "shown"
    value = decision.value if is_shown else None
    small = f"fewer than {population.policy.smallest_cell}"
    return Claim(
        name=count.name,
        value=value,
        unit=draft.unit,
        rows=None if draft.column else value,
        text=in_table(value, draft.unit)
        if value is not None
        else (small if decision.why == SMALL else WITHHELD),
        definition=draft.definition,
        filter=count.filter,
        table=population.table,
        measure=f"distinct:{draft.column}" if draft.column else "rows",
        sources=(population.slug,),
        status="shown" if is_shown else "suppressed",
    )
