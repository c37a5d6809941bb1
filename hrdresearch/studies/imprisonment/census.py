"""Prison censuses: who is held on a day, and only what a census can carry.

A census is no flow and holds no dates: no survival in days comes from it. The number of censuses in
which a person appears over-represents long detention, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population, share
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.imprisonment.part import Part
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import reference_path
from hrdresearch.vocab.states import short_name

TRACKED = (1, 2, 3, 5, 10, 15)
PERIODS = 4
READ = ("term", "life", "death", "suspended", "indefinite", "pending", "acquitted", "not_disclosed")
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
        claims: list[Claim] = []
        rows, statements = [], []
        for p in self.populations:
            made = self.count(
                p,
                [
                    Draft(
                        "extent.prisoner_years",
                        f"{p.title}: persons on a census day, every census",
                        {},
                        "prisoner_year",
                    ),
                    self.persons("extent.persons", f"{p.title}: persons, across censuses", {}),
                    Draft(
                        "extent.states",
                        f"{p.title}: States or territories",
                        {},
                        "state",
                        column="state_iso3",
                    ),
                    Draft(
                        "extent.censuses",
                        f"{p.title}: censuses",
                        {},
                        "census",
                        column="census_year",
                    ),
                ],
            )
            claims += made.values()
            years = (
                [
                    _year(p, key, int(getattr(p.frame["census_year"], how)()))
                    for key, how in (("first_census", "min"), ("last_census", "max"))
                ]
                if len(p.frame)
                else []
            )
            claims += years
            cells = [Cell(claim=c.name) for c in (*made.values(), *years)]
            rows.append([Cell(text=p.title), *cells])
            statements.append(_extent_sentence(p, [c.name for c in (*made.values(), *years)]))
        columns = [
            Column("label", "List", "label"),
            Column("rows", "Prisoner-years"),
            Column("persons", "Persons"),
            Column("states", "States or territories"),
            Column("censuses", "Censuses"),
            Column("first", "First census"),
            Column("last", "Last census"),
        ]
        return self.finding(
            "extent",
            "Extent of the censuses by list",
            columns,
            rows,
            claims,
            statements=tuple(statements),
            notes=(OVER_REPRESENTS,),
        )

    def by_year(self) -> Finding:
        """Prisoners on each census day; claims ``census.YEAR``."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    Draft(
                        f"census.{year}",
                        f"{p.title}: prisoners on the census day of {year}",
                        {"census_year": year},
                        "prisoner",
                    )
                    for year in _years(p)
                ],
            )
            claims += made.values()
            rows += [
                self.line(p, Cell(text=str(year)), Cell(claim=made[f"census.{year}"].name))
                for year in _years(p)
            ]
        return self.finding(
            "by_year",
            "Prisoners on the census day by year",
            self.head(Column("label", "Year", "label"), Column("value", "Prisoners")),
            rows,
            claims,
            drawing=Drawing("columns", "label", ("value",)) if self.one else Drawing(),
            notes=("Who is held on one day, not how many were jailed in the year.",),
        )

    def by_state(self) -> Finding:
        """Prisoners in the last census of the scope, and persons over all, by State; map."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            states = sorted(p.frame["state_iso3"].unique(), key=short_name)
            last = _last(p)
            made = self.count(
                p,
                [
                    draft
                    for iso3 in states
                    for draft in (
                        Draft(
                            f"by_state.{iso3.lower()}",
                            f"{p.title}: prisoners in "
                            f"{short_name(iso3)} on the census day of {last}",
                            {"state_iso3": iso3, "census_year": last},
                            "prisoner",
                        ),
                        self.persons(
                            f"by_state.{iso3.lower()}.persons",
                            f"{p.title}: persons in {short_name(iso3)}, all censuses",
                            {"state_iso3": iso3},
                        ),
                        Draft(
                            f"by_state.{iso3.lower()}.prisoner_years",
                            f"{p.title}: prisoner-years in {short_name(iso3)}",
                            {"state_iso3": iso3},
                            "prisoner_year",
                        ),
                    )
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=iso3),
                    Cell(text=short_name(iso3), vocabulary="state"),
                    *(
                        Cell(claim=made[f"by_state.{iso3.lower()}{end}"].name)
                        for end in ("", ".persons", ".prisoner_years")
                    ),
                )
                for iso3 in states
            ]
        columns = self.head(
            Column("iso3", "ISO3", "code"),
            Column("label", "State or territory", "label"),
            Column("last", "Last census"),
            Column("persons", "Persons, all censuses"),
            Column("years", "Prisoner-years"),
        )
        return self.finding(
            "by_state",
            "Imprisoned persons by State or territory",
            columns,
            rows,
            claims,
            unit="persons",
            drawing=Drawing("map", "iso3", ("persons",)) if self.one else Drawing(),
            notes=(
                "The map shows persons over all censuses. States stand in alphabetical order: "
                "coverage differs, so the counts do not rank them.",
            ),
        )

    def by_region(self) -> Finding:
        """Prisoners by region in the last census, and persons over all."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    draft
                    for code, members in self._groups().items()
                    for draft in (
                        Draft(
                            f"by_region.{code}",
                            f"{p.title}: {self.regions.labels[code]}, census day of {_last(p)}",
                            {"state_iso3": members, "census_year": _last(p)},
                            "prisoner",
                        ),
                        self.persons(
                            f"by_region.{code}.persons",
                            f"{p.title}: {self.regions.labels[code]}, all censuses",
                            {"state_iso3": members},
                        ),
                    )
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=self.regions.labels[code], vocabulary="region"),
                    Cell(claim=made[f"by_region.{code}"].name),
                    Cell(claim=made[f"by_region.{code}.persons"].name),
                )
                for code in self._groups()
            ]
        return self.finding(
            "by_region",
            "Imprisoned persons by region",
            self.head(
                Column("label", "Region", "label"),
                Column("value", "Last census"),
                Column("persons", "Persons, all censuses"),
            ),
            rows,
            claims,
            unit="persons",
            notes=(self.regions.note,) if self.regions.note else (),
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
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        statements: list[str] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    *(d for t in self.thresholds for d in self._arms(p, f"long_term.at_{t}", t)),
                    *self._arms(p, "long_term", self.threshold),
                    *self._arms(p, "long_term.last", self.threshold, {"census_year": _last(p)}),
                    *(
                        self.persons(
                            f"long_term.{kind}",
                            f"{p.title}: persons under a sentence of {kind} in any census",
                            {"sentence_kind_code": kind},
                        )
                        for kind in ("life", "death")
                    ),
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=f"{t} years or longer"),
                    *(
                        Cell(claim=made[f"long_term.at_{t}.{arm}"].name)
                        for arm in ("persons", "range", "unsentenced")
                    ),
                )
                for t in self.thresholds
            ]
            statements.append(_long_term_sentence(p, made))
        return self.finding(
            "long_term",
            "Persons held for long by threshold",
            self.head(
                Column("label", "Threshold", "label"),
                Column("persons", "Sentenced: term, life or death"),
                Column("range", "Range that holds the threshold"),
                Column("unsentenced", "Held without a sentence"),
            ),
            rows,
            claims,
            unit="persons",
            statements=tuple(statements),
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
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            drafts = [
                d
                for n in TRACKED
                for d in (
                    Draft(
                        f"tracked.at_least_{n}",
                        f"{p.title}: names in at least {n} censuses of the "
                        "whole list, by exact normalized name and State",
                        {"censuses_of_name": {"from": n}},
                        "person",
                        column="name_id",
                    ),
                    self.persons(
                        f"tracked.at_least_{n}.same_charge",
                        f"{p.title}: persons in at least {n} censuses, by name, State and "
                        "charge, with confirmed matches",
                        {"censuses_of_person": {"from": n}},
                    ),
                    Draft(
                        f"tracked.at_least_{n}.never_long",
                        f"{p.title}: of these names, without a "
                        f"sentence of {self.threshold} years or longer, life or death",
                        {
                            "censuses_of_name": {"from": n},
                            "longest_min_years": {"below": self.threshold},
                        },
                        "person",
                        column="name_id",
                    ),
                )
            ]
            made = self.count(p, drafts)
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=f"{n} or more"),
                    *(
                        Cell(claim=made[f"tracked.at_least_{n}{end}"].name)
                        for end in ("", ".same_charge", ".never_long")
                    ),
                )
                for n in TRACKED
            ]
        return self.finding(
            "tracked",
            "Persons by number of censuses in which they appear",
            self.head(
                Column("label", "Censuses", "label"),
                Column("names", "By name and State"),
                Column("persons", "By name, State and charge"),
                Column("never", f"Of the names, never {self.threshold} years, life or death"),
            ),
            rows,
            claims,
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
            (
                "As charged by the authorities, coded from the words of the list. A person may be "
                "held on several pretexts, or on others from one census to the next.",
            ),
        )

    def by_pretext_region(self) -> Finding:
        """Persons by pretext and region."""
        columns = [
            Column("label", "Pretext", "label"),
            *(Column(code, self.regions.labels[code]) for code in self._groups()),
        ]
        cells = {
            f"by_pretext_region.{code}.{region}": (
                f"{label('pretext', code)}, {self.regions.labels[region]}",
                {"pretext_codes": code, "state_iso3": members},
            )
            for code in codes("pretext")
            for region, members in self._groups().items()
        }
        return self._matrix(
            "by_pretext_region", "Imprisoned persons by pretext and region", columns, cells
        )

    def by_pretext_time(self) -> Finding:
        """Persons by pretext and period of censuses."""
        spans = self._spans()
        columns = [
            Column("label", "Pretext", "label"),
            *(Column(f"y{a}", f"{a}–{b}" if a != b else str(a)) for a, b in spans),
        ]
        cells = {
            f"by_pretext_time.{code}.{a}_{b}": (
                f"{label('pretext', code)}, censuses of {a} to {b}",
                {"pretext_codes": code, "census_year": {"from": a, "to": b}},
            )
            for code in codes("pretext")
            for a, b in spans
        }
        return self._matrix(
            "by_pretext_time", "Imprisoned persons by pretext and period", columns, cells
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded; never inferred from a name."""
        return self.persons_by_code(
            "by_sex",
            "Imprisoned persons by sex or gender as recorded",
            "sex_code",
            "sex",
            heading="Sex or gender",
        )

    def reading(self) -> Finding:
        """How the sentence column was read, and how far it agrees with the publisher's class."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self._read_claims(p)
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=words),
                    Cell(claim=made[key].name),
                    Cell(claim=made[whole].name),
                    Cell(claim=made[f"{key}.share"].name),
                )
                for key, whole, words in READING
            ]
        return self.finding(
            "reading",
            "How the recorded sentences were read",
            self.head(
                Column("label", "What", "label"),
                Column("value", "Prisoner-years"),
                Column("of", "Of"),
                Column("share", "Per cent"),
            ),
            rows,
            claims,
            unit="prisoner-years",
            notes=(
                "The class of length is the publisher's own. Life counts as ten years or longer, "
                "and ranges agree when they overlap, in the second comparison. What "
                "contradicts its class is listed, row by row, on the restricted machine.",
            ),
        )

    def release(self) -> Finding:
        """Paragraph 33 from a census: counts by State in the last census, nobody named."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            last = p.frame[p.frame["census_year"] == _last(p)]
            long = last["bound_min_years"].ge(self.threshold) | (
                last["censuses_of_person"].ge(self.threshold) & ~last["is_ever_sentenced"]
            )
            states = sorted(last.loc[long, "state_iso3"].unique(), key=short_name)
            made = self.count(
                p,
                [
                    draft
                    for iso3 in states
                    for draft in self._arms(
                        p,
                        f"release.{iso3.lower()}",
                        self.threshold,
                        {"census_year": _last(p), "state_iso3": iso3},
                    )
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=short_name(iso3), vocabulary="state"),
                    *(
                        Cell(claim=made[f"release.{iso3.lower()}.{arm}"].name)
                        for arm in ("persons", "unsentenced")
                    ),
                )
                for iso3 in states
            ]
        return self.finding(
            "release",
            "Cases for which release should be called, by State",
            self.head(
                Column("label", "State or territory", "label"),
                Column("persons", "Under a long sentence"),
                Column("unsentenced", "Long without a sentence"),
            ),
            rows,
            claims,
            unit="persons",
            period=str(self._latest() or "no year recorded"),
            notes=(
                "Persons in the last census of the scope. The two columns are never added. "
                "Nobody is named from a census: it records neither consent nor a publication "
                "by the United Nations.",
            ),
        )

    def published(self) -> Finding:
        """Census totals as published beside those computed here."""
        table = pd.read_csv(reference_path("prison_census.csv"))
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for record in table.to_dict("records"):
            p = next((q for q in self.populations if q.slug == record["source"]), None)
            year, value = int(record["year"]), int(record["value"])
            comparable = (
                p is not None
                and not self.is_demo
                and not set(self.scope.filter)
                and year in _years(p)
            )
            if p is None:
                continue
            known = Claim(
                name=f"published.census.{year}",
                value=value,
                unit="prisoner",
                rows=None,
                text=in_table(value, "prisoner"),
                measure="published",
                definition=f"{record['citation']} ({record['how_known']})",
            )
            claims.append(known)
            cells = [Cell(text="not computed"), Cell(text="–")]
            if comparable:
                own = self.count(
                    p,
                    [
                        Draft(
                            f"census.{year}",
                            f"{p.title}: prisoners on the census day of {year}",
                            {"census_year": year},
                            "prisoner",
                        )
                    ],
                )
                computed = own[f"census.{year}"]
                claims.append(computed)
                difference = Claim(
                    name=f"difference.census.{year}",
                    value=int(computed.value or 0) - value,
                    unit="prisoner",
                    rows=None,
                    measure="difference",
                    sources=(p.slug,),
                    text=in_table(int(computed.value or 0) - value, "prisoner"),
                    definition="Computed total less the published one",
                )
                claims.append(difference)
                cells = [Cell(claim=computed.name), Cell(claim=difference.name)]
            rows.append(
                [
                    Cell(text=str(year)),
                    Cell(claim=known.name),
                    *cells,
                    Cell(text=f"{record['citation']} ({record['how_known']})"),
                ]
            )
        return self.finding(
            "published",
            "Published census totals beside the totals computed here",
            [
                Column("label", "Year", "label"),
                Column("published", "Published"),
                Column("computed", "Computed here"),
                Column("difference", "Difference"),
                Column("citation", "Citation, and how it is known", "label"),
            ],
            rows,
            claims,
            notes=(
                "Publishers add and correct cases after a census has been announced; a later "
                "export need not hold the number first published.",
            ),
        )

    # -- private ---------------------------------------------------------------------------

    def _groups(self) -> dict[str, list[str]]:
        return {
            code: [i for i, of in self.regions.of.items() if of == code]
            for code in self.regions.labels
        }

    def _latest(self) -> int:
        return max((_last(p) for p in self.populations), default=0)

    def _arms(
        self, p: Population, stem: str, years: int, within: Mapping[str, Any] | None = None
    ) -> list[Draft]:
        """Sentenced; range that holds the threshold; held without a sentence."""
        where = within or {}
        return [
            self.persons(
                f"{stem}.persons",
                f"{p.title}: persons sentenced to {years} years or longer, life or death",
                {**where, "bound_min_years": {"from": years}},
            ),
            self.persons(
                f"{stem}.range",
                f"{p.title}: persons under a sentence given as a range that holds {years} years",
                {**where, "bound_min_years": {"below": years}, "bound_max_years": {"from": years}},
            ),
            self.persons(
                f"{stem}.unsentenced",
                f"{p.title}: persons in {years} censuses or more, none of which records a sentence",
                {**where, "censuses_of_person": {"from": years}, "is_ever_sentenced": False},
            ),
        ]

    def _spans(self) -> list[tuple[int, int]]:
        """About equal periods over the censuses in scope."""
        years = sorted({y for p in self.populations for y in _years(p)})
        if len(years) < PERIODS:
            return [(y, y) for y in years]
        size = -(-len(years) // PERIODS)
        return [
            (years[i], years[min(i + size, len(years)) - 1]) for i in range(0, len(years), size)
        ]

    def _matrix(
        self,
        name: str,
        title: str,
        columns: list[Column],
        cells: Mapping[str, tuple[str, Mapping[str, Any]]],
    ) -> Finding:
        """Persons by pretext (rows) and something else (columns)."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    self.persons(key, f"{p.title}: {words}", filter_)
                    for key, (words, filter_) in cells.items()
                ],
            )
            claims += made.values()
            for code in codes("pretext"):
                line = [c for key, c in made.items() if key.split(".")[1] == code]
                if any(c.status != "shown" or c.value for c in line):
                    rows.append(
                        self.line(
                            p,
                            Cell(text=label("pretext", code), vocabulary="pretext"),
                            *(Cell(claim=c.name) for c in line),
                        )
                    )
        return self.finding(
            name,
            title,
            self.head(*columns),
            rows,
            claims,
            unit="persons",
            notes=("A person may be held on several pretexts.",),
        )

    def _read_claims(self, p: Population) -> dict[str, Claim]:
        recorded = [c for c in codes("sentence_kind") if c != "not_recorded"]
        made = self.count(
            p,
            [
                Draft(
                    "sentence.recorded",
                    f"{p.title}: rows with a sentence text",
                    {"sentence_kind_code": recorded},
                    "prisoner_year",
                ),
                Draft(
                    "sentence.parsed",
                    f"{p.title}: of these, parsed or classed",
                    {"sentence_kind_code": list(READ)},
                    "prisoner_year",
                ),
                Draft(
                    "sentence.compared",
                    f"{p.title}: rows in which both the sentence and the "
                    "publisher's class say a length, life, death or none yet",
                    {"band_agreement_code": ["same", "overlap", "contradiction"]},
                    "prisoner_year",
                ),
                Draft(
                    "sentence.same",
                    f"{p.title}: the sentence lies in the publisher's class",
                    {"band_agreement_code": "same"},
                    "prisoner_year",
                ),
                Draft(
                    "sentence.agree",
                    f"{p.title}: it lies there or overlaps it, life counted as ten years or longer",
                    {"band_agreement_code": ["same", "overlap"]},
                    "prisoner_year",
                ),
                Draft(
                    "sentence.contradict",
                    f"{p.title}: the two contradict each other",
                    {"band_agreement_code": "contradiction"},
                    "prisoner_year",
                ),
            ],
        )
        for key, whole, words in READING:
            made[f"{key}.share"] = share(
                p,
                f"{key}.share",
                made[key],
                made[whole],
                f"{p.title}: {words.lower()}, in per cent",
            )
        return made


READING = (
    ("sentence.parsed", "sentence.recorded", "Recorded sentences parsed or classed"),
    ("sentence.same", "sentence.compared", "Same as the publisher's class"),
    ("sentence.agree", "sentence.compared", "Same or overlapping"),
    ("sentence.contradict", "sentence.compared", "Contradictions of the source"),
)


def _years(p: Population) -> list[int]:
    if not len(p.frame):
        return []
    return list(range(int(p.frame["census_year"].min()), int(p.frame["census_year"].max()) + 1))


def _last(p: Population) -> int:
    return _years(p)[-1] if len(p.frame) else 0


def _year(p: Population, key: str, year: int) -> Claim:
    return Claim(
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


def _extent_sentence(p: Population, names: list[str]) -> str:
    if len(names) < 6:
        return ""
    rows, persons, states, censuses, first, last = names
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
