"""Study of the status of cases: what followed, by kind of violation and State, and after how much time.

Paragraphs 39 and 62 to 65 of A/75/165. Persons are counted. "Not recorded" is not "nothing followed", and
the study does not say what caused an outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.sentences import Wording, claim_tag, is_printed, join_with_and
from hrdresearch.studies.case_status.time_to_outcome import times_finding
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.studies.shapes.released import by_period_finding
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.regions import RegionScheme
from hrdresearch.vocab.states import alphabetical_key, short_name

PERSON = "person_id"  # a person in several cases is counted once
UNKNOWN = ("not_recorded",)
NO_OUTCOME = ("nothing", *UNKNOWN)
OUTCOMES = {c: label("case_outcome", c) for c in codes("case_outcome")}
POSITIVE = [c for c in OUTCOMES if c not in NO_OUTCOME]
FOLLOWED = {
    "released": "as released",
    "sentence_reduced": "with a sentence reduced",
    "charges_dropped": "with charges dropped",
    "protection_granted": "with protection granted",
    "investigation_opened": "with an investigation opened",
    "nothing": "with nothing that had followed",
}
KNOWN = [c for c in OUTCOMES if c not in UNKNOWN]
EXTENT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("persons", "Persons in the cases", {}),
    (
        "known",
        "Persons for whom it is recorded that something followed, or that nothing did",
        {"case_outcome_codes": KNOWN},
    ),
    ("positive", "Persons for whom something followed", {"case_outcome_codes": POSITIVE}),
    (
        "nothing",
        "Persons in a case in which nothing had followed",
        {"case_outcome_codes": "nothing"},
    ),
    ("told", "Persons who agreed to have an outcome told", {"told_codes": KNOWN}),
)
TIMES_IN_WORDS = {
    "under_6_months": "with an outcome in under six months",
    "under_1_year": "with an outcome after six months to under one year",
    "under_2_years": "with an outcome after one to under two years",
    "from_2_years": "with an outcome after two years or more",
}
SEVERAL = "A person may have met several; shares may add up to more than a hundred."


class CaseStatus(Ledger):
    """The study of the status of cases over one list of table ``case_outcomes``."""

    name = "case-status"
    subject = "cases that an organization follows"
    table = "case_outcomes"
    unit = "persons"
    value_heading = "Persons"
    noun_of_years = "facts"
    coded_parameters = (("case_act", "case_act_codes"),)
    regions: RegionScheme

    def extent(self) -> Finding:
        """Persons in the cases; for how many what followed is recorded; for how many something followed."""
        finding = table_of_counts(
            self,
            "extent",
            "Persons in the cases, and what is known of what followed",
            column_heads("What was counted", value="Persons"),
            [(d.definition, d) for d in self._counts("extent", EXTENT)],
            notes=(
                "A person in several cases is one person. Where nobody recorded what followed, "
                "something may have followed.",
            ),
        )
        persons, known = finding.by_name["extent.persons"], finding.by_name["extent.known"]
        if not is_printed(persons):
            return finding
        text = f"{self.register.list_subject} holds {claim_tag(persons, 'of:person')} in its cases."
        if is_printed(known):
            text += (
                f" For {claim_tag(known)} of them it is recorded that something followed or that "
                "nothing did; "
                f"nothing had followed for {claim_tag('extent.nothing', 'none')}."
            )
        else:
            text += " Whether anything followed is recorded for too few of them, or for none."
        return replace(finding, statements=(text,), key_sentences=(text,))

    def by_act(self) -> Finding:
        """Persons by kind of violation, as alleged."""
        return self._persons_by_code(
            "by_act",
            "Persons by kind of violation",
            "case_act_codes",
            "case_act",
            notes=(SEVERAL,),
            wording=Wording(known="for whom the violation is recorded", fact="the violation"),
        )

    def by_outcome(self) -> Finding:
        """Persons by what followed; "not recorded" and "nothing" are separate classes."""
        return self._persons_by_code(
            "by_outcome",
            "Persons by what followed",
            "case_outcome_codes",
            "case_outcome",
            notes=(SEVERAL, "Nothing is counted only where somebody looked and wrote it down."),
            wording=Wording(
                known="for whom what followed is recorded",
                fact="what followed",
                words=FOLLOWED,
                is_key=True,
            ),
        )

    def outcome_by_act(self) -> Finding:
        """Persons by kind of violation and what followed; for a restricted list only in internal reports."""
        return self._crossed(
            "outcome_by_act",
            "What followed, by kind of violation",
            [Column("label", "Kind of violation", "label")],
            lambda p: [
                ((code_cell("case_act", c),), c, label("case_act", c), {"case_act_codes": c})
                for c in codes("case_act")
                if not p.release
            ],
        )

    def outcome_by_state(self) -> Finding:
        """Persons by State and what followed; for a restricted list only States published alone."""

        def states(p: Population) -> list[tuple[Row, str, str, dict[str, Any]]]:
            held = p.release.states if p.release else p.frame["state_iso3"].unique()
            return [
                ((i, state_cell(i)), i.lower(), short_name(i), {"state_iso3": i})
                for i in sorted(held, key=alphabetical_key)
            ]

        return self._crossed(
            "outcome_by_state",
            "What followed, by State",
            [Column("iso3", "ISO3", "code"), Column("label", "State or territory", "label")],
            states,
            "Cases that nobody took up are not in the list, so the counts do not rank States.",
        )

    def nhri(self) -> Finding:
        """Persons by whether the national human rights institution acted."""
        return self._persons_by_code(
            "nhri",
            "Persons by action of the national human rights institution",
            "nhri_action_code",
            "recorded_fact",
            unknown=("unknown", "not_asked", *UNKNOWN),
            wording=Wording(
                known="for whom it is recorded whether the national human rights institution acted",
                fact="whether it acted",
                words={
                    "yes": "with action of the institution",
                    "no": "with no action of the institution",
                },
                is_key=True,
            ),
        )

    def told(self) -> Finding:
        """Persons by positive outcome, and those with dated consent to have the outcome told."""
        drafts = {
            code: self._counts(
                "told",
                (
                    (code, f"persons with: {OUTCOMES[code]}", {"case_outcome_codes": code}),
                    (
                        f"{code}.may_be_told",
                        f"with consent to tell it: {OUTCOMES[code]}",
                        {"told_codes": code},
                    ),
                ),
            )
            for code in POSITIVE
        }
        finding = table_of_counts(
            self,
            "told",
            "Positive outcomes, and those that may be told",
            column_heads("What followed", value="Persons", told="With consent to tell it"),
            [(code_cell("case_outcome", code), *own) for code, own in drafts.items()],
            empty="drop rows",
            notes=(
                "A count tells of nobody. An outcome is told, without a name or in a story, only for a "
                "person who agreed to that on a day that is recorded.",
            ),
        )
        stories = [
            f"{claim_tag(name)} {FOLLOWED[code]}"
            for code in POSITIVE
            if is_printed(finding.by_name.get(name := f"told.{code}.may_be_told"))
        ]
        text = (
            f"The persons concerned agreed to have these outcomes told: {join_with_and(stories)}."
            if stories
            else "For no outcome, or for fewer than five persons each, consent to tell it is recorded."
        )
        return replace(finding, statements=(text,))

    def time_classes(self) -> Finding:
        """Persons by time to the first outcome, in classes."""
        return self._persons_by_code(
            "time_classes",
            "Persons by time to the first thing that followed",
            "outcome_time_code",
            "outcome_time",
            unknown=("not_assessed",),
            in_order=True,
            notes=(
                "From the facts to the first positive outcome; a month is taken as its first day, and no "
                "time is taken from a year alone. It is not measured where nothing had followed. Who was "
                "last looked at early has had less time for an outcome, so the classes say nothing of how "
                "long cases wait.",
            ),
            wording=Wording(
                known="for whom something followed after a time that is known",
                fact="the time",
                words=TIMES_IN_WORDS,
            ),
        )

    times = times_finding
    by_period = by_period_finding
    quality = quality_finding

    # -- private ---------------------------------------------------------------------------

    def _counts(self, stem: str, wanted: Any) -> list[CountDraft]:
        return [CountDraft(f"{stem}.{k}", words, f, "person", PERSON) for k, words, f in wanted]

    def _persons_by_code(self, *columns: str, **more: Any) -> Finding:
        """Distinct persons by code; columns: claim name, title, column and vocabulary."""
        shared: dict[str, Any] = {
            "unknown": UNKNOWN,
            "unit": "person",
            "distinct": PERSON,
            "known_words": "persons for whom this is known",
        }
        return table_by_code(self, *columns, **shared | more)

    def _crossed(
        self, name: str, title: str, front: list[Column], lines: Any, *notes: str
    ) -> Finding:
        """Persons of each line, all and by what followed.

        lines: function that gives the lines of a list, each as (first cells, key, words, row filter).
        """

        def row(cells: Row, key: str, words: str, within: Mapping[str, Any]) -> Row:
            wanted = [(f"{key}.persons", f"persons: {words}", within)] + [
                (f"{key}.{code}", f"{words}: {text}", {**within, "case_outcome_codes": code})
                for code, text in OUTCOMES.items()
            ]
            return (*cells, *self._counts(name, wanted))

        return table_of_counts(
            self,
            name,
            title,
            [*front, Column("persons", "Persons"), *(Column(c, w) for c, w in OUTCOMES.items())],
            lambda p: [row(*line) for line in lines(p)],
            empty="drop rows",
            notes=(*notes, "A person may have met several of these."),
        )


STUDY = CaseStatus
