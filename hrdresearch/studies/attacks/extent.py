"""Extent of what a list documents: incidents, attacks, persons, organizations, and victims without a name."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import claim_tag, is_printed
from hrdresearch.studies.attacks.counting import IS_PERSON, PERSON, attacks_draft
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts


def extent_finding(study: Ledger) -> Finding:
    """Finding: attacks, incidents, persons, organizations, and victims whom the list does not name."""
    named = {**IS_PERSON, "is_named": True}
    drafts = [
        CountDraft("extent.incidents", "Incidents", {}, "incident", "incident_id"),
        attacks_draft("extent.attacks", "Attacks: of one incident on one victim each", {}),
        attacks_draft("extent.on_persons", "Attacks on persons", IS_PERSON),
        CountDraft(
            "extent.persons",
            "Different persons among them whom the list names",
            named,
            "person",
            PERSON,
        ),
        attacks_draft(
            "extent.not_named",
            "Attacks on persons whom the list does not name",
            {**IS_PERSON, "is_named": False},
        ),
        attacks_draft(
            "extent.on_organizations",
            "Attacks on organizations",
            {"attack_victim_code": "organization"},
        ),
        attacks_draft(
            "extent.no_victim",
            "Incidents whose victim is not recorded",
            {"attack_victim_code": "not_recorded"},
        ),
        CountDraft("extent.states", "Countries of the incidents", {}, "state", "state_iso3"),
    ]
    finding = table_of_counts(
        study,
        "extent",
        "Extent of what the list documents",
        column_heads("What was counted", value="Number"),
        [(d.definition, d) for d in drafts],
        unit="as the row says",
        notes=(
            "An incident with two victims is two attacks. Persons are distinguished by their names: "
            "two of one name are taken to be one person. Documented is not occurred.",
        ),
    )
    made = {c.name.removeprefix("extent."): c for c in finding.claims}
    if not is_printed(made["attacks"]):
        return finding
    text = f"{study.register.list_subject} documents "
    if is_printed(made["incidents"]):
        text += f"{claim_tag('extent.incidents', 'of:incident')}, counted here as "
    text += (
        f"{claim_tag('extent.attacks', 'of:attack')} on {study.register.plural}, each of one incident on "
        "one victim."
    )
    if is_printed(made["on_persons"]):
        text += f" Of these, {claim_tag('extent.on_persons')} were on persons"
        text += (
            f" and {claim_tag('extent.on_organizations')} on organizations."
            if is_printed(made["on_organizations"])
            else "."
        )
        if is_printed(made["no_victim"]):
            text += (
                f" Of {claim_tag('extent.no_victim', 'of:incident')} no victim is recorded; each counts as "
                "one attack."
            )
    text += f" {study.register.remarks['extent']}" if "extent" in study.register.remarks else ""
    more = ""
    if is_printed(made["persons"]):
        more = f" The list names {claim_tag('extent.persons', 'of:person')}"
        if is_printed(made["not_named"]):
            more += f"; {claim_tag('extent.not_named', 'of:attack')} were on persons whom it does not name"
        more += "."
    return replace(finding, statements=(text + more,), key_sentences=(text,))
