"""Human rights defenders in the Universal Periodic Review: who asks what of whom, and the answer.

Paragraphs 7 (i), 40, 68-70 and 91 (g) of A/75/165. Every count says its unit: recommendations, or
recommendation-State pairs. Supported is not implemented; a position in a draft is interim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TypeAlias

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.upr import (
    accountability,
    action_categories,
    advance_questions,
    asked_again,
    brief_for_state,
    coding_quality,
    context_of_state,
    documents_and_sources,
    extent_by_period,
    follow_up,
    in_brief,
    kinds_of_requests,
    positions,
    recommending_states,
    requests_on_defenders,
    source_index,
    sources_apart,
    states,
    two_readings,
    usefulness,
    words_of_concern,
)
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import is_tagged
from hrdresearch.studies.upr.printed_tables import as_printed
from hrdresearch.studies.upr.sentences_on_extent import cycles_in_words, ranges_in_words
from hrdresearch.studies.upr.sources_apart import reviews_in_words
from hrdresearch.vocab.states import short_name

Question: TypeAlias = Callable[[UprStudy], Finding]


def _print_on_page(question: Question) -> Question:
    """Make a method that answers a question as a report prints it; in a brief it gives only numbers."""

    @wraps(question)
    def answer(study: UprStudy) -> Finding:
        finding = question(study)
        if study.is_brief:
            return replace(finding, rows=(), statements=(), key_sentences=())
        printed = as_printed(finding)
        slugs = {note.slug for note in printed.sources}
        used = [p for p in study.populations if p.slug in slugs]
        if used and printed.period == study.period():
            printed = replace(printed, period=study.period(used))
        return printed

    return answer


class Upr(UprStudy):
    """The questions of the UPR study; each is documented where it is answered."""

    extent = _print_on_page(extent_by_period.extent)
    by_cycle = _print_on_page(extent_by_period.by_cycle)
    by_session = _print_on_page(extent_by_period.by_session)
    index = _print_on_page(source_index.index)
    apart = _print_on_page(sources_apart.apart)
    sources_compared = _print_on_page(documents_and_sources.sources_compared)
    documents = _print_on_page(documents_and_sources.documents)
    responses = _print_on_page(positions.responses)
    by_category = _print_on_page(action_categories.by_category)
    specificity = _print_on_page(action_categories.specificity)
    first_five = _print_on_page(action_categories.first_five)
    unspecific = _print_on_page(positions.unspecific)
    asks = _print_on_page(requests_on_defenders.requests)
    women = _print_on_page(requests_on_defenders.women)
    repeats = _print_on_page(asked_again.repeats)
    advance_questions = _print_on_page(advance_questions.advance_questions)
    by_review = _print_on_page(usefulness.by_review)
    follow_up = _print_on_page(follow_up.follow_up)
    flows = _print_on_page(states.flows)
    recommending = _print_on_page(recommending_states.recommending)
    regional_groups = _print_on_page(recommending_states.regional_groups)
    receiving = _print_on_page(states.receiving)
    drafting = _print_on_page(kinds_of_requests.drafting)
    drafting_intervals = _print_on_page(kinds_of_requests.drafting_intervals)
    wordings = _print_on_page(kinds_of_requests.wordings)
    two_readings = _print_on_page(two_readings.two_readings)
    coding = _print_on_page(coding_quality.coding)
    coding_elsewhere = _print_on_page(coding_quality.coding_elsewhere)
    languages = _print_on_page(lambda study: coding_quality.languages(study.over_all()))
    words = _print_on_page(words_of_concern.words)
    words_of_kinds = _print_on_page(words_of_concern.words_of_kinds)
    quality = _print_on_page(lambda study: quality_finding(study.over_all()))
    accountability = accountability.accountability
    brief = brief_for_state.brief
    glance = in_brief.glance
    asked = in_brief.asked
    brief_facts = brief_for_state.compare_with_other_states
    context = context_of_state.context

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
            "lists_with_periods": " and ".join(map(self._sessions_and_period, self.populations)),
            "apart": join_with_and([p.name_in_prose for p in self.told_apart]),
            "reviews_apart": join_with_and([reviews_in_words(p.frame) for p in self.told_apart]),
            "left_out": " and ".join(self.left_out),
            "cycles": join_with_and([cycles_in_words(p.frame) for p in self.populations]),
        }
        present = [flag for flag, holds in _flags(self).items() if holds]
        card = self.study_card(parameters | {"region_scheme": self.regions.name}, scope, present)
        # A source of few reviews answers no question of the mandate.
        ledger = follow_up.tracked(self)
        beside = (ledger.note,) if ledger is not None else ()
        return replace(card, sources=(*(p.note for p in self.populations), *beside))

    def _sessions_and_period(self, p: Population) -> str:
        """Title of a source, its sessions and years: ``UPR Info (sessions 1–17, 2008–2013)``."""
        sessions = ranges_in_words(p.frame["session"].dropna().unique())
        word = "sessions" if p.frame["session"].nunique() > 1 else "session"
        return f"{p.title} ({f'{word} {sessions}, ' if sessions else ''}{self.period([p])})"


def _flags(study: UprStudy) -> dict[str, bool]:
    """Conditions on the rows in scope that the prose of the report asks for."""
    frames = [p.frame for p in (*study.populations, *study.told_apart)]
    return {
        "scope.one_list": study.only_list is not None,
        "scope.several_lists": study.only_list is None,
        "scope.one_state": study.params.get("state", "all") != "all",
        "scope.all_states": study.params.get("state", "all") == "all",
        "scope.full": not study.is_brief,
        "scope.brief": study.is_brief,
        "scope.left_out": bool(study.left_out),
        "scope.apart": bool(study.told_apart),
        "scope.restricted": bool(study.scope.words),
        "scope.tagged": any(map(is_tagged, study.populations)),
        "scope.draft": any((f["position_status_code"] == "draft").any() for f in frames),
        "scope.index": any((f["position_status_code"] == "index").any() for f in frames),
        "scope.model": study.is_modelled,
        "scope.answered": any(study.most_answers(p) for p in study.populations),
        "scope.drafting": any(
            study.most_answers(p) >= kinds_of_requests.FEWEST for p in study.populations
        ),
        "scope.compared": bool(documents_and_sources.pairs_of_sources(study)),
        "scope.tracked": follow_up.tracked(study) is not None,
        "scope.repeats": any(f["repeat_of"].notna().any() for f in frames),
    }


STUDY = Upr
