"""Accountability for killings: over murders, where a list tells murder from other deaths."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.studies.shapes.by_code import LAST_CODES, class_counted_over, table_by_code
from hrdresearch.vocab import codes

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study

MURDERS = {"death_type_code": "murder"}
OTHER_DEATHS = [code for code in codes("death_type") if code != "murder"]
CLASSED = [code for code in codes("impunity") if code not in LAST_CODES]
FACT = "impunity_code"


def accountability_finding(study: Study) -> Finding:
    """Accountability over murders, where the list classes deaths; else over all its cases.

    Claims beside those of the table: ``accountability.murders``, and
    ``accountability.other_deaths``, which have a class too and are left out.
    """
    made = table_by_code(
        study,
        "accountability",
        "Accountability for the killing by class",
        FACT,
        "impunity",
        asked_as=FACT,
        known_words="cases that the list classed",
        notes=("As classed by the list at the date of its publication.",),
        among=MURDERS,
    )
    told: list[str] = []
    claims: list[Claim] = []
    for p in study.populations:
        if p.covers() and p.has_answers(FACT, FACT) and class_counted_over(p, MURDERS):
            own = _beside(study, p)
            claims += own
            told += [_left_out(p, own[-1])] if own[-1].value else []
    return replace(made, claims=(*made.claims, *claims), statements=(*made.statements, *told))


def _beside(study: Study, p: Population) -> list[Claim]:
    """Murders of a list, and its other deaths that have a class of accountability."""
    what = f"{p.title}: deaths that are not classed as murder and have a class of accountability"
    drafts = [
        Draft("accountability.murders", f"{p.title}: deaths classed as murder", MURDERS),
        Draft(
            "accountability.other_deaths", what, {"death_type_code": OTHER_DEATHS, FACT: CLASSED}
        ),
    ]
    return list(study.count(p, drafts).values())


def _left_out(p: Population, claim: Claim) -> str:
    n = claim.name
    return (
        f"{p.subject} gives a class of accountability to {{{{ {n} }}}} "
        f"{{{{ {n}|agree:death that is:deaths that are }}}} not classed as murder; "
        f"{{{{ {n}|agree:it is:they are }}}} not counted here."
    )
