"""Human rights defenders in the Universal Periodic Review: who asks what of whom, and the answer.

Paragraphs 7 (i), 40, 68-70 and 91 (g) of A/75/165. Every count says its unit: recommendations, or
recommendation-State pairs. Supported is not implemented; a position in a draft is interim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TypeAlias

from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.upr import answers as _answers
from hrdresearch.studies.upr import asks as _asks
from hrdresearch.studies.upr import brief as _brief
from hrdresearch.studies.upr import drafting as _drafting
from hrdresearch.studies.upr import extent as _extent
from hrdresearch.studies.upr import quality as _quality
from hrdresearch.studies.upr import sources as _sources
from hrdresearch.studies.upr import states as _states
from hrdresearch.studies.upr.basis import UprStudy
from hrdresearch.studies.upr.counts import FEWEST, as_printed
from hrdresearch.vocab.states import short_name

Question: TypeAlias = Callable[[UprStudy], Finding]


def _on_page(question: Question) -> Question:
    """The finding as a report prints it; in a brief only its numbers, for the prose."""

    @wraps(question)
    def asked(study: UprStudy) -> Finding:
        finding = question(study)
        if study.is_brief:
            return replace(finding, rows=(), statements=())
        return as_printed(finding)

    return asked


class Upr(UprStudy):
    """The questions of the UPR study; each is documented where it is answered."""

    extent = _on_page(_extent.extent)
    by_cycle = _on_page(_extent.by_cycle)
    by_session = _on_page(_extent.by_session)
    index = _on_page(_extent.index)
    sources_compared = _on_page(_sources.sources_compared)
    documents = _on_page(_sources.documents)
    responses = _on_page(_answers.responses)
    by_category = _on_page(_answers.by_category)
    specificity = _on_page(_answers.specificity)
    first_five = _on_page(_answers.first_five)
    unspecific = _on_page(_answers.unspecific)
    asks = _on_page(_asks.asks)
    women = _on_page(_asks.women)
    repeats = _on_page(_asks.repeats)
    flows = _on_page(_states.flows)
    recommending = _on_page(_states.recommending)
    receiving = _on_page(_states.receiving)
    drafting = _on_page(_drafting.drafting)
    drafting_intervals = _on_page(_drafting.drafting_intervals)
    coding = _on_page(_quality.coding)
    coding_elsewhere = _on_page(_quality.elsewhere)
    languages = _on_page(_quality.languages)
    quality = _on_page(quality_finding)
    brief = _brief.brief
    brief_facts = _brief.facts
    context = _brief.context

    def card(self) -> Finding:
        """Parameters and flags for the prose."""
        state = str(self.params.get("state") or "all")
        parameters = {k: str(v) for k, v in self.params.items() if v is not None}
        scope = {
            "period": self.period(),
            "scope": self.scope.words or "everything that the sources hold",
            "lists": " and ".join(p.title for p in self.populations),
            "state_name": short_name(state) if state != "all" else "all States",
            "region_scheme_title": self.regions.title,
            "left_out": " and ".join(self.left_out),
        }
        present = [flag for flag, holds in _flags(self).items() if holds]
        return self.study_card(parameters | {"region_scheme": self.regions.name}, scope, present)


def _flags(study: UprStudy) -> dict[str, bool]:
    """What holds for the rows in scope; the prose of the report depends on it."""
    frames = [p.frame for p in study.populations]
    return {
        "scope.one_list": study.only_list is not None,
        "scope.several_lists": study.only_list is None,
        "scope.one_state": study.params.get("state", "all") != "all",
        "scope.all_states": study.params.get("state", "all") == "all",
        "scope.full": not study.is_brief,
        "scope.left_out": bool(study.left_out),
        "scope.restricted": bool(study.scope.words),
        "scope.tagged": any((f["is_source_tagged"] != "not_asked").any() for f in frames),
        "scope.draft": any((f["position_status_code"] == "draft").any() for f in frames),
        "scope.index": any((f["position_status_code"] == "index").any() for f in frames),
        "scope.model": study.is_modelled,
        "scope.answered": any(study.answers(p) for p in study.populations),
        "scope.drafting": any(study.answers(p) >= FEWEST for p in study.populations),
        "scope.other_languages": any((f["language_code"] != "en").any() for f in frames),
        "scope.repeats": any(f["repeat_of"].notna().any() for f in frames),
    }


STUDY = Upr
