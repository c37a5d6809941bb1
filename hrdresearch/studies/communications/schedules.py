"""Schedules of paragraph 63: States that owe a reply, and the letters to which one is owed.

Only letters that are public and whose deadline has passed are listed. Other letters are
confidential, or their reply is not yet due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.owing_sentences import add_owing_sentences
from hrdresearch.studies.communications.persons import claim_of_sum, count_on_subject, sum_persons
from hrdresearch.studies.ground.ledger import claim_key, day_in_words
from hrdresearch.studies.shapes.count_tables import (
    Row,
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


def by_state(letters: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """ISO3 code and letters of each State, in alphabetical order of their names."""
    groups = [(str(iso3), to_state) for iso3, to_state in letters.groupby("state_iso3")]
    return sorted(groups, key=lambda group: alphabetical_key(group[0]))


def owing(study: Letters) -> Finding:
    """By State: public letters without a reply, since when, and the persons and women concerned.

    Claims ``owing.ISO3.*``, and ``owing.*`` over all States.
    """
    letters, due = letters_unanswered(study), letters_due(study)
    undated = int(due["is_reply_undated"].sum())
    held = [(iso3, to_state) for iso3, to_state in by_state(letters)]
    rows: list[Row] = [
        (
            state_cell(iso3),
            *_claims_of_unanswered(
                study,
                f"owing.{iso3.lower()}",
                short_name(iso3),
                to_state,
                due[due["state_iso3"] == iso3],
            ),
        )
        for iso3, to_state in held
    ]
    states = len(rows) if study.ever_recorded("published_date") else None
    if len(letters):
        everywhere = _claims_of_unanswered(study, "owing", "All States", letters, due)
        rows.append(("All States", *everywhere))
    words = "States that owe a reply to a public letter"
    finding = table_of_counts(
        study,
        "owing",
        "States that owe a reply, in alphabetical order",
        column_heads(
            "State",
            letters="Letters without a reply",
            replied="Public letters past the deadline that it replied to",
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
    return add_owing_sentences(study, finding, len(due), [iso3 for iso3, _ in held])


def owing_letters(study: Letters) -> Finding:
    """The letters without a reply, a row for each, oldest first; at most ``MOST_LETTERS``."""
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

    followed = letters["followed_up_date"] <= study.cut_off
    is_recorded = study.asks_for("followed_up_date") and study.ever_recorded("followed_up_date")
    on_follow_up = study.numbers(
        "letter",
        {
            "owing_letters.of": (len(letters), "Public letters without a reply"),
            "owing_letters.followed_up": (
                int(followed.sum()) if is_recorded else None,
                "Of these, followed up by the mandate by the cut-off",
            ),
        },
        why="the list does not record it",
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
        beside=on_follow_up,
        statements=(
            f"Of {claim_tag(on_follow_up[0], 'of:letter')} without a reply, the mandate had followed up on "
            f"{claim_tag(on_follow_up[1], 'none')} by {day_in_words(study.cut_off)}.",
        )
        if len(letters) and is_recorded
        else (),
        notes=ONLY_DUE_LETTERS
        if len(oldest) == len(letters)
        else (
            *ONLY_DUE_LETTERS,
            "Only the oldest letters are listed; the schedule above counts all.",
        ),
    )


def _claims_of_unanswered(
    study: Letters, key: str, name: str, letters: pd.DataFrame, due: pd.DataFrame
) -> list[Claim]:
    """Claims on letters without a reply: how many, since when, and the persons concerned.

    due: the public letters whose deadline has passed, replied to or not.
    """
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
        study.number(
            f"{key}.replied",
            int((due["first_reply_date"] <= study.cut_off).sum()),
            "letter",
            f"{name}: public letters whose deadline has passed, replied to by the cut-off",
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
