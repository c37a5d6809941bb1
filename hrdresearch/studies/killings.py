"""Killings of human rights defenders: extent and nature, over lists that are never added.

Paragraphs 7 (c), 30, 50, 55 and 91 (b) of A/75/165. Counts are victims documented by the lists,
not killings that occurred; nothing here speaks of trends in the violence itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.studies.base import Scope, ScopeError
from hrdresearch.studies.case_breakdowns import CaseBreakdowns
from hrdresearch.studies.compare import overlap_finding, published_finding, quality_finding
from hrdresearch.studies.extent import extent_finding
from hrdresearch.studies.side_by_side import (
    counts_by_state,
    counts_by_state_year,
    counts_by_year,
    not_listed,
    side_by_side_finding,
    side_by_side_years_finding,
    value_columns,
)
from hrdresearch.vocab import label
from hrdresearch.vocab.states import RegionScheme, region_scheme, short_name

MOTIVES = {"confirmed": ["confirmed"], "confirmed_or_suspected": ["confirmed", "suspected"]}


class Killings(CaseBreakdowns):
    """The killings study over one build of table ``cases``."""

    name = "killings"
    table = "cases"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Years, region or State, sex, identity, cause and motive, as one row filter."""
        self.regions: RegionScheme = region_scheme(str(params.get("region_scheme", "report")))
        filter_: dict[str, Any] = {}
        words: list[str] = []
        first, last = params.get("year_from"), params.get("year_to")
        if first is not None and last is not None and int(first) > int(last):
            raise ScopeError(f"year_from {first} is after year_to {last}")
        if first is not None or last is not None:
            filter_["event_year"] = {"from": first, "to": last}
            words.append(_years_in_words(first, last))
        if params.get("region", "all") != "all":
            code = str(params["region"])
            if code not in self.regions.labels:
                raise ScopeError(
                    f"region={code!r}: scheme {self.regions.name} has "
                    f"{', '.join(self.regions.labels)}"
                )
            filter_["state_iso3"] = [i for i, r in self.regions.of.items() if r == code]
            words.append(self.regions.labels[code])
        if params.get("state", "all") != "all":
            filter_["state_iso3"] = str(params["state"])
            words.append(short_name(str(params["state"])))
        for key, column, vocabulary in (
            ("sex", "sex_code", "sex"),
            ("identity", "identity_codes", "identity"),
            ("cause", "cause_codes", "cause"),
        ):
            if params.get(key, "all") != "all":
                filter_[column] = str(params[key])
                words.append(label(vocabulary, str(params[key])))
        if params.get("motive_link", "all") != "all":
            filter_["motive_link_code"] = MOTIVES[str(params["motive_link"])]
            words.append(f"link with the work {str(params['motive_link']).replace('_', ' ')}")
        return Scope(filter_, "; ".join(words))

    def card(self) -> Finding:
        """Parameters and names for the prose: period, State, region, scope, lists."""
        state = str(self.params.get("state") or "all")
        region = str(self.params.get("region") or "all")
        parameters = {key: str(value) for key, value in self.params.items() if value is not None}
        scope = {
            "period": self.period(),
            "scope": self.scope.words or "everything that the lists hold",
            "scope_title": self.scope.words,
            "lists": _listed([p.title for p in self.populations]),
            "state_name": short_name(state) if state != "all" else "all States",
            "region_name": self.regions.labels.get(region, "all regions"),
            "region_scheme_title": self.regions.title,
        }
        flags = [
            name
            for name, holds in (
                ("scope.one_list", self.one is not None),
                ("scope.several_lists", self.one is None),
                ("scope.one_state", state != "all"),
                ("scope.all_states", state == "all"),
                ("scope.withheld", not self.policy.is_exempt),
            )
            if holds
        ]
        return self.study_card(parameters | {"region_scheme": self.regions.name}, scope, flags)

    def extent(self) -> Finding:
        """Victims, events (a range where the list has no event identifier), States, motive."""
        return extent_finding(self)

    def by_source(self) -> Finding:
        """What each list counts, on what basis, and how it is graded: why they differ."""
        rows = [
            [
                Cell(text=p.title),
                Cell(text=p.note.population),
                Cell(text=self._most(p, "defender_basis_code", "defender_basis")),
                Cell(text=self._most(p, "source_reliability_code", "source_reliability")),
                Cell(text=self._most(p, "source_independence_code", "source_independence")),
            ]
            for p in self.populations
        ]
        columns = [
            Column("label", "List", "label"),
            Column("definition", "What it counts", "label"),
            Column("basis", "Basis for the word defender", "label"),
            Column("reliability", "Reliability", "label"),
            Column("independence", "Independence", "label"),
        ]
        return self.finding(
            "by_source", "What each list counts, and how it is graded", columns, rows, (), unit=""
        )

    def by_year(self) -> Finding:
        """Victims by year of the event; zero within a list's period, empty outside it."""
        made = {p.slug: counts_by_year(self, p) for p in self.populations}
        every = sorted({year for years in made.values() for year in years})
        rows = [
            [
                Cell(text=year.replace("_", " ").capitalize()),
                *(
                    Cell(claim=made[p.slug][year].name)
                    if year in made[p.slug]
                    else Cell(text="not covered")
                    for p in self.populations
                ),
            ]
            for year in every
        ]
        columns = [Column("label", "Year", "label"), *value_columns(self)]
        return self.finding(
            "by_year",
            "Victims documented by year",
            columns,
            rows,
            [c for years in made.values() for c in years.values()],
            drawing=self._drawing("columns"),
            notes=(
                "Counts show what the lists documented. Documentation may have changed from year "
                "to year; a difference between years is no measure of a change in the violence.",
                *(f"Coverage of {p.title}: {p.coverage}" for p in self.populations),
            ),
        )

    def by_region(self) -> Finding:
        """Victims by region of the chosen scheme."""
        groups = {
            code: [iso3 for iso3, of in self.regions.of.items() if of == code]
            for code in self.regions.labels
        }
        made = {
            p.slug: self.count(
                p,
                [
                    Draft(
                        f"by_region.{code}",
                        f"{p.title}: {self.regions.labels[code]}",
                        {"state_iso3": members},
                    )
                    for code, members in groups.items()
                ],
            )
            for p in self.populations
        }
        rows = [
            [
                Cell(text=self.regions.labels[code], vocabulary="region"),
                *(Cell(claim=made[p.slug][f"by_region.{code}"].name) for p in self.populations),
            ]
            for code in groups
        ]
        return self.finding(
            "by_region",
            "Victims documented by region",
            [Column("label", "Region", "label"), *value_columns(self)],
            rows,
            [c for m in made.values() for c in m.values()],
            drawing=self._drawing("bars" if self.one else "table"),
            notes=(self.regions.note,) if self.regions.note else (),
        )

    def by_state(self) -> Finding:
        """Victims by State or territory of the act, with a map; no ranking is implied."""
        made = {p.slug: counts_by_state(self, p) for p in self.populations}
        every = sorted({iso3 for m in made.values() for iso3 in m}, key=short_name)
        rows = [
            [
                Cell(text=iso3),
                Cell(text=short_name(iso3), vocabulary="state"),
                *(
                    Cell(claim=made[p.slug][iso3].name) if iso3 in made[p.slug] else Cell(text="–")
                    for p in self.populations
                ),
            ]
            for iso3 in every
        ]
        columns = [
            Column("iso3", "ISO3", "code"),
            Column("label", "State or territory", "label"),
            *value_columns(self),
        ]
        values = tuple(c.key for c in value_columns(self))
        return self.finding(
            "by_state",
            "Victims documented by State or territory",
            columns,
            rows,
            [c for m in made.values() for c in m.values()],
            drawing=Drawing("map", "iso3", values, panels=not self.one),
            notes=(
                "States stand in alphabetical order: coverage differs between States, so the "
                "counts do not rank them. A State without a case in a list may have had cases.",
            ),
        )

    def by_state_year(self) -> Finding:
        """Victims by State and year; claims ``by_state_year.mex.2021``, cells above zero only."""
        claims = [c for p in self.populations for c in counts_by_state_year(self, p).values()]
        claims += not_listed(self)
        return self.finding("by_state_year", "Victims documented by State and year", (), (), claims)

    def side_by_side(self) -> Finding:
        """States that several lists cover: what each counts there."""
        return side_by_side_finding(self)

    def side_by_side_years(self) -> Finding:
        """The same by year, for the few States that most lists cover."""
        return side_by_side_years_finding(self)

    def published(self) -> Finding:
        """Published totals beside computed ones, each with its citation and how it is known."""
        return published_finding(self)

    def overlap(self) -> Finding:
        """How many full names stand in two lists: why lists are never added."""
        return overlap_finding(self)

    def quality(self) -> Finding:
        """What happened to the rows of each file: accepted, set aside, corrected."""
        return quality_finding(self)

    # -- private ---------------------------------------------------------------------------

    def _most(self, p: Population, column: str, vocabulary: str) -> str:
        """Labels of a graded column in this list, without counts."""
        held = p.frame[column].drop_duplicates().tolist()
        return "; ".join(label(vocabulary, c) for c in held)


def _years_in_words(first: Any, last: Any) -> str:
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    return f"year {first}" if first == last else f"years {first}–{last}"


def _listed(names: Sequence[str]) -> str:
    """``A, B and C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


STUDY = Killings
