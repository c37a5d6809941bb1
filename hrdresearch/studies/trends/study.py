"""Trends of documented cases: paragraphs 7 (a) and 43 to 46 of A/75/165.

The only study that may say rise and fall, and only of a documented count, by a model that the sentence
names, with its interval and what it assumes. See ``docs/decisions/0114-trends.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.empty_cells import BY_DEFINITION, NOT_ASKED, NOT_COVERED
from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    claims_of_sentences,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.scope import Scope
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.by_year_and_state import notes_on_years_not_covered
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts, text_columns
from hrdresearch.studies.shapes.extent import assesses_motive
from hrdresearch.studies.shapes.side_by_side_tables import lists_side_by_side
from hrdresearch.studies.shapes.year_and_state_sentences import year_sentences
from hrdresearch.studies.trends.breaks import break_finding
from hrdresearch.studies.trends.change import change_finding
from hrdresearch.studies.trends.context import context_finding
from hrdresearch.studies.trends.delay import corrected_finding, delay_finding
from hrdresearch.studies.trends.series import CENSUS, Series, SeriesStudy
from hrdresearch.studies.trends.states import by_state_finding, within_states_finding
from hrdresearch.tables.case_editions import parse_edition
from hrdresearch.vocab.regions import RegionScheme
from hrdresearch.vocab.states import name_in_sentence

CONFIRMED = {"motive_link_code": "confirmed"}
LISTS_OVERLAP = "The lists count different persons, overlap, and are never added."
COUNTED = ("cases", "census")  # tables of the lists that are counted


class Trends(SeriesStudy):
    """The study of trends over one build: lists of cases, their earlier editions, and indicators."""

    name = "trends"
    subject = "trends of documented cases"
    table = "documented"
    unit = "cases"
    value_heading = "Cases"
    noun_of_years = "cases"
    accounts_for_all_files = True
    regions: RegionScheme

    def __init__(self, build: Build, params: Mapping[str, Any]) -> None:
        super().__init__(build, params)
        tables = {facts["slug"]: facts["table"] for facts in build.facts()}
        lists = [p.with_census_title() if tables[p.slug] == CENSUS else p for p in self.populations]
        self.not_covering = [p.name_in_prose for p in lists if not p.covers()]
        asks = str(self.params.get("motive_link") or "all") == "all"
        self.not_asking = [
            p.name_in_prose
            for p in lists
            if not asks and p.covers() and (tables[p.slug] == CENSUS or not assesses_motive(p))
        ]
        self.populations = tuple(
            p for p in lists if p.covers() and p.name_in_prose not in self.not_asking
        )
        self.require_rows()

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Newest editions of lists of cases; earlier editions and indicators are read separately."""
        return [
            facts
            for facts in chosen
            if facts["table"] in COUNTED and not parse_edition(facts["slug"])[1]
        ]

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Years, region or State, and link with the work, as one row filter."""
        return self.narrowing(params).motive_link().scope()

    def card(self) -> Finding:
        """Parameters of the run, and the words of its scope, for the text of the report."""
        flags = {
            "scope.effort": str(self.params.get("effort") or "none") != "none",
            "scope.break": str(self.params.get("break_on") or "none") != "none",
        }
        left_out = (
            f"{join_with_and(self.not_asking)[:1].upper()}{join_with_and(self.not_asking)[1:]} "
            f"{'does' if len(self.not_asking) == 1 else 'do'} not ask for the link with the work and "
            f"{'is' if len(self.not_asking) == 1 else 'are'} left out."
        )
        words = self.scope_words() | self.state_and_region_words()
        return self.run_card(words | {"left_out": left_out if self.not_asking else ""}, flags)

    def extent(self) -> Finding:
        """Cases of each list, the years that the models use, and the States with a case."""

        def row(slug: str) -> tuple[Any, ...]:
            s = self.series[slug]
            years = s.periods["all"]
            period = f"{years[0]}–{years[-1]}" if years else "none"
            is_asked = "motive_link_code" in s.population.asked and not s.is_census
            is_defined = not s.is_census and assesses_motive(s.population)
            confirmed = CountDraft("extent.confirmed", "link with the work confirmed", CONFIRMED)
            return (
                s.population.title,
                CountDraft("extent.cases", "cases", {}, s.unit),
                confirmed if is_asked else BY_DEFINITION if is_defined else NOT_ASKED,
                CountDraft("extent.states", "States with a case", {}, "state", "state_iso3"),
                period,
                "persons on a day of the year" if s.is_census else "cases of a year",
            )

        return table_of_counts(
            self,
            "extent",
            f"What the list{' documents' if self.only_list else 's document'}, and the years that the "
            "models use",
            [
                *column_heads(
                    "List",
                    cases="Cases or census entries",
                    confirmed="Link with the work confirmed",
                    states="States or territories",
                ),
                *text_columns(used="Years used", counts="What a year counts"),
            ],
            lambda p: [row(p.slug)],
            sentence=lambda p, made: [
                _extent_sentences(self.series[p.slug], made, self.only_state)
            ],
            names_lists=True,
            notes=(
                "Documented is not occurred." + ("" if self.only_list else f" {LISTS_OVERLAP}"),
                *(
                    [
                        "Not told, because the place or time is not covered: "
                        f"{join_with_and(self.not_covering)}."
                    ]
                    if self.not_covering
                    else []
                ),
            ),
        )

    def by_year(self) -> Finding:
        """Cases by year of each list, as documented; zero within what a list covers."""
        made, said = {}, []
        for p in self.populations:
            held = {int(y) for y in p.frame["event_year"].dropna()}
            asked = self.scope.filter.get("event_year") or {}
            years = {
                year
                for year in range(p.coverage.first or 0, (p.coverage.last or -1) + 1)
                if (asked.get("from") or year) <= year <= (asked.get("to") or year)
            }
            drafts = {
                str(y): CountDraft(
                    f"by_year.{y}",
                    self.defined(p, f"cases of {y}"),
                    {"event_year": y},
                    self.series[p.slug].unit,
                )
                for y in sorted(held | years)
            }
            counted = self.count(p, [*drafts.values()])
            made[p.slug] = {y: counted[draft.name] for y, draft in drafts.items()}
            said.append(year_sentences(p, made[p.slug], _noun(self.series[p.slug])))
        every = sorted({year for years in made.values() for year in years})
        return lists_side_by_side(
            self,
            "by_year",
            "Cases, or entries of a census, documented by year",
            column_heads("Year"),
            [((year,), year) for year in every],
            made,
            missing=NOT_COVERED,
            beside=claims_of_sentences(said),
            statements=paragraphs_of_sentences(said),
            key_sentences=paragraphs_of_sentences(said),
            drawing=self.columns_by_year(),
            notes=(
                "As documented, not corrected for what is still to come. A year may be covered in part.",
                *(note for p in self.populations for note in notes_on_years_not_covered(p)),
            ),
        )

    change = change_finding
    within_states = within_states_finding
    by_state = by_state_finding
    delay = delay_finding
    corrected = corrected_finding
    stated_break = break_finding
    context = context_finding
    quality = quality_finding


def _noun(s: Series) -> str:
    """Whom a list counts, in words."""
    called = s.population.called.get("extent", "killed")
    return s.population.plural if s.is_census else f"{s.population.plural} {called}".rstrip(",")


def _extent_sentences(s: Series, made: Mapping[str, Claim], state: str | None) -> ListSentences:
    """Sentences on what a list counts and how many, and on the link with the work where it is assessed.

    state: the only State of the report.
    """
    p, states = s.population, made["extent.states"]
    counted = claim_tag(made["extent.cases"], f"of:{s.unit}")
    what = f"{counted} of {_noun(s)}"
    link = (
        f"; of {claim_tag(made['extent.confirmed'])} the link with the work is confirmed"
        if "extent.confirmed" in made
        and made["extent.confirmed"].value != made["extent.cases"].value
        else ""
    )
    again = (
        " The same person may stand in several years, and the models allow for it."
        if s.is_census
        else ""
    )
    where = (
        name_in_sentence(state)
        if state
        else f"{claim_tag(states)} {agreement_tag(states, 'State', 'States')} or "
        f"{agreement_tag(states, 'territory', 'territories')}"
    )
    return ListSentences(
        f"{p.subject} {'recorded' if s.is_census else 'documented'} {what} in {where}{link}.{again}"
    )


STUDY = Trends
