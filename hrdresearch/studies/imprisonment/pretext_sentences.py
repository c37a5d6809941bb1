"""Sentences on persons in the censuses by charge as brought, across regions or periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import Population, add_claims, measured_claim, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Finding
from hrdresearch.findings.sentences import in_sentence, is_printed, listed, tag, with_share
from hrdresearch.studies.imprisonment.persons_by_code import CHARGES
from hrdresearch.studies.imprisonment.sentences_by_charge import RETALIATION
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.one_state_and_year import state_of_more_than_half
from hrdresearch.tables import select
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence

QUARTER = 0.25  # of the largest number, rounded down to tens; charges below it stay in the table
TENS = 10
NARROWER = (
    "“No charge” is narrower here than no charge or none disclosed: it leaves out those whose charge "
    "was not disclosed."
)


def said_across(
    part: StudyPart,
    finding: Finding,
    across: Mapping[str, str],
    lead: str,
    is_of_places: bool = False,
) -> Finding:
    """The finding with a paragraph for each list: the charges with most persons, by column.

    across: words by the key of a column. lead: what the columns are, at the head of the paragraph.
    is_of_places: whether they are regions; one State of more than half of a number is then named.
    """
    by_name = {claim.name: claim for claim in finding.claims}
    labels = {code: label("pretext", code) for code in codes("pretext") if code != "not_recorded"}
    paragraphs = []
    made: list[Claim] = []
    for p in part.populations:
        own = {
            code: {key: by_name.get(p.claim_name(f"{finding.name}.{code}.{key}")) for key in across}
            for code in labels
        }
        largest = {
            code: max(shown, key=lambda claim: float(claim.value or 0))
            for code, claims in own.items()
            if (shown := [c for c in claims.values() if c and is_printed(c)])
        }
        if not largest:
            continue
        most = max(largest.values(), key=lambda claim: float(claim.value or 0))
        quarter = QUARTER * float(most.value or 0)
        least = int(quarter // TENS * TENS) or 1
        threshold = text_claim(
            p.claim_name(f"{finding.name}.threshold"),
            str(least),
            f"{p.title}: number of persons from which a charge is named in the text",
            SCOPE,
        )
        made.append(threshold)
        chosen = [c for c in largest if is_printed(largest[c], least) and c != RETALIATION]
        whole, held = (
            {key: by_name.get(p.claim_name(f"{finding.name}.{of}.{key}")) for key in across}
            for of in ("known", "held")
        )
        has_whole = any(claim and is_printed(claim) for claim in whole.values())
        beside = f", of those {CHARGES.known}" if has_whole else ""
        silent = _silent(p, finding.name, whole, held)
        made += silent.values()
        told: list[str] = []
        for code in chosen:
            items = [
                f"{tag(claim)}{_of(whole[key], by_name.get(f'{claim.name}.share'))} {across[key]}"
                for key, claim in own[code].items()
                if claim and is_printed(claim, 0) and not _is_nobody(whole[key])
            ]
            one_state, more = _one_state(p, own[code], across) if is_of_places else ("", [])
            made += more
            under = f"nder “{in_sentence(labels[code])}” "
            first = f"{p.name_in_prose} recorded u{under}" if not told else f"U{under}it recorded "
            told.append(f"{first}{listed(items)}.{one_state}")
        left = f"Charges with fewer than {tag(threshold)} persons in every column are left to the table."
        paragraphs.append(
            " ".join(
                filter(
                    None,
                    (
                        f"{lead[:1].upper()}{lead[1:]}{beside}, {' '.join(told)}",
                        NARROWER
                        if "no_charge" in chosen and "not_disclosed" in set(largest) - set(chosen)
                        else "",
                        _silent_said(silent, held, across),
                        left if least > 1 else "",
                        "The class “retaliation”, which is no charge, is left to the table."
                        if is_printed(largest.get(RETALIATION), least)
                        else "",
                    ),
                )
            )
        )
    return replace(add_claims(finding, *made), statements=tuple(paragraphs))


def _one_state(
    p: Population, counts: Mapping[str, Claim | None], across: Mapping[str, str]
) -> tuple[str, list[Claim]]:
    """Sentence on the regions of which one State makes more than half, and its numbers."""
    told: list[str] = []
    made: list[Claim] = []
    for key, claim in counts.items():
        if claim is None or not is_printed(claim):
            continue
        rows = p.frame[select(p.frame, claim.filter)]
        found = state_of_more_than_half(p, rows, "person_id")
        if found is None:
            continue
        name = name_in_sentence(found[0])
        words = f"{claim.definition.removeprefix(f'{p.title}: ')}, of them in {name}"
        stem = claim.name.removeprefix(p.claim_name(""))
        n = measured_claim(p, f"{stem}.one_state", found[1], "person", words, "computed")
        made.append(n)
        told.append(f"{tag(n)} of the {tag(claim)} {across[key]} are in {name}")
    return (f" One State holds more than half of some: {listed(told)}." if told else ""), made


def _is_nobody(whole: Claim | None) -> bool:
    return whole is not None and whole.status == "shown" and whole.value == 0


def _of(whole: Claim | None, share: Claim | None) -> str:
    return f" of {with_share(whole, share)}" if whole and is_printed(whole) else ""


def _silent(
    p: Population,
    name: str,
    known: Mapping[str, Claim | None],
    held: Mapping[str, Claim | None],
) -> dict[str, Claim]:
    """Of those held in each column, for how many nothing on a charge is recorded; zeros left out."""
    words = "persons held of whom no row of this column records a charge, or that none was brought"
    left = {
        key: int(float(every.value or 0) - float(some.value or 0))
        for key, every in held.items()
        if every and (some := known[key]) and every.status == some.status == "shown"
    }
    return {
        key: measured_claim(p, f"{name}.on_no_row.{key}", n, "person", words, "difference")
        for key, n in left.items()
        if n
    }


def _silent_said(
    silent: Mapping[str, Claim], held: Mapping[str, Claim | None], across: Mapping[str, str]
) -> str:
    told = [f"{tag(n)}{_of(held[key], None)} held {across[key]}" for key, n in silent.items()]
    return f"Nothing on a charge is recorded for {listed(told)}." if told else ""
