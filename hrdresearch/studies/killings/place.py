"""Where victims were killed, below the level of the State."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hrdresearch.findings.make_claims import Draft, Population, add_claims
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agree, tag
from hrdresearch.studies.shapes.extent import victims_draft
from hrdresearch.studies.shapes.groups import only_state
from hrdresearch.studies.shapes.side_by_side_tables import counts_side_by_side
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import alphabetical_key, short_name

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study


def divisions_read() -> str:
    """In which States a place is read as a division, so that elsewhere none is called missing."""
    states = sorted(vocabulary("admin1")["divisions"], key=alphabetical_key)
    return (
        "The place that a list prints is read as a first-level division where it names one of "
        f"{'; '.join(map(short_name, states))}. Elsewhere it is not read, so fewer divisions are "
        "counted here than lists record."
    )


def place_finding(study: Study) -> Finding:
    """Finding: for how many victims of each list a first-level division is read.

    Where a public list or the report is of one State, finding ``by_division`` says so instead.
    """
    known, unknown = ({"admin1_name": {"recorded": is_read}} for is_read in (True, False))
    finding = counts_side_by_side(
        study,
        "place",
        "Victims by what is known of the place",
        "Place",
        [
            (
                "First-level division read",
                Draft("place.known", "first-level division read", known),
            ),
            (
                "No division read (the list may record a place)",
                Draft("place.not_known", "State known, but no first-level division read", unknown),
            ),
        ],
        needed_facts=dict.fromkeys(("place.known", "place.not_known"), ("admin1_name",) * 2),
        notes=(divisions_read(),),
    )
    by_name = {claim.name: claim for claim in finding.claims}
    told: list[str] = []
    beside: list[Claim] = []
    for p in study.populations:
        own = {key: by_name.get(p.claim_name(f"place.{key}")) for key in ("known", "not_known")}
        if own["known"] and own["not_known"]:
            whole = study.count(p, [victims_draft(p)])["extent.victims"]
            beside.append(whole)
            if _is_told_here(study, p) and all(
                c.status == "shown" for c in (whole, own["known"], own["not_known"])
            ):
                told.append(_place_said(p, whole, own["known"], own["not_known"]))
    return replace(add_claims(finding, *beside), statements=tuple(told))


def _is_told_here(study: Study, p: Population) -> bool:
    return only_state(study, p) is None or not p.policy.is_exempt


def _place_said(p: Population, whole: Claim, known: Claim, not_known: Claim) -> str:
    if not not_known.value:
        return (
            f"For each of the {tag(whole)} {agree(whole, p.singular, p.plural)} on the list of "
            f"{p.name_in_prose} a first-level division is read."
        )
    are = agree(known, "is", "are") if known.value else "is"
    return (
        f"Of the {tag(whole)} {agree(whole, p.singular, p.plural)} on the list of "
        f"{p.name_in_prose}, {tag(known, 'none')} {are} placed in a first-level division; for the "
        f"other {tag(not_known)} none is read, though the list may name a place."
    )
