"""Long-term imprisonment: sentences, pretexts, time served, and who should be released.

Paragraphs 7 (d), 33 and 50 of A/75/165; "long term" as A/76/143 defines it. Two tables that are
never added: censuses (``study.census``) and spells of detention with dates (``study.detained``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Population
from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.studies.base import Study
from hrdresearch.studies.build import Build
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.imprisonment.census import CensusPart
from hrdresearch.studies.imprisonment.detained import DetainedPart
from hrdresearch.tables import TABLES
from hrdresearch.vocab.states import short_name


class Imprisonment(Study):
    """The study over one build: a part for each table, and what the page says of both."""

    name = "imprisonment"
    table = "census"
    unit = "persons"

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        self.census = CensusPart(build, params)
        self.detained = DetainedPart(build, params)
        self.build, self.params = build, dict(params)
        self.scope, self.policy = self.census.scope, self.census.policy
        self.is_demo = self.census.is_demo
        self.populations = (*self.census.populations, *self.detained.populations)
        self.refuse_empty()

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year of the censuses and of the beginnings of detention."""
        years = pd.concat(
            [p.frame[str(TABLES[p.table].year_column)] for p in populations or self.populations]
        ).dropna()
        if years.empty:
            return "no year recorded"
        first, last = int(years.min()), int(years.max())
        return str(first) if first == last else f"{first}–{last}"

    def card(self) -> Finding:
        """Parameters and names for the prose: period, State, region, scope, lists."""
        state = str(self.params.get("state") or "all")
        region = str(self.params.get("region") or "all")
        regions = self.census.regions
        parameters = {key: str(value) for key, value in self.params.items() if value is not None}
        scope = {
            "long_term_years": str(self.census.threshold),
            "as_of_day": self.detained.as_of_words,
            "period": self.period(),
            "scope": self.scope.words or "everything that the lists hold",
            "scope_title": self.scope.words,
            "lists": _listed([p.title for p in self.populations]),
            "state_name": short_name(state) if state != "all" else "all States",
            "region_name": regions.labels.get(region, "all regions"),
            "region_scheme_title": regions.title,
        }
        parameters.pop("long_term_years", None)
        flags = {
            "scope.one_list": self.one is not None,
            "scope.census": self.census.is_present,
            "scope.detentions": self.detained.is_present,
            "scope.both": self.census.is_present and self.detained.is_present,
            "scope.all_states": state == "all",
            "scope.withheld": not self.policy.is_exempt,
        }
        return self.study_card(
            parameters | {"region_scheme": regions.name},
            scope,
            [name for name, holds in flags.items() if holds],
        )

    def by_source(self) -> Finding:
        """What each list counts, and what its rows are."""
        kinds = {"census": "A person on a census day", "detentions": "A spell of detention"}
        rows = [
            [Cell(text=p.title), Cell(text=kinds[p.table]), Cell(text=p.note.population)]
            for p in self.populations
        ]
        columns = [
            Column("label", "List", "label"),
            Column("row", "What a row is", "label"),
            Column("definition", "What it counts", "label"),
        ]
        return self.finding("by_source", "What each list counts", columns, rows, (), unit="")

    def quality(self) -> Finding:
        """Rows of each file: read, accepted, set aside; values corrected or doubted."""
        return quality_finding(self)


def _listed(names: list[str]) -> str:
    """``A, B and C``."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"


STUDY = Imprisonment
