"""Earlier records: how many persons; of threats and attacks which kind, from whom, by what means, and
what was asked for protection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Self

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import Wording, agreement_tag, claim_tag, is_printed
from hrdresearch.studies.shapes.build_account import build_claim, quality_finding
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import code_cell, column_heads, table_of_counts
from hrdresearch.studies.warnings.before import before_finding, details_finding
from hrdresearch.studies.warnings.part import PERSON, Part, is_census, records_threats
from hrdresearch.vocab import codes, label

PERSONS: dict[str, Any] = {
    "unit": "person",
    "noun": "person:persons",
    "distinct": PERSON,
    "known_words": "persons for whom this is recorded",
}
UNKNOWN = ("unknown", "not_recorded", "not_asked")
SEVERAL = "A person may have several records; shares may add up to more than a hundred."
ALLEGED = "As alleged by the list; no finding of a court, and a kind, never a person."


class WarnedPart(Part):
    """The findings on lists that record warnings (table ``warnings``)."""

    table = "warnings"

    def extent(self) -> Finding:
        """Persons with an earlier record, and their records; ``extent.persons``, ``extent.warnings``.

        Of killings that stand among the attacks of a list: ``extent.killings`` (incidents) and
        ``extent.killed`` (victims), in the whole file.
        """
        counted: Mapping[str, Mapping[str, int]] = self.build.extras("killings_in_lists") or {}
        killings = {p.slug: _killings(p, counted.get(p.slug)) for p in self.populations}
        finding = table_of_counts(
            self,
            "extent",
            "Persons with an earlier record, by list",
            column_heads(
                "List", persons="Persons", warnings="Records", named="Persons with a name"
            ),
            lambda p: (
                [
                    (
                        p.title,
                        CountDraft("extent.persons", "persons with a record", {}, "person", PERSON),
                        CountDraft("extent.warnings", "records", {}, "record"),
                        CountDraft(
                            "extent.named",
                            "persons with a record and a name",
                            {"is_named": True},
                            "person",
                            PERSON,
                        ),
                    )
                ]
                if p.covers()
                else []
            ),
            beside=lambda p: killings[p.slug] if p.covers() else [],
            names_lists=True,
            sentence=lambda p, made: _extent_sentences(p, made, killings[p.slug]),
            notes=(
                "An earlier record is of a living person: a threat or an attack, imprisonment on a "
                "census day, or a public letter to a Government that names the person.",
            ),
        )
        return replace(finding, statements=(" ".join(finding.statements),))

    def by_kind(self) -> Finding:
        """Persons by kind of incident, where the list records it."""
        part = self._without_censuses()
        kind = "attack_act_codes"
        asking = [p for p in part.populations if p.has_answers(kind, kind)]
        silent = [p.title for p in asking if not records_threats(p)]
        made = table_by_code(
            part,
            "by_kind",
            "Persons by kind of incident",
            "attack_act_codes",
            "attack_act",
            asked_as="attack_act_codes",
            notes=(SEVERAL, *(f"{title}: no class for threats." for title in silent)),
            wording=Wording(known="of whom the kind is recorded", fact="the kind", link="with"),
            **PERSONS,
        )
        is_whole = len(part.populations) == len(self.populations)
        return made if is_whole else replace(made, known=None)  # names of several lists

    def from_whom(self) -> Finding:
        """Persons by kind of alleged perpetrator, with a list's own remark on whom it asks for."""
        made = table_by_code(
            self,
            "from_whom",
            "Persons by kind of alleged perpetrator",
            "perpetrator_codes",
            "perpetrator",
            asked_as="perpetrator_codes",
            unknown=UNKNOWN,
            notes=(ALLEGED, SEVERAL),
            wording=Wording(
                known="for whom an alleged perpetrator is recorded",
                fact="the alleged perpetrator",
                verb="attributed",
                link="to",
                is_key=True,
            ),
            **PERSONS,
        )

        def with_remarks(told: Sequence[str]) -> tuple[str, ...]:
            known = {
                f"{{{{ {p.claim_name('from_whom.known')}": p.remarks.get("perpetrator_codes", "")
                for p in self.populations
            }
            return tuple(
                " ".join(filter(None, [one, *(r for tag, r in known.items() if tag in one)]))
                for one in told
            )

        return replace(
            made,
            statements=with_remarks(made.statements),
            key_sentences=with_remarks(made.key_sentences),
        )

    def by_means(self) -> Finding:
        """Persons by the means of the threat."""
        return table_by_code(
            self,
            "by_means",
            "Persons by means of the threat",
            "warning_means_codes",
            "warning_means",
            asked_as="warning_means_codes",
            unknown=UNKNOWN,
            notes=(SEVERAL,),
            wording=Wording(known="for whom the means is recorded", fact="the means"),
            **PERSONS,
        )

    def by_protection(self) -> Finding:
        """Persons by whether protection was asked for, and what was answered."""
        return table_by_code(
            self,
            "by_protection",
            "Persons by request for protection",
            "protection_request_code",
            "protection_request",
            asked_as="protection_request_code",
            unknown=UNKNOWN,
            notes=(
                SEVERAL,
                "Of a person recorded as killed, an answer that came after the killing counts as "
                "no answer.",
            ),
            wording=Wording(
                known="for whom it is recorded whether protection was asked for",
                fact="whether protection was asked for",
                words={
                    "granted": "with protection asked for and granted",
                    "refused": "with protection asked for and refused",
                    "no_answer": "with protection asked for and no answer recorded",
                    "none_requested": "with none asked for",
                },
                is_key=True,
            ),
            **PERSONS,
        )

    def after(self) -> Finding:
        """Persons by whether they are on a public list of killed persons, and which came first."""
        return table_of_counts(
            self,
            "after",
            "Persons by whether a killing is recorded",
            column_heads("On a list of killed persons", value="Persons"),
            [
                (
                    code_cell("after_warning", code),
                    CountDraft(
                        f"after.{code}",
                        label("after_warning", code).lower(),
                        {"after_warning_code": code},
                        "person",
                        PERSON,
                    ),
                )
                for code in codes("after_warning")
            ],
            empty="drop rows",
            sentence=_sentence_after,
            notes=(
                "Linked by the same whole name in the same State, since the days of a record and of a "
                "killing are two. Not found is not alive: the lists of killed persons miss killings and "
                "count only those whom they define, and links are missed. A person with several records "
                "may stand in two rows.",
            ),
        )

    def _without_censuses(self) -> Self:
        """The part without lists whose entries are of one kind by their definition."""
        part = copy(self)
        part.populations = tuple(p for p in self.populations if not is_census(p))
        return part

    before = before_finding
    details = details_finding
    quality = quality_finding


def _killings(p: Population, counted: Mapping[str, int] | None) -> list[Claim]:
    """Killings among the attacks of a list, which are no warnings: incidents and victims."""
    if not counted:
        return []
    words = "{} of killings among the attacks of the file, whatever the scope of the report"
    return [
        build_claim(
            p.claim_name(f"extent.{key}"),
            counted[of],
            f"{p.title}: {words.format(of)}",
            p.slug,
            unit=unit,
        )
        for key, of, unit in (
            ("killings", "incidents", "incident"),
            ("killed", "persons", "victim"),
        )
    ]


def _extent_sentences(p: Population, made: Mapping[str, Claim], killings: Sequence[Claim]) -> str:
    persons, records = made.get("extent.persons"), made.get("extent.warnings")
    if persons is None or records is None or not is_printed(persons):
        return ""
    if is_census(p):
        return (
            f"{p.subject} counts {claim_tag(persons, 'of:person')} as held, in "
            f"{claim_tag(records)} entries of its census days; an entry is no threat."
        )
    if not is_printed(records):
        return (
            f"{p.list_subject} records threats to or attacks on {claim_tag(persons, 'of:person')}."
        )
    text = (
        f"{p.list_subject} holds {claim_tag(records, 'of:record')} of "
        f"{claim_tag(persons, 'of:person')}."
    )
    if killings:
        incidents, victims = killings
        text += (
            f" Apart from these its file holds {claim_tag(incidents, 'of:incident')} with "
            f"{claim_tag(victims, 'of:victim')} that "
            f"{agreement_tag(incidents, 'is a killing', 'are killings')}, as the list says or as the day of "
            "death shows: no warning, and not counted here."
        )
    return text


def _sentence_after(p: Population, made: Mapping[str, Claim]) -> str:
    """Of a list kept in confidence, how many stand on a public list of killed persons, as rounded."""
    later = made["after.killed_later"]
    if not p.release or not is_printed(later):
        return ""
    return (
        f"Of the persons on {p.list_in_prose}, {claim_tag(later)} are recorded as killed later on "
        "a public list of this report, as names were linked."
    )
