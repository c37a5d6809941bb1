"""Kinds of attack by victim, sex, identity, cause and perpetrator: who suffers what, where it is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.make_claims import CountDraft
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and, label_in_sentence
from hrdresearch.studies.attacks.counting import IS_PERSON, attacks_draft
from hrdresearch.studies.attacks.who_and_what import ALLEGED
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.count_tables import code_cell, column_heads, table_of_counts
from hrdresearch.vocab import codes, label


def kind_by_victim_finding(study: Ledger) -> Finding:
    """Finding: kinds of attack on persons and on organizations."""
    return kinds_by_code(
        study,
        "kind_by_victim",
        "Kinds of attack, by kind of victim",
        "kind of victim",
        "attack_victim_code",
        "attack_victim",
        ("person", "organization"),
    )


def kind_by_sex_finding(study: Ledger) -> Finding:
    """Finding: kinds of attack by sex or gender as recorded."""
    return kinds_by_code(
        study,
        "kind_by_sex",
        "Kinds of attack, by sex or gender of the person",
        "sex or gender as recorded",
        "sex_code",
        "sex",
        [c for c in codes("sex") if c not in LAST_CODES],
        IS_PERSON,
    )


def kind_by_identity_finding(study: Ledger) -> Finding:
    """Finding: kinds of attack by identity of the person (first axis)."""
    return kinds_by_code(
        study,
        "kind_by_identity",
        "Kinds of attack, by identity of the person",
        "identity",
        "identity_codes",
        "identity",
        [c for c in codes("identity") if c not in LAST_CODES],
        IS_PERSON,
    )


def kind_by_cause_finding(study: Ledger) -> Finding:
    """Finding: kinds of attack by cause defended (second axis)."""
    return kinds_by_code(
        study,
        "kind_by_cause",
        "Kinds of attack, by cause defended",
        "cause defended",
        "cause_codes",
        "cause",
        [c for c in codes("cause") if c not in LAST_CODES],
        IS_PERSON,
    )


def kind_by_perpetrator_finding(study: Ledger) -> Finding:
    """Finding: kinds of attack by kind of alleged perpetrator."""
    return kinds_by_code(
        study,
        "kind_by_perpetrator",
        "Kinds of attack, by kind of alleged perpetrator",
        "kind of alleged perpetrator",
        "perpetrator_codes",
        "perpetrator",
        [c for c in codes("perpetrator") if c not in LAST_CODES],
        notes=(ALLEGED,),
    )


def kinds_by_code(
    study: Ledger,
    name: str,
    title: str,
    heading: str,
    column: str,
    vocabulary: str,
    shown: Sequence[str],
    within: Mapping[str, Any] | None = None,
    notes: Sequence[str] = (),
) -> Finding:
    """Attacks by kind, a column for each of the codes ``shown`` of another fact; exact numbers only.

    Claims: ``NAME.CODE.of`` and ``NAME.CODE.KIND``. A restricted list publishes no count of two facts
    combined, so it has no rows. within: row filter of all that is counted.
    """
    p = study.register
    if p.release or not p.has_answers(column, column) or column in p.recording:
        return study.finding(name, title, column_heads("Kind of attack"), (), ())
    held = [c for c in shown if c in p.classes[column]]
    if len(held) < 2:  # one group is all, as the finding by kind has it
        return study.finding(name, title, column_heads("Kind of attack"), (), ())
    kinds = [c for c in codes("attack_act") if c in p.classes["attack_act_codes"]]
    base = dict(within or {})
    is_of_some = "not_asked" in p.classes[column]  # then the kinds are those that it is asked of

    def draft(code: str, kind: str | None) -> CountDraft:
        words = f"attacks, {label(vocabulary, code)}"
        if kind is None:
            return attacks_draft(f"{name}.{code}.of", words, {**base, column: code})
        return attacks_draft(
            f"{name}.{code}.{kind}",
            f"{words}: {label('attack_act', kind)}",
            {**base, column: code, "attack_act_codes": kind},
        )

    rows: list[tuple[Any, ...]] = [
        (code_cell("attack_act", kind), *(draft(code, kind) for code in held)) for kind in kinds
    ]
    return table_of_counts(
        study,
        name,
        title,
        [
            *column_heads("Kind of attack"),
            *(Column(code, label(vocabulary, code)) for code in held),
        ],
        rows,
        beside=[draft(code, None) for code in held],
        empty="drop rows",
        largest_first=True,
        sentence=None
        if is_of_some
        else lambda _, made: _most_frequent_sentences(name, heading, vocabulary, held, kinds, made),
        notes=(
            "An attack may be of several kinds, so columns do not add up.",
            *([ASKED_OF_SOME] if is_of_some else []),
            *notes,
        ),
    )


ASKED_OF_SOME = (
    "The list asks this of some kinds of attack only, so the kinds in a column are "
    "first of all those."
)
GROUP_WORDS = {
    "attack_victim": "on {}s",
    "sex": "on persons recorded as {}",
    "identity": "on {}",
    "cause": "on persons who defended {}",
    "perpetrator": "attributed to {}",
}


def _group_in_words(vocabulary: str, code: str) -> str:
    """A group after a number of attacks: "on persons recorded as female"."""
    return GROUP_WORDS[vocabulary].format(label_in_sentence(label(vocabulary, code)))


def _most_frequent_sentences(
    name: str,
    heading: str,
    vocabulary: str,
    held: Sequence[str],
    kinds: Sequence[str],
    made: Mapping[str, Claim],
) -> str:
    """For each group, the kind of attack that is recorded most often."""
    told = []
    for code in sorted(held, key=lambda c: label(vocabulary, c)):
        whole = made[f"{name}.{code}.of"]
        counts = {
            k: made[f"{name}.{code}.{k}"] for k in kinds if k not in ("not_recorded", "other")
        }
        if not is_printed(whole, 10) or not counts:
            continue
        highest = max(float(claim.value or 0) for claim in counts.values())
        most = [k for k, claim in counts.items() if float(claim.value or 0) == highest]
        kinds_told = join_with_and(
            [f"as {label_in_sentence(label('attack_act', kind))}" for kind in most]
        )
        each = " each" if len(most) > 1 else ""
        told.append(
            f"of {claim_tag(whole, 'of:attack')} {_group_in_words(vocabulary, code)}, "
            f"{claim_tag(counts[most[0]])}{each} {kinds_told}"
        )
    if not told:
        return ""
    return (
        f"By {heading}, the kind of attack recorded most often, the class “other” left out, is: "
        f"{join_with_and(told)}. Groups are "
        "recorded "
        "with different care, so a difference between them is no measure of their risk."
    )
