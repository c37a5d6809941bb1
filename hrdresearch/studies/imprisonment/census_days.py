"""Prison censuses: prisoners held on a day, by year, State, region and kind of sentence.

A census records who is held on one day. It holds no dates of arrest or release, so no time held
in days can be computed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims
from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.findings.numbers import WORDS
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    claims_of_sentences,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.studies.imprisonment.census_checks import METHOD, announced_sentences
from hrdresearch.studies.imprisonment.census_counts import (
    census_years,
    count_on_census_day,
    count_prisoner_years,
    first_and_last,
    last_census_year,
)
from hrdresearch.studies.imprisonment.census_sentences import extent_sentences
from hrdresearch.studies.imprisonment.study_part import StudyPart, states_with_rows
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
from hrdresearch.studies.shapes.year_and_state_sentences import (
    CasesSpokenOf,
    lowest_and_highest,
    region_sentences,
    state_sentences,
)

OVER_REPRESENTS = (
    "Long detention is over-represented: whoever is held for years is counted in every census, "
    "and whoever is held for weeks is seldom counted at all."
)
FEWEST_CENSUSES, LATEST = 5, 4  # below five no span is told; the latest four stand beside it


class CensusDays(StudyPart):
    """The findings on the rows of table ``census``: prisoners on a census day."""

    table = "census"
    unit = "prisoners on the census day"
    value_heading = "Census entries"

    def tells_time_held(self, p: Population) -> bool:
        """Always true of a census: the number of censuses of a person shows how long they were held."""
        return p.table == self.table

    @property
    def last_census_words(self) -> str:
        """Year of the last census in scope, over all lists, as printed; ``no_year`` without rows."""
        latest = max((last_census_year(p) for p in self.populations), default=0)
        return str(latest or self.no_year)

    def last_census_filter(self, p: Population) -> Mapping[str, Any]:
        """Row filter for the last census of a list."""
        return {"census_year": last_census_year(p)}

    def extent(self) -> Finding:
        """Census entries, persons, States, censuses, and years of the first and last census, by list."""
        drafts = (
            count_prisoner_years(
                "extent.prisoner_years", "persons on a census day, every census", {}
            ),
            self.count_persons("extent.persons", "persons, across censuses", {}),
            CountDraft("extent.states", "States or territories", {}, "state", "state_iso3"),
            CountDraft("extent.censuses", "censuses", {}, "census", "census_year"),
        )
        return table_of_counts(
            self,
            "extent",
            "Extent of the censuses by list",
            column_heads(
                "List",
                rows="Census entries",
                persons="Persons",
                states="States or territories",
                censuses="Censuses",
                first="First census",
                last="Last census",
            ),
            lambda p: [(p.title, *drafts, *(first_and_last(p) if len(p.frame) else ()))],
            names_lists=True,
            sentence=lambda p, claims: (
                [extent_sentences(p, claims, first_and_last(p))] if len(p.frame) else []
            ),
            notes=(OVER_REPRESENTS,),
        )

    def by_year(self) -> Finding:
        """Prisoners on the day of each census; claims ``census.YEAR``."""
        return table_of_counts(
            self,
            "by_year",
            "Prisoners on the census day by year",
            column_heads("Year", value="Prisoners"),
            lambda p: [(str(year), count_on_census_day(year)) for year in census_years(p)],
            drawing=Drawing("columns", "label", ("value",)) if self.only_list else Drawing(),
            sentence=lambda p, claims: [*_year_sentences(p, claims), announced_sentences(self, p)],
            notes=(
                "Who is held on one day, not how many were jailed in the year.",
                *(() if self.is_demo else (METHOD,)),
            ),
        )

    def by_state(self) -> Finding:
        """By State: prisoners in the last census, persons over all censuses, census entries; a map."""

        def drafts(p: Population, iso3: str, name: str) -> list[CountDraft]:
            stem, here, last = f"by_state.{iso3.lower()}", {"state_iso3": iso3}, last_census_year(p)
            return [
                CountDraft(
                    stem,
                    f"prisoners in {name} on the census day of {last}",
                    {**here, "census_year": last},
                    "prisoner",
                ),
                self.count_persons(f"{stem}.persons", f"persons in {name}, all censuses", here),
                count_prisoner_years(f"{stem}.prisoner_years", f"census entries in {name}", here),
            ]

        finding = self.table_by_state(
            "by_state",
            "Imprisoned persons, over all censuses, by State or territory",
            {"last": "Last census", "persons": "Persons, all censuses", "years": "Census entries"},
            drafts,
            unit="persons",
            notes=(
                "The map shows persons over all censuses. Coverage differs between States, so the counts "
                "do not rank them.",
            ),
        )
        every = dict.fromkeys(i for p in self.populations for i in states_with_rows(p))
        return _with_sentences(self, finding, "by_state", every, partial(state_sentences, self))

    def by_region(self) -> Finding:
        """By region: prisoners in the last census, and persons over all censuses."""

        def row(p: Population, code: str, words: str) -> tuple[Cell, CountDraft, CountDraft]:
            here = {"state_iso3": self.regions.members(code)}
            last = {**here, "census_year": last_census_year(p)}
            day = f"{words}, census day of {last_census_year(p)}"
            return (
                Cell(text=words, vocabulary="region"),
                CountDraft(f"by_region.{code}", day, last, "prisoner"),
                self.count_persons(f"by_region.{code}.persons", f"{words}, all censuses", here),
            )

        finding = table_of_counts(
            self,
            "by_region",
            "Imprisoned persons, on the last census and over all, by region",
            column_heads("Region", value="Last census", persons="Persons, all censuses"),
            lambda p: [row(p, code, words) for code, words in self.regions.labels.items()],
            unit="persons",
            notes=self.regions.notes,
        )
        labels = self.regions.labels
        return _with_sentences(
            self,
            finding,
            "by_region",
            labels,
            lambda p, counts, of: region_sentences(self, p, labels, counts, of),
        )


def held_on_last_day(part: CensusDays, p: Population) -> CountDraft:
    """The count of persons on the last census day of a list; claim ``last_census.persons``."""
    return part.count_persons(
        "last_census.persons", "persons held on the census day", part.last_census_filter(p)
    )


def _whole_of_last_day(part: CensusDays, p: Population) -> CasesSpokenOf:
    """Those held on the last census day, for sentences on States and regions."""
    draft = held_on_last_day(part, p)
    _, year = first_and_last(p)
    return CasesSpokenOf(
        replace(draft, definition=part.defined(p, draft.definition)),
        f"on the {p.title} census of {claim_tag(year)}",
        "recorded",
        f", for the census of {claim_tag(year)}",
    )


def _year_sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """Lowest and highest census of a public list, and the latest four of any list."""
    counts = {year: claims[f"census.{year}"] for year in census_years(p)}
    if len(counts) < FEWEST_CENSUSES:
        return []
    latest = join_with_and([claim_tag(counts[year]) for year in sorted(counts)[-LATEST:]])
    if not p.policy.prints_exact_numbers:
        return [ListSentences(f"The {WORDS[LATEST]} latest {p.title} censuses hold {latest}.")]
    ends, made = lowest_and_highest(p, counts)
    text = (
        f"The {p.title} censuses hold between {' and '.join(ends)}; the {WORDS[LATEST]} latest hold "
        f"{latest}."
    )
    return [ListSentences(text, tuple(made))]


def _with_sentences(
    part: CensusDays,
    finding: Finding,
    stem: str,
    codes_: Iterable[str],
    say: Callable[..., ListSentences],
) -> Finding:
    """A finding with a sentence on each list, from its counts on the last census day.

    stem, codes_: the claims ``STEM.CODE``. say: makes the sentence from a list, its claims by code,
    and the whole that they are a part of.
    """
    said: list[ListSentences] = []
    for p in (p for p in part.populations if len(p.frame)):
        own = {c: finding.by_name.get(p.claim_name(f"{stem}.{c.lower()}")) for c in codes_}
        _, year = first_and_last(p)
        one = say(p, {c: claim for c, claim in own.items() if claim}, _whole_of_last_day(part, p))
        said.append(replace(one, claims=(*one.claims, year)))
    told = paragraphs_of_sentences(said)
    return replace(
        add_claims(finding, *claims_of_sentences(said)), statements=told, key_sentences=told
    )
