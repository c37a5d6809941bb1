"""Threats, accountability and the link with the work, by State, perpetrator, cause, sex and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Finding
from hrdresearch.studies.killings.accountability import CLASSED, MURDERS
from hrdresearch.studies.shapes.fact_by_groups import fact_by_groups
from hrdresearch.studies.shapes.fact_by_groups_sentences import Fact
from hrdresearch.studies.shapes.groups import by_class, by_period, by_state

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study

GROUPINGS = (
    by_state(),
    by_class(
        "perpetrator_codes",
        "perpetrator",
        "Kind of alleged perpetrator",
        "none is given",
        "attributed to {label}",
    ),
    by_class("cause_codes", "cause", "Cause defended", "none is recorded"),
    by_class("sex_code", "sex", "Sex or gender", words="recorded as {label}"),
    by_period(),
)
THREATENED = by_class(
    "threats_before", "asked_fact", "Threats before the killing", words="with the answer “{label}”"
)
SEVERAL = "A case may stand under several perpetrators and causes."


def threats_by_group_finding(study: Study) -> Finding:
    """Finding: threats reported before the killing, of the cases with an answer in each group."""
    fact = Fact(
        "threats_before",
        ("yes", "no"),
        "yes",
        "cases in which the answer is known",
        "threats had been reported before the killing",
        "Threats reported",
        "with the answer “no”",
    )
    title = "Threats before the killing by group"
    return fact_by_groups(study, "threats_by_group", title, fact, GROUPINGS, notes=(SEVERAL,))


def impunity_by_group_finding(study: Study) -> Finding:
    """Finding: complete impunity, of the murders (or cases) that a list classed in each group."""
    fact = Fact(
        "impunity_code",
        CLASSED,
        "complete",
        "cases that are classed",
        "complete impunity is recorded",
        "Complete impunity",
        "in another class",
        MURDERS,
        "murders that are classed",
    )
    title = "Complete impunity by group"
    groupings = (*GROUPINGS[:-1], THREATENED, GROUPINGS[-1])
    return fact_by_groups(study, "impunity_by_group", title, fact, groupings, notes=(SEVERAL,))


def motive_link_by_group_finding(study: Study) -> Finding:
    """Finding: the link with the work confirmed, of the cases assessed in each group."""
    fact = Fact(
        "motive_link_code",
        ("confirmed", "suspected"),
        "confirmed",
        "cases in which the link is assessed",
        "the link with the work is confirmed",
        "Link confirmed",
        "that are not confirmed",
    )
    title = "Link with the work confirmed by group"
    return fact_by_groups(study, "motive_link_by_group", title, fact, GROUPINGS, notes=(SEVERAL,))
