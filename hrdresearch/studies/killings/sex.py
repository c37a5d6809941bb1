"""Victims by sex or gender as the lists record it; never inferred from a name."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import (
    Wording,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.unconfirmed import sentences_on_missing
from hrdresearch.studies.shapes.by_code import table_by_code


def sex_finding(study: Study) -> Finding:
    """Finding: victims by sex or gender; on the first page, women on each list in one sentence."""
    finding = table_by_code(
        study,
        "by_sex",
        "Victims by sex or gender as recorded",
        "sex_code",
        "sex",
        asked_as="sex_code",
        unknown=("unknown", "not_recorded"),
        wording=Wording(
            known="whose sex or gender is recorded", fact="sex or gender", order="alphabet"
        ),
        further=lambda p, own: (sentences_on_missing(study, p, own, "by_sex", "sex_code"),),
    )
    told = []
    for p in study.populations:
        own = {k: finding.by_name.get(p.claim_name(f"by_sex.{k}")) for k in ("female", "known")}
        female, known = own["female"], own["known"]
        if female and known and is_printed(female, 0) and is_printed(known):
            share = finding.by_name.get(p.claim_name("by_sex.female.share"))
            told.append(
                f"{claim_tag(female)} of {count_with_share(known, share)} on {p.list_in_prose}"
            )
    text = f"Among those whose sex or gender is recorded, recorded as female are {join_with_and(told)}."
    return replace(finding, key_sentences=(text,) if told else ())
