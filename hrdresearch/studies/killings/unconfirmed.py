"""Deaths whose link with the work is not confirmed, and what a list says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.sentences import Said, is_printed, tag
from hrdresearch.studies.shapes.extent import UNCONFIRMED, unconfirmed_draft

if TYPE_CHECKING:
    from hrdresearch.studies.ground.study import Study


def unconfirmed_said(
    study: Study, p: Population, name: str, column: str, known: Sequence[str], what: str
) -> Said:
    """That none of a public list's unconfirmed cases has an answer to a fact; empty if some have.

    name: of the finding; the claim is ``NAME.unconfirmed``. known: codes of ``column`` that are an
    answer. what: an answer in words ("a class of accountability").
    """
    if not p.policy.public_by_name:
        return Said()
    answered = Draft(
        f"{name}.unconfirmed",
        f"{p.title}: {what}, link with the work unconfirmed or suspected",
        {column: list(known), **UNCONFIRMED},
    )
    made = study.count(p, [unconfirmed_draft(p), answered])
    every, some = made["extent.unconfirmed"], made[answered.name]
    if not is_printed(every) or some.status != "shown" or some.value:
        return Said()
    text = (
        f"Of the {tag(every)} whose link with the work is unconfirmed or suspected, "
        f"{tag(some, 'none')} has {what}."
    )
    return Said(text, (every, some))
