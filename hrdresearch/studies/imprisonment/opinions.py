"""Opinions of the Working Group on Arbitrary Detention, as a register of them records them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, agreement_tag, claim_tag, is_printed
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
from hrdresearch.vocab import codes, label

COLUMNS = {
    "outcome_code": "wgad_outcome",
    "category_codes": "wgad_category",
    "follow_up_codes": "wgad_follow_up",
}


class OpinionsPart(StudyPart):
    """The findings on table ``opinions``; a register records no sex and no charge of a person."""

    table = "opinions"
    unit = "opinions"
    value_heading = "Opinions"
    coded_parameters = ()

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Registers of opinions; none in a run on one sex or one charge."""
        is_narrowed = any(str(self.params.get(k, "all")) != "all" for k in ("sex", "pretext"))
        return [] if is_narrowed else super().facts_of_lists(chosen)

    def register(self) -> Finding:
        """Opinions on the register by outcome, category and follow-up; claims ``opinions.*``."""
        total = _count("total", "opinions", {})
        beside = (total, CountDraft("opinions.states", "States", {}, "state", "state_iso3"))
        return table_of_counts(
            self,
            "opinions",
            "Opinions of the Working Group on Arbitrary Detention on the register",
            column_heads("What the register records", what="Of", value="Opinions"),
            [
                _row(column, vocabulary, c)
                for column, vocabulary in COLUMNS.items()
                for c in codes(vocabulary)
            ],
            beside=beside,
            empty="drop rows",
            sentence=_sentences,
            notes=(
                "Several categories, and several things that followed, may stand for one opinion. That "
                "something followed does not say what caused it.",
            ),
        )


def _count(key: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
    return CountDraft(f"opinions.{key}", words, filter_, "opinion", "opinion_id")


def _row(column: str, vocabulary: str, code: str) -> Row:
    stem = vocabulary.removeprefix("wgad_")
    words = f"opinions, {stem.replace('_', ' ')}: {label(vocabulary, code)}"
    kind = {"outcome": "Outcome", "category": "Category", "follow_up": "Follow-up"}[stem]
    return code_cell(vocabulary, code), kind, _count(f"{stem}.{code}", words, {column: code})


def _sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    total, states, found, freed = (
        claims.get(f"opinions.{key}")
        for key in ("total", "states", "outcome.arbitrary", "follow_up.released")
    )
    if not total or not states or not total.value:
        return []
    text = (
        f"{p.list_subject} holds {claim_tag(total, 'of:opinion')} of the Working Group on Arbitrary "
        f"Detention that {agreement_tag(total, 'concerns', 'concern')} {claim_tag(states, 'of:state')}"
    )
    if found and is_printed(found):
        text += f"; in {claim_tag(found)} the Working Group found the detention arbitrary"
    if freed and is_printed(freed) and freed.value:
        text += f", and after {claim_tag(freed)} a release is recorded"
    return [ListSentences(f"{text}.", is_key=True)]
