"""Victims by what the lists record of them: sex, age, identity, cause, perpetrator, and so on.

A share is stated over the cases in which the fact is known; not asked, unknown and no are three
values. Identity of the victim and cause defended are two axes that are never merged.
"""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import Wording
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.accountability import accountability_finding
from hrdresearch.studies.killings.one_state import one_state_sentences
from hrdresearch.studies.killings.place import distance_finding, note_on_divisions, place_finding
from hrdresearch.studies.killings.sex import sex_finding
from hrdresearch.studies.killings.threats import threats_finding
from hrdresearch.studies.killings.unconfirmed import sentences_on_missing, sentences_on_unconfirmed
from hrdresearch.studies.shapes.by_code import LAST_CODES, table_by_code
from hrdresearch.studies.shapes.side_by_side_tables import counts_side_by_side
from hrdresearch.vocab import codes

STATE_AGENTS = ("police", "armed_forces", "government_officials")


def _known_codes(vocabulary: str) -> list[str]:
    return [c for c in codes(vocabulary) if c not in LAST_CODES]


# Words, row filter, the fact as lists name it in ``asked``.
MINIMUM_RECORD: dict[str, tuple[str, dict[str, Any], str]] = {
    "status": (
        "Status of the victim assessed by the list",
        {"defender_basis_code": ["mandate", "source_definition", "recorded_leader"]},
        "defender_basis_code",
    ),
    "sex": ("Sex or gender", {"sex_code": _known_codes("sex")}, "sex_code"),
    "age": ("Age or age group", {"age_group_code": _known_codes("age_group")}, "age_years"),
    "day": ("Day of the killing", {"event_date_precision": "day"}, "event_day"),
    "place": ("First-level division", {"admin1_name": {"recorded": True}}, "admin1_name"),
    "perpetrator": (
        "Kind of alleged perpetrator",
        {"perpetrator_codes": _known_codes("perpetrator")},
        "perpetrator_codes",
    ),
    "motive": (
        "Link with the work confirmed, unconfirmed or suspected",
        {"motive_link_code": ["confirmed", "suspected"]},
        "motive_link_code",
    ),
}


class CaseBreakdowns(Study):
    """Findings of any study over table ``cases`` that count victims by a recorded fact."""

    def by_sex(self) -> Finding:
        """Victims by sex or gender as recorded; never inferred from a name."""
        return sex_finding(self)

    def by_age_group(self) -> Finding:
        """Children and adults, where the age or age group is recorded."""
        return table_by_code(
            self,
            "by_age_group",
            "Victims by age group",
            "age_group_code",
            "age_group",
            asked_as="age_years",
            wording=Wording(
                known="whose age or age group is recorded", fact="the age or age group"
            ),
        )

    def by_identity(self) -> Finding:
        """Victims by identity (first axis); a victim may have several."""
        return table_by_code(
            self,
            "by_identity",
            "Victims by identity as recorded",
            "identity_codes",
            "identity",
            asked_as="identity_codes",
            notes=(
                "Where a list gives several identities, a victim counts under each, and shares may add "
                "up to more than a hundred; where it gives one, each number is a minimum.",
            ),
            wording=Wording(
                known="whose characteristics are recorded",
                fact="the identity",
                is_key=True,
                called="whose {fact} is recorded",
            ),
        )

    def by_cause(self) -> Finding:
        """Victims by cause defended (second axis); a victim may have defended several."""
        return table_by_code(
            self,
            "by_cause",
            "Victims by cause defended",
            "cause_codes",
            "cause",
            asked_as="cause_codes",
            notes=(
                "A victim may have defended several causes. Where a list is about one cause "
                "by its definition, every row carries it.",
            ),
            wording=Wording(
                known="for whom a cause is recorded",
                fact="the cause defended",
                link="under",
                called="for whom a {fact} is recorded",
            ),
            further=lambda p, own: (sentences_on_missing(self, p, own, "by_cause", "cause_codes"),),
        )

    def by_sector(self) -> Finding:
        """Business sector that the list connects with the case; connected is not complicit."""
        return table_by_code(
            self,
            "by_sector",
            "Victims by business sector connected with the case",
            "sector_code",
            "sector",
            asked_as="sector_code",
            notes=("Connected with the case by the list; this is no finding of complicity.",),
            wording=Wording(
                known="for whom a business sector is confirmed",
                fact="the business sector",
                verb="connected",
                link="with",
            ),
        )

    def by_perpetrator(self) -> Finding:
        """Kind of perpetrator alleged; individuals are never named."""
        return table_by_code(
            self,
            "by_perpetrator",
            "Victims by kind of alleged perpetrator",
            "perpetrator_codes",
            "perpetrator",
            asked_as="perpetrator_codes",
            notes=(
                "As alleged by the list; no finding of a court. Where a list gives several, a case "
                "counts under each.",
            ),
            wording=Wording(
                known="for whom a kind of perpetrator is given",
                fact="the kind of alleged perpetrator",
                verb="attributed",
                link="to",
                always=STATE_AGENTS,
                is_key=True,
            ),
            further=lambda p, own: (
                sentences_on_missing(self, p, own, "by_perpetrator", "perpetrator_codes"),
                one_state_sentences(
                    self,
                    p,
                    own,
                    "by_perpetrator",
                    "perpetrator_codes",
                    "perpetrator",
                    "attributed to {label}",
                ),
            ),
        )

    def by_death_type(self) -> Finding:
        """Type of death as the list classes it."""
        return table_by_code(
            self,
            "by_death_type",
            "Victims by type of death",
            "death_type_code",
            "death_type",
            asked_as="death_type_code",
            wording=Wording(
                known="whose type of death is recorded", fact="the type of death", verb="classed"
            ),
            further=lambda p, _: (
                sentences_on_unconfirmed(
                    self,
                    p,
                    "by_death_type",
                    "death_type_code",
                    _known_codes("death_type"),
                    "a type of death",
                ),
            ),
        )

    def by_motive_link(self) -> Finding:
        """Link between the killing and the work: confirmed, suspected, not assessed."""
        return table_by_code(
            self,
            "by_motive_link",
            "Victims by link with their work",
            "motive_link_code",
            "motive_link",
            asked_as="motive_link_code",
            unknown=("unknown",),
            known_words="cases in which the list assesses the link",
            notes=(
                "A list that by its definition takes up only killings linked with the work does not "
                "assess the link case by case.",
            ),
            wording=Wording(
                known="whose link with the work is recorded",
                fact="the link with the work",
                definition={"confirmed": "linked with the work"},
            ),
        )

    def by_defender_basis(self) -> Finding:
        """On what basis the victim is called a defender."""
        return table_by_code(
            self,
            "by_defender_basis",
            "Victims by basis for the word defender",
            "defender_basis_code",
            "defender_basis",
            asked_as="defender_basis_code",
            unknown=("not_assessed",),
            known_words="cases in which the list gives a basis",
            wording=Wording(
                known="for whom a basis is given",
                fact="the basis of the word defender",
                definition={"source_definition": "defenders", "recorded_leader": "leaders"},
            ),
        )

    def threats(self) -> Finding:
        """Threats before the killing, over the cases in which the list asked."""
        return threats_finding(self)

    def impunity(self) -> Finding:
        """Accountability, over the cases in which the list asked."""
        return table_by_code(
            self,
            "impunity",
            "Accountability for the killing by class, over all deaths",
            "impunity_code",
            "impunity",
            asked_as="impunity_code",
            known_words="cases that the list classed",
            notes=(
                "As each list classes it, at the date of its file, over the cases in which it asked.",
            ),
            wording=Wording(known="that the list classed", fact="accountability"),
        )

    accountability = accountability_finding

    by_distance = distance_finding

    def by_setting(self) -> Finding:
        """Rural or remote, where recorded or part of the list's definition."""
        return table_by_code(
            self,
            "by_setting",
            "Victims by setting of the killing",
            "setting_code",
            "setting",
            asked_as="setting_code",
            wording=Wording(
                known="for whom the setting is recorded",
                fact="the setting",
                definition={"rural_or_remote": "rural", "urban": "urban"},
            ),
        )

    place = place_finding

    def completeness(self) -> Finding:
        """For how many victims the minimum record of indicator 16.10.1 is there, field by field."""
        return counts_side_by_side(
            self,
            "completeness",
            "Victims for whom each part of the minimum record is there",
            "Part of the record",
            [
                (words, CountDraft(f"completeness.{key}", words, filter_))
                for key, (words, filter_, _) in MINIMUM_RECORD.items()
            ],
            told="is recorded",
            needed_facts={
                f"completeness.{key}": (fact, next(iter(filter_)))
                for key, (_, filter_, fact) in MINIMUM_RECORD.items()
            },
            notes=(
                "Parts of the minimum record of indicator 16.10.1 of the Sustainable "
                "Development Goals, as far as lists can hold them.",
                note_on_divisions(),
            ),
        )
