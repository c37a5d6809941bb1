"""Alleged reprisals for cooperation with the United Nations and others: forms, places, bodies.

Paragraphs 7 (g), 36 to 38, 57 to 59 and 91 (h) of A/75/165. The unit is the person against whom reprisals
are alleged. Only reprisals that were reported to the mandate are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.sentences import (
    Wording,
    claim_tag,
    is_printed,
    join_with_and,
    why_not_printed,
)
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.ground.scope import Scope
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.released import by_period_finding
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.citations import symbol_of
from hrdresearch.vocab.regions import RegionScheme, region_in_sentence

UNKNOWN = ("not_recorded",)
BODIES = {
    "special_procedures": "with the special procedures",
    "treaty_body": "with treaty bodies",
    "human_rights_council": "with the Human Rights Council or the universal periodic review",
    "ohchr": "with the Office of the High Commissioner or a field presence",
    "peacekeeping": "with a peacekeeping mission or country team",
    "other_un": "with another United Nations body",
    "african_system": "with the African regional system",
    "inter_american_system": "with the inter-American system",
    "council_of_europe": "with the Council of Europe",
    "osce": "with the Organization for Security and Cooperation in Europe",
    "other_international": "with another intergovernmental organization",
}
STANDINGS = {
    "raised": "with the case raised with the State",
    "acknowledged": "with a case that the State has acknowledged",
    "investigated": "with an investigation reported",
    "stopped": "with a reprisal that has stopped",
    "continuing": "with a reprisal that continues",
}
KNOWN_WORDS = "persons for whom this is known"
NOT_LISTED = "What is not listed here is recorded for no person in scope."
SEX_KNOWN = [code for code in codes("sex") if code not in ("unknown", "not_recorded")]
PERSON = "person_id"  # one person may stand in several cases, and is counted once
EXTENT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("persons", "Persons against whom reprisals are alleged", {}),
    ("sex_known", "Persons whose sex or gender is recorded", {"sex_code": SEX_KNOWN}),
    ("women", "Women among them", {"sex_code": "female"}),
    (
        "raised_known",
        "Persons for whom it is recorded whether a letter raised the case",
        {"letter_code": ["yes", "no"]},
    ),
    ("raised", "Persons among them whose case a letter raised", {"letter_code": "yes"}),
)


class Reprisals(Ledger):
    """The study of reprisals over one ledger of table ``reprisals``."""

    name = "reprisals"
    subject = "reprisals"
    table = "reprisals"
    unit = "persons"
    value_heading = "Persons"
    noun_of_years = "reported"
    regions: RegionScheme

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Row filter of the run: years in which cases were reported, and region.

        Parameter ``state`` is ignored: in one State, persons could be recognized. Raises ScopeError
        when year_from is later than year_to.
        """
        return super().scope_of({key: value for key, value in params.items() if key != "state"})

    def scope_words(self) -> dict[str, str]:
        """Period, scope, list and region scheme of the report, in words for the prose."""
        return super().scope_words() | {"region_scheme_title": self.regions.title}

    def extent(self) -> Finding:
        """Persons, cases, women, and persons whose case a letter raised, with how many are known."""
        persons, *parts = (
            CountDraft(f"extent.{key}", words, filter_, "person", PERSON)
            for key, words, filter_ in EXTENT
        )
        cases = CountDraft(
            "extent.cases", "Cases; one may concern several persons", {}, "case", "case_id"
        )
        finding = table_of_counts(
            self,
            "extent",
            "Alleged reprisals reported to the mandate",
            column_heads("What was counted", value="Number"),
            [(d.definition, d) for d in (persons, cases, *parts)],
            unit="persons or cases, as the row says",
            notes=(
                "A person in several cases is one person. The figures count what was reported to the "
                "mandate: not every reprisal is reported, and none is established here.",
            ),
        )
        told = self._sentence_on_extent({claim.name: claim for claim in finding.claims})
        return replace(finding, statements=(told,), key_sentences=(told,))

    def _sentence_on_extent(self, claims: Mapping[str, Claim]) -> str:
        """Against how many persons reprisals are alleged, in how many cases, and how many were raised."""
        persons, known, raised = (
            claims[f"extent.{key}"] for key in ("persons", "raised_known", "raised")
        )
        if persons.status != "shown":
            return f"The number of persons on the ledger is {why_not_printed(persons)}."
        of_cases = (
            f" in {claim_tag('extent.cases', 'of:case')}"
            if is_printed(claims["extent.cases"])
            else ""
        )
        text = (
            f"The ledger holds allegations of reprisals against {claim_tag(persons, 'of:person')}"
            f"{of_cases}{_reported(self.period())}."
        )
        if known.value == 0:
            return f"{text} Whether a letter of the mandate raised their case is not recorded."
        if "suppressed" in (known.status, raised.status):
            hidden, whose = (
                (raised, "whose case a letter of the mandate raised")
                if raised.status == "suppressed"
                else (known, "for whom it is recorded whether a letter raised the case")
            )
            return f"{text} The number of those {whose} is {why_not_printed(hidden)}."
        return (
            f"{text} For {claim_tag(known, 'of:person')} it is recorded whether a letter of the mandate "
            f"raised their case: one did for {claim_tag(raised, 'none')}."
        )

    def _not_listed(self) -> tuple[str, ...]:
        """What a class without a row means; of a list shared in confidence it may have a few persons."""
        return () if self.register.release else (NOT_LISTED,)

    def by_form(self) -> Finding:
        """Persons by form of reprisal, in the forms that paragraphs 36 and 58 name."""
        return self._persons_by_code(
            "by_form",
            "Persons by form of reprisal",
            "form_codes",
            "reprisal_form",
            notes=(
                *self._not_listed(),
                "A person may have met several forms; shares may add up to more than a hundred.",
            ),
            wording=Wording(
                known="for whom a form of the alleged reprisal is recorded",
                fact="the form",
                link="under",
                named_from="fifth",
                is_key=True,
            ),
        )

    def crosswalk(self) -> Finding:
        """For each form of reprisal, its words in paragraphs 36 and 58; counts nothing."""
        wording = vocabulary("reprisal_form")["crosswalk"]
        rows = [
            [
                code_cell("reprisal_form", code),
                Cell(text=wording["para_36"].get(code, "–")),
                Cell(text=wording["para_58"].get(code, "–")),
            ]
            for code in codes("reprisal_form")
            if code not in UNKNOWN
        ]
        return self.finding(
            "crosswalk",
            "Forms of reprisal in the two lists of the report",
            text_columns(label="Form", p36="First list", p58="Second list"),
            rows,
            (),
            unit="",
            period="",
            sources=(),
            notes=(
                f"The lists: {symbol_of('forms_of_reprisal')}. Words shortened. –: this form is not in the "
                "list.",
            ),
        )

    def by_space(self) -> Finding:
        """Persons by where the reprisal took place: online, offline or both."""
        title = "Persons by where the reprisal took place"
        wording = Wording(
            known="for whom it is recorded whether the alleged reprisal took place online or offline",
            fact="this",
        )
        return self._persons_by_code(
            "by_space", title, "space_code", "reprisal_space", wording=wording
        )

    def by_body(self) -> Finding:
        """Persons by the body that they had contacted before the reprisal."""
        return self._persons_by_code(
            "by_body",
            "Persons by body contacted before",
            "body_codes",
            "body_contacted",
            notes=(
                *self._not_listed(),
                "A person may have contacted several bodies. That the reprisal followed is "
                "alleged.",
            ),
            wording=Wording(
                known="for whom a body contacted before is recorded",
                fact="the body contacted before",
                verb="recorded with alleged reprisals following contact",
                words=BODIES,
                named_from="fifth",
                is_key=True,
            ),
        )

    def by_sex(self) -> Finding:
        """Persons by sex or gender as recorded; never inferred from a name."""
        title = "Persons by sex or gender as recorded"
        unknown = ("unknown", "not_recorded")
        wording = Wording(
            known="whose sex or gender is recorded",
            fact="sex or gender",
            is_key=True,
            order="alphabet",
        )
        return self._persons_by_code(
            "by_sex", title, "sex_code", "sex", unknown=unknown, wording=wording
        )

    def by_status(self) -> Finding:
        """Persons by the status of their case, such as open or resolved."""
        title, notes = "Persons by where their case stands", self._not_listed()
        wording = Wording(
            known="for whom it is recorded where the case stands",
            fact="where the case stands",
            words=STANDINGS,
            is_key=True,
        )
        return self._persons_by_code(
            "by_status", title, "status_code", "reprisal_status", notes=notes, wording=wording
        )

    def _persons_by_code(self, *columns: str, **more: Any) -> Finding:
        """Distinct persons by code; columns: claim name, title, column and vocabulary."""
        shared = {"unknown": UNKNOWN, "unit": "person", "distinct": PERSON}
        return table_by_code(self, *columns, **shared | {"known_words": KNOWN_WORDS} | more)

    def by_region(self) -> Finding:
        """Persons by region; States are not shown, because persons could be recognized."""
        finding = table_of_counts(
            self,
            "by_region",
            "Persons by region",
            column_heads("Region", value="Persons"),
            [
                (
                    Cell(text=words, vocabulary="region"),
                    CountDraft(
                        f"by_region.{code}",
                        f"Persons in: {words}",
                        {"state_iso3": self.regions.members(code)},
                        "person",
                        PERSON,
                    ),
                )
                for code, words in self.regions.labels.items()
            ],
            notes=("States are not told: a small number in a State could be recognized.",),
        )
        counts = {claim.name.removeprefix("by_region."): claim for claim in finding.claims}
        shown = [
            f"{claim_tag(counts[code])} in {region_in_sentence(words)}"
            for code, words in self.regions.labels.items()
            if is_printed(counts[code])
        ]
        if not shown:
            return finding
        text = f"By region, persons are recorded as follows: {join_with_and(shown)}."
        return replace(finding, statements=(text,))

    quality = quality_finding
    by_period = by_period_finding


def _reported(period: str) -> str:
    """The period, to be added to a sentence: ``, reported from 2020 to 2022``."""
    first, _, last = period.partition("–")
    if not first.isdigit():
        return ""
    return f", reported from {first} to {last}" if last else f", reported in {first}"


STUDY = Reprisals
