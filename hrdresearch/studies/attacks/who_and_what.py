"""What was done and to whom: kinds of attack, persons, perpetrators, and what followed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hrdresearch.findings.model import Cell, Finding
from hrdresearch.findings.sentences import Wording
from hrdresearch.studies.attacks.counting import (
    IS_PERSON,
    PERSON,
)
from hrdresearch.studies.attacks.one_week import week_sentences
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code import LAST_CODES, table_by_code
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    text_columns,
)
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.citations import symbol_of

ATTACK: dict[str, Any] = {"unit": "attack", "noun": "attack:attacks"}
PERSONS: dict[str, Any] = {
    "unit": "person",
    "noun": "person:persons",
    "distinct": PERSON,
    "known_words": "persons for whom this is known",
}
# Named in the sentences however few they are: the adopted acts of indicator 16.10.1, and sexual violence.
GRAVEST = (*vocabulary("sdg_act")["adopted"], "sexual_violence")
SEVERAL = "An attack may be of several kinds; shares may add up to more than a hundred."
ALLEGED = "As alleged by the list; no finding of a court."


def by_kind_finding(study: Ledger) -> Finding:
    """Finding: attacks by kind; a kind that the list has no class for has no number."""
    return _with_remark(
        table_by_code(
            study,
            "by_kind",
            "Attacks by kind",
            "attack_act_codes",
            "attack_act",
            asked_as="attack_act_codes",
            known_words="attacks whose kind is recorded",
            notes=(
                SEVERAL,
                "A list has classes of its own; what it has no class for is in no number here.",
            ),
            wording=Wording(
                known="whose kind is recorded",
                fact="the kind",
                is_key=True,
                always=(*GRAVEST, "other"),
            ),
            further=lambda p, own: (
                week_sentences(study, p, "by_kind", own, "attack_act_codes", "attack_act"),
            ),
            **ATTACK,
        ),
        study,
        "attack_act_codes",
    )


def by_perpetrator_finding(study: Ledger) -> Finding:
    """Finding: attacks by kind of alleged perpetrator, over those for which the list asks it."""
    return _with_remark(
        table_by_code(
            study,
            "by_perpetrator",
            "Attacks by kind of alleged perpetrator",
            "perpetrator_codes",
            "perpetrator",
            asked_as="perpetrator_codes",
            known_words="attacks for which a kind of perpetrator is given",
            notes=(ALLEGED,),
            wording=Wording(
                known="for which a kind of perpetrator is given",
                fact="the kind of alleged perpetrator",
                verb="attributed",
                link="to",
                is_key=True,
            ),
            further=lambda p, own: (
                week_sentences(study, p, "by_perpetrator", own, "perpetrator_codes", "perpetrator"),
            ),
            **ATTACK,
        ),
        study,
        "perpetrator_codes",
    )


def by_work_link_finding(study: Ledger) -> Finding:
    """Finding: attacks by whether the list records that the victim was targeted for the work."""
    return _with_remark(
        table_by_code(
            study,
            "by_work_link",
            "Attacks by whether the victim was targeted for the work",
            "work_link_code",
            "recorded_fact",
            asked_as="work_link_code",
            unknown=LAST_CODES,
            known_words="attacks for which this is known",
            wording=Wording(
                known="for which it is recorded whether the victim was targeted for the work",
                fact="this",
                words={
                    "yes": "as aimed at the victim for the work",
                    "no": "as not aimed at the victim",
                },
            ),
            **ATTACK,
        ),
        study,
        "work_link_code",
    )


def by_space_finding(study: Ledger) -> Finding:
    """Finding: attacks online, offline or both, where the list asks it."""
    return table_by_code(
        study,
        "by_space",
        "Attacks by whether they took place online or offline",
        "space_code",
        "reprisal_space",
        asked_as="space_code",
        unknown=("not_recorded",),
        known_words="attacks for which this is known",
        wording=Wording(
            known="for which it is recorded whether they took place online or offline",
            fact="this",
        ),
        **ATTACK,
    )


def accountability_finding(study: Ledger) -> Finding:
    """Finding: attacks by what followed for those responsible; "nothing" only where somebody looked."""
    return table_by_code(
        study,
        "accountability",
        "Attacks by what followed for those responsible",
        "accountability_codes",
        "accountability",
        asked_as="accountability_codes",
        unknown=("unknown", "not_recorded"),
        known_words="attacks for which this is known",
        notes=("Several things may have followed. Nothing is counted only where somebody looked.",),
        wording=Wording(
            known="for which it is recorded what followed for those responsible",
            fact="what followed",
            words={"nothing": "with nothing that had followed"},
            is_key=True,
        ),
        **ATTACK,
    )


def _with_remark(finding: Finding, study: Ledger, column: str) -> Finding:
    """The finding, with the list's own remark on the fact after its first sentences, in the summary too."""
    remark = study.register.remarks.get(column, "")
    if not (remark and finding.statements and finding.rows):
        return finding

    def with_it(told: tuple[str, ...]) -> tuple[str, ...]:
        return (f"{told[0]} {remark}", *told[1:]) if told else ()

    return replace(
        finding,
        statements=with_it(finding.statements),
        key_sentences=with_it(finding.key_sentences),
    )


def by_sex_finding(study: Ledger) -> Finding:
    """Finding: persons by sex or gender as recorded; never inferred from a name."""
    return _persons(
        study,
        "by_sex",
        "Persons by sex or gender as recorded",
        "sex_code",
        "sex",
        Wording(known="whose sex or gender is recorded", fact="sex or gender"),
    )


def by_age_group_finding(study: Ledger) -> Finding:
    """Finding: persons by age group as recorded."""
    return _persons(
        study,
        "by_age_group",
        "Persons by age group as recorded",
        "age_group_code",
        "age_group",
        Wording(known="whose age group is recorded", fact="the age group"),
    )


def by_identity_finding(study: Ledger) -> Finding:
    """Finding: persons by identity (first axis)."""
    return _persons(
        study,
        "by_identity",
        "Persons by identity as recorded",
        "identity_codes",
        "identity",
        Wording(
            known="whose identity is recorded",
            fact="the identity",
            definition={"journalist": "journalists or media workers"},
        ),
    )


def by_cause_finding(study: Ledger) -> Finding:
    """Finding: persons by cause defended (second axis)."""
    return _persons(
        study,
        "by_cause",
        "Persons by cause defended",
        "cause_codes",
        "cause",
        Wording(known="for whom a cause is recorded", fact="the cause defended", link="under"),
    )


def _persons(
    study: Ledger, name: str, title: str, column: str, vocabulary_: str, wording: Wording
) -> Finding:
    """Persons by a code; of a restricted list attacks instead.

    Such a list publishes all rows minus the rows without an answer. For persons this would be wrong: one
    person may have a row with an answer and a row without.
    """
    if study.register.release:
        said = replace(wording, known=f"on victims {wording.known}")
        title = title.replace("Persons", "Attacks")
        return table_by_code(
            study, name, title, column, vocabulary_, asked_as=column, wording=said, **ATTACK
        )
    made = table_by_code(
        study,
        name,
        title,
        column,
        vocabulary_,
        asked_as=column,
        among=IS_PERSON,
        wording=wording,
        **PERSONS,
    )
    heads = [replace(c, label="Persons") if c.key == "value" else c for c in made.columns]
    return replace(made, unit="persons", columns=tuple(heads))


def crosswalk_finding(study: Ledger) -> Finding:
    """For each kind of attack, its words in paragraphs 36 and 58 and its act of the indicator; no count."""
    known = vocabulary("attack_act")
    first, second, acts = (
        known["crosswalk"]["para_36"],
        known["crosswalk"]["para_58"],
        known["sdg_act"],
    )
    rows = [
        [
            code_cell("attack_act", code),
            Cell(text=first.get(code, "–")),
            Cell(text=second.get(code, "–")),
            code_cell("sdg_act", acts[code]) if code in acts else Cell(text="–"),
        ]
        for code in codes("attack_act")
        if code not in ("other", "not_recorded")
    ]
    return study.finding(
        "crosswalk",
        "Kinds of attack in the two lists of the report and in indicator 16.10.1",
        text_columns(
            label="Kind of attack", p36="First list", p58="Second list", sdg="Indicator 16.10.1"
        ),
        rows,
        (),
        unit="",
        period="",
        sources=(),
        notes=(
            f"The lists: {symbol_of('forms_of_reprisal')}. Words shortened. –: this kind is not in the list.",
        ),
    )
