"""Where victims were killed, below the level of the State."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population, add_claims
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    Wording,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.extent import victims_draft
from hrdresearch.studies.shapes.groups import only_state
from hrdresearch.studies.shapes.side_by_side_tables import counts_side_by_side
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.states import alphabetical_key, short_name


def note_on_divisions() -> str:
    """Note on the States in which a place is read as a division; elsewhere it is not read, not missing."""
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
                CountDraft("place.known", "first-level division read", known),
            ),
            (
                "No division read (the list may record a place)",
                CountDraft(
                    "place.not_known", "State known, but no first-level division read", unknown
                ),
            ),
        ],
        needed_facts=dict.fromkeys(("place.known", "place.not_known"), ("admin1_name",) * 2),
        notes=(note_on_divisions(),),
    )
    told: list[str] = []
    beside: list[Claim] = []
    for p in study.populations:
        own = {
            key: finding.by_name.get(p.claim_name(f"place.{key}")) for key in ("known", "not_known")
        }
        if own["known"] and own["not_known"]:
            whole = study.count(p, [victims_draft(p)])["extent.victims"]
            beside.append(whole)
            if _is_told_here(study, p) and all(
                c.status == "shown" for c in (whole, own["known"], own["not_known"])
            ):
                told.append(_place_sentences(p, whole, own["known"]))
    text = (
        f"A first-level division is read for {join_with_and(told)}; places of another kind are not read. "
        "Victims are counted by division for a list of one State, and in a report on one State."
    )
    return replace(add_claims(finding, *beside), statements=(text,) if told else ())


def distance_finding(study: Study) -> Finding:
    """Finding: distance of the municipality from the nearest capital of a first-level division.

    Claims ``by_distance.near`` (below 50 km), ``.between``, ``.far`` (over 200 km). Only lists that
    are public by name and print the municipality.
    """
    finding = table_by_code(
        study,
        "by_distance",
        "Victims by distance of the municipality from the nearest capital",
        "seat_distance_code",
        "seat_distance",
        asked_as="seat_distance_code",
        unknown=("not_located", "not_recorded"),
        known_words="cases whose municipality is located",
        notes=(
            "Straight line, not road, from the main town of the municipality, as GeoNames "
            "gives it, to the nearest capital of a first-level division of the same State. The "
            "place of the killing may lie far from that town. Whether help can be had in a "
            "capital is not recorded.",
        ),
        further=lambda p, own: (_rural_sentences(p, own),),
        in_order=True,
        wording=Wording(
            known="whose municipality is located",
            fact="the distance",
            without="For {lists} {fact} was not measured.",
            verb="counted",
            words={
                "near": "in a municipality less than 50 km from the nearest capital of a "
                "first-level division",
                "between": "between 50 and 200 km from it",
                "far": "over 200 km from it",
            },
            none_known="No municipality of the cases on {list} was located, so no distance is measured.",
        ),
    )
    if not finding.claims:  # no list has it measured, which is no field that a file lacks
        return replace(finding, rows=(), statements=())
    is_measured = any(c.value for c in finding.claims if c.name.endswith("by_distance.known"))
    return finding if is_measured else replace(finding, rows=())


def _rural_sentences(p: Population, own: Mapping[str, Claim]) -> ListSentences:
    """That a list which takes up rural cases by its definition holds few near a capital."""
    if not is_printed(own.get("known")) or p.recording.get("setting_code") != "by_definition":
        return ListSentences()
    return ListSentences(
        "The list is of rural cases, so the distance follows in part from its definition."
    )


def _is_told_here(study: Study, p: Population) -> bool:
    return only_state(study, p) is None or not p.policy.prints_exact_numbers


def _place_sentences(p: Population, whole: Claim, known: Claim) -> str:
    return f"{claim_tag(known, 'none')} of the {claim_tag(whole)} on {p.list_in_prose}"
