"""Killings of human rights defenders: extent and nature, over lists that are never added.

Paragraphs 7 (c), 30, 50, 55 and 91 (b) of A/75/165. Counts are victims documented by the lists,
not killings that occurred; nothing here speaks of trends in the violence itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.studies.base import LAST_CODES, Scope, ScopeError, Study
from hrdresearch.studies.compare import overlap_finding, published_finding, quality_finding
from hrdresearch.studies.extent import extent_finding
from hrdresearch.studies.side_by_side import (
    counts_by_state,
    counts_by_state_year,
    counts_by_year,
    side_by_side_finding,
    side_by_side_years_finding,
    value_columns,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import RegionScheme, region_scheme, short_name

MOTIVES = {"confirmed": ["confirmed"], "confirmed_or_suspected": ["confirmed", "suspected"]}


def _known_codes(vocabulary: str) -> list[str]:
    return [c for c in codes(vocabulary) if c not in LAST_CODES]


MINIMUM_RECORD: dict[str, tuple[str, dict[str, Any]]] = {
    "status": (
        "Status of the victim assessed by the list",
        {"defender_basis_code": ["mandate", "source_definition", "recorded_leader"]},
    ),
    "sex": ("Sex or gender", {"sex_code": _known_codes("sex")}),
    "age": ("Age or age group", {"age_group_code": _known_codes("age_group")}),
    "day": ("Day of the killing", {"event_date_precision": "day"}),
    "place": ("Place below the State", {"admin1_name": {"recorded": True}}),
    "perpetrator": (
        "Kind of alleged perpetrator",
        {"perpetrator_codes": _known_codes("perpetrator")},
    ),
    "motive": (
        "Link with the work, confirmed or suspected",
        {"motive_link_code": ["confirmed", "suspected"]},
    ),
}


class Killings(Study):
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
            words.append(f"years {first or 'first'}–{last or 'last'}")
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
        return self.finding("by_state_year", "Victims documented by State and year", (), (), claims)

    def side_by_side(self) -> Finding:
        """States that several lists cover: what each counts there."""
        return side_by_side_finding(self)

    def side_by_side_years(self) -> Finding:
        """The same by year, for the few States that most lists cover."""
        return side_by_side_years_finding(self)

    def by_sex(self) -> Finding:
        """Victims by sex or gender as recorded; never inferred from a name."""
        return self.tabulate(
            "by_sex",
            "Victims by sex or gender as recorded",
            "sex_code",
            "sex",
            asked_as="sex_code",
            unknown=("unknown", "not_recorded"),
        )

    def by_age_group(self) -> Finding:
        """Children and adults, where the age is recorded."""
        return self.tabulate(
            "by_age_group",
            "Victims by age group",
            "age_group_code",
            "age_group",
            asked_as="age_years",
        )

    def by_identity(self) -> Finding:
        """Victims by identity (first axis); a victim may have several."""
        return self.tabulate(
            "by_identity",
            "Victims by identity as recorded",
            "identity_codes",
            "identity",
            asked_as="identity_codes",
            notes=(
                "A victim may have several identities; shares may add up to more than a "
                "hundred. Identity and the cause defended are two axes, never merged.",
            ),
        )

    def by_cause(self) -> Finding:
        """Victims by cause defended (second axis); a victim may have defended several."""
        return self.tabulate(
            "by_cause",
            "Victims by cause defended",
            "cause_codes",
            "cause",
            asked_as="cause_codes",
            notes=(
                "A victim may have defended several causes. Where a list is about one cause "
                "by its definition, every row carries it.",
            ),
        )

    def by_sector(self) -> Finding:
        """Business sector that the list connects with the case; connected is not complicit."""
        return self.tabulate(
            "by_sector",
            "Victims by business sector connected with the case",
            "sector_code",
            "sector",
            asked_as="sector_code",
            notes=("Connected with the case by the list; this is no finding of complicity.",),
        )

    def by_perpetrator(self) -> Finding:
        """Kind of perpetrator alleged; individuals are never named."""
        return self.tabulate(
            "by_perpetrator",
            "Victims by kind of alleged perpetrator",
            "perpetrator_codes",
            "perpetrator",
            asked_as="perpetrator_codes",
            notes=("As alleged by the list; no finding of a court. A case may have several.",),
        )

    def by_death_type(self) -> Finding:
        """Type of death as the list classes it."""
        return self.tabulate(
            "by_death_type",
            "Victims by type of death",
            "death_type_code",
            "death_type",
            asked_as="death_type_code",
        )

    def by_motive_link(self) -> Finding:
        """Link between the killing and the work: confirmed, suspected, not assessed."""
        return self.tabulate(
            "by_motive_link",
            "Victims by link with their work",
            "motive_link_code",
            "motive_link",
            unknown=(),
        )

    def by_defender_basis(self) -> Finding:
        """On what basis the victim is called a defender."""
        return self.tabulate(
            "by_defender_basis",
            "Victims by basis for the word defender",
            "defender_basis_code",
            "defender_basis",
            unknown=(),
        )

    def threats(self) -> Finding:
        """Threats before the killing, over the cases in which the list asked."""
        return self.tabulate(
            "threats",
            "Threats before the killing by answer",
            "threats_before",
            "asked_fact",
            asked_as="threats_before",
            known_words="cases in which the list asked and the answer is known",
            notes=(
                "Over the cases in which the list asked; for the others the answer was not "
                "collected, which does not mean no.",
            ),
        )

    def impunity(self) -> Finding:
        """Accountability, over the cases in which the list asked."""
        return self.tabulate(
            "impunity",
            "Accountability for the killing by class",
            "impunity_code",
            "impunity",
            asked_as="impunity_code",
            known_words="cases that the list classed",
            notes=(
                "As classed by the list at the date of its publication, over the cases in "
                "which it asked.",
            ),
        )

    def by_setting(self) -> Finding:
        """Rural or remote, where recorded or part of the list's definition."""
        return self.tabulate(
            "by_setting",
            "Victims by setting of the killing",
            "setting_code",
            "setting",
            asked_as="setting_code",
        )

    def place(self) -> Finding:
        """For how many victims the place is known below the level of the State."""
        made = {
            p.slug: self.count(
                p,
                [
                    Draft(
                        "place.known",
                        f"{p.title}: first-level division recorded",
                        {"admin1_name": {"recorded": True}},
                    ),
                    Draft(
                        "place.not_known",
                        f"{p.title}: State known, but no first-level division",
                        {"admin1_name": {"recorded": False}},
                    ),
                ],
            )
            for p in self.populations
        }
        rows = [
            [Cell(text=words), *(Cell(claim=made[p.slug][key].name) for p in self.populations)]
            for words, key in (
                ("First-level division recorded", "place.known"),
                ("State only", "place.not_known"),
            )
        ]
        return self.finding(
            "place",
            "Victims by what is known of the place",
            [Column("label", "Place", "label"), *value_columns(self)],
            rows,
            [c for m in made.values() for c in m.values()],
            notes=(
                "First-level divisions as recorded by the list; regions and parks that are no "
                "such division do not count as recorded.",
            ),
        )

    def completeness(self) -> Finding:
        """For how many victims the minimum record of indicator 16.10.1 is there, field by field."""
        made = {
            p.slug: self.count(
                p,
                [
                    Draft(f"completeness.{key}", f"{p.title}: {words}", filter_)
                    for key, (words, filter_) in MINIMUM_RECORD.items()
                ],
            )
            for p in self.populations
        }
        rows = [
            [
                Cell(text=words),
                *(Cell(claim=made[p.slug][f"completeness.{key}"].name) for p in self.populations),
            ]
            for key, (words, _) in MINIMUM_RECORD.items()
        ]
        return self.finding(
            "completeness",
            "Victims for whom each part of the minimum record is there",
            [Column("label", "Part of the record", "label"), *value_columns(self)],
            rows,
            [c for m in made.values() for c in m.values()],
            notes=(
                "Parts of the minimum record of indicator 16.10.1 of the Sustainable "
                "Development Goals, as far as lists can hold them.",
            ),
        )

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


def _listed(names: Sequence[str]) -> str:
    """``A, B and C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


STUDY = Killings
