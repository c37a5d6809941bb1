"""Schedules that paragraph 63 promises: who owes a reply, who co-operates, what came of it.

Only letters that are public and whose deadline has passed stand here: a letter that is neither is
confidential, and nobody owes a reply yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.persons import persons_sum, subject, sum_claim
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
MOST_LETTERS = 200  # a page with thousands of rows is read by nobody; the schedule counts all
UNDATED = "Letters to which a reply is recorded without a day that can be used"
ONLY = ("Only letters that are public and whose deadline has passed are listed.",)


def due(study: Letters) -> pd.DataFrame:
    """Letters to States that are public and whose deadline has passed."""
    letters = study.letters
    return letters[
        (letters["deadline_date"] < study.cut_off) & (letters["published_date"] <= study.cut_off)
    ]


def unanswered(study: Letters) -> pd.DataFrame:
    """Those of them without a reply; a reply whose day cannot be used is a reply all the same."""
    letters = due(study)
    open_ = letters[~(letters["first_reply_date"] <= study.cut_off)]
    return open_[~open_["is_reply_undated"].astype(bool)]


def owing(study: Letters, mentions: pd.DataFrame) -> Finding:
    """States that owe a reply: letters, since when, persons, women and reprisals concerned."""
    open_, undated = unanswered(study), int(due(study)["is_reply_undated"].sum())
    groups = sorted(open_.groupby("state_iso3"), key=lambda g: alphabetical_key(str(g[0])))
    rows: list[Row] = [
        (
            state_cell(str(iso3)),
            *_owed(study, f"owing.{str(iso3).lower()}", short_name(str(iso3)), own, mentions),
        )
        for iso3, own in groups
    ]
    if len(open_):
        rows.append(("All States", *_owed(study, "owing", "All States", open_, mentions)))
    states = len(groups) if study.ever_recorded("published_date") else None
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
            *ONLY,
            *((f"{UNDATED} are left out: whether a reply is owed is not known.",) * bool(undated)),
            "Due by: the earliest deadline among these letters; a reply is owed from the day after. "
            "Persons and women are as the letters state them; a person in two letters to one State is one.",
        ),
    )


def owing_letters(study: Letters) -> Finding:
    """The letters behind the schedule, one a row."""
    open_ = unanswered(study)
    oldest = open_.sort_values(["deadline_date", "letter_id"]).head(MOST_LETTERS)

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
        notes=ONLY
        if len(oldest) == len(open_)
        else (*ONLY, "Only the oldest letters are listed; the schedule above counts all."),
    )


def cooperating(study: Letters) -> Finding:
    """States that answered every public letter whose deadline has passed, one in substance."""
    rows: list[Row] = []
    for iso3, own in sorted(
        due(study).groupby("state_iso3"), key=lambda g: alphabetical_key(str(g[0]))
    ):
        replied = own["first_reply_date"] <= study.cut_off
        substantive = own["first_substantive_date"] <= study.cut_off
        if not (replied.all() and substantive.any()):
            continue
        key, name = f"cooperating.{str(iso3).lower()}", short_name(str(iso3))
        in_time = own["first_reply_date"] <= own["deadline_date"]
        counts = (
            ("letters", len(own), "public letters whose deadline has passed"),
            ("in_time", int(in_time.sum()), "of these, replied to within the deadline"),
            ("substantive", int(substantive.sum()), "of these, with a substantive reply"),
        )
        made = study.numbers("letter", {f"{key}.{k}": (n, f"{name}: {w}") for k, n, w in counts})
        rows.append((state_cell(str(iso3)), *made))
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
            *ONLY,
            "At least one of the replies is substantive. With few letters this says "
            "little, so the number of letters is given.",
        ),
    )


def outcomes(study: Letters) -> Finding:
    """Positive outcomes: those with consent are told, the others only counted."""
    letters = study.letters
    known = letters[
        (letters["outcome_code"] != "none_known") & (letters["outcome_date"] <= study.cut_off)
    ]
    told = known[
        (known["outcome_consent_date"] <= study.cut_off)
        & (known["published_date"] <= study.cut_off)
    ]
    recorded = study.asks_for("outcome_code") and study.ever_recorded(
        "outcome_code", but="none_known"
    )
    parts = (
        ("known", len(known), "Letters followed by a positive outcome"),
        ("told", len(told), "Of these, public and with consent to tell the outcome"),
        ("not_told", len(known) - len(told), "Of these, without consent or not public"),
    )
    counts = {f"outcomes.{key}": (n if recorded else None, words) for key, n, words in parts}

    def row(record: Mapping[Any, Any]) -> Row:
        name = f"letter.{claim_key(record['letter_id'])}.outcome"
        return (
            record["letter_id"],
            state_cell(record["state_iso3"]),
            code_cell("letter_outcome", record["outcome_code"]),
            study.day(name, record["outcome_date"], "Day of the outcome"),
        )

    ordered = told.sort_values(["outcome_date", "letter_id"]).to_dict("records")
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
            *study.flag_claims("outcomes.are_recorded", recorded),
        ],
        notes=(
            "That a change followed a letter does not prove that the letter caused it. Outcomes "
            "without recorded consent are counted and not told; no person is named.",
        ),
    )


def _owed(
    study: Letters, key: str, name: str, own: pd.DataFrame, mentions: pd.DataFrame
) -> list[Claim]:
    since = own["deadline_date"].min()
    days = int((study.cut_off - since).days)
    sums = (
        ("persons", persons_sum(own, mentions)),
        ("women", persons_sum(own, mentions, women=True)),
    )
    return [
        study.number(
            f"{key}.letters", len(own), "letter", f"{name}: public letters without a reply"
        ),
        study.day(f"{key}.since", since, f"{name}: earliest deadline of these letters"),
        study.number(f"{key}.days", days, "day", f"{name}: days from that deadline to the cut-off"),
        *(
            sum_claim(study, f"{key}.{whom}", f"{name}: {whom} in these letters", total, len(own))
            for whom, total in sums
        ),
        subject(
            study,
            f"{key}.reprisals",
            f"{name}: letters on reprisals among these",
            "reprisals_code",
            own,
        ),
    ]
