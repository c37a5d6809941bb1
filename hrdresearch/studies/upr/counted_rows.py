"""The rows that findings on the Universal Periodic Review count, by the name of the rows, and their scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Self

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, count_claims
from hrdresearch.findings.model import Claim, SourceNote
from hrdresearch.studies.ground.rows_to_explore import rows_to_explore
from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    REVIEW,
    category_column,
    filter_of_recommendations,
    filter_on_defenders,
    table_of_rows,
)
from hrdresearch.tables import match_rows
from hrdresearch.vocab import label
from hrdresearch.vocab.regions import RegionScheme, region_scheme
from hrdresearch.vocab.states import short_name

TWO = 2  # years that do not follow one another are no range
FEW_REVIEWS = 0.1  # share of the largest source's reviews; a source with fewer has its own table


class UprStudy(Study):
    """The UPR study over one build of tables ``pairs``, ``recommendations`` and ``pledges``."""

    name = "upr"
    subject = "the Universal Periodic Review"
    table = PAIRS
    unit = "pairs"
    value_heading = "Pairs"
    list_heading = "Source"
    regions: RegionScheme

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Facts of the sources of recommendations; sources of context are not counted."""
        return [facts for facts in chosen if facts["table"] == PAIRS]

    def require_rows(self) -> None:
        """Leave out sources without a row in scope; ScopeError when no source has one."""
        super().require_rows()
        self.left_out = tuple(p.title for p in self.populations if not len(p.frame))
        self.populations = tuple(p for p in self.populations if len(p.frame))
        if self.only_list:  # its numbers are totals then
            self.populations = (replace(self.only_list, prefix=""),)
        self._counted: dict[tuple[str, str], Population] = {}
        reviews = {p.slug: self.reviewed_pairs(p)[REVIEW].nunique() for p in self.populations}
        least = FEW_REVIEWS * max(reviews.values())
        self.told_apart = tuple(p for p in self.populations if reviews[p.slug] < least)
        self.populations = tuple(p for p in self.populations if reviews[p.slug] >= least)

    @property
    def notes(self) -> tuple[SourceNote, ...]:
        """Source notes of all sources, also of those with few reviews."""
        return tuple(p.note for p in (*self.populations, *self.told_apart))

    def rows(self, *lists: str, labels: bool = False) -> pd.DataFrame:
        """Coded rows in the scope of this run, of all sources; see ``Study.rows``."""
        return rows_to_explore(self.build, (*self.populations, *self.told_apart), lists, labels)

    def over(self, populations: Iterable[Population]) -> Self:
        """Copy of the study over these sources only."""
        other = copy(self)
        other.populations = tuple(populations)
        counted = {p.slug for p in other.populations}
        other.told_apart = tuple(p for p in self.told_apart if p.slug not in counted)
        return other

    def over_all(self) -> Self:
        """Copy of the study over all its sources: for accounts of files, and the brief of a State."""
        return self.over((*self.populations, *self.told_apart))

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """Years of each source in scope, as printed; several sources are named: ``2008–2013 (X)``.

        A brief, which has two pages, names the first and the last year of all.
        """
        held = list(populations or self.populations)
        if len(held) > 1 and not self.is_brief:
            return "; ".join(f"{self.period([p])} ({p.title})" for p in held)
        years = sorted({int(y) for p in held for y in p.frame["review_year"].dropna().unique()})
        are_two_apart = len(years) == TWO and years[1] - years[0] > 1
        return " and ".join(map(str, years)) if are_two_apart else super().period(held)

    @property
    def is_brief(self) -> bool:
        """Whether the brief for one State is written, not the whole report."""
        return self.params.get("form") == "brief"

    @property
    def is_modelled(self) -> bool:
        """Whether a trained model gave action categories in scope."""
        return any((p.frame["action_given_by"] == "model").any() for p in self.populations)

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Cycle or sessions, region or State under review, recommending State."""
        self.regions = region_scheme(str(params.get("region_scheme", "report")))
        scope, self.defenders_named = scope_of_report(params, self.regions)
        return scope

    def rows_counted(self, p: Population, rows: str) -> Population:
        """A source with only the rows of this name in scope.

        rows: name of a table; with ``ON_DEFENDERS`` behind it, only the rows on defenders
        (``counts.filter_on_defenders``).
        """
        if (p.slug, rows) not in self._counted:
            self._counted[p.slug, rows] = self._select_rows(p, rows)
        return self._counted[p.slug, rows]

    def frame(self, p: Population, rows: str) -> pd.DataFrame:
        """Rows of this name of a source, in scope; see ``rows_counted``."""
        return self.rows_counted(p, rows).frame

    def count(self, population: Population, drafts: Sequence[CountDraft]) -> dict[str, Claim]:
        """Count drafts in one source, each over the rows that it names."""
        claims: dict[str, Claim] = {}
        for rows in dict.fromkeys(draft.rows for draft in drafts):
            counted = self.rows_counted(population, rows or PAIRS)
            claims |= count_claims(counted, [draft for draft in drafts if draft.rows == rows])
        return claims

    def reviewed_pairs(self, p: Population) -> pd.DataFrame:
        """All pairs of the reviews that a source has in scope, whoever recommended."""
        return self._rows_of_source(p, PAIRS, self._scope_of_reviews())

    def most_answers(self, p: Population) -> int:
        """Most recommendations on defenders of one action category with a known position."""
        frame = self.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
        known = frame[frame["response_code"].isin(ANSWERED)]
        return int(known[category_column(p)].value_counts().max()) if len(known) else 0

    # -- private ---------------------------------------------------------------------------

    def _select_rows(self, p: Population, rows: str) -> Population:
        table = table_of_rows(rows)
        if rows != table:
            every = self.rows_counted(p, table)
            chosen = {**filter_on_defenders(p), **self.defenders_named}
            frame = every.frame[match_rows(every.frame, chosen)]
            return replace(every, frame=frame, scope={**every.scope, **chosen})
        if table == PAIRS:
            return p
        is_text = table == RECOMMENDATIONS
        scope = (
            filter_of_recommendations(self.scope.filter) if is_text else self._scope_of_reviews()
        )
        return replace(p, frame=self._rows_of_source(p, table, scope), scope=scope, table=table)

    def _rows_of_source(self, p: Population, table: str, scope: Mapping[str, Any]) -> pd.DataFrame:
        frame = self.build.table(table)
        return frame[(frame["source"] == p.slug) & match_rows(frame, scope)]

    def _scope_of_reviews(self) -> dict[str, Any]:
        return {c: wanted for c, wanted in self.scope.filter.items() if c != "recommending_iso3"}


def scope_of_report(
    params: Mapping[str, Any], regions: RegionScheme
) -> tuple[Scope, dict[str, Any]]:
    """The scope of a report, and the filter of identity and cause of those on defenders.

    params: parameters of the study, as in ``study.yml``. regions: scheme in which ``region`` is a
    code. Raises ScopeError for a brief without a State, sessions in the wrong order, or a region
    that the scheme does not have.
    """
    if params.get("form") == "brief" and params.get("state", "all") == "all":
        raise ScopeError("form=brief writes the brief for one State: give state=ISO3 too")
    narrowing = Narrowing(params)
    if params.get("cycle") is not None:
        narrowing.filter["cycle"] = int(params["cycle"])
        narrowing.words.append(f"cycle {params['cycle']}")
    narrowing.from_to(
        "session",
        "session",
        lambda first, last: f"sessions {first or 'first'}–{last or 'last'}",
    )
    narrowing.state_or_region(regions, "States under review in {}", "State under review {}")
    sender = str(params.get("recommending_state", "all"))
    if sender != "all":
        narrowing.filter["recommending_iso3"] = sender
        narrowing.words.append(f"recommended by {short_name(sender)}")
    named: dict[str, Any] = {}
    for axis in ("identity", "cause"):
        code = str(params.get(axis, "all"))
        if code != "all":
            named[f"{axis}_codes"] = code
            narrowing.words.append(f"defenders: {label(axis, code)}")
    return narrowing.scope(), named
