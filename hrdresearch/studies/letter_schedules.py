"""Schedules that paragraph 63 promises: who owes a reply, who co-operates, what came of it.

Only letters that are public and whose deadline has passed stand here: a letter that is neither is
confidential, and nobody owes a reply yet.
"""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.studies.letter_replies import NO_SUBSTANCE
from hrdresearch.studies.letters import Letters
from hrdresearch.studies.persons_in_letters import persons_sum, sum_claim
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

MOST_LETTERS = 200  # a page with thousands of rows is read by nobody; the schedule counts all
ONLY = ("Only letters that are public and whose deadline has passed are listed.",)


def due(study: Letters) -> pd.DataFrame:
    """Letters to States that are public and whose deadline has passed."""
    letters = study.letters
    return letters[
        (letters["deadline_date"] <= study.cut_off) & (letters["published_date"] <= study.cut_off)
    ]


def owing(study: Letters, mentions: pd.DataFrame) -> Finding:
    """States that owe a reply: letters, since when, persons, women and reprisals concerned."""
    letters = due(study)
    open_ = letters[~(letters["first_reply_date"] <= study.cut_off)]
    claims: list[Claim] = []
    rows = []
    for iso3, own in sorted(open_.groupby("state_iso3"), key=lambda g: short_name(str(g[0]))):
        made = _owed(study, f"owing.{str(iso3).lower()}", short_name(str(iso3)), own, mentions)
        claims += made
        rows.append(
            [
                Cell(text=short_name(str(iso3)), vocabulary="state"),
                *(Cell(claim=c.name) for c in made),
            ]
        )
    total = _owed(study, "owing", "All States", open_, mentions) if len(open_) else []
    claims += total
    claims.append(
        study.number(
            "owing.states",
            open_["state_iso3"].nunique(),
            "state",
            "States that owe a reply to a public letter",
        )
    )
    if total:
        rows.append([Cell(text="All States"), *(Cell(claim=c.name) for c in total)])
    columns = [
        Column("label", "State", "label"),
        Column("letters", "Letters without a reply"),
        Column("since", "Reply owed since"),
        Column("days", "Days since, oldest letter"),
        Column("persons", "Persons"),
        Column("women", "Women"),
        Column("reprisals", "Letters on reprisals"),
    ]
    return study.finding(
        "owing",
        "States that owe a reply, in alphabetical order",
        columns,
        rows,
        claims,
        notes=(
            *ONLY,
            "Owed since: the earliest deadline among these letters. Persons and women are "
            "as the letters state them; a person in two letters to one State is one.",
        ),
    )


def owing_letters(study: Letters) -> Finding:
    """The letters behind the schedule, one a row."""
    letters = due(study)
    open_ = letters[~(letters["first_reply_date"] <= study.cut_off)]
    claims: list[Claim] = []
    rows = []
    oldest = open_.sort_values(["deadline_date", "letter_id"]).head(MOST_LETTERS)
    for record in oldest.to_dict("records"):
        key = f"letter.{_slug(record['letter_id'])}"
        sent = study.day(f"{key}.sent", record["sent_date"], "Day of sending")
        since = study.day(
            f"{key}.deadline", record["deadline_date"], "Day by which a reply was due"
        )
        followed = record["followed_up_date"]
        claims += [sent, since]
        rows.append(
            [
                Cell(text=record["letter_id"]),
                Cell(text=short_name(record["state_iso3"]), vocabulary="state"),
                Cell(claim=sent.name),
                Cell(claim=since.name),
                Cell(text="yes" if pd.notna(followed) and followed <= study.cut_off else "no"),
            ]
        )
    columns = [
        Column("label", "Letter", "label"),
        Column("state", "State", "label"),
        Column("sent", "Sent"),
        Column("due", "Reply due by"),
        Column("followed", "Followed up", "label"),
    ]
    return study.finding(
        "owing_letters",
        "Public letters without a reply, oldest first",
        columns,
        rows,
        claims,
        notes=ONLY
        if len(oldest) == len(open_)
        else (*ONLY, "Only the oldest letters are listed; the schedule above counts all."),
    )


def cooperating(study: Letters) -> Finding:
    """States that answered every public letter whose deadline has passed, one in substance."""
    claims: list[Claim] = []
    rows = []
    for iso3, own in sorted(due(study).groupby("state_iso3"), key=lambda g: short_name(str(g[0]))):
        replied = own["first_reply_date"] <= study.cut_off
        substantive = own["first_substantive_date"] <= study.cut_off
        if not (replied.all() and substantive.any()):
            continue
        key, name = f"cooperating.{str(iso3).lower()}", short_name(str(iso3))
        in_time = own["first_reply_date"] <= own["deadline_date"]
        made = [
            study.number(f"{key}.{part}", int(n), "letter", f"{name}: {words}")
            for part, n, words in (
                ("letters", len(own), "public letters whose deadline has passed"),
                ("in_time", in_time.sum(), "of these, replied to within the deadline"),
                ("substantive", substantive.sum(), "of these, with a substantive reply"),
            )
        ]
        claims += made
        rows.append([Cell(text=name, vocabulary="state"), *(Cell(claim=c.name) for c in made)])
    claims.append(
        study.number(
            "cooperating.states",
            len(rows) if study.has_substance else None,
            "state",
            "States that replied to each of these letters, once in substance",
            why=NO_SUBSTANCE,
        )
    )
    columns = [
        Column("label", "State", "label"),
        Column("letters", "Letters, all replied to"),
        Column("in_time", "Within the deadline"),
        Column("substantive", "In substance"),
    ]
    return study.finding(
        "cooperating",
        "States that replied to every letter, in alphabetical order",
        columns,
        rows,
        claims,
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
    claims = [
        study.number(
            "outcomes.known", len(known), "letter", "Letters followed by a positive outcome"
        ),
        study.number(
            "outcomes.told",
            len(told),
            "letter",
            "Of these, public and with consent to tell the outcome",
        ),
        study.number(
            "outcomes.not_told",
            len(known) - len(told),
            "letter",
            "Of these, without consent or not public",
        ),
    ]
    rows = []
    for record in told.sort_values(["outcome_date", "letter_id"]).to_dict("records"):
        day = study.day(
            f"letter.{_slug(record['letter_id'])}.outcome",
            record["outcome_date"],
            "Day of the outcome",
        )
        claims.append(day)
        rows.append(
            [
                Cell(text=record["letter_id"]),
                Cell(text=short_name(record["state_iso3"]), vocabulary="state"),
                Cell(
                    text=label("letter_outcome", record["outcome_code"]),
                    vocabulary="letter_outcome",
                ),
                Cell(claim=day.name),
            ]
        )
    columns = [
        Column("label", "Letter", "label"),
        Column("state", "State", "label"),
        Column("outcome", "What followed", "label"),
        Column("day", "Day"),
    ]
    return study.finding(
        "outcomes",
        "Positive outcomes that may be told",
        columns,
        rows,
        claims,
        notes=(
            "That a change followed a letter does not prove that the letter caused it. Outcomes "
            "without recorded consent are counted and not told; no person is named.",
        ),
    )


def _owed(
    study: Letters, key: str, name: str, own: pd.DataFrame, mentions: pd.DataFrame
) -> list[Claim]:
    since = own["deadline_date"].min()
    return [
        study.number(
            f"{key}.letters", len(own), "letter", f"{name}: public letters without a reply"
        ),
        study.day(f"{key}.since", since, f"{name}: earliest deadline of these letters"),
        study.number(
            f"{key}.days",
            int((study.cut_off - since).days),
            "day",
            f"{name}: days from that deadline to the cut-off",
        ),
        sum_claim(
            study,
            f"{key}.persons",
            f"{name}: persons in these letters",
            persons_sum(own, mentions),
            len(own),
        ),
        sum_claim(
            study,
            f"{key}.women",
            f"{name}: women in these letters",
            persons_sum(own, mentions, women=True),
            len(own),
        ),
        study.number(
            f"{key}.reprisals",
            None
            if (own["reprisals_code"] == "not_recorded").all()
            else int((own["reprisals_code"] == "yes").sum()),
            "letter",
            f"{name}: letters on reprisals among these",
            why="not recorded for any of these letters",
        ),
    ]


def _slug(reference: str) -> str:
    """``al_col_3_2020``."""
    return reference.lower().replace(" ", "_").replace("/", "_")
