"""Spells of detention: persons held, charges as brought, and facts of the proceedings.

A spell is one detention of one person, from the arrest to the end. A person may have several.
"""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import Wording
from hrdresearch.studies.imprisonment import (
    calls_for_release,
    detained_divisions,
    disappearances,
    end_dates_and_deaths,
    proceedings,
    situations,
    ways_out,
)
from hrdresearch.studies.imprisonment.detention_sentences import (
    doubt_sentences,
    extent_sentences,
    sentences_on_sentence_kinds,
    sentences_on_states_of_detained,
)
from hrdresearch.studies.imprisonment.persons_by_code import (
    ARRESTED_BY,
    CAUSE,
    CHARGES,
    IDENTITY,
    MEASURE,
    PLACE,
    SEX,
    STAGE,
    persons_by_code,
)
from hrdresearch.studies.imprisonment.study_part import UNKNOWN_KINDS, why_no_dates
from hrdresearch.studies.imprisonment.thresholds import table_by_threshold
from hrdresearch.studies.imprisonment.time_held import TimeHeld, count_spells, where_recorded
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.studies.shapes.released import (
    by_area_finding,
    by_period_finding,
    medians_finding,
)
from hrdresearch.vocab import codes, label

_NOT_KNOWN = count_spells(
    "detentions.end_not_known",
    "spells of which it is not known how they ended",
    {"exit_code": "unknown"},
)
_UNDEFINED_DIED = count_spells(
    "detained_by_sentence_kind.not_defined.died",
    "a word that the publisher does not define, and a recorded death",
    {"sentence_kind_code": "not_defined", "exit_code": end_dates_and_deaths.DIED},
)


AS_LAST_RECORDED = (
    "As the list records it on the day of its file. A person with several detentions may count under "
    "several."
)


class DetainedPart(TimeHeld):
    """All findings on table ``detentions``."""

    def extent(self) -> Finding:
        """Detentions, persons, States, and detentions that were not over on the as-of date, by list."""
        drafts = (
            count_spells("detentions.total", "spells of detention", {}),
            self.count_persons("detentions.persons", "persons", {}),
            CountDraft("detentions.states", "States or territories", {}, "state", "state_iso3"),
            count_spells(
                "detentions.dated", "spells with a date of arrest", where_recorded("began_date")
            ),
            count_spells("detentions.open", "spells open on the as-of date", self.open_spells),
        )

        def row(p: Population) -> Row:
            if self.tells_time_held(p):
                return (p.title, *drafts)
            return (p.title, *drafts[:3], why_no_dates(p), why_no_dates(p))

        finding = table_of_counts(
            self,
            "detained_extent",
            "Extent of the lists of detentions",
            column_heads(
                "List",
                total="Detentions",
                persons="Persons",
                states="States or territories",
                dated="With date of arrest",
                open="Held on the as-of date",
            ),
            lambda p: [row(p)],
            beside=lambda p: (
                [_NOT_KNOWN]
                if p.policy.prints_exact_numbers and p.frame["exit_code"].eq("unknown").any()
                else []
            ),
            names_lists=True,
            sentence=lambda p, claims: (
                [extent_sentences(p, claims, self.as_of_words, self.tells_time_held(p))]
                if p.has_cases
                else []
            ),
            notes=(
                "A person may be detained more than once. Cases that nobody took up are not "
                "in such lists. Whoever has neither a date of arrest nor a word on the end is "
                "not counted as held, and nobody whose status the list does not know.",
            ),
        )
        return self.without_short_table(finding)

    def by_state(self) -> Finding:
        """Detentions and persons by State, with a map of persons."""
        stem = "detained_by_state"
        finding = self.table_by_state(
            stem,
            "Detained persons by State or territory",
            {"value": "Detentions", "persons": "Persons"},
            lambda _, iso3, name: [
                count_spells(
                    f"{stem}.{iso3.lower()}", f"detentions in {name}", {"state_iso3": iso3}
                ),
                self.count_persons(
                    f"{stem}.{iso3.lower()}.persons", f"persons in {name}", {"state_iso3": iso3}
                ),
            ],
            unit="persons",
            notes=("Coverage differs between States, so the counts do not rank them.",),
            sentence=sentences_on_states_of_detained,
        )
        return self.without_short_table(finding, most=1)

    by_division = detained_divisions.by_division
    by_situation = situations.by_situation
    by_year = situations.by_year

    def by_sentence_kind(self) -> Finding:
        """Detentions by kind of the sentence that is in force: counts only, without shares.

        Where a list says "in detention" only, a sentence may or may not have been passed, so what
        is recorded of the others is no share of all.
        """
        finding = table_by_code(
            self,
            "detained_by_sentence_kind",
            "Detentions by kind of sentence",
            "sentence_kind_code",
            "sentence_kind",
            unit="detention",
            noun="detention:detentions",
            unknown=UNKNOWN_KINDS,
            drawing="table",
        )
        by_name = {claim.name: claim for claim in finding.claims}
        died = {
            p.slug: self.count(p, [_UNDEFINED_DIED])[_UNDEFINED_DIED.name]
            for p in self.populations
            if p.policy.prints_exact_numbers and p.has_cases
        }
        said = [
            sentences_on_sentence_kinds(p, by_name, died.get(p.slug))
            for p in self.populations
            if p.has_cases
        ]
        end = -1 if finding.columns[-1].key == "share" else None
        finding = replace(
            add_claims(finding, *died.values()),
            columns=finding.columns[:end],
            rows=tuple(row[:end] for row in finding.rows),
            known=None,
            statements=tuple(filter(None, said)),
        )
        return self.without_short_table(finding, most=len(finding.rows))

    def by_pretext(self) -> Finding:
        """Persons by charge as brought; a person may be held on several charges."""
        return persons_by_code(
            self,
            "detained_by_pretext",
            "Detained persons by charge as brought",
            "pretext_codes",
            "pretext",
            "Charges as brought",
            CHARGES,
            "As brought by the authorities, coded from the words of the list. A person may be "
            "held on several charges.",
            drawing="bars",
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded; never inferred from a name."""
        title = "Detained persons by sex or gender as recorded"
        return self.without_short_table(
            persons_by_code(self, "detained_by_sex", title, "sex_code", "sex", "Sex or gender", SEX)
        )

    def by_identity(self) -> Finding:
        """Persons by identity, where a list records it; the first axis."""
        return self._where_asked(
            "detained_by_identity",
            "Detained persons by identity as recorded",
            "identity_codes",
            "identity",
            "Identity",
            IDENTITY,
        )

    def by_cause(self) -> Finding:
        """Persons by cause defended, where a list records it; the second axis."""
        return self._where_asked(
            "detained_by_cause",
            "Detained persons by cause defended",
            "cause_codes",
            "cause",
            "Cause defended",
            CAUSE,
        )

    def by_authority(self) -> Finding:
        """Persons by the kind of body that arrested them, where a list records it."""
        return self._where_asked(
            "detained_by_authority",
            "Detained persons by who arrested them",
            "perpetrator_codes",
            "perpetrator",
            "Arrested by",
            ARRESTED_BY,
            "As recorded by the list; no finding of a court. Where several took part, a person counts under "
            "each.",
        )

    def by_stage(self) -> Finding:
        """Persons by how far their case has gone, where a list records it."""
        return self._where_asked(
            "detained_by_stage",
            "Detained persons by stage of the proceedings",
            "proceedings_stage_code",
            "proceedings_stage",
            "Stage of the proceedings",
            STAGE,
            AS_LAST_RECORDED,
        )

    def by_measure(self) -> Finding:
        """Persons by measure of restraint, such as house arrest, where a list records it."""
        return self._where_asked(
            "detained_by_measure",
            "Detained persons by measure of restraint",
            "custody_measure_code",
            "custody_measure",
            "Measure of restraint",
            MEASURE,
            AS_LAST_RECORDED,
        )

    def by_place(self) -> Finding:
        """Persons by kind of place of detention, where a list records it."""
        return self._where_asked(
            "detained_by_place",
            "Detained persons by place of detention",
            "detention_place_code",
            "detention_place",
            "Place of detention",
            PLACE,
            AS_LAST_RECORDED,
        )

    def _where_asked(self, name: str, title: str, column: str, *more: str | Wording) -> Finding:
        """Persons by a code that most lists have no field for: no row and no sentence where none has."""
        finding = persons_by_code(self, name, title, column, *more)  # type: ignore[arg-type]
        asks = any(self.asks_or_answers(p, column) for p in self.populations)
        return finding if asks else replace(finding, statements=(), rows=())

    end_dates = end_dates_and_deaths.end_dates
    by_period = by_period_finding
    by_area = by_area_finding
    medians = medians_finding
    end_schedule = end_dates_and_deaths.end_schedule
    deaths = end_dates_and_deaths.deaths
    ways_out = ways_out.ways_out
    release = calls_for_release.release
    release_named = calls_for_release.release_named

    def long_term(self) -> Finding:
        """Persons held for long, at several thresholds.

        Those sentenced and those held without a sentence are never added. Claims
        ``detained_long_term.*``.
        """
        not_traced = self.count_persons(
            "detained_long_term.whereabouts",
            "persons whose fate or whereabouts are recorded as not known",
            {"whereabouts_known_code": "no"},
        )
        by_end = [
            self.count_persons(
                "detained_long_term.by_end",
                "persons whose sentence is given by its end, without its length",
                {**where_recorded("sentence_end_date"), "is_length_read": False},
            ),
            self.count_persons(
                "detained_long_term.life", "under a life sentence", {"sentence_kind_code": "life"}
            ),
        ]
        return table_by_threshold(
            self,
            "detained_long_term",
            "Detained persons by threshold of long term",
            beside=lambda p: (
                *self.long_term_counts(p, "detained_long_term", self.threshold),
                *([not_traced] if self.asks_or_answers(p, "whereabouts_known_code") else []),
                *(by_end if p.policy.prints_exact_numbers else ()),
            ),
            unsentenced=lambda _: (
                "had been held for {{ params.long_term_years }} years or longer on "
                f"{self.as_of_words}, recorded as not sentenced"
            ),
            notes=(
                "The two arms are never added. Held without a sentence: still held on "
                f"{self.as_of_words}, arrested at least that many years before, and recorded as "
                "not sentenced; a sentence that is not recorded is not counted as not passed. "
                "Whose fate or whereabouts are recorded as not known is counted apart.",
            )
            if any(not p.release for p in self.populations)  # of others only one arm leaves
            else (),
        )

    days_disappeared = disappearances.days_disappeared
    wgad = proceedings.wgad
    proceedings = proceedings.proceedings

    def doubts(self) -> Finding:
        """Detentions by kind of doubt: dates or sentences that contradict each other.

        All rows are kept. The build lists them one by one in a restricted file.
        """
        kind = "detention_doubt"
        return table_of_counts(
            self,
            "doubts",
            "Rows in which something does not fit",
            column_heads("What", value="Detentions"),
            [
                (
                    code_cell(kind, code),
                    count_spells(f"doubts.{code}", label(kind, code), {"doubt_codes": code}),
                )
                for code in codes(kind)
                if code != "not_recorded"
            ],
            empty="drop rows",
            sentence=doubt_sentences,
            notes=("None of them was dropped; what the doubt touches is not computed.",),
        )
