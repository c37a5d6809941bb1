"""Prison censuses: prisoners held on a day, by year, State, region and kind of sentence.

A census records who is held on one day. It holds no dates of arrest or release, so no time held
in days can be computed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import Draft, Population, measured_claim
from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.studies.imprisonment.study_part import UNKNOWN_KINDS, StudyPart
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts

OVER_REPRESENTS = (
    "Long detention is over-represented: whoever is held for years is counted in every census, "
    "and whoever is held for weeks is seldom counted at all."
)


class CensusDays(StudyPart):
    """The findings on the rows of table ``census``: prisoners on a census day."""

    table = "census"
    unit = "prisoners on the census day"
    value_heading = "Prisoner-years"

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
        """Prisoner-years, persons, States, censuses, and years of the first and last census, by list."""
        drafts = (
            count_prisoner_years(
                "extent.prisoner_years", "persons on a census day, every census", {}
            ),
            self.count_persons("extent.persons", "persons, across censuses", {}),
            Draft("extent.states", "States or territories", {}, "state", "state_iso3"),
            Draft("extent.censuses", "censuses", {}, "census", "census_year"),
        )
        return table_of_counts(
            self,
            "extent",
            "Extent of the censuses by list",
            column_heads(
                "List",
                rows="Prisoner-years",
                persons="Persons",
                states="States or territories",
                censuses="Censuses",
                first="First census",
                last="Last census",
            ),
            lambda p: [(p.title, *drafts, *_first_and_last(p))],
            names_lists=True,
            sentence=_extent_sentence,
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
            notes=("Who is held on one day, not how many were jailed in the year.",),
        )

    def by_state(self) -> Finding:
        """By State: prisoners in the last census, persons over all censuses, prisoner-years; a map."""

        def drafts(p: Population, iso3: str, name: str) -> list[Draft]:
            stem, here, last = f"by_state.{iso3.lower()}", {"state_iso3": iso3}, last_census_year(p)
            return [
                Draft(
                    stem,
                    f"prisoners in {name} on the census day of {last}",
                    {**here, "census_year": last},
                    "prisoner",
                ),
                self.count_persons(f"{stem}.persons", f"persons in {name}, all censuses", here),
                count_prisoner_years(f"{stem}.prisoner_years", f"prisoner-years in {name}", here),
            ]

        return self.table_by_state(
            "by_state",
            "Imprisoned persons by State or territory",
            {"last": "Last census", "persons": "Persons, all censuses", "years": "Prisoner-years"},
            drafts,
            unit="persons",
            notes=(
                "The map shows persons over all censuses. States stand in alphabetical order: "
                "coverage differs, so the counts do not rank them.",
            ),
        )

    def by_region(self) -> Finding:
        """By region: prisoners in the last census, and persons over all censuses."""

        def row(p: Population, code: str, words: str) -> tuple[Cell, Draft, Draft]:
            here = {"state_iso3": self.regions.members(code)}
            last = {**here, "census_year": last_census_year(p)}
            day = f"{words}, census day of {last_census_year(p)}"
            return (
                Cell(text=words, vocabulary="region"),
                Draft(f"by_region.{code}", day, last, "prisoner"),
                self.count_persons(f"by_region.{code}.persons", f"{words}, all censuses", here),
            )

        return table_of_counts(
            self,
            "by_region",
            "Imprisoned persons by region",
            column_heads("Region", value="Last census", persons="Persons, all censuses"),
            lambda p: [row(p, code, words) for code, words in self.regions.labels.items()],
            unit="persons",
            notes=self.regions.notes,
        )

    def by_sentence_kind(self) -> Finding:
        """Prisoner-years by kind of sentence on the census day, as read from the recorded text."""
        return table_by_code(
            self,
            "by_sentence_kind",
            "Sentences on the census day by kind",
            "sentence_kind_code",
            "sentence_kind",
            unit="prisoner_year",
            unknown=UNKNOWN_KINDS,
            drawing="table",  # a person held for years would be in one picture many times
            notes=(
                "A person is counted in every census. The same person may first be held "
                "without a sentence and be sentenced later.",
            ),
        )


def count_prisoner_years(name: str, words: str, filter_: Mapping[str, Any]) -> Draft:
    """A count of prisoner-years: rows of the census, one for each person in each census."""
    return Draft(name, words, filter_, "prisoner_year")


def count_on_census_day(year: int, of_list: str = "") -> Draft:
    """A count of prisoners on the day of one census; claim ``census.YEAR``.

    of_list: words before the definition, such as the title of the list.
    """
    words = f"{of_list}prisoners on the census day of {year}"
    return Draft(f"census.{year}", words, {"census_year": year}, "prisoner")


def census_years(p: Population) -> list[int]:
    """All years from the first to the last census in scope; empty without rows."""
    if not len(p.frame):
        return []
    return list(range(int(p.frame["census_year"].min()), int(p.frame["census_year"].max()) + 1))


def last_census_year(p: Population) -> int:
    """Year of the last census in scope; 0 without rows."""
    return census_years(p)[-1] if len(p.frame) else 0


def _first_and_last(p: Population) -> list[Claim]:
    """Claims of the years of the first and last census in scope; empty without rows."""
    if not len(p.frame):
        return []
    years = census_years(p)
    ends = (("first_census", years[0], "smallest"), ("last_census", years[-1], "largest"))
    return [
        measured_claim(
            p,
            f"extent.{key}",
            year,
            "calendar_year",
            f"{key.replace('_', ' ')} in scope",
            f"{end}:census_year",
            filter={"source": p.slug, **p.scope},
        )
        for key, year, end in ends
    ]


def _extent_sentence(p: Population, claims: Mapping[str, Claim]) -> str:
    if not len(p.frame):
        return ""
    rows, persons, states, censuses = (claim.name for claim in claims.values())
    first, last = (p.claim_name(f"extent.{key}_census") for key in ("first", "last"))
    return (
        f"{p.title}: in {{{{ {censuses}|of:census }}}} from {{{{ {first} }}}} to "
        f"{{{{ {last} }}}}, the list records {{{{ {rows}|of:prisoner_year }}}} of "
        f"{{{{ {persons}|of:person }}}}, told apart by exact name and State, in "
        f"{{{{ {states} }}}} {{{{ {states}|agree:State or territory:States or territories }}}}."
    )
