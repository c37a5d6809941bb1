"""Threats, accountability and the link with the work, by State, perpetrator, cause, sex and period."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.findings.model import Finding
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.accountability import CLASSED, MURDERS
from hrdresearch.studies.shapes.fact_by_groups import fact_by_groups
from hrdresearch.studies.shapes.fact_by_groups_sentences import Fact
from hrdresearch.studies.shapes.groups import Grouping, by_class, by_division, by_period, by_state
from hrdresearch.vocab import codes

SEX = by_class("sex_code", "sex", "Sex or gender", words="recorded as {label}")
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
    SEX,
    by_period(),
)
THREATENED = by_class(
    "threats_before", "asked_fact", "Threats before the killing", words="with the answer “{label}”"
)
CLASSED_BY = (*GROUPINGS[:-1], THREATENED, GROUPINGS[-1])
SEX_KNOWN = [code for code in codes("sex") if code not in ("unknown", "not_recorded")]
SEVERAL = "A case may stand under several perpetrators, causes and identities."


def threats_by_group_finding(study: Study, groupings: Sequence[Grouping] = GROUPINGS) -> Finding:
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
    return fact_by_groups(study, "threats_by_group", title, fact, groupings, notes=(SEVERAL,))


def impunity_by_group_finding(study: Study, groupings: Sequence[Grouping] = CLASSED_BY) -> Finding:
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


def women_by_group_finding(study: Study) -> Finding:
    """Finding: persons recorded as female, of those whose sex or gender is recorded in each group."""
    fact = Fact(
        "sex_code",
        SEX_KNOWN,
        "female",
        "persons whose sex or gender is recorded",
        "the person is recorded as female",
        "Recorded as female",
        "recorded otherwise",
        table_only=[by_state().heading],  # States differ in who is counted: rangers, officials
    )
    groupings = (
        by_state(),
        by_division(),
        by_class("identity_codes", "identity", "Identity", words="recorded as {label}"),
        *GROUPINGS[1:3],
    )
    title = "Women among the victims by group"
    return fact_by_groups(study, "women_by_group", title, fact, groupings, notes=(SEVERAL,))


def threats_by_sex_finding(study: Study) -> Finding:
    """Finding: threats reported before the killing, of women and of men."""
    return threats_by_group_finding(study, (SEX,))


def impunity_by_sex_finding(study: Study) -> Finding:
    """Finding: complete impunity for the killing of women and of men."""
    return impunity_by_group_finding(study, (SEX,))
