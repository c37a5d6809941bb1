"""Schedules of paragraph 63: States that owe a reply, States that co-operate, and outcomes.

Only letters that are public and whose deadline has passed are listed. Other letters are
confidential, or their reply is not yet due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.persons import claim_of_sum, count_on_subject, sum_persons
from hrdresearch.studies.communications.replies import NO_SUBSTANCE
from hrdresearch.studies.ground.ledger import claim_key
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.vocab.states import alphabetical_key, short_name

NOT_PUBLISHED = "the list does not record which letters are public"
MOST_LETTERS = 200  # listed one by one; the schedule by State counts all
UNDATED = "Letters to which a reply is recorded without a day that can be used"
ONLY_DUE_LETTERS = ("Only letters that are public and whose deadline has passed are listed.",)


def letters_due(study: Letters) -> pd.DataFrame:
    """Letters to States in scope that are public and whose deadline has passed; rows of the table."""
    letters = study.letters
    return letters[
        (letters["deadline_date"] < study.cut_off) & (letters["published_date"] <= study.cut_off)
    ]


def letters_unanswered(study: Letters) -> pd.DataFrame:
    """The letters of ``letters_due`` without a reply by the cut-off.

    Left out: letters with a reply whose day is not known.
    """
    letters = letters_due(study)
    replied = (letters["first_reply_date"] <= study.cut_off) | letters["is_reply_undated"].astype(
        bool
    )
    return letters[~replied]


def owing(study: Letters) -> Finding:
    """By State: public letters without a reply, since when, and the persons and women concerned.

    Claims ``owing.ISO3.*``, and ``owing.*`` over all States.
    """
    letters, undated = letters_unanswered(study), int(letters_due(study)["is_reply_undated"].sum())
    rows: list[Row] = [
        (
            state_cell(iso3),
            *_claims_of_unanswered(study, f"owing.{iso3.lower()}", short_name(iso3), to_state),
        )
        for iso3, to_state in _by_state(letters)
    ]
    states = len(rows) if study.ever_recorded("published_date") else None
    if len(letters):
        rows.append(("All States", *_claims_of_unanswered(study, "owing", "All States", letters)))
    words = "States that owe a reply to a public letter"
    return table_of_counts(
        study,
        "owing",
        "States that owe a reply, in alphabetical order",
        column_heads(
            "State",
            letters="Letters without a reply",
            since="Oldest reply due by",
            days="Days since, oldest letter",
            persons="Persons",
            women="Women",
            reprisals="Letters on reprisals",
        ),
        rows,
        beside=[
            study.number("owing.states", states, "state", words, why=NOT_PUBLISHED),
            *study.flag_claims("owing.is_known", states is not None),
            study.number("owing.undated", undated, "letter", UNDATED),
        ],
        notes=(
            *ONLY_DUE_LETTERS,
            *((f"{UNDATED} are left out: whether a reply is owed is not known.",) * bool(undated)),
            "Due by: the earliest deadline among these letters; a reply is owed from the day after. "
            "Persons and women are as the letters state them; a person in two letters to one State is one.",
        ),
    )


def owing_letters(study: Letters) -> Finding:
    """The letters without a reply, one in a row, oldest first; at most ``MOST_LETTERS``."""
    letters = letters_unanswered(study)
    oldest = letters.sort_values(["deadline_date", "letter_id"]).head(MOST_LETTERS)

    def row(record: Mapping[Any, Any]) -> Row:
        key, followed = f"letter.{claim_key(record['letter_id'])}", record["followed_up_date"]
        until, due_by = record["deadline_date"], "Day by which a reply was due"
        return (
            record["letter_id"],
            state_cell(record["state_iso3"]),
            study.day(f"{key}.sent", record["sent_date"], "Day of sending"),
            study.day(f"{key}.deadline", until, due_by),
            "yes"
            if pd.notna(followed) and followed <= study.cut_off
            else study.words_without_answer("followed_up_date"),
        )

    return table_of_counts(
        study,
        "owing_letters",
        "Public letters without a reply, oldest first",
        [
            *text_columns(label="Letter", state="State"),
            Column("sent", "Sent"),
            Column("due", "Reply due by"),
            *text_columns(followed="Followed up"),
        ],
        [row(record) for record in oldest.to_dict("records")],
        notes=ONLY_DUE_LETTERS
        if len(oldest) == len(letters)
        else (
            *ONLY_DUE_LETTERS,
            "Only the oldest letters are listed; the schedule above counts all.",
        ),
    )


def cooperating(study: Letters) -> Finding:
    """States with a reply to each public letter that is due, and at least one substantive reply.

    Beside each State: number of letters, replies in time, and substantive replies.
    """
    rows: list[Row] = []
    for iso3, letters in _by_state(letters_due(study)):
        replied = letters["first_reply_date"] <= study.cut_off
        substantive = letters["first_substantive_date"] <= study.cut_off
        if not (replied.all() and substantive.any()):
            continue
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
        beside=[study.number("cooperating.states", states, "state", words, why=NO_SUBSTANCE)],
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
    parts = (
        ("known", len(known), "Letters followed by a positive outcome"),
        ("told", len(printable), "Of these, public and with consent to tell the outcome"),
        ("not_told", len(known) - len(printable), "Of these, without consent or not public"),
    )
    counts = {f"outcomes.{key}": (n if is_recorded else None, words) for key, n, words in parts}

    def row(record: Mapping[Any, Any]) -> Row:
        name = f"letter.{claim_key(record['letter_id'])}.outcome"
        return (
            record["letter_id"],
            state_cell(record["state_iso3"]),
            code_cell("letter_outcome", record["outcome_code"]),
            study.day(name, record["outcome_date"], "Day of the outcome"),
        )

    ordered = printable.sort_values(["outcome_date", "letter_id"]).to_dict("records")
    return table_of_counts(
        study,
        "outcomes",
        "Positive outcomes that may be told",
        [
            *text_columns(label="Letter", state="State", outcome="What followed"),
            Column("day", "Day"),
        ],
        [row(record) for record in ordered],
        beside=[
            *study.numbers("letter", counts, why="the list records no outcome"),
            *study.flag_claims("outcomes.are_recorded", is_recorded),
        ],
        notes=(
            "That a change followed a letter does not prove that the letter caused it. Outcomes "
            "without recorded consent are counted and not told; no person is named.",
        ),
    )


def _by_state(letters: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """ISO3 code and letters of each State, in alphabetical order of their names."""
    groups = [(str(iso3), to_state) for iso3, to_state in letters.groupby("state_iso3")]
    return sorted(groups, key=lambda group: alphabetical_key(group[0]))


def _claims_of_unanswered(
    study: Letters, key: str, name: str, letters: pd.DataFrame
) -> list[Claim]:
    """Claims on letters without a reply: how many, since when, and the persons concerned."""
    since = letters["deadline_date"].min()
    days = int((study.cut_off - since).days)
    mentions = study.build.table("addressed_persons")
    sums = (
        ("persons", sum_persons(letters, mentions)),
        ("women", sum_persons(letters, mentions, women=True)),
    )
    return [
        study.number(
            f"{key}.letters", len(letters), "letter", f"{name}: public letters without a reply"
        ),
        study.day(f"{key}.since", since, f"{name}: earliest deadline of these letters"),
        study.number(f"{key}.days", days, "day", f"{name}: days from that deadline to the cut-off"),
        *(
            claim_of_sum(
                study, f"{key}.{whom}", f"{name}: {whom} in these letters", total, len(letters)
            )
            for whom, total in sums
        ),
        count_on_subject(
            study,
            f"{key}.reprisals",
            f"{name}: letters on reprisals among these",
            "reprisals_code",
            letters,
        ),
    ]
