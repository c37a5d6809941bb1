"""Human rights defenders in the Universal Periodic Review: who asks what of whom, and the answer.

Paragraphs 7 (i), 40, 68-70 and 91 (g) of A/75/165. Every count says its unit: recommendations, or
recommendation-State pairs. Supported is not implemented; a position in a draft is interim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies import (
    upr_answers,
    upr_asks,
    upr_brief,
    upr_drafting,
    upr_extent,
    upr_quality,
    upr_scope,
    upr_sources,
    upr_states,
)
from hrdresearch.studies.base import Scope, Study
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.upr_counts import ANSWERED, Counts, Units, as_printed, of_texts
from hrdresearch.tables import select
from hrdresearch.vocab.states import RegionScheme, region_scheme, short_name

PAIRS, RECOMMENDATIONS, PLEDGES = "pairs", "recommendations", "pledges"


class Upr(Study):
    """The UPR study over one build of tables ``pairs`` and ``recommendations``."""

    name = "upr"
    table = PAIRS
    unit = "pairs"
    counted = "Pairs"

    def own_facts(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Sources of recommendations; sources of context stand beside."""
        return [facts for facts in chosen if facts["table"] == PAIRS]

    def refuse_empty(self) -> None:
        """ScopeError when the scope leaves no row; sources without a row in scope are left out."""
        super().refuse_empty()
        self.left_out = tuple(p.title for p in self.populations if not len(p.frame))
        self.populations = tuple(p for p in self.populations if len(p.frame))
        if self.one:  # its numbers are totals then
            self.populations = (replace(self.one, prefix=""),)

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
        self.regions: RegionScheme = region_scheme(str(params.get("region_scheme", "report")))
        scope, self.on_defenders = upr_scope.read(params, self.regions)
        return scope

    def card(self) -> Finding:
        """Parameters and flags for the prose."""
        state = str(self.params.get("state") or "all")
        parameters = {k: str(v) for k, v in self.params.items() if v is not None}
        scope = {
            "period": self.period(),
            "scope": self.scope.words or "everything that the sources hold",
            "lists": " and ".join(p.title for p in self.populations),
            "state_name": short_name(state) if state != "all" else "all States",
            "region_scheme_title": self.regions.title,
            "left_out": " and ".join(self.left_out),
        }
        present = [flag for flag, holds in upr_scope.flags(self).items() if holds]
        return self.study_card(parameters | {"region_scheme": self.regions.name}, scope, present)

    # -- what is counted -------------------------------------------------------------------

    def all_pairs(self, p: Population) -> Counts:
        """Every pair of a source in scope."""
        return Counts(self, p, "pair")

    def defender_pairs(self, p: Population) -> Counts:
        """Pairs that are explicitly on defenders."""
        return self._narrowed(p, "pair")

    def all_recommendations(self, p: Population) -> Counts:
        """Every recommendation of a source in scope, once whatever the number of its States."""
        frame, scope = self.build.table(RECOMMENDATIONS), of_texts(self.scope.filter)
        frame = frame[(frame["source"] == p.slug) & select(frame, scope)]
        own = replace(p, frame=frame, scope=scope, table=RECOMMENDATIONS)
        return Counts(self, own, "recommendation")

    def defender_recommendations(self, p: Population) -> Counts:
        """Recommendations that are explicitly on defenders."""
        return self._narrowed(self.all_recommendations(p).population, "recommendation")

    def everything(self, p: Population) -> Units:
        """All that a source has in scope, in both units."""
        return Units(self.all_recommendations(p), self.all_pairs(p))

    def on_defenders_of(self, p: Population) -> Units:
        """What is explicitly on defenders, in both units."""
        return Units(self.defender_recommendations(p), self.defender_pairs(p))

    def held(self, p: Population) -> pd.DataFrame:
        """All pairs of the reviews that a source holds in scope, whoever recommended."""
        frame = self.build.table(PAIRS)
        scope = {c: w for c, w in self.scope.filter.items() if c != "recommending_iso3"}
        return frame[(frame["source"] == p.slug) & select(frame, scope)]

    def answers(self, p: Population) -> int:
        """Most recommendations on defenders of one action category with a known position."""
        frame = self.defender_recommendations(p).frame
        known = frame[frame["response_code"].isin(ANSWERED)]
        return int(known["action_code"].value_counts().max()) if len(known) else 0

    def pledges(self, p: Population) -> Counts:
        """Voluntary pledges of a source, apart from recommendations."""
        frame = self.build.table(PLEDGES)
        scope = {c: w for c, w in self.scope.filter.items() if c != "recommending_iso3"}
        frame = frame[(frame["source"] == p.slug) & select(frame, scope)]
        return Counts(self, replace(p, frame=frame, scope=scope, table=PLEDGES), "pledge")

    # -- findings --------------------------------------------------------------------------

    def extent(self) -> Finding:
        """Recommendations and pairs, all and on defenders, by source."""
        return self._page(upr_extent.extent(self))

    def sources_compared(self) -> Finding:
        """The same recommendation in two sources, and what differs."""
        return self._page(upr_sources.sources_compared(self))

    def documents(self) -> Finding:
        """What was found in each document that numbers its recommendations."""
        return self._page(upr_sources.documents(self))

    def by_cycle(self) -> Finding:
        """Share of all recommendations that are on defenders, a cycle each."""
        return self._page(upr_extent.by_cycle(self))

    def by_session(self) -> Finding:
        """Pairs on defenders by session of the Working Group."""
        return self._page(upr_extent.by_session(self))

    def index(self) -> Finding:
        """What the source's own index tags as on defenders."""
        return self._page(upr_extent.index(self))

    def responses(self) -> Finding:
        """Positions of States under review on recommendations on defenders."""
        return self._page(upr_answers.responses(self))

    def by_category(self) -> Finding:
        """Action category and the share supported, defenders beside all."""
        return self._page(upr_answers.by_category(self))

    def specificity(self) -> Finding:
        """Share of category 5 over groups of sessions."""
        return self._page(upr_answers.specificity(self))

    def first_five(self) -> Finding:
        """Acceptance by category in the first five sessions beside the published figures."""
        return self._page(upr_answers.first_five(self))

    def asks(self) -> Finding:
        """What is asked of States under review."""
        return self._page(upr_asks.asks(self))

    def women(self) -> Finding:
        """Women defenders, and the two axes of identity and cause."""
        return self._page(upr_asks.women(self))

    def unspecific(self) -> Finding:
        """Supported, but not specific."""
        return self._page(upr_answers.unspecific(self))

    def repeats(self) -> Finding:
        """Requests made again in a later cycle, and what became of them."""
        return self._page(upr_asks.repeats(self))

    def flows(self) -> Finding:
        """From region to region."""
        return self._page(upr_states.flows(self))

    def recommending(self) -> Finding:
        """Who recommends, over the reviews in which it could."""
        return self._page(upr_states.recommending(self))

    def receiving(self) -> Finding:
        """Who receives, over its reviews, with a map."""
        return self._page(upr_states.receiving(self))

    def brief(self) -> Finding:
        """For one State: what was asked, by whom, answered how, asked again when."""
        return upr_brief.brief(self)

    def brief_facts(self) -> Finding:
        """For one State: its numbers beside those of all States in the build."""
        return as_printed(upr_brief.facts(self))

    def context(self) -> Finding:
        """For one State: ratifications and indicators of sources of context."""
        return upr_brief.context(self)

    def drafting(self) -> Finding:
        """Kinds of recommendation, and how many are supported and specific."""
        return self._page(upr_drafting.drafting(self))

    def drafting_intervals(self) -> Finding:
        """The shares of the table for drafting States, with their intervals, as a figure."""
        return self._page(upr_drafting.intervals(self, upr_drafting.drafting(self)))

    def coding(self) -> Finding:
        """Agreement of the coding with the source's own index."""
        return self._page(upr_quality.coding(self))

    def coding_elsewhere(self) -> Finding:
        """Agreement that this project measured on an index."""
        return self._page(upr_quality.elsewhere(self))

    def languages(self) -> Finding:
        """Languages of the texts, and which vocabularies are validated."""
        return self._page(upr_quality.languages(self))

    def quality(self) -> Finding:
        """What happened to the rows of each file."""
        return self._page(quality_finding(self))

    def _page(self, finding: Finding) -> Finding:
        """The finding as it stands in a report; in a brief only its numbers, for the prose."""
        if self.is_brief:
            return replace(finding, rows=(), statements=())
        return as_printed(finding)

    def _narrowed(self, p: Population, unit: str) -> Counts:
        frame = p.frame[select(p.frame, self.on_defenders)]
        return Counts(self, replace(p, frame=frame, scope={**p.scope, **self.on_defenders}), unit)


STUDY = Upr
