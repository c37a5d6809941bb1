"""States that replied to every letter, and positive outcomes that followed a letter (para. 63).

Only letters that are public are told; an outcome also needs the consent of those concerned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import MOST_NAMED, claim_tag, join_with_and, label_in_sentence
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.replies import NO_SUBSTANCE
from hrdresearch.studies.communications.schedules import (
    NOT_PUBLISHED,
    ONLY_DUE_LETTERS,
    by_state,
    letters_due,
)
from hrdresearch.studies.ground.ledger import claim_key, day_in_words
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence, short_name


def cooperating(study: Letters) -> Finding:
    """States with a reply to each public letter that is due, and at least one substantive reply.

    Beside each State: number of letters, replies in time, and substantive replies.
    """
    rows: list[Row] = []
    due, named = list(by_state(letters_due(study))), []
    for iso3, letters in due:
        replied = letters["first_reply_date"] <= study.cut_off
        substantive = letters["first_substantive_date"] <= study.cut_off
        if not (replied.all() and substantive.any()):
            continue
        named.append(iso3)
        key, name = f"cooperating.{iso3.lower()}", short_name(iso3)
        in_time = letters["first_reply_date"] <= letters["deadline_date"]
        counts = (
            ("letters", len(letters), "public letters whose deadline has passed"),
            ("in_time", int(in_time.sum()), "of these, replied to within the deadline"),
            ("substantive", int(substantive.sum()), "of these, with a substantive reply"),
        )
        wanted = {f"{key}.{k}": (n, f"{name}: {words}") for k, n, words in counts}
        rows.append((state_cell(iso3), *study.numbers("letter", wanted)))
    states = len(rows) if study.has_substance and study.ever_recorded("published_date") else None
    words = "States that replied to each of these letters, once in substance"
    on_states = [
        study.number("cooperating.states", states, "state", words, why=NO_SUBSTANCE),
        study.number(
            "cooperating.of", len(due), "state", "States with such a letter", why=NOT_PUBLISHED
        ),
    ]
    told = _cooperating_sentence(
        study, states, len(due), [f"cooperating.{iso3.lower()}.letters" for iso3 in named]
    )
    return table_of_counts(
        study,
        "cooperating",
        "States that replied to every letter, at least once in substance, in alphabetical order",
        column_heads(
            "State",
            letters="Letters, all replied to",
            in_time="Within the deadline",
            substantive="In substance",
        ),
        rows,
        beside=on_states,
        statements=(told,),
        key_sentences=(told,) if states else (),
        notes=(
            *ONLY_DUE_LETTERS,
            "At least one of the replies is substantive. With few letters this says "
            "little, so the number of letters is given.",
        ),
    )


def outcomes(study: Letters) -> Finding:
    """Positive outcomes after a letter: listed with consent, and only counted without it."""
    letters = study.letters
    known = letters[
        (letters["outcome_code"] != "none_known") & (letters["outcome_date"] <= study.cut_off)
    ]
    printable = known[
        (known["outcome_consent_date"] <= study.cut_off)
        & (known["published_date"] <= study.cut_off)
    ]
    is_recorded = study.asks_for("outcome_code") and study.ever_recorded(
        "outcome_code", but="none_known"
    )
    replied = int((known["first_reply_date"] <= study.cut_off).sum())
    parts = (
        ("of", len(letters), "Letters to States in scope"),
        ("known", len(known), "Letters followed by a positive outcome"),
        ("replied", replied, "Of these, replied to by the cut-off"),
        ("told", len(printable), "Of these, public and with consent to tell the outcome"),
        ("not_told", len(known) - len(printable), "Of these, without consent or not public"),
    )
    counts = {f"outcomes.{key}": (n if is_recorded else None, words) for key, n, words in parts}
    kinds = study.numbers(
        "letter",
        {
            f"outcomes.told.{code}": (
                n,
                f"Of those that may be told: {label('letter_outcome', code)}",
            )
            for code in codes("letter_outcome")
            if (n := int((printable["outcome_code"] == code).sum()))
        },
    )
    told = _outcomes_sentence(study, is_recorded, len(known), replied, kinds)

    def row(record: Mapping[Any, Any]) -> Row:
        name = f"letter.{claim_key(record['letter_id'])}.outcome"
        return (
            record["letter_id"],
            state_cell(record["state_iso3"]),
            code_cell("letter_outcome", record["outcome_code"]),
            study.day(name, record["outcome_date"], "Day of the outcome"),
            study.day(f"{name}.reply", record["first_reply_date"], "Day of the first reply")
            if record["first_reply_date"] <= study.cut_off
            else "none by the cut-off",
        )

    ordered = printable.sort_values(["outcome_date", "letter_id"]).to_dict("records")
    return table_of_counts(
        study,
        "outcomes",
        "Positive outcomes that may be told",
        [
            *text_columns(label="Letter", state="State", outcome="What followed"),
            Column("day", "Day"),
            Column("reply", "First reply of the State"),
        ],
        [row(record) for record in ordered],
        statements=(told,),
        key_sentences=(told,) if is_recorded else (),
        beside=[
            *kinds,
            *study.numbers("letter", counts, why="the list records no outcome"),
            *study.flag_claims("outcomes.are_recorded", is_recorded),
        ],
        notes=("Outcomes without recorded consent are counted and not told; no person is named.",),
    )


def _cooperating_sentence(
    study: Letters, states: int | None, due: int, counts: Sequence[str]
) -> str:
    """Which States replied to every public letter; counts: names of the claims of their letters."""
    if states is None:
        return (
            "Which States cooperated cannot be said: the substance of the replies, or which letters "
            "are public, is not recorded."
        )
    if not due:
        return (
            f"By {day_in_words(study.cut_off)}, the deadline had passed for public letters to "
            f"{claim_tag('cooperating.of', 'of:state')}."
        )
    text = (
        "Of {{ cooperating.of|of:state }} with a public letter whose deadline had passed by "
        f"{day_in_words(study.cut_off)}, {{{{ cooperating.states|none }}}} had replied to every such "
        "letter, at least once in substance"
    )
    named = [
        f"{name_in_sentence(name.split('.')[1].upper())} ({claim_tag(name, 'of:letter')})"
        for name in counts
    ]
    return f"{text}: {join_with_and(named)}." if 0 < len(named) <= MOST_NAMED else f"{text}."


def _outcomes_sentence(
    study: Letters, is_recorded: bool, known: int, replied: int, kinds: Sequence[Claim]
) -> str:
    """How many letters were followed by a positive outcome, and which of these may be told."""
    if not is_recorded:
        return "The list records no outcomes; that does not mean that there were none."
    by = f"by {day_in_words(study.cut_off)}"
    if not known:
        return f"Of {claim_tag('outcomes.of', 'of:letter')} to States, none has a positive outcome {by}."
    of_these = "all" if replied == known else claim_tag("outcomes.replied", "none")
    named = [
        f"“{label_in_sentence(claim.definition.partition(': ')[2])}” after {claim_tag(claim)}"
        for claim in sorted(kinds, key=lambda claim: claim.definition)
    ]
    return (
        f"Of {claim_tag('outcomes.of', 'of:letter')} to States, {claim_tag('outcomes.known')} "
        f"{claim_tag('outcomes.known', 'agree:was:were')} recorded as followed by a positive outcome {by}; "
        f"{of_these} of these had been replied to. For {claim_tag('outcomes.told', 'none')} there is "
        f"consent to tell it{f' ({join_with_and(named)})' if named else ''}; "
        f"{claim_tag('outcomes.not_told', 'none')} {claim_tag('outcomes.not_told', 'agree:is:are')} "
        "counted only."
    )
