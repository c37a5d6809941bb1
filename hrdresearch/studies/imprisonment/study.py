"""Long-term imprisonment: sentences, charges as brought, time served, calls for release.

Paragraphs 7 (d), 33 and 50 of A/75/165; "long term" as in the summary of A/76/143. The study
counts two tables and never adds their numbers: censuses (``study.census``), and spells of detention
with dates (``study.detained``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell, Finding
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.populations import with_list_names
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.imprisonment import in_brief
from hrdresearch.studies.imprisonment.census import CensusPart
from hrdresearch.studies.imprisonment.detained import DetainedPart
from hrdresearch.studies.imprisonment.last_census_sentences import last_census_in_sum
from hrdresearch.studies.imprisonment.opinions import OpinionsPart
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.count_tables import text_columns


class Imprisonment(Study):
    """The study of imprisonment over one build: a part for each of its two tables."""

    name = "imprisonment"
    subject = "imprisonment"
    table = "census"
    unit = "persons"

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        self.census = CensusPart(build, params)
        self.detained = DetainedPart(build, params)
        self.opinions = OpinionsPart(build, params)
        self.build, self.params = build, dict(params)
        self.scope, self.policy = self.census.scope, self.census.policy
        self.is_demo, self.regions = self.census.is_demo, self.census.regions
        parts = (self.census, self.detained, self.opinions)
        self.populations = with_list_names(*(p for part in parts for p in part.populations))
        self.require_rows()

    def card(self) -> Finding:
        """Parameters of the run, and the words of its scope, for the text of the report."""
        parts = (self.census.is_present, self.detained.is_present)
        scope = {
            "long_term_years": str(self.census.threshold),
            "as_of_day": self.detained.as_of_words,
            "last_census": self.census.last_census_words,
            **self.scope_words(),
            **self.state_and_region_words(),
        }
        flags = {
            "scope.one_list": self.only_list is not None,
            "scope.census": parts[0],
            "scope.detentions": parts[1],
            "scope.both": all(parts),
            "scope.all_states": self.only_state is None,
            "scope.withheld": any(
                not p.policy.prints_exact_numbers
                for part in (self.census, self.detained)
                for p in part.populations
            ),
            "scope.as_of": self.detained.as_of is not None,
            "scope.death_sentences": bool(self.census.death_sentences().statements),
            "scope.charges_of_detained": bool(self.detained.by_pretext().rows),
            "scope.course_recorded": any(
                finding.rows
                for finding in (
                    self.detained.by_stage(),
                    self.detained.by_measure(),
                    self.detained.by_place(),
                )
            ),
            "scope.opinions": self.opinions.is_present or bool(self.detained.wgad().rows),
            "scope.deaths": bool(self.detained.deaths().statements),
        }
        return self.run_card(scope, flags)

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """Years of the censuses, and years in which the detentions began; each list has its own."""
        parts = (
            ("censuses of ", self.census),
            ("detentions begun in ", self.detained),
            ("opinions of ", self.opinions),
        )
        told = []
        for words, part in parts:
            own = [p for p in populations or part.populations if p.table == part.table]
            if own and any(p.has_cases for p in own):
                years = part.period(own)
                told.append(f"{words}{years}" if years[:1].isdigit() else f"detentions, {years}")
        return "; ".join(told) or self.no_year

    def by_source(self) -> Finding:
        """A table with a row for each list: what one of its rows is, and what the list counts."""
        kinds = {
            "census": "A person on a census day",
            "detentions": "A spell of detention",
            "opinions": "An opinion of the Working Group",
        }
        rows = [
            [Cell(text=p.title), Cell(text=kinds[p.table]), Cell(text=p.note.population)]
            for p in self.populations
        ]
        columns = text_columns(label="List", row="What a row is", definition="What it counts")
        return self.finding("by_source", "What each list counts", columns, rows, (), unit="")

    def who_is_a_defender(self) -> Finding:
        """Text that no list says which of the persons held are human rights defenders; no numbers."""
        counted = join_with_and(
            [
                f"{p.list_in_prose} counts {p.plural}"
                + ", as its owner defines them" * bool(p.owner)
                for p in self.populations
                if p.table != "opinions"
            ]
        )
        text = (
            f"{counted[:1].upper()}{counted[1:]}; who of them is a human rights defender, and held for "
            "such work, no list assesses case by case."
        )
        return self.finding(
            "who_is_a_defender", "Who is a human rights defender", (), (), (), statements=(text,)
        )

    def conclusions(self) -> Finding:
        """Summary of the last census, with the numbers of its findings; text only."""
        made = [self.census.last_census(), self.census.last_charges()]
        longest = self.census.longest_unsentenced()
        claims = {c.name: c for f in (*made, longest) for c in f.claims}
        texts = [
            text
            for p in self.census.populations
            if (text := last_census_in_sum(p, claims)) and p.has_cases
        ]
        return self.finding(
            "conclusions", "What the last census says", (), (), claims.values(), statements=texts
        )

    quality = quality_finding

    def held(self) -> Finding:
        """In a brief on one State: who is held, in sentences."""
        return in_brief.held(self, self.census, self.detained)

    def glance(self) -> Finding:
        """In a brief: each list with its persons."""
        return in_brief.glance(self, self.census, self.detained)


STUDY = Imprisonment
