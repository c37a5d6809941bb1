"""Killings in a brief on one State: the lists, with the sentences for its top."""

from __future__ import annotations

from hrdresearch.findings.model import Finding
from hrdresearch.studies.killings.breakdowns import CaseBreakdowns
from hrdresearch.studies.shapes.extent import extent_finding, victims_draft
from hrdresearch.studies.shapes.glance import FEWEST_IN_DETAIL, glance_finding


def glance(study: CaseBreakdowns) -> Finding:
    """Each list with its victims; at the top its extent, and what is known of accountability."""
    told = [extent_finding(study)]
    if any(len(p.frame) >= FEWEST_IN_DETAIL for p in study.populations):
        told.append(study.accountability())
    return glance_finding(
        study,
        [
            (
                p.title,
                f"{p.plural}, killed",
                study.period([p]),
                study.count(p, [victims_draft(p)])["extent.victims"],
            )
            for p in study.populations
        ],
        [claim for finding in told for claim in finding.claims],
        key_sentences=tuple(s for finding in told for s in finding.key_sentences),
    )
