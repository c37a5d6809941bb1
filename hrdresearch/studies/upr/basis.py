"""What every finding on the Universal Periodic Review counts: pairs, recommendations, pledges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.studies.ground.study import Scope, Study
from hrdresearch.studies.upr import scope as upr_scope
from hrdresearch.studies.upr.counts import ANSWERED, Counts, Units, of_texts
from hrdresearch.tables import select
from hrdresearch.vocab.states import RegionScheme, region_scheme

PAIRS, RECOMMENDATIONS, PLEDGES = "pairs", "recommendations", "pledges"


class UprStudy(Study):
    """The UPR study over one build of tables ``pairs`` and ``recommendations``."""

    name = "upr"
    table = PAIRS
    unit = "pairs"
    value_heading = "Pairs"

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Sources of recommendations; sources of context stand beside."""
        return [facts for facts in chosen if facts["table"] == PAIRS]

    def require_rows(self) -> None:
        """ScopeError when the scope leaves no row; sources without a row in scope are left out."""
        super().require_rows()
        self.left_out = tuple(p.title for p in self.populations if not len(p.frame))
        self.populations = tuple(p for p in self.populations if len(p.frame))
        if self.only_list:  # its numbers are totals then
            self.populations = (replace(self.only_list, prefix=""),)

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

    def _narrowed(self, p: Population, unit: str) -> Counts:
        frame = p.frame[select(p.frame, self.on_defenders)]
        return Counts(self, replace(p, frame=frame, scope={**p.scope, **self.on_defenders}), unit)
