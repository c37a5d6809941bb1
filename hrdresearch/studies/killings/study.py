"""Documented killings: extent and nature, over lists that are never added.

Paragraphs 7 (c), 30, 50, 55, 56 and 91 (b) of A/75/165. Counts are victims documented by the lists,
not killings that occurred; nothing here speaks of trends in the violence itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_COVERED, NOT_IN_PLAN
from hrdresearch.findings.make_claims import CountDraft, Population, add_claims
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.findings.sentences import claims_of_sentences, paragraphs_of_sentences
from hrdresearch.studies.ground.scope import Scope
from hrdresearch.studies.killings import in_brief, status_of_cases
from hrdresearch.studies.killings.breakdowns import CaseBreakdowns
from hrdresearch.studies.killings.by_division import by_division_finding
from hrdresearch.studies.killings.by_groups import (
    impunity_by_group_finding,
    impunity_by_sex_finding,
    motive_link_by_group_finding,
    threats_by_group_finding,
    threats_by_sex_finding,
    women_by_group_finding,
)
from hrdresearch.studies.killings.disagreements import disagreements_finding
from hrdresearch.studies.killings.documented_by import (
    documented_by_finding,
    sources_per_case_finding,
)
from hrdresearch.studies.killings.pairs_of_lists import pairs_of_lists_finding
from hrdresearch.studies.killings.several_victims import several_victims_finding
from hrdresearch.studies.killings.single_source import single_source_finding
from hrdresearch.studies.killings.undocumented import undocumented_finding
from hrdresearch.studies.killings.union import listed_elsewhere_finding, union_finding
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.by_year_and_state import (
    counts_by_state,
    counts_by_state_year,
    counts_by_year,
    notes_on_years_not_covered,
    side_by_side_finding,
    side_by_side_years_finding,
    states_with_a_case,
)
from hrdresearch.studies.shapes.count_tables import (
    column_heads,
    state_cell,
    text_columns,
    value_columns,
)
from hrdresearch.studies.shapes.extent import extent_finding
from hrdresearch.studies.shapes.published import published_finding
from hrdresearch.studies.shapes.released import (
    by_area_finding,
    by_period_finding,
    medians_finding,
)
from hrdresearch.studies.shapes.side_by_side_tables import counts_side_by_side, lists_side_by_side
from hrdresearch.studies.shapes.year_and_state_sentences import (
    region_sentences,
    sentence_on_lists_of_one_state,
    state_sentences,
    year_sentences,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.regions import RegionScheme


class Killings(CaseBreakdowns):
    """The killings study over one build of table ``cases``."""

    name = "killings"
    subject = "killings"
    table = "cases"
    noun_of_years = "killings"
    coded_parameters = (
        ("sex", "sex_code"),
        ("identity", "identity_codes"),
        ("cause", "cause_codes"),
    )
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Years, region or State, sex, identity, cause and link with the work, as one row filter."""
        return self.narrowing(params).motive_link().scope()

    def card(self) -> Finding:
        """Parameters and names for the prose: period, State, region, scope, lists."""
        is_one_state = self.only_state is not None
        flags = {
            "scope.one_list": self.only_list is not None,
            "scope.several_lists": self.only_list is None,
            "scope.one_state": is_one_state,
            "scope.all_states": not is_one_state,
            "scope.withheld": not self.policy.prints_exact_numbers,
        }
        return self.run_card(self.scope_words() | self.state_and_region_words(), flags)

    extent = extent_finding

    def by_source(self) -> Finding:
        """What each list counts, on what basis, and whether it documents itself: why they differ."""
        rows = [
            [
                Cell(text=p.title),
                Cell(text=p.note.population),
                Cell(text=self._most(p, "defender_basis_code", "defender_basis")),
                Cell(text=self._most(p, "source_independence_code", "source_independence")),
            ]
            for p in self.populations
        ]
        columns = text_columns(
            label="List",
            definition="What it counts",
            basis="Basis for the word defender",
            independence="How compiled",
        )
        return self.finding(
            "by_source",
            "What each list counts, and how it is compiled",
            columns,
            rows,
            (),
            unit="",
        )

    def by_year(self) -> Finding:
        """Victims by year of the event; zero within what a list covers, not covered outside it."""
        made = {p.slug: counts_by_year(self, p) for p in self.populations}
        said = [year_sentences(p, made[p.slug]) for p in self.populations]
        every = sorted({year for years in made.values() for year in years})

        return lists_side_by_side(
            self,
            "by_year",
            "Victims documented by year",
            column_heads("Year"),
            [((year.replace("_", " ").capitalize(),), year) for year in every],
            made,
            missing=NOT_COVERED,
            drawing=self.columns_by_year(),
            beside=claims_of_sentences(said),
            statements=paragraphs_of_sentences(said),
            notes=(
                "Counts show what the lists documented. Documentation may have changed from year "
                "to year; a difference between years is no measure of a change in the violence. The "
                "last year of a list may be covered in part.",
                *(note for p in self.populations for note in notes_on_years_not_covered(p)),
            ),
        )

    def by_region(self) -> Finding:
        """Victims by region of the chosen scheme."""
        finding = counts_side_by_side(
            self,
            "by_region",
            "Victims documented by region",
            "Region",
            [
                (
                    Cell(text=words, vocabulary="region"),
                    CountDraft(
                        f"by_region.{code}", words, {"state_iso3": self.regions.members(code)}
                    ),
                )
                for code, words in self.regions.labels.items()
                if self._is_in_scope(self.regions.members(code))
            ],
            drawing=self._drawing("bars" if self.only_list else "table"),
            notes=self.regions.notes,
        )
        said = []
        for p in self.populations:
            counts = {
                c: finding.by_name.get(p.claim_name(f"by_region.{c}")) for c in self.regions.labels
            }
            said.append(
                region_sentences(
                    self, p, self.regions.labels, {c: k for c, k in counts.items() if k}
                )
            )
        made = replace(
            add_claims(finding, *claims_of_sentences(said)),
            statements=paragraphs_of_sentences(said),
        )
        return self._beyond_one_state(made)

    def by_state(self) -> Finding:
        """Victims by State or territory of the act, with a map; no ranking is implied."""
        every = states_with_a_case(self)
        made = {p.slug: counts_by_state(self, p, every) for p in self.populations}
        said = [state_sentences(self, p, made[p.slug]) for p in self.populations]
        values = tuple(c.key for c in value_columns(self))
        widely = self.params.get("state", "all") in ("all", None) and any(
            len(p.coverage.states) != 1 for p in self.populations
        )
        finding = lists_side_by_side(
            self,
            "by_state",
            "Victims documented by State or territory",
            [Column("iso3", "ISO3", "code"), *column_heads("State or territory")],
            [((iso3, state_cell(iso3)), iso3) for iso3 in every],
            made,
            missing=NOT_COVERED,
            drawing=Drawing(
                "map",
                "iso3",
                values,
                panels=not self.only_list,
                elsewhere=tuple(
                    one
                    for p, column in zip(self.populations, values, strict=True)
                    for one in self.elsewhere(p, column)
                ),
            )
            if widely
            else Drawing(),
            beside=claims_of_sentences(said),
            statements=_with_last(
                paragraphs_of_sentences(said), sentence_on_lists_of_one_state(self)
            ),
            key_sentences=paragraphs_of_sentences(said),
            notes=(
                "Coverage differs between States, so the counts do not rank them. A State without "
                "a case in a list may have had cases.",
            ),
        )
        return self._beyond_one_state(finding)

    def by_state_year(self) -> Finding:
        """Victims by State and year; claims ``by_state_year.mex.2021``, cells above zero only."""
        claims = [c for p in self.populations for c in counts_by_state_year(self, p).values()]
        return self.finding("by_state_year", "Victims documented by State and year", (), (), claims)

    glance = in_brief.glance
    side_by_side = side_by_side_finding
    side_by_side_years = side_by_side_years_finding
    published = published_finding
    union = union_finding
    listed_elsewhere = listed_elsewhere_finding
    pairs_of_lists = pairs_of_lists_finding
    disagreements = disagreements_finding
    undocumented = undocumented_finding
    quality = quality_finding
    by_period = by_period_finding
    by_area = by_area_finding
    medians = medians_finding
    by_division = by_division_finding
    sources_per_case = sources_per_case_finding
    documented_by = documented_by_finding
    single_source = single_source_finding
    several_victims = several_victims_finding
    threats_by_group = threats_by_group_finding
    women_by_group = women_by_group_finding
    threats_by_sex = threats_by_sex_finding
    impunity_by_sex = impunity_by_sex_finding
    impunity_by_group = impunity_by_group_finding
    accountability_by_state = status_of_cases.by_state_finding
    accountability_by_age = status_of_cases.by_age_finding
    status_recorded = status_of_cases.recorded_finding
    motive_link_by_group = motive_link_by_group_finding

    # -- private ---------------------------------------------------------------------------

    def _most(self, p: Population, column: str, vocabulary: str) -> str:
        """Labels of a column in this list, without counts; "not asked" where the list does not ask it.

        Which classes a list shared in confidence uses does not leave it.
        """
        if column == "defender_basis_code" and not p.has_answers(column, column):
            return NOT_ASKED
        if p.release:
            return NOT_IN_PLAN
        return "; ".join(label(vocabulary, c) for c in codes(vocabulary) if c in p.classes[column])

    def _beyond_one_state(self, finding: Finding) -> Finding:
        """The finding, without its table where the report is on one list and one State."""
        is_one = self.only_list is not None and self.only_state is not None
        return replace(finding, rows=(), statements=()) if is_one else finding

    def _is_in_scope(self, states: list[str]) -> bool:
        """Whether any of these States is in the scope of the run; outside it no count is zero."""
        asked = self.scope.filter.get("state_iso3", states)
        return bool(set(states) & ({asked} if isinstance(asked, str) else set(asked)))


def _with_last(paragraphs: tuple[str, ...], sentence: str) -> tuple[str, ...]:
    """Add a sentence to the end of the last paragraph."""
    last = " ".join(filter(None, (*paragraphs[-1:], sentence)))
    return (*paragraphs[:-1], *([last] if last else []))


STUDY = Killings
