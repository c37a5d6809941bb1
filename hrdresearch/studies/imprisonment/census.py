"""Persons across the censuses: long terms, charges, and cases to be read for a call for release.

Counts by the number of censuses in which a person appears over-represent long detention; the
report says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import claims_of_sentences, paragraphs_of_sentences
from hrdresearch.studies.imprisonment import (
    census_checks,
    charges_by_state,
    death_sentences,
    last_census,
    longest_unsentenced,
    pretexts,
    rearrests,
    sentences_by_census,
    sentences_by_charge,
)
from hrdresearch.studies.imprisonment.census_counts import first_and_last, last_census_year
from hrdresearch.studies.imprisonment.census_days import (
    OVER_REPRESENTS,
    CensusDays,
    held_on_last_day,
)
from hrdresearch.studies.imprisonment.census_sentences import (
    CENSUS_DAY,
    release_sentences,
    tracked_sentences,
)
from hrdresearch.studies.imprisonment.last_census import charge_notes
from hrdresearch.studies.imprisonment.long_sentences import (
    sentences_on_contradictions,
    sentences_on_more_censuses,
)
from hrdresearch.studies.imprisonment.persons_by_code import CHARGES, SEX, persons_by_code
from hrdresearch.studies.imprisonment.thresholds import reading_sentences, table_by_threshold
from hrdresearch.studies.shapes.count_tables import (
    Content,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.vocab.states import alphabetical_key, short_name

TRACKED = (1, 2, 3, 5, 10, 15)


class CensusPart(CensusDays):
    """All findings on table ``census``: those on prisoners on a day, and those on persons."""

    def long_term(self) -> Finding:
        """Persons held for long, at several thresholds, in any census and in the last one.

        Those sentenced and those held without a sentence are never added. Claims ``long_term.*``.
        """
        under = "persons under a sentence of"
        return table_by_threshold(
            self,
            "long_term",
            "Persons held for long by threshold",
            beside=lambda p: [
                *self.long_term_counts(p, "long_term", self.threshold),
                *self.long_term_counts(
                    p,
                    "long_term.last",
                    self.threshold,
                    {"census_year": last_census_year(p)},
                    among=f", census day of {last_census_year(p)}",
                ),
                *(
                    self.count_persons(
                        f"long_term.{kind}",
                        f"{under} {kind} in any census",
                        {"sentence_kind_code": kind},
                    )
                    for kind in ("life", "death")
                ),
            ],
            unsentenced=lambda _: "",  # told by ``longest_unsentenced``
            further=lambda p, claims: sentences_on_more_censuses(p, claims, self.threshold),
            is_reading_apart=True,
            unsentenced_head="On at least as many censuses, each as not sentenced",
            notes=(
                "A term counts from the threshold on (inclusive); life and death count at every "
                "threshold; a suspended sentence counts at none. A range such as three to "
                "twelve years is counted apart.",
                "Held without a sentence: persons in at least that many censuses, each of which "
                "records that no sentence had been passed; who was held throughout was held for "
                "at least one year less than that. A sentence that is not recorded is not "
                "counted as not passed; no other source was asked whether one was passed; and "
                "nobody is counted here as disappeared: the list does "
                "not ask whether fate and whereabouts are known.",
            ),
        )

    def sentences_read(self) -> Finding:
        """Text on how many sentences could be read, with the claims of ``long_term``; no table."""
        finding = self.long_term()
        clashes = [
            sentences_on_contradictions(
                p,
                {"long_term.persons": finding.by_name[p.claim_name("long_term.persons")]},
                self.threshold,
            )
            for p in self.populations
            if p.claim_name("long_term.persons") in finding.by_name
        ]
        return replace(
            add_claims(finding, *claims_of_sentences(clashes)),
            name="sentences_read",
            title="Sentences that could be read",
            columns=(),
            rows=(),
            notes=(),
            statements=(
                *reading_sentences(self, "long_term", finding),
                *paragraphs_of_sentences(clashes),
            ),
            key_sentences=(),
        )

    def tracked(self) -> Finding:
        """Names and persons by the number of censuses in which they appear.

        Claims ``tracked.at_least_N`` (names), with ``.persons`` and ``.never_long``.
        """

        def new_on_last(p: Population) -> CountDraft:
            first = {"censuses_of_person": {"to": 1}, **self.last_census_filter(p)}
            return self.count_persons(
                "last_census.first", "on the census for the first time", first
            )

        def row(n: int) -> tuple[str, CountDraft, CountDraft, CountDraft]:
            stem, named = f"tracked.at_least_{n}", {"censuses_of_name": {"from": n}}
            never = {**named, "longest_min_years": {"below": self.threshold}}
            return (
                f"{n} or more",
                _count_names(
                    stem,
                    f"names in at least {n} censuses of the whole list, by exact normalized name "
                    "and State",
                    named,
                ),
                self.count_persons(
                    f"{stem}.persons",
                    f"persons in at least {n} censuses, with what was decided on matches",
                    {"censuses_of_person": {"from": n}},
                ),
                _count_names(
                    f"{stem}.never_long",
                    f"of these names, with no recorded sentence of {self.threshold} years or "
                    "longer, life or death, and none that was not read",
                    never,
                ),
            )

        finding = table_of_counts(
            self,
            "tracked",
            "Persons by number of censuses in which they appear",
            column_heads(
                "Censuses",
                names="By name and State",
                persons="Persons, with decisions on matches",
                never=f"Of the names, each sentence read, none of {self.threshold} years, life or death",
            ),
            [row(n) for n in TRACKED],
            beside=lambda p: [new_on_last(p), held_on_last_day(self, p)] if len(p.frame) else [],
            sentence=lambda p, claims: (
                tracked_sentences(p, claims, first_and_last(p)[1]) if len(p.frame) else []
            ),
            unit="persons",
            notes=(
                "Names are compared exactly, after accents, case and nicknames are set aside; one "
                "name with another sex or year of birth is another person. Names that are only "
                "nearly the same are different people until a person has confirmed a match.",
                "Of some names in the last column the list records nothing on a sentence. A name with a "
                "sentence that was not read, or over which two fields conflict, is not in it.",
                OVER_REPRESENTS,
            ),
        )
        claims = {claim.name: claim.value for claim in finding.claims}
        stems = [p.claim_name(f"tracked.at_least_{n}") for p in self.populations for n in TRACKED]
        if any(claims.get(stem) != claims.get(f"{stem}.persons") for stem in stems):
            return finding
        at = [column.key for column in finding.columns].index("persons")  # the same numbers again
        return replace(
            finding,
            columns=(*finding.columns[:at], *finding.columns[at + 1 :]),
            rows=tuple((*row[:at], *row[at + 1 :]) for row in finding.rows),
        )

    by_sentence_kind = sentences_by_census.by_sentence_kind
    longest_unsentenced = longest_unsentenced.longest_unsentenced
    death_sentences = death_sentences.death_sentences
    sentences_by_charge = sentences_by_charge.sentences_by_charge
    rearrests = rearrests.rearrests

    def by_pretext(self) -> Finding:
        """Distinct persons by charge as brought; a person may be held on several charges."""
        return persons_by_code(
            self,
            "by_pretext",
            "Imprisoned persons by charge as brought",
            "pretext_codes",
            "pretext",
            "Charges as brought",
            CHARGES,
            "As brought by the authorities, coded from the words of the list. A person may be "
            "held on several charges, or on others from one census to the next. Not disclosed, or not "
            "recorded: on at least one census, also of persons of whom another census has a charge.",
            *charge_notes(self),
            drawing="bars",
        )

    by_pretext_region_time = pretexts.by_pretext_region_time

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded; never inferred from a name."""
        title = "Imprisoned persons by sex or gender as recorded"
        return self.without_short_table(
            persons_by_code(self, "by_sex", title, "sex_code", "sex", "Sex or gender", SEX)
        )

    reading = census_checks.reading
    published = census_checks.published
    last_charges = last_census.last_charges
    charges_by_state = charges_by_state.charges_by_state
    last_census = last_census.last_census

    def release(self) -> Finding:
        """Cases to be read for a call for release (paragraph 33): counts by State in the last census.

        Only States in which somebody is held for long have a row. Nobody is named.
        """

        def counts_by_state(p: Population) -> list[tuple[str, tuple[Content, Content, Content]]]:
            last = p.frame[p.frame["census_year"] == last_census_year(p)]
            long = last["bound_min_years"].ge(self.threshold) | (
                last["censuses_of_person"].ge(self.threshold) & last["is_never_sentenced"]
            )
            return [
                (
                    iso3,
                    self.long_term_counts(
                        p,
                        f"release.{iso3.lower()}",
                        self.threshold,
                        {"census_year": last_census_year(p), "state_iso3": iso3},
                        among=f", {short_name(iso3)}, census day of {last_census_year(p)}",
                    ),
                )
                for iso3 in sorted(last.loc[long, "state_iso3"].unique(), key=alphabetical_key)
            ]

        def held_for_long(p: Population) -> list[CountDraft]:
            day = {"census_year": last_census_year(p)}
            among = f", census day of {last_census_year(p)}"
            counts = self.long_term_counts(p, "release", self.threshold, day, among=among)
            return [
                draft
                for count, key in zip(counts, ("persons", "range", "unsentenced"), strict=True)
                if isinstance(count, CountDraft) and key != "range"
                for draft in (
                    count,
                    replace(
                        count,
                        name=f"release.{key}.states",
                        definition=f"States or territories of: {count.definition}",
                        unit="state",
                        column="state_iso3",
                    ),
                )
            ]

        held = self.last_census_words
        return table_of_counts(
            self,
            "release",
            f"Persons held for long on {CENSUS_DAY} {held}, whose cases are to be read, by State",
            column_heads(
                "State or territory",
                persons="Under a long sentence",
                unsentenced="Long without a sentence",
            ),
            lambda p: [
                (state_cell(iso3), sentenced, unsentenced)
                for iso3, (sentenced, _, unsentenced) in counts_by_state(p)
            ],
            beside=lambda p: [
                *(in_range for _, (_, in_range, _) in counts_by_state(p)),
                *(held_for_long(p) if len(p.frame) else ()),
            ],
            sentence=lambda p, claims: (
                release_sentences(p, claims, first_and_last(p)[1]) if len(p.frame) else []
            ),
            unit="persons",
            period=self.last_census_words,
            notes=(
                f"The data are of {CENSUS_DAY} {held}; nothing here says that a person is in prison "
                "today. Nobody is named from a census: it records neither consent nor a publication by "
                "the United Nations.",
            ),
        )

    def held_unsentenced(
        self, years: int, within: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any]]:
        """Persons in at least so many censuses, each of which records that no sentence was passed."""
        return (
            f"persons in {years} censuses or more, each recording that no sentence had been passed",
            {**within, "censuses_of_person": {"from": years}, "is_never_sentenced": True},
        )


def _count_names(name: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
    """A count of distinct names; one name with two sexes or years of birth counts as two."""
    return CountDraft(name, words, filter_, "person", column="name_id")
