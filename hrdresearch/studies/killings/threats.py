"""Threats before the killing: over the cases in which a list asked, as a lower bound."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.make_claims import Population, add_claims
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    claim_tag,
    claims_of_sentences,
    count_with_share,
    is_printed,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.unconfirmed import sentences_on_unconfirmed
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.by_code_sentences import paragraphs_of_lists
from hrdresearch.vocab import label

FACT = "threats_before"
WHAT = "threats before the killing"


def threats_finding(study: Study) -> Finding:
    """Threats before the killing, over the cases in which the list asked."""
    finding = table_by_code(
        study,
        "threats",
        "Threats before the killing by answer",
        FACT,
        "asked_fact",
        asked_as=FACT,
        known_words="cases in which the list asked and the answer is known",
        notes=(
            "Over the cases in which the list asked; for the others the answer was not "
            "collected, which says nothing either way.",
        ),
    )
    no, unclear = label("asked_fact", "no"), "No, or none known"
    rows = [[replace(c, text=unclear) if c.text == no else c for c in r] for r in finding.rows]
    beside = {
        p.slug: sentences_on_unconfirmed(study, p, "threats", FACT, ("yes", "no"), "an answer")
        for p in study.populations
        if p.covers() and p.has_answers(FACT, FACT)
    }
    told = {
        p.slug: [_threats_sentence(p, finding.by_name), beside[p.slug].text]
        for p in study.populations
        if p.slug in beside
    }
    paragraphs = paragraphs_of_lists(study, told, WHAT)
    return replace(
        add_claims(finding, *claims_of_sentences(beside.values())),
        rows=tuple(map(tuple, rows)),
        statements=(*paragraphs, *finding.statements),
        key_sentences=tuple(said[0] for said in told.values() if said[0]),
    )


def _threats_sentence(p: Population, by_name: dict[str, Claim]) -> str:
    own = {key: by_name.get(p.claim_name(f"threats.{key}")) for key in ("known", "yes", "of")}
    known, yes, whole = own["known"], own["yes"], own["of"]
    if known is None or yes is None or whole is None or not is_printed(whole):
        return ""
    if not known.value and known.status == "shown":
        return (
            f"{p.subject} asks about threats and holds no answer for any of "
            f"{claim_tag(whole, 'of:case')}."
        )
    share = by_name.get(p.claim_name("threats.yes.share"))
    answered = p.frame[p.frame[FACT].isin(("yes", "no"))]
    whole_in_words = (
        f"{claim_tag(known, 'of:case')} in which {p.name_in_prose} asked and knew the answer"
    )
    only_murders = answered["death_type_code"].eq("murder").all() and len(answered)
    if p.policy.public_by_name and only_murders:
        whole_in_words = (
            f"{claim_tag(known)} {claim_tag(known, 'agree:murder:murders')} on {p.list_in_prose}, the only "
            "deaths for which it gives an answer"
        )
    return (
        f"Of the {whole_in_words}, threats had been reported before the killing in "
        f"{'' if p.release else 'at least '}{count_with_share(yes, share, known)}; of the others "
        "no threat is known, and they may have been threatened too."
    )
