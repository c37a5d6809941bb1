"""Spells of detention with their dates: time served, sentences against it, ways out, release.

Days are counted to an as-of date, a parameter. Ways out compete with each other (Aalen-Johansen);
nothing here is one minus Kaplan-Meier.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population, share
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.imprisonment.part import Part, is_nothing
from hrdresearch.studies.imprisonment.ways_out import ways_out_finding
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import short_name

NO_SENTENCE = ["pending", "indefinite", "not_recorded"]
DATES = ("began_date", "entered_date", "sentence_date", "ended_date", "last_known_date")
HELD_YEARS = (0, 1, 2, 5, 10)
PRETRIAL = (
    (0, 182, "Up to six months"),
    (183, 365, "Six months to one year"),
    (366, 730, "One to two years"),
    (731, None, "More than two years"),
)
FACTS = {
    "in_absentia": "Tried in absentia",
    "military_court": "Tried by a military court",
    "special_court": "Tried by a special court",
    "terrorism_law": "Charged under counter-terrorism law",
    "whereabouts_known": "Fate or whereabouts known",
}


class DetainedPart(Part):
    """The findings on table ``detentions``."""

    table = "detentions"
    unit = "detentions"
    counted = "Detentions"

    @cached_property
    def as_of(self) -> pd.Timestamp | None:
        """Day on which time is counted: the parameter, else the end of the last month recorded."""
        given = str(self.params.get("as_of") or "latest")
        if given != "latest":
            return pd.Timestamp(given)
        days = [p.frame[c].max() for p in self.populations for c in DATES if len(p.frame)]
        days = [d for d in days if pd.notna(d)]
        return max(days) + pd.offsets.MonthEnd(0) if days else None

    @property
    def as_of_words(self) -> str:
        """The day in words, for the prose."""
        if self.as_of is None:
            return "a day that the lists do not give"
        return f"{self.as_of.day} {self.as_of:%B %Y}"

    def extent(self) -> Finding:
        """Detentions, persons, States, and detentions open on the as-of date."""
        claims: list[Claim] = []
        rows = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    Draft("detentions.total", f"{p.title}: spells of detention", {}, "detention"),
                    self.persons("detentions.persons", f"{p.title}: persons", {}),
                    Draft(
                        "detentions.states",
                        f"{p.title}: States or territories",
                        {},
                        "state",
                        column="state_iso3",
                    ),
                    Draft(
                        "detentions.dated",
                        f"{p.title}: spells with a date of arrest",
                        {"began_date": {"recorded": True}},
                        "detention",
                    ),
                    Draft(
                        "detentions.open",
                        f"{p.title}: spells open on the as-of date",
                        self._open(),
                        "detention",
                    ),
                ],
            )
            claims += made.values()
            rows.append([Cell(text=p.title), *(Cell(claim=c.name) for c in made.values())])
        return self.finding(
            "detained_extent",
            "Extent of the lists of detentions",
            [
                Column("label", "List", "label"),
                Column("total", "Detentions"),
                Column("persons", "Persons"),
                Column("states", "States or territories"),
                Column("dated", "With date of arrest"),
                Column("open", "Held on the as-of date"),
            ],
            rows,
            claims,
            notes=(
                "A person may be detained more than once. Cases that nobody took up are not "
                "in such lists.",
            ),
        )

    def by_state(self) -> Finding:
        """Detentions and persons by State; map."""
        return self._by_place(
            "detained_by_state",
            "Detentions by State or territory",
            {
                iso3: (short_name(iso3), iso3)
                for p in self.populations
                for iso3 in sorted(p.frame["state_iso3"].unique())
            },
            "state",
        )

    def by_sentence_kind(self) -> Finding:
        """Detentions by kind of sentence in force."""
        return self.tabulate(
            "detained_by_sentence_kind",
            "Detentions by kind of sentence",
            "sentence_kind_code",
            "sentence_kind",
            unit="detention",
            unknown=("not_disclosed", "not_recorded"),
        )

    def end_dates(self) -> Finding:
        """Sentences given as an end date: how exact, and which still run on the as-of date."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            dated = {"sentence_end_date": {"recorded": True}}
            made = self.count(
                p,
                [
                    Draft(
                        "end_dates.total",
                        f"{p.title}: sentences given as an end date",
                        dated,
                        "detention",
                    ),
                    *(
                        Draft(
                            f"end_dates.{exact}",
                            f"{p.title}: end known to the {exact}",
                            {**dated, "sentence_end_precision": exact},
                            "detention",
                        )
                        for exact in ("day", "month", "year")
                    ),
                    *(
                        [
                            Draft(
                                "end_dates.running",
                                f"{p.title}: end after {self.as_of_words}",
                                {"sentence_end_date": {"from": self._before(0, days=-1)}},
                                "detention",
                            )
                        ]
                        if self.as_of is not None
                        else []
                    ),
                ],
            )
            claims += made.values()
            if not is_nothing(made["end_dates.total"]):
                rows += [
                    self.line(
                        p, Cell(text=c.definition.split(": ")[-1].capitalize()), Cell(claim=c.name)
                    )
                    for c in made.values()
                ]
        return self.finding(
            "end_dates",
            "Sentences given as the date on which they end",
            self.head(
                Column("label", "End of the sentence", "label"), Column("value", "Detentions")
            ),
            rows,
            claims,
            notes=(
                "Without a date of arrest an end date gives no length, so these sentences "
                "count at no threshold. Whether a person was freed on that day is not said.",
            ),
        )

    def by_pretext(self) -> Finding:
        """Persons by pretext."""
        return self.persons_by_code(
            "detained_by_pretext",
            "Detained persons by pretext",
            "pretext_codes",
            "pretext",
            (
                "As charged by the authorities, coded from the words of the list. A person may be "
                "held on several pretexts.",
            ),
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded."""
        return self.persons_by_code(
            "detained_by_sex",
            "Detained persons by sex or gender as recorded",
            "sex_code",
            "sex",
            heading="Sex or gender",
        )

    def long_term(self) -> Finding:
        """Two arms, never merged, at several thresholds; claims ``detained_long_term.*``."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    *(
                        d
                        for t in self.thresholds
                        for d in self._arms(p, f"detained_long_term.at_{t}", t)
                    ),
                    *self._arms(p, "detained_long_term", self.threshold),
                    self.persons(
                        "detained_long_term.whereabouts",
                        f"{p.title}: persons whose fate or whereabouts are recorded as not known",
                        {"whereabouts_known_code": "no"},
                    ),
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=f"{t} years or longer"),
                    *(
                        Cell(claim=made[f"detained_long_term.at_{t}.{arm}"].name)
                        for arm in ("persons", "range", "unsentenced")
                    ),
                )
                for t in self.thresholds
            ]
        return self.finding(
            "detained_long_term",
            "Detained persons by threshold of long term",
            self.head(
                Column("label", "Threshold", "label"),
                Column("persons", "Sentenced: term, life or death"),
                Column("range", "Range that holds the threshold"),
                Column("unsentenced", "Held without a sentence"),
            ),
            rows,
            claims,
            unit="persons",
            notes=(
                "The two arms are never added. Held without a sentence: still held on "
                f"{self.as_of_words}, arrested at least that many years before, and no "
                "sentence recorded. Such cases raise the question of enforced disappearance.",
            ),
        )

    def time_served(self) -> Finding:
        """How long those still held had been held on the as-of date."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            if self.as_of is None:
                continue
            drafts = []
            for low, high in zip(HELD_YEARS, (*HELD_YEARS[1:], None), strict=True):
                began: dict[str, Any] = {"to": self._before(low)}
                if high is not None:
                    began["from"] = self._before(high, days=1)
                words = (
                    f"{low} to less than {high} years"
                    if low and high
                    else "less than one year"
                    if high
                    else f"{low} years or longer"
                )
                drafts.append(
                    Draft(
                        f"time_served.from_{low}",
                        f"{p.title}: open spells, {words}",
                        {**self._open(), "began_date": began},
                        "detention",
                    )
                )
            drafts.append(
                Draft(
                    "time_served.of",
                    f"{p.title}: open spells with a date of arrest",
                    {**self._open(), "began_date": {"recorded": True}},
                    "detention",
                )
            )
            made = self.count(p, drafts)
            median = self._median(p)
            claims += [*made.values(), median]
            if is_nothing(made["time_served.of"]):
                continue
            rows += [
                self.line(
                    p,
                    Cell(
                        text=d.definition.split(", ")[-1].capitalize()
                        if d.name != "time_served.of"
                        else "All of known beginning"
                    ),
                    Cell(claim=made[d.name].name),
                )
                for d in drafts
            ]
            rows.append(
                self.line(
                    p, Cell(text="Half had been held for more days than"), Cell(claim=median.name)
                )
            )
        return self.finding(
            "time_served",
            "Time held until the as-of date by length",
            self.head(Column("label", "Held for", "label"), Column("value", "Detentions")),
            rows,
            claims,
            notes=(
                f"Spells open on {self.as_of_words}. A date known to the month or year only is "
                "taken at its first day.",
            ),
        )

    def pretrial(self) -> Finding:
        """Time from the arrest to the first sentence, apart from the time after it."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            drafts = [
                Draft(
                    f"pretrial.from_{low}",
                    f"{p.title}: {words.lower()} before a sentence",
                    {"pretrial_days": {"from": low, "to": high}},
                    "detention",
                )
                for low, high, words in PRETRIAL
            ]
            drafts.append(
                Draft(
                    "pretrial.known",
                    f"{p.title}: detentions with both dates",
                    {"pretrial_days": {"recorded": True}},
                    "detention",
                )
            )
            made = self.count(p, drafts)
            claims += made.values()
            if is_nothing(made["pretrial.known"]):
                continue
            for (_, _, words), draft in zip(PRETRIAL, drafts, strict=False):
                key = f"{draft.name}.share"
                part = share(
                    p,
                    key,
                    made[draft.name],
                    made["pretrial.known"],
                    f"{p.title}: {words.lower()}, in per cent of detentions with both dates",
                )
                claims.append(part)
                rows.append(
                    self.line(
                        p,
                        Cell(text=words),
                        Cell(claim=made[draft.name].name),
                        Cell(claim=part.name),
                    )
                )
        return self.finding(
            "pretrial",
            "Time held before the first sentence",
            self.head(
                Column("label", "Before the sentence", "label"),
                Column("value", "Detentions"),
                Column("share", "Per cent of known"),
            ),
            rows,
            claims,
        )

    def against_sentence(self) -> Finding:
        """How much of the sentence those still held had served on the as-of date."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            if self.as_of is None:
                continue
            day = self.as_of.date().isoformat()
            term = {**self._open(), "sentence_kind_code": "term"}
            made = self.count(
                p,
                [
                    Draft(
                        "served.under_half",
                        f"{p.title}: less than half of the term",
                        {**term, "term_half_date": {"from": self._before(0, days=-1)}},
                        "detention",
                    ),
                    Draft(
                        "served.over_half",
                        f"{p.title}: half of the term or more, not all",
                        {**term, "term_half_date": {"to": day}, "term_ends_date": {"from": day}},
                        "detention",
                    ),
                    Draft(
                        "served.beyond",
                        f"{p.title}: longer than the term",
                        {**term, "term_half_date": {"to": day}, "term_ends_date": {"below": day}},
                        "detention",
                    ),
                    Draft(
                        "served.life",
                        f"{p.title}: life",
                        {**self._open(), "sentence_kind_code": "life"},
                        "detention",
                    ),
                    Draft(
                        "served.death",
                        f"{p.title}: death",
                        {**self._open(), "sentence_kind_code": "death"},
                        "detention",
                    ),
                    Draft(
                        "served.none",
                        f"{p.title}: no sentence",
                        {**self._open(), "sentence_kind_code": NO_SENTENCE},
                        "detention",
                    ),
                ],
            )
            claims += made.values()
            if all(is_nothing(c) for c in made.values()):
                continue
            rows += [
                self.line(
                    p, Cell(text=c.definition.split(": ")[-1].capitalize()), Cell(claim=c.name)
                )
                for c in made.values()
            ]
        return self.finding(
            "against_sentence",
            "Time held against the sentence",
            self.head(
                Column("label", "Served on the as-of date", "label"), Column("value", "Detentions")
            ),
            rows,
            claims,
            notes=(
                "Time before the sentence counts as served. Half is counted of the shortest, "
                "the end of the longest length that the text of the sentence allows.",
            ),
        )

    def ways_out(self) -> Finding:
        """How detention ends: competing exits with delayed entry."""
        return ways_out_finding(self, self.as_of)

    def proceedings(self) -> Finding:
        """Trial in absentia, military or special court, counter-terrorism law, where recorded."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    Draft(
                        f"proceedings.{fact}.{answer}",
                        f"{p.title}: {words.lower()}, {answer}",
                        {f"{fact}_code": ["yes", "no"] if answer == "known" else answer},
                        "detention",
                    )
                    for fact, words in FACTS.items()
                    for answer in ("yes", "no", "known")
                ],
            )
            claims += made.values()
            for fact, words in FACTS.items():
                stem = f"proceedings.{fact}"
                if is_nothing(made[f"{stem}.known"]):
                    continue
                part = share(
                    p,
                    f"{stem}.share",
                    made[f"{stem}.yes"],
                    made[f"{stem}.known"],
                    f"{p.title}: {words.lower()}, in per cent of those in which it is recorded",
                )
                claims.append(part)
                rows.append(
                    self.line(
                        p,
                        Cell(text=words),
                        *(Cell(claim=made[f"{stem}.{a}"].name) for a in ("yes", "no")),
                        Cell(claim=part.name),
                    )
                )
        return self.finding(
            "proceedings",
            "Facts of the proceedings, where recorded",
            self.head(
                Column("label", "Fact", "label"),
                Column("yes", "Yes"),
                Column("no", "No"),
                Column("share", "Per cent of known"),
            ),
            rows,
            claims,
            notes=("Not recorded does not mean no.",),
        )

    def wgad(self) -> Finding:
        """Opinions of the Working Group beside the researcher's own coding."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    Draft(
                        "wgad.opinions",
                        f"{p.title}: detentions with an opinion of the Working Group",
                        {"wgad_symbol": {"recorded": True}},
                        "detention",
                    ),
                    *(
                        draft
                        for code in codes("wgad_category")
                        if code != "not_recorded"
                        for draft in (
                            Draft(
                                f"wgad.{code}",
                                f"{p.title}: the Working Group found "
                                f"{label('wgad_category', code)}",
                                {"wgad_codes": code},
                                "detention",
                            ),
                            Draft(
                                f"wgad.own.{code}",
                                f"{p.title}: own coding {label('wgad_category', code)}",
                                {"own_codes": code},
                                "detention",
                            ),
                            Draft(
                                f"wgad.both.{code}",
                                f"{p.title}: both {label('wgad_category', code)}",
                                {"wgad_codes": code, "own_codes": code},
                                "detention",
                            ),
                        )
                    ),
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=label("wgad_category", code), vocabulary="wgad_category"),
                    *(Cell(claim=made[f"wgad.{end}{code}"].name) for end in ("", "own.", "both.")),
                )
                for code in codes("wgad_category")
                if code != "not_recorded"
                and not all(is_nothing(made[f"wgad.{end}{code}"]) for end in ("", "own."))
            ]
        return self.finding(
            "wgad",
            "Opinions of the Working Group beside own coding by category",
            self.head(
                Column("label", "Category", "label"),
                Column("wgad", "Working Group"),
                Column("own", "Own coding"),
                Column("both", "Both"),
            ),
            rows,
            claims,
            notes=(
                "A finding of the Working Group on Arbitrary Detention is not a researcher's "
                "coding. A detention may fall under several categories.",
            ),
        )

    def release(self) -> Finding:
        """Paragraph 33: cases for which release should be called, as counts by State."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            states = sorted(p.frame["state_iso3"].unique(), key=short_name)
            made = self.count(
                p,
                [
                    draft
                    for iso3 in states
                    for draft in (
                        *(
                            d
                            for d in self._arms(
                                p,
                                f"release.detained.{iso3.lower()}",
                                self.threshold,
                                {"state_iso3": iso3},
                                is_open=True,
                            )
                            if not d.name.endswith(".range")
                        ),
                        self.persons(
                            f"release.detained.{iso3.lower()}.wgad",
                            f"{p.title}: persons held with an opinion of the Working Group",
                            {**self._open(), "state_iso3": iso3, "wgad_symbol": {"recorded": True}},
                        ),
                    )
                ],
            )
            claims += made.values()
            for iso3 in states:
                line = [
                    made[f"release.detained.{iso3.lower()}.{arm}"]
                    for arm in ("persons", "unsentenced", "wgad")
                ]
                if any(c.status != "shown" or c.value for c in line):
                    rows.append(
                        self.line(
                            p,
                            Cell(text=short_name(iso3), vocabulary="state"),
                            *(Cell(claim=c.name) for c in line),
                        )
                    )
        return self.finding(
            "release_detained",
            "Detained persons for whom release should be called, by State",
            self.head(
                Column("label", "State or territory", "label"),
                Column("persons", "Under a long sentence"),
                Column("unsentenced", "Long without a sentence"),
                Column("wgad", "With an opinion of the Working Group"),
            ),
            rows,
            claims,
            unit="persons",
            notes=(
                f"Held on {self.as_of_words}. The columns overlap and are not added. Those who "
                "may be named stand in the next table and are counted here as well.",
            ),
        )

    def release_named(self) -> Finding:
        """The same schedule by name: only with recorded consent or a UN publication."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            frame = p.frame[p.frame["name_basis_code"] != "none"]
            if self.as_of is not None:
                frame = frame[frame["open_until_date"] > self.as_of]
            for number, case in enumerate(frame.sort_values("public_name").to_dict("records"), 1):
                years = case["sentence_min_years"]
                cell = Cell(text="–")
                if pd.notna(years):
                    claim = Claim(
                        name=p.named(f"release.named.{number}.years"),
                        value=float(years),
                        unit="year",
                        rows=1,
                        text=f"{years:g}",
                        measure="named_case",
                        table=self.table,
                        sources=(p.slug,),
                        definition=f"{p.title}: sentence in years of a person who may be named",
                    )
                    claims.append(claim)
                    cell = Cell(claim=claim.name)
                rows.append(
                    self.line(
                        p,
                        Cell(text=str(case["public_name"])),
                        Cell(text=short_name(case["state_iso3"]), vocabulary="state"),
                        Cell(text=str(case["began_year"]) if pd.notna(case["began_year"]) else "–"),
                        Cell(
                            text=label("sentence_kind", case["sentence_kind_code"]),
                            vocabulary="sentence_kind",
                        ),
                        cell,
                        Cell(
                            text=str(case["un_symbol"])
                            if pd.notna(case["un_symbol"])
                            else label("name_basis", case["name_basis_code"])
                        ),
                    )
                )
        return self.finding(
            "release_named",
            "Persons for whom release should be called and who may be named",
            self.head(
                Column("label", "Name", "label"),
                Column("state", "State", "label"),
                Column("since", "Held since", "label"),
                Column("kind", "Sentence", "label"),
                Column("years", "Years"),
                Column("basis", "Basis for the name", "label"),
            ),
            rows,
            claims,
            unit="persons",
            notes=(
                "Named with recorded consent, or because the United Nations has published the "
                "case under the symbol given. All others are counts only.",
            ),
        )

    def doubts(self) -> Finding:
        """Rows in which something does not fit; every one is kept and named on the machine."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        kinds = [c for c in codes("detention_doubt") if c != "not_recorded"]
        for p in self.populations:
            made = self.count(
                p,
                [
                    Draft(
                        f"doubts.{code}",
                        f"{p.title}: {label('detention_doubt', code)}",
                        {"doubt_codes": code},
                        "detention",
                    )
                    for code in kinds
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=label("detention_doubt", code), vocabulary="detention_doubt"),
                    Cell(claim=made[f"doubts.{code}"].name),
                )
                for code in kinds
                if not is_nothing(made[f"doubts.{code}"])
            ]
        return self.finding(
            "doubts",
            "Rows in which something does not fit",
            self.head(Column("label", "What", "label"), Column("value", "Detentions")),
            rows,
            claims,
            notes=("None of them was dropped; what the doubt touches is not computed.",),
        )

    # -- private ---------------------------------------------------------------------------

    def _open(self) -> dict[str, Any]:
        """Filter of the spells open on the as-of date."""
        if self.as_of is None:
            return {"exit_code": "held"}
        return {"open_until_date": {"from": self._before(0, days=-1)}}

    def _before(self, years: int, days: int = 0) -> str:
        """A day so many years before the as-of date, and so many days later."""
        assert self.as_of is not None
        day = self.as_of - pd.DateOffset(years=years) + pd.Timedelta(days=days if years else -days)
        return str(day.date().isoformat())

    def _arms(
        self,
        p: Population,
        stem: str,
        years: int,
        within: Mapping[str, Any] | None = None,
        is_open: bool = False,
    ) -> list[Draft]:
        """Sentenced; range that holds the threshold; held without a sentence."""
        where = {**(within or {}), **(self._open() if is_open else {})}
        unsentenced = {
            **(within or {}),
            **self._open(),
            "sentence_kind_code": NO_SENTENCE,
            "began_date": {"to": self._before(years) if self.as_of is not None else "1900-01-01"},
        }
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
                f"{p.title}: persons held for {years} years or longer without a sentence",
                unsentenced,
            ),
        ]

    def _median(self, p: Population) -> Claim:
        """Median of days held over the open spells; withheld where few persons stand behind it."""
        assert self.as_of is not None
        frame = p.frame[(p.frame["open_until_date"] > self.as_of) & p.frame["began_date"].notna()]
        frame = frame[frame["began_date"] <= self.as_of]
        least = max(2 * p.policy.smallest_cell, 1)
        base: dict[str, Any] = {
            "name": p.named("time_served.median_days"),
            "unit": "day",
            "table": self.table,
            "definition": f"{p.title}: median of days held until the as-of date",
            "rows": None,
            "measure": "median:days_held",
            "sources": (p.slug,),
        }
        if not len(frame):
            return Claim(**base, value=None, text="not computable", status="not_computable")
        if len(frame) < least:
            return Claim(**base, value=None, text="withheld", status="suppressed")
        value = int((self.as_of - frame["began_date"]).dt.days.median())
        return Claim(**base, value=value, text=in_table(value, "day"))

    def _by_place(
        self, name: str, title: str, places: Mapping[str, tuple[str, str]], vocabulary: str
    ) -> Finding:
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            own = {i: w for i, w in places.items() if (p.frame["state_iso3"] == i).any()}
            made = self.count(
                p,
                [
                    draft
                    for iso3, (words, _) in own.items()
                    for draft in (
                        Draft(
                            f"{name}.{iso3.lower()}",
                            f"{p.title}: detentions in {words}",
                            {"state_iso3": iso3},
                            "detention",
                        ),
                        self.persons(
                            f"{name}.{iso3.lower()}.persons",
                            f"{p.title}: persons in {words}",
                            {"state_iso3": iso3},
                        ),
                    )
                ],
            )
            claims += made.values()
            rows += [
                self.line(
                    p,
                    Cell(text=iso3),
                    Cell(text=words, vocabulary=vocabulary),
                    Cell(claim=made[f"{name}.{iso3.lower()}"].name),
                    Cell(claim=made[f"{name}.{iso3.lower()}.persons"].name),
                )
                for iso3, (words, _) in sorted(own.items(), key=lambda item: item[1][0])
            ]
        return self.finding(
            name,
            title,
            self.head(
                Column("iso3", "ISO3", "code"),
                Column("label", "State or territory", "label"),
                Column("value", "Detentions"),
                Column("persons", "Persons"),
            ),
            rows,
            claims,
            drawing=Drawing("map", "iso3", ("persons",)) if self.one else Drawing(),
            notes=(
                "States stand in alphabetical order: coverage differs, so the counts do not "
                "rank them.",
            ),
        )
