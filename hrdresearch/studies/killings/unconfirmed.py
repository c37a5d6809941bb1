"""Deaths whose link with the work is not confirmed, and what a list says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import ListSentences, agreement_tag, claim_tag, is_printed
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.extent import UNCONFIRMED, unconfirmed_draft

HALF = 0.5


def sentences_on_missing(
    study: Study, p: Population, own: Mapping[str, Claim], name: str, column: str
) -> ListSentences:
    """How many of those for whom a public list does not record a fact are unconfirmed cases.

    Empty where they are fewer than half. own: claims of the list by code. name: of the finding; the
    claim is ``NAME.not_recorded.unconfirmed``. column: where the fact stands.
    """
    missing = own.get("not_recorded")
    if not p.policy.public_by_name or missing is None or not is_printed(missing):
        return ListSentences()
    draft = CountDraft(
        f"{name}.not_recorded.unconfirmed",
        f"{p.title}: not recorded, link with the work unconfirmed or suspected",
        {column: "not_recorded", **UNCONFIRMED},
    )
    made = study.count(p, [unconfirmed_draft(p), draft])
    every, some = made["extent.unconfirmed"], made[draft.name]
    if not is_printed(some, HALF * float(missing.value or 0)):
        return ListSentences()
    are = agreement_tag(some, "is", "are")
    part = f"Of the {claim_tag(missing)}, {claim_tag(some)} {are} among the"
    if some.value == missing.value:
        part = f"{agreement_tag(some, 'It is', 'They are all')} among the"
    if some.value == missing.value == every.value:
        part = agreement_tag(some, "It is the", "These are the")
    text = f"{part} {claim_tag(every)} whose link with the work is unconfirmed or suspected."
    return ListSentences(text, (every, some))


def sentences_on_unconfirmed(
    study: Study, p: Population, name: str, column: str, known: Sequence[str], what: str
) -> ListSentences:
    """That none of a public list's unconfirmed cases has an answer to a fact; empty if some have.

    name: of the finding; the claim is ``NAME.unconfirmed``. known: codes of ``column`` that are an
    answer. what: an answer in words ("a class of accountability").
    """
    if not p.policy.public_by_name:
        return ListSentences()
    answered = CountDraft(
        f"{name}.unconfirmed",
        f"{p.title}: {what}, link with the work unconfirmed or suspected",
        {column: list(known), **UNCONFIRMED},
    )
    made = study.count(p, [unconfirmed_draft(p), answered])
    every, some = made["extent.unconfirmed"], made[answered.name]
    if not is_printed(every) or some.status != "shown" or some.value:
        return ListSentences()
    text = (
        f"Of the {claim_tag(every)} whose link with the work is unconfirmed or suspected, "
        f"{claim_tag(some, 'none')} has {what}."
    )
    return ListSentences(text, (every, some))
