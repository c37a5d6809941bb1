"""Several victims in one event: where a list has identifiers of events, or days."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import table_of_counts, text_columns
from hrdresearch.studies.shapes.extent import DAY_AND_PLACE, DAY_SHARE_FOR_EVENTS, victims_draft

BY_ID = "Identifier of the list"
BY_DAY = "Day and first-level division"


def several_victims_finding(study: Study) -> Finding:
    """Finding: events with several victims on public lists, by identifier or else by day and place.

    Claims: ``several_victims.groups`` (groups of two victims or more), ``.victims`` (victims in
    them), ``.largest``. Victims of one day and place may be of one event or of several. Where no
    first-level division is read, the place is not known well enough, and no group is made.
    """
    made = {p.slug: _groups(study, p) for p in study.populations}
    return table_of_counts(
        study,
        "several_victims",
        "Victims who share the day and the place, or the event",
        [
            *text_columns(label="Grouped by"),
            Column("groups", "Groups of two victims or more"),
            Column("victims", "Victims in them"),
            Column("largest", "Largest group"),
        ],
        lambda p: (
            [(basis_of_events(p), *list(made[p.slug].values())[1:])]
            if made[p.slug] and made[p.slug]["groups"].value
            else []
        ),
        beside=lambda p: [*made[p.slug].values()][:1],
        statements=tuple(_sentences(p, made[p.slug]) for p in study.populations if made[p.slug]),
        notes=(
            "Only lists whose exact numbers may stand here, and that have identifiers of events, or days.",
        ),
    )


def basis_of_events(p: Population) -> str:
    """By what victims are put into one event, in words; empty of a list without identifiers or days."""
    if not p.policy.prints_exact_numbers or p.frame.empty:
        return ""
    if p.frame["event_id"].notna().all():
        return BY_ID
    is_dated = p.frame["event_date_precision"].eq("day").mean() >= DAY_SHARE_FOR_EVENTS
    return BY_DAY if is_dated else ""


def _groups(study: Study, p: Population) -> dict[str, Claim]:
    sizes = _sizes(p)
    if sizes is None:
        return {}
    several = sizes[sizes > 1]
    made = {"of": study.count(p, [victims_draft(p)])["extent.victims"]}
    for key, value, unit, words in (
        ("groups", len(several), "event", "groups of two victims or more"),
        ("victims", int(several.sum()), "victim", "victims in these groups"),
        ("largest", int(several.max()) if len(several) else 0, "victim", "the largest group"),
    ):
        made[key] = measured_claim(
            p,
            f"several_victims.{key}",
            value,
            unit,
            f"{words}, by {basis_of_events(p).lower()}",
            "computed",
        )
    return made


def _sizes(p: Population) -> pd.Series | None:
    """Number of victims of each event, or of each day and place; None where neither is known."""
    how = basis_of_events(p)
    if not how:
        return None
    if how == BY_ID:
        return p.frame.groupby("event_id").size()
    dated = p.frame[p.frame["event_date_precision"].eq("day") & p.frame["admin1_name"].notna()]
    return dated.groupby(list(DAY_AND_PLACE)).size()


def _sentences(p: Population, made: Mapping[str, Claim]) -> str:
    groups, victims, largest = made["groups"], made["victims"], made["largest"]
    whole = f"the {claim_tag(made['of'])} {agreement_tag(made['of'], p.singular, p.plural)} on "
    if not groups.value:
        return f"Of {whole}{p.list_in_prose}, none shares the event with another."
    if basis_of_events(p) == BY_ID:
        return (
            f"Of {whole}{p.list_in_prose}, {claim_tag(victims)} were killed in {claim_tag(groups)} "
            f"{agreement_tag(groups, 'event', 'events')} with several victims, {claim_tag(largest)} "
            "in the largest."
        )
    return (
        f"Of {whole}{p.list_in_prose}, {claim_tag(victims)} are known to share the day and the first-level "
        f"division with another victim: {claim_tag(groups)} "
        f"{agreement_tag(groups, 'group of', 'groups, the largest of')} {claim_tag(largest)}."
    )
