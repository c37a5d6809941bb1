"""Letters on cases (urgent appeals and letters of allegation) by State, and what the State replied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, agreement_tag, claim_tag, is_printed
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import Row, column_heads, state_cell, table_of_counts
from hrdresearch.vocab.states import alphabetical_key, short_name

ON_CASES = {"type_code": ["urgent_appeals", "letters_of_allegation"]}
WORDS = "urgent appeals and letters of allegation"


def allegations(study: Letters) -> Finding:
    """Public letters on cases by State: how many were replied to, in substance, and by an inquiry.

    Claims: ``allegations.letters`` (public or not), ``.replied``, ``.substantive``, ``.investigation`` (an
    investigation followed, as a positive outcome), and for each State those of its public letters.
    """
    public = {"published_date": study.by_cut_off}
    answers = {"replied": ("replied to", {"first_reply_date": study.by_cut_off})}
    if study.has_substance:
        answers["substantive"] = (
            "replied to in substance",
            {"first_substantive_date": study.by_cut_off},
        )
    heads = {"replied": "Replied to", "substantive": "Replied to in substance"}

    def drafts(stem: str, words: str, where: Mapping[str, Any]) -> list[CountDraft]:
        return [
            study.count_to_states(
                f"{stem}.{key}", f"{words}, {told}", {**ON_CASES, **where, **answer}
            )
            for key, (told, answer) in answers.items()
        ]

    def row(iso3: str) -> Row:
        stem, words = f"allegations.{iso3.lower()}", f"Public {WORDS} to {short_name(iso3)}"
        where = {**public, "state_iso3": iso3}
        return (
            state_cell(iso3),
            study.count_to_states(stem, words, {**ON_CASES, **where}),
            *drafts(stem, words, where),
        )

    letters = study.letters
    on_cases = letters[letters["type_code"].isin(ON_CASES["type_code"])]
    told = on_cases.loc[on_cases["published_date"] <= study.cut_off, "state_iso3"].unique()
    whole = study.count_to_states("allegations.letters", WORDS.capitalize(), ON_CASES)
    inquiry = study.count_to_states(
        "allegations.investigation",
        f"{WORDS.capitalize()} after which an investigation is recorded",
        {**ON_CASES, "outcome_code": "investigation_opened", "outcome_date": study.by_cut_off},
    )
    return table_of_counts(
        study,
        "allegations",
        "Public letters on cases by State, and what was replied",
        column_heads("State", value="Public letters on cases", **{k: heads[k] for k in answers}),
        [row(iso3) for iso3 in sorted(told, key=alphabetical_key)],
        beside=[whole, inquiry, *drafts("allegations", WORDS.capitalize(), {})],
        empty="drop rows",
        sentence=lambda p, made: [_sentences(study, p, made)],
        notes=(
            "A letter that is not yet public is in the totals of the text and not in the table. "
            "A reply says what "
            "the State answered; whether it is so is not established here.",
        ),
    )


def _sentences(study: Letters, p: Population, made: Mapping[str, Claim]) -> ListSentences:
    whole, replied = made["allegations.letters"], made["allegations.replied"]
    if not is_printed(whole):
        return ListSentences()
    text = (
        f"From {day_in_words(study.start)} to {day_in_words(study.end)}, {p.list_in_prose} holds "
        f"{claim_tag(whole)} "
        f"{agreement_tag(whole, 'urgent appeal or letter', 'urgent appeals and letters')} of "
        f"allegation; by {day_in_words(study.cut_off)} the State concerned had replied to "
        f"{claim_tag(replied, 'none')}"
    )
    if study.has_substance:
        text += f", in substance to {claim_tag('allegations.substantive', 'none')}"
    inquiry = made["allegations.investigation"]
    text += (
        f". That an investigation followed is recorded for {claim_tag(inquiry)}."
        if is_printed(inquiry)
        else ". That an investigation followed is recorded for none."
    )
    return ListSentences(text, is_key=True)
