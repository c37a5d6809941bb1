"""Prison censuses: who is held on a day, and only what a census can carry.

A census is no flow and holds no dates: no survival in days comes from it. The number of censuses in
which a person appears over-represents long detention, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.imprisonment.part import Part
from hrdresearch.studies.lines import Share, counted, heads, place, term
from hrdresearch.studies.published import beside_published
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import reference_path
from hrdresearch.vocab.states import short_name

TRACKED = (1, 2, 3, 5, 10, 15)
PERIODS = 4
READ = ["term", "life", "death", "suspended", "indefinite", "pending", "acquitted", "not_disclosed"]
OVER_REPRESENTS = (
    "Long detention is over-represented: whoever is held for years is counted in every census, "
    "and whoever is held for weeks is seldom counted at all."
)


class CensusPart(Part):
    """The findings on table ``census``."""

    table = "census"
    unit = "prisoners on the census day"
    counted = "Prisoner-years"

    def extent(self) -> Finding:
        """Prisoner-years, persons, States, first and last census."""
        drafts = (
            _rows("extent.prisoner_years", "persons on a census day, every census", {}),
            self.persons("extent.persons", "persons, across censuses", {}),
            Draft("extent.states", "States or territories", {}, "state", "state_iso3"),
            Draft("extent.censuses", "censuses", {}, "census", "census_year"),
        )
        return counted(
            self,
            "extent",
            "Extent of the censuses by list",
            heads(
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
            says=_extent_sentence,
            notes=(OVER_REPRESENTS,),
        )

    def by_year(self) -> Finding:
        """Prisoners on each census day; claims ``census.YEAR``."""
        return counted(
            self,
            "by_year",
            "Prisoners on the census day by year",
            heads("Year", value="Prisoners"),
            lambda p: [(str(year), _on_census_day(year)) for year in _years(p)],
            drawing=Drawing("columns", "label", ("value",)) if self.one else Drawing(),
            notes=("Who is held on one day, not how many were jailed in the year.",),
        )

    def by_state(self) -> Finding:
        """Prisoners in the last census of the scope, and persons over all, by State; map."""

        def drafts(p: Population, iso3: str, name: str) -> list[Draft]:
            stem, here, last = f"by_state.{iso3.lower()}", {"state_iso3": iso3}, _last(p)
            return [
                Draft(
                    stem,
                    f"prisoners in {name} on the census day of {last}",
                    {**here, "census_year": last},
                    "prisoner",
                ),
                self.persons(f"{stem}.persons", f"persons in {name}, all censuses", here),
                _rows(f"{stem}.prisoner_years", f"prisoner-years in {name}", here),
            ]

        return self.by_place(
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
        """Prisoners by region in the last census, and persons over all."""

        def row(p: Population, code: str, words: str) -> tuple[Cell, Draft, Draft]:
            here = {"state_iso3": self.regions.members(code)}
            last = {**here, "census_year": _last(p)}
            day = f"{words}, census day of {_last(p)}"
            return (
                Cell(text=words, vocabulary="region"),
                Draft(f"by_region.{code}", day, last, "prisoner"),
                self.persons(f"by_region.{code}.persons", f"{words}, all censuses", here),
            )

        return counted(
            self,
            "by_region",
            "Imprisoned persons by region",
            heads("Region", value="Last census", persons="Persons, all censuses"),
            lambda p: [row(p, code, words) for code, words in self.regions.labels.items()],
            unit="persons",
            notes=self.regions.notes,
        )

    def by_sentence_kind(self) -> Finding:
        """Prisoner-years by kind of sentence on the census day, as parsed from the text."""
        return self.tabulate(
            "by_sentence_kind",
            "Sentences on the census day by kind",
            "sentence_kind_code",
            "sentence_kind",
            unit="prisoner_year",
            unknown=("not_disclosed", "not_recorded"),
            notes=(
                "A person is counted in every census. The same person may first be held "
                "without a sentence and be sentenced later.",
            ),
        )

    def long_term(self) -> Finding:
        """Two arms that are never merged, at several thresholds; claims ``long_term.*``."""
        under = "persons under a sentence of"
        return self.by_threshold(
            "long_term",
            "Persons held for long by threshold",
            beside=lambda p: [
                *self.arms("long_term", self.threshold),
                *self.arms("long_term.last", self.threshold, {"census_year": _last(p)}),
                *(
                    self.persons(
                        f"long_term.{kind}",
                        f"{under} {kind} in any census",
                        {"sentence_kind_code": kind},
                    )
                    for kind in ("life", "death")
                ),
            ],
            says=_long_term_sentence,
            notes=(
                "The two arms are never added. A term counts from the threshold on (inclusive, "
                "A/76/143); life and death count at every threshold; a suspended sentence "
                "counts at none. A range such as three to twelve years is counted apart.",
                "Held without a sentence: persons in at least that many censuses, none of which "
                "records a sentence. Such cases raise the question of enforced disappearance.",
            ),
        )

    def tracked(self) -> Finding:
        """Number of censuses in which a name appears; claims ``tracked.at_least_N``."""

        def row(n: int) -> tuple[str, Draft, Draft, Draft]:
            stem, named = f"tracked.at_least_{n}", {"censuses_of_name": {"from": n}}
            never = {**named, "longest_min_years": {"below": self.threshold}}
            return (
                f"{n} or more",
                _names(
                    stem,
                    f"names in at least {n} censuses of the whole list, by exact normalized name "
                    "and State",
                    named,
                ),
                self.persons(
                    f"{stem}.same_charge",
                    f"persons in at least {n} censuses, by name, State and charge, with confirmed "
                    "matches",
                    {"censuses_of_person": {"from": n}},
                ),
                _names(
                    f"{stem}.never_long",
                    f"of these names, without a sentence of {self.threshold} years or longer, "
                    "life or death",
                    never,
                ),
            )

        return counted(
            self,
            "tracked",
            "Persons by number of censuses in which they appear",
            heads(
                "Censuses",
                names="By name and State",
                persons="By name, State and charge",
                never=f"Of the names, never {self.threshold} years, life or death",
            ),
            [row(n) for n in TRACKED],
            unit="persons",
            notes=(
                "Names are compared exactly, after accents, case and nicknames are set aside. "
                "Names that are only nearly the same are different people until a person has "
                "confirmed a match.",
                OVER_REPRESENTS,
            ),
        )

    def by_pretext(self) -> Finding:
        """Distinct persons by pretext; a person may be held on several."""
        return self.persons_by_code(
            "by_pretext",
            "Imprisoned persons by pretext",
            "pretext_codes",
            "pretext",
            "Pretext",
            "As charged by the authorities, coded from the words of the list. A person may be "
            "held on several pretexts, or on others from one census to the next.",
        )

    def by_pretext_region(self) -> Finding:
        """Persons by pretext and region."""
        return self._pretexts_by(
            "by_pretext_region",
            "Imprisoned persons by pretext and region",
            {
                code: (Column(code, words), words, {"state_iso3": self.regions.members(code)})
                for code, words in self.regions.labels.items()
            },
        )

    def by_pretext_time(self) -> Finding:
        """Persons by pretext and period of censuses."""
        return self._pretexts_by(
            "by_pretext_time",
            "Imprisoned persons by pretext and period",
            {
                f"{a}_{b}": (
                    Column(f"y{a}", f"{a}–{b}" if a != b else str(a)),
                    f"censuses of {a} to {b}",
                    {"census_year": {"from": a, "to": b}},
                )
                for a, b in self._spans()
            },
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded; never inferred from a name."""
        title = "Imprisoned persons by sex or gender as recorded"
        return self.persons_by_code("by_sex", title, "sex_code", "sex", "Sex or gender")

    def reading(self) -> Finding:
        """How the sentence column was read, and how far it agrees with the publisher's class."""
        kinds = [c for c in codes("sentence_kind") if c != "not_recorded"]
        recorded = _read("recorded", "rows with a sentence text", kinds)
        compared = _compared(
            "compared",
            "rows in which both the sentence and the publisher's class say a length, life, death "
            "or none yet",
            ["same", "overlap", "contradiction"],
        )
        agree = "it lies there or overlaps it, life counted as ten years or longer"
        parts = {
            "Recorded sentences parsed or classed": (
                _read("parsed", "of these, parsed or classed", READ),
                recorded,
            ),
            "Same as the publisher's class": (
                _compared("same", "the sentence lies in the publisher's class", "same"),
                compared,
            ),
            "Same or overlapping": (_compared("agree", agree, ["same", "overlap"]), compared),
            "Contradictions of the source": (
                _compared("contradict", "the two contradict each other", "contradiction"),
                compared,
            ),
        }
        return counted(
            self,
            "reading",
            "How the recorded sentences were read",
            heads("What", value="Prisoner-years", of="Of", share="Per cent"),
            [
                (words, part, whole, Share(part, whole, f"{words.lower()}, in per cent"))
                for words, (part, whole) in parts.items()
            ],
            unit="prisoner-years",
            notes=(
                "The class of length is the publisher's own. Life counts as ten years or longer, "
                "and ranges agree when they overlap, in the second comparison. What "
                "contradicts its class is listed, row by row, on the restricted machine.",
            ),
        )

    def release(self) -> Finding:
        """Paragraph 33 from a census: counts by State in the last census, nobody named."""

        def arms(p: Population) -> list[tuple[str, tuple[Draft, Draft, Draft]]]:
            last = p.frame[p.frame["census_year"] == _last(p)]
            long = last["bound_min_years"].ge(self.threshold) | (
                last["censuses_of_person"].ge(self.threshold) & ~last["is_ever_sentenced"]
            )
            return [
                (
                    iso3,
                    self.arms(
                        f"release.{iso3.lower()}",
                        self.threshold,
                        {"census_year": _last(p), "state_iso3": iso3},
                    ),
                )
                for iso3 in sorted(last.loc[long, "state_iso3"].unique(), key=short_name)
            ]

        latest = max((_last(p) for p in self.populations), default=0)
        return counted(
            self,
            "release",
            "Cases for which release should be called, by State",
            heads(
                "State or territory",
                persons="Under a long sentence",
                unsentenced="Long without a sentence",
            ),
            lambda p: [(place(iso3), first, last) for iso3, (first, _, last) in arms(p)],
            beside=lambda p: [middle for _, (_, middle, _) in arms(p)],
            unit="persons",
            period=str(latest or "no year recorded"),
            notes=(
                "Persons in the last census of the scope. The two columns are never added. "
                "Nobody is named from a census: it records neither consent nor a publication "
                "by the United Nations.",
            ),
        )

    def published(self) -> Finding:
        """Census totals as published beside those computed here."""
        lists = {p.slug: p for p in self.populations}
        lines = []
        for record in pd.read_csv(reference_path("prison_census.csv")).to_dict("records"):
            p = lists.get(str(record["source"]))
            if p is None:
                continue
            year, value = int(record["year"]), int(record["value"])
            citation = f"{record['citation']} ({record['how_known']})"
            known = Claim(
                name=f"published.census.{year}",
                value=value,
                unit="prisoner",
                rows=None,
                text=in_table(value, "prisoner"),
                measure="published",
                definition=citation,
            )
            own = None
            if not self.is_demo and not self.scope.filter and year in _years(p):
                draft = _on_census_day(year, f"{p.title}: ")
                own = self.count(p, [draft])[draft.name]
            lines.append(((str(year),), known, own, citation))
        return beside_published(
            self,
            "Published census totals beside the totals computed here",
            [Column("label", "Year", "label")],
            lines,
            notes=(
                "Publishers add and correct cases after a census has been announced; a later "
                "export need not hold the number first published.",
            ),
        )

    # -- private ---------------------------------------------------------------------------

    def unsentenced(self, years: int, within: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Persons in so many censuses, none of which records a sentence."""
        return (
            f"persons in {years} censuses or more, none of which records a sentence",
            {**within, "censuses_of_person": {"from": years}, "is_ever_sentenced": False},
        )

    def _spans(self) -> list[tuple[int, int]]:
        """About equal periods over the censuses in scope."""
        years = sorted({y for p in self.populations for y in _years(p)})
        if len(years) < PERIODS:
            return [(y, y) for y in years]
        size = -(-len(years) // PERIODS)
        return [
            (years[i], years[min(i + size, len(years)) - 1]) for i in range(0, len(years), size)
        ]

    def _pretexts_by(
        self, name: str, title: str, across: Mapping[str, tuple[Column, str, Mapping[str, Any]]]
    ) -> Finding:
        """Persons by pretext (rows) and something else: key -> (column, words, row filter)."""
        return counted(
            self,
            name,
            title,
            [*heads("Pretext"), *(column for column, _, _ in across.values())],
            [
                (
                    term("pretext", code),
                    *(
                        self.persons(
                            f"{name}.{code}.{key}",
                            f"{label('pretext', code)}, {words}",
                            {"pretext_codes": code, **filter_},
                        )
                        for key, (_, words, filter_) in across.items()
                    ),
                )
                for code in codes("pretext")
            ],
            empty="drop rows",
            unit="persons",
            notes=("A person may be held on several pretexts.",),
        )


def _rows(name: str, words: str, filter_: Mapping[str, Any]) -> Draft:
    return Draft(name, words, filter_, "prisoner_year")


def _names(name: str, words: str, filter_: Mapping[str, Any]) -> Draft:
    return Draft(name, words, filter_, "person", column="name_id")


def _read(key: str, words: str, kinds: list[str]) -> Draft:
    return _rows(f"sentence.{key}", words, {"sentence_kind_code": kinds})


def _compared(key: str, words: str, agreement: str | list[str]) -> Draft:
    return _rows(f"sentence.{key}", words, {"band_agreement_code": agreement})


def _on_census_day(year: int, of_list: str = "") -> Draft:
    words = f"{of_list}prisoners on the census day of {year}"
    return Draft(f"census.{year}", words, {"census_year": year}, "prisoner")


def _years(p: Population) -> list[int]:
    if not len(p.frame):
        return []
    return list(range(int(p.frame["census_year"].min()), int(p.frame["census_year"].max()) + 1))


def _first(p: Population) -> int:
    return _years(p)[0] if len(p.frame) else 0


def _last(p: Population) -> int:
    return _years(p)[-1] if len(p.frame) else 0


def _first_and_last(p: Population) -> list[Claim]:
    """First and last census in scope; nothing for an empty list."""
    return [
        Claim(
            name=p.named(f"extent.{key}"),
            value=year,
            unit="calendar_year",
            rows=None,
            text=str(year),
            definition=f"{p.title}: {key.replace('_', ' ')} in scope",
            measure="distinct:census_year",
            table="census",
            sources=(p.slug,),
        )
        for key, year in (("first_census", _first(p)), ("last_census", _last(p)))
        if len(p.frame)
    ]


def _extent_sentence(p: Population, made: Mapping[str, Claim]) -> str:
    if not len(p.frame):
        return ""
    rows, persons, states, censuses = (claim.name for claim in made.values())
    first, last = (p.named(f"extent.{key}_census") for key in ("first", "last"))
    return (
        f"{p.title}: in {{{{ {censuses}|of:census }}}} from {{{{ {first} }}}} to "
        f"{{{{ {last} }}}}, the list records {{{{ {rows}|of:prisoner_year }}}} of "
        f"{{{{ {persons}|of:person }}}}, told apart by exact name, State and charge, in "
        f"{{{{ {states} }}}} {{{{ {states}|agree:State or territory:States or territories }}}}."
    )


def _long_term_sentence(p: Population, made: Mapping[str, Claim]) -> str:
    def tag(key: str, style: str = "") -> str:
        return f"{{{{ {made[f'long_term.{key}'].name}{style} }}}}"

    return (
        f"{p.title}: at least {tag('persons', '|of:person')} were recorded under a sentence of "
        "{{ params.long_term_years }} years or longer, life or death; among them "
        f"{tag('life')} under a life sentence and {tag('death')} under a sentence of death in any "
        f"census. A range that holds the threshold was recorded for {tag('range')}. Apart from "
        f"these, {tag('unsentenced', '|of:person')} "
        f"{tag('unsentenced', '|agree:appears:appear')} in at least that many censuses without any "
        f"sentence recorded. In the last census, {tag('last.persons')} "
        f"{tag('last.persons', '|agree:was:were')} under such a sentence and "
        f"{tag('last.unsentenced')} appeared in at least that many censuses without one."
    )
