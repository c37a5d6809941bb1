"""Candidate cases for SDG indicator 16.10.1, never its value: nobody has verified them.

The five adopted acts against journalists and associated media personnel, trade unionists and human rights
advocates stand by themselves. Arrests that nobody assessed as arbitrary, and other harmful acts, which only
the proposed refinement of the indicator takes in, stand apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and, label_in_sentence
from hrdresearch.studies.attacks.counting import IS_PERSON, attacks_draft
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes, label, vocabulary

ADOPTED: tuple[str, ...] = tuple(vocabulary("sdg_act")["adopted"])
NOT_ASSESSED, OTHER = "arrest_not_assessed", "other_harmful"
NO_GROUP = "not_established"
GROUPS = tuple(c for c in codes("sdg_group") if c != NO_GROUP)
NOT_VERIFIED = (
    "Candidate cases, not verified. The value of the indicator is computed by its custodian from "
    "verified cases, "
    "and is not given here; nor is a difference between years or States a change in it."
)
CANDIDATES = "Candidate cases, not verified: the five adopted acts of indicator 16.10.1"
APART = "Apart from the adopted acts: arrests that nobody assessed, and other harmful acts"


def candidates_finding(study: Ledger) -> Finding:
    """Finding: candidate cases of the five adopted acts, by group; claims ``candidates.ACT.GROUP``."""
    p = study.register

    if p.release:
        return _of_release(study, "candidates", CANDIDATES, ADOPTED)

    def row(act: str) -> Row:
        return (
            code_cell("sdg_act", act),
            *(_cell(p, f"candidates.{act}.{g}", act, g) for g in GROUPS),
        )

    every = attacks_draft(
        "candidates.all",
        "candidate cases of the five adopted acts, in any group",
        {**IS_PERSON, "sdg_act_codes": list(ADOPTED), "sdg_group_codes": list(GROUPS)},
    )
    outside = attacks_draft(
        "candidates.no_group",
        "cases of the five adopted acts whose victim is of no group of the indicator by what is recorded",
        indicator_filter(list(ADOPTED), NO_GROUP),
    )
    return table_of_counts(
        study,
        "candidates",
        CANDIDATES,
        _group_heads(),
        [row(act) for act in ADOPTED],
        beside=[every, outside] if any(has_class(p, act) for act in ADOPTED) else [],
        sentence=lambda _, made: _candidates_sentences(p, made),
        notes=(
            NOT_VERIFIED,
            "One act on one person in one incident is one case; a person may stand in several.",
        ),
    )


def refinement_finding(study: Ledger) -> Finding:
    """Finding: arrests that nobody assessed, and other harmful acts, apart from the adopted acts."""
    p = study.register

    if p.release:
        return _of_release(study, "refinement", APART, (NOT_ASSESSED, OTHER))

    def row(act: str) -> Row:
        return (
            code_cell("sdg_act", act),
            *(_cell(p, f"refinement.{act}.{g}", act, g) for g in GROUPS),
        )

    kinds = [c for c, act in vocabulary("attack_act")["sdg_act"].items() if act == OTHER]
    beside = [
        attacks_draft(
            f"refinement.{act}.all",
            f"{label('sdg_act', act)}, in any group",
            indicator_filter(act, list(GROUPS)),
        )
        for act in (NOT_ASSESSED, OTHER)
        if has_class(p, act)
    ]
    return table_of_counts(
        study,
        "refinement",
        APART,
        _group_heads(),
        [row(act) for act in (NOT_ASSESSED, OTHER)],
        beside=beside,
        sentence=lambda _, made: _refinement_sentences(made),
        notes=(
            NOT_VERIFIED,
            "Other harmful acts: "
            + ", ".join(label("attack_act", kind).lower() for kind in kinds)
            + ". An arrest counts as arbitrary only where the list itself says so.",
        ),
    )


def _of_release(study: Ledger, name: str, title: str, acts: tuple[str, ...]) -> Finding:
    """Acts of a restricted list, over all groups: it publishes no count of two facts combined."""
    drafts = {
        act: attacks_draft(
            f"{name}.{act}", f"{label('sdg_act', act)}, in any group", {"sdg_act_codes": act}
        )
        for act in acts
    }

    def said(p: Population, made: Mapping[str, Claim]) -> str:
        told = [
            f"{claim_tag(made[draft.name])} under {label_in_sentence(label('sdg_act', act))}"
            for act, draft in drafts.items()
            if is_printed(made[draft.name])
        ]
        if not told:
            return f"{p.list_subject} prints no number of these acts."
        return (
            f"{p.list_subject} holds, whatever the group of the victim, {join_with_and(told)}. None "
            "of them is "
            "verified."
        )

    return table_of_counts(
        study,
        name,
        title,
        column_heads("Act", value=study.value_heading),
        [(code_cell("sdg_act", act), draft) for act, draft in drafts.items()],
        sentence=said,
        notes=(NOT_VERIFIED,),
    )


def indicator_filter(acts: Any, groups: Any) -> dict[str, Any]:
    """Row filter of attacks on persons of these groups by these acts of the indicator."""
    return {**IS_PERSON, "sdg_act_codes": acts, "sdg_group_codes": groups}


def _cell(p: Population, name: str, act: str, group: str) -> CountDraft | str:
    if not has_class(p, act) or not _has_group(p, group):
        return NO_CLASS
    words = f"{label('sdg_act', act)}: {label('sdg_group', group).lower()}"
    return attacks_draft(name, words, indicator_filter(act, group))


def has_class(p: Population, *acts: str) -> bool:
    """Whether the list can hold one of these acts: it has a class for a kind of attack that is one."""
    held = p.classes.get("attack_act_codes", frozenset()) | set(
        p.declared.get("attack_act_codes", ())
    )
    crossed = vocabulary("attack_act")["sdg_act"]
    return any(crossed.get(kind) in acts for kind in held)


def _has_group(p: Population, group: str) -> bool:
    """Whether the list can hold persons of this group; a list of one identity by definition holds one."""
    is_one = p.recording.get("identity_codes") == "by_definition"
    return not is_one or group in p.classes["sdg_group_codes"]


def _group_heads() -> list[Column]:
    return [*column_heads("Act"), *(Column(g, label("sdg_group", g)) for g in GROUPS)]


def _candidates_sentences(p: Population, made: Mapping[str, Claim]) -> str:
    every = made.get("candidates.all")
    if every is None:
        return (
            f"{p.list_subject} has no class for the five adopted acts, so it holds no candidate case "
            "of them; "
            "that does not mean that there was none. Its arrests are not assessed as arbitrary or "
            "not, and stand apart."
        )
    if not is_printed(every, 0):
        return "The number of candidate cases of the five adopted acts does not leave the list."
    text = (
        f"{p.list_subject} holds {claim_tag(every, 'of:case')} of the five adopted acts as "
        "candidates. None of them is verified, and they are not the value of the indicator."
    )
    outside = made["candidates.no_group"]
    if is_printed(outside):
        text += (
            f" Not counted {claim_tag(outside, 'agree:is:are')} {claim_tag(outside)} more of these acts: "
            "the list records no identity by which the victim belongs to a group of the indicator."
        )
    return text


def _refinement_sentences(made: Mapping[str, Claim]) -> str:
    arrests, others = (made.get(f"refinement.{act}.all") for act in (NOT_ASSESSED, OTHER))
    told = []
    if arrests and is_printed(arrests):
        told.append(f"{claim_tag(arrests, 'of:arrest')} that nobody assessed as arbitrary or not")
    if others and is_printed(others):
        told.append(
            f"{claim_tag(others, 'of:case')} of other harmful acts, which only the proposed "
            "refinement takes in"
        )
    return f"Apart from the adopted acts stand {' and '.join(told)}." if told else ""
