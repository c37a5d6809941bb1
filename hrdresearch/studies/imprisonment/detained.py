"""Spells of detention with their dates: who is held, time served, and the facts of the cases.

Days are counted to an as-of date, a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.imprisonment.part import Part, states_of
from hrdresearch.studies.imprisonment.ways_out import ways_out_finding
from hrdresearch.studies.lines import (
    Content,
    Row,
    Share,
    as_row,
    counted,
    heads,
    place,
    term,
    texts,
)
from hrdresearch.vocab import codes, label

NO_SENTENCE = ["pending", "indefinite", "not_recorded"]
DATES = ("began_date", "entered_date", "sentence_date", "ended_date", "last_known_date")
HELD_YEARS = {
    (0, 1): "less than one year",
    (1, 2): "1 to less than 2 years",
    (2, 5): "2 to less than 5 years",
    (5, 10): "5 to less than 10 years",
    (10, None): "10 years or longer",
}
PRETRIAL = {
    (0, 182): "Up to six months",
    (183, 365): "Six months to one year",
    (366, 730): "One to two years",
    (731, None): "More than two years",
}
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
        drafts = (
            _spells("detentions.total", "spells of detention", {}),
            self.persons("detentions.persons", "persons", {}),
            Draft("detentions.states", "States or territories", {}, "state", "state_iso3"),
            _spells("detentions.dated", "spells with a date of arrest", _recorded("began_date")),
            _spells("detentions.open", "spells open on the as-of date", self._open()),
        )
        return counted(
            self,
            "detained_extent",
            "Extent of the lists of detentions",
            heads(
                "List",
                total="Detentions",
                persons="Persons",
                states="States or territories",
                dated="With date of arrest",
                open="Held on the as-of date",
            ),
            lambda p: [(p.title, *drafts)],
            names_lists=True,
            notes=(
                "A person may be detained more than once. Cases that nobody took up are not "
                "in such lists.",
            ),
        )

    def by_state(self) -> Finding:
        """Detentions and persons by State; map."""
        stem = "detained_by_state"
        return self.by_place(
            stem,
            "Detentions by State or territory",
            {"value": "Detentions", "persons": "Persons"},
            lambda _, iso3, name: [
                _spells(f"{stem}.{iso3.lower()}", f"detentions in {name}", {"state_iso3": iso3}),
                self.persons(
                    f"{stem}.{iso3.lower()}.persons", f"persons in {name}", {"state_iso3": iso3}
                ),
            ],
            notes=(
                "States stand in alphabetical order: coverage differs, so the counts do not "
                "rank them.",
            ),
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
        dated = _recorded("sentence_end_date")
        drafts = [
            _spells("end_dates.total", "sentences given as an end date", dated),
            *(
                _spells(
                    f"end_dates.{exact}",
                    f"end known to the {exact}",
                    {**dated, "sentence_end_precision": exact},
                )
                for exact in ("day", "month", "year")
            ),
        ]
        if self.as_of is not None:
            later = {"sentence_end_date": {"from": self._before(0, days=-1)}}
            drafts.append(_spells("end_dates.running", f"end after {self.as_of_words}", later))
        return counted(
            self,
            "end_dates",
            "Sentences given as the date on which they end",
            heads("End of the sentence", value="Detentions"),
            [as_row(d) for d in drafts],
            empty="drop lists",
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
            "Pretext",
            "As charged by the authorities, coded from the words of the list. A person may be "
            "held on several pretexts.",
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded."""
        title = "Detained persons by sex or gender as recorded"
        return self.persons_by_code("detained_by_sex", title, "sex_code", "sex", "Sex or gender")

    def long_term(self) -> Finding:
        """Two arms, never merged, at several thresholds; claims ``detained_long_term.*``."""
        return self.by_threshold(
            "detained_long_term",
            "Detained persons by threshold of long term",
            beside=(
                *self.arms("detained_long_term", self.threshold),
                self.persons(
                    "detained_long_term.whereabouts",
                    "persons whose fate or whereabouts are recorded as not known",
                    {"whereabouts_known_code": "no"},
                ),
            ),
            notes=(
                "The two arms are never added. Held without a sentence: still held on "
                f"{self.as_of_words}, arrested at least that many years before, and no "
                "sentence recorded. Such cases raise the question of enforced disappearance.",
            ),
        )

    def time_served(self) -> Finding:
        """How long those still held had been held on the as-of date."""

        def rows(p: Population) -> list[Row]:
            if self.as_of is None:
                return []
            lines: list[Row] = []
            for (low, high), words in HELD_YEARS.items():
                began: dict[str, Any] = {"to": self._before(low)}
                if high is not None:
                    began["from"] = self._before(high, days=1)
                where = {**self._open(), "began_date": began}
                draft = _spells(f"time_served.from_{low}", f"open spells, {words}", where)
                lines.append((words.capitalize(), draft))
            known = {**self._open(), **_recorded("began_date")}
            whole = _spells("time_served.of", "open spells with a date of arrest", known)
            return [
                *lines,
                ("All of known beginning", whole),
                ("Half had been held for more days than", self._median(p)),
            ]

        return counted(
            self,
            "time_served",
            "Time held until the as-of date by length",
            heads("Held for", value="Detentions"),
            rows,
            empty="drop lists",
            notes=(
                f"Spells open on {self.as_of_words}. A date known to the month or year only is "
                "taken at its first day.",
            ),
        )

    def pretrial(self) -> Finding:
        """Time from the arrest to the first sentence, apart from the time after it."""
        known = _spells("pretrial.known", "detentions with both dates", _recorded("pretrial_days"))
        rows = []
        for (low, high), words in PRETRIAL.items():
            draft = _spells(
                f"pretrial.from_{low}",
                f"{words.lower()} before a sentence",
                {"pretrial_days": {"from": low, "to": high}},
            )
            share = f"{words.lower()}, in per cent of detentions with both dates"
            rows.append((words, draft, Share(draft, known, share)))
        return counted(
            self,
            "pretrial",
            "Time held before the first sentence",
            heads("Before the sentence", value="Detentions", share="Per cent of known"),
            rows,
            empty="drop lists",
        )

    def against_sentence(self) -> Finding:
        """How much of the sentence those still held had served on the as-of date."""
        drafts = []
        if self.as_of is not None:
            day = self.as_of.date().isoformat()
            term_ = {**self._open(), "sentence_kind_code": "term"}
            past_half = {**term_, "term_half_date": {"to": day}}
            half_ahead = {**term_, "term_half_date": {"from": self._before(0, days=-1)}}
            drafts = [
                ("under_half", "less than half of the term", half_ahead),
                (
                    "over_half",
                    "half of the term or more, not all",
                    {**past_half, "term_ends_date": {"from": day}},
                ),
                ("beyond", "longer than the term", {**past_half, "term_ends_date": {"below": day}}),
                ("life", "life", {**self._open(), "sentence_kind_code": "life"}),
                ("death", "death", {**self._open(), "sentence_kind_code": "death"}),
                ("none", "no sentence", {**self._open(), "sentence_kind_code": NO_SENTENCE}),
            ]
        return counted(
            self,
            "against_sentence",
            "Time held against the sentence",
            heads("Served on the as-of date", value="Detentions"),
            [as_row(_spells(f"served.{key}", words, where)) for key, words, where in drafts],
            empty="drop lists",
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

        def row(fact: str, words: str) -> Row:
            yes, no, known = (
                _spells(
                    f"proceedings.{fact}.{answer}",
                    f"{words.lower()}, {answer}",
                    {f"{fact}_code": held},
                )
                for answer, held in (("yes", "yes"), ("no", "no"), ("known", ["yes", "no"]))
            )
            share = f"{words.lower()}, in per cent of those in which it is recorded"
            return words, yes, no, Share(yes, known, share, name=f"proceedings.{fact}.share")

        return counted(
            self,
            "proceedings",
            "Facts of the proceedings, where recorded",
            heads("Fact", yes="Yes", no="No", share="Per cent of known"),
            [row(fact, words) for fact, words in FACTS.items()],
            empty="drop rows",
            notes=("Not recorded does not mean no.",),
        )

    def wgad(self) -> Finding:
        """Opinions of the Working Group beside the researcher's own coding."""

        def row(code: str) -> Row:
            words, found, own = (
                label("wgad_category", code),
                {"wgad_codes": code},
                {"own_codes": code},
            )
            return (
                term("wgad_category", code),
                _spells(f"wgad.{code}", f"the Working Group found {words}", found),
                _spells(f"wgad.own.{code}", f"own coding {words}", own),
                _spells(f"wgad.both.{code}", f"both {words}", {**found, **own}),
            )

        words = "detentions with an opinion of the Working Group"
        return counted(
            self,
            "wgad",
            "Opinions of the Working Group beside own coding by category",
            heads("Category", wgad="Working Group", own="Own coding", both="Both"),
            [row(code) for code in codes("wgad_category") if code != "not_recorded"],
            beside=[_spells("wgad.opinions", words, _recorded("wgad_symbol"))],
            empty="drop rows",
            notes=(
                "A finding of the Working Group on Arbitrary Detention is not a researcher's "
                "coding. A detention may fall under several categories.",
            ),
        )

    def release(self) -> Finding:
        """Paragraph 33: cases for which release should be called, as counts by State."""

        def row(iso3: str) -> Row:
            stem, here = f"release.detained.{iso3.lower()}", {"state_iso3": iso3}
            long, _, unsentenced = self.arms(stem, self.threshold, here, self._open())
            return (
                place(iso3),
                long,
                unsentenced,
                self.persons(
                    f"{stem}.wgad",
                    "persons held with an opinion of the Working Group",
                    {**self._open(), **here, **_recorded("wgad_symbol")},
                ),
            )

        return counted(
            self,
            "release_detained",
            "Detained persons for whom release should be called, by State",
            heads(
                "State or territory",
                persons="Under a long sentence",
                unsentenced="Long without a sentence",
                wgad="With an opinion of the Working Group",
            ),
            lambda p: [row(iso3) for iso3 in states_of(p)],
            empty="drop rows",
            unit="persons",
            notes=(
                f"Held on {self.as_of_words}. The columns overlap and are not added. Those who "
                "may be named stand in the next table and are counted here as well.",
            ),
        )

    def release_named(self) -> Finding:
        """The same schedule by name: only with recorded consent or a UN publication."""

        def rows(p: Population) -> list[Row]:
            frame = p.frame[p.frame["name_basis_code"] != "none"]
            if self.as_of is not None:
                frame = frame[frame["open_until_date"] > self.as_of]
            cases = frame.sort_values("public_name").to_dict("records")
            return [
                (
                    str(case["public_name"]),
                    place(case["state_iso3"]),
                    _or_dash(case["began_year"]),
                    term("sentence_kind", case["sentence_kind_code"]),
                    self._named_years(p, number, case["sentence_min_years"]),
                    str(case["un_symbol"])
                    if pd.notna(case["un_symbol"])
                    else label("name_basis", case["name_basis_code"]),
                )
                for number, case in enumerate(cases, 1)
            ]

        return counted(
            self,
            "release_named",
            "Persons for whom release should be called and who may be named",
            [
                *texts(label="Name", state="State", since="Held since", kind="Sentence"),
                Column("years", "Years"),
                *texts(basis="Basis for the name"),
            ],
            rows,
            unit="persons",
            notes=(
                "Named with recorded consent, or because the United Nations has published the "
                "case under the symbol given. All others are counts only.",
            ),
        )

    def doubts(self) -> Finding:
        """Rows in which something does not fit; every one is kept and named on the machine."""
        kind = "detention_doubt"
        return counted(
            self,
            "doubts",
            "Rows in which something does not fit",
            heads("What", value="Detentions"),
            [
                (
                    term(kind, code),
                    _spells(f"doubts.{code}", label(kind, code), {"doubt_codes": code}),
                )
                for code in codes(kind)
                if code != "not_recorded"
            ],
            empty="drop rows",
            notes=("None of them was dropped; what the doubt touches is not computed.",),
        )

    def unsentenced(self, years: int, within: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Persons still held, arrested so many years ago, with no sentence recorded."""
        began = self._before(years) if self.as_of is not None else "1900-01-01"
        return (
            f"persons held for {years} years or longer without a sentence",
            {
                **within,
                **self._open(),
                "sentence_kind_code": NO_SENTENCE,
                "began_date": {"to": began},
            },
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

    def _named_years(self, p: Population, number: int, years: float | None) -> Content:
        """Sentence in years of a person who may be named, or a dash."""
        if pd.isna(years):
            return "–"
        return Claim(
            name=p.named(f"release.named.{number}.years"),
            value=float(years or 0),
            unit="year",
            rows=1,
            text=f"{years:g}",
            measure="named_case",
            table=self.table,
            sources=(p.slug,),
            definition=f"{p.title}: sentence in years of a person who may be named",
        )


def _spells(name: str, words: str, filter_: Mapping[str, Any]) -> Draft:
    return Draft(name, words, filter_, "detention")


def _recorded(column: str) -> dict[str, Any]:
    return {column: {"recorded": True}}


def _or_dash(value: Any) -> str:
    return str(value) if pd.notna(value) else "–"
