"""Schedules of paragraph 63: States that owe a reply, States that co-operate, and outcomes.

Only letters that are public and whose deadline has passed are listed. Other letters are
confidential, or their reply is not yet due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import MOST_NAMED, in_sentence, listed, tag
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.communications.owing_sentences import with_owing_told
from hrdresearch.studies.communications.persons import claim_of_sum, count_on_subject, sum_persons
from hrdresearch.studies.communications.replies import NO_SUBSTANCE
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
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name

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
    letters, due = letters_unanswered(study), letters_due(study)
    undated = int(due["is_reply_undated"].sum())
    held = [(iso3, to_state) for iso3, to_state in _by_state(letters)]
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
    return with_owing_told(study, finding, len(due), [iso3 for iso3, _ in held])


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
            f"Of {tag(on_follow_up[0], 'of:letter')} without a reply, the mandate had followed up on "
            f"{tag(on_follow_up[1], 'none')} by {day_in_words(study.cut_off)}.",
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


def cooperating(study: Letters) -> Finding:
    """States with a reply to each public letter that is due, and at least one substantive reply.

    Beside each State: number of letters, replies in time, and substantive replies.
    """
    rows: list[Row] = []
    due, named = list(_by_state(letters_due(study))), []
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
        study, states, [f"cooperating.{iso3.lower()}.letters" for iso3 in named]
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


def _cooperating_sentence(study: Letters, states: int | None, counts: Sequence[str]) -> str:
    """Which States replied to every public letter; counts: names of the claims of their letters."""
    if states is None:
        return (
            "Which States cooperated cannot be said: the substance of the replies, or which letters "
            "are public, is not recorded."
        )
    text = (
        "Of {{ cooperating.of|of:state }} with a public letter whose deadline had passed by "
        f"{day_in_words(study.cut_off)}, {{{{ cooperating.states|none }}}} had replied to every such "
        "letter, at least once in substance"
    )
    named = [
        f"{name_in_sentence(name.split('.')[1].upper())} ({tag(name, 'of:letter')})"
        for name in counts
    ]
    return f"{text}: {listed(named)}." if 0 < len(named) <= MOST_NAMED else f"{text}."


def _outcomes_sentence(
    study: Letters, is_recorded: bool, known: int, replied: int, kinds: Sequence[Claim]
) -> str:
    """How many letters were followed by a positive outcome, and which of these may be told."""
    if not is_recorded:
        return "The list records no outcomes; that does not mean that there were none."
    by = f"by {day_in_words(study.cut_off)}"
    if not known:
        return f"Of {tag('outcomes.of', 'of:letter')} to States, none has a positive outcome {by}."
    of_these = "all" if replied == known else tag("outcomes.replied", "none")
    named = [
        f"“{in_sentence(claim.definition.partition(': ')[2])}” after {tag(claim)}"
        for claim in sorted(kinds, key=lambda claim: claim.definition)
    ]
    return (
        f"Of {tag('outcomes.of', 'of:letter')} to States, {tag('outcomes.known')} "
        f"{tag('outcomes.known', 'agree:was:were')} recorded as followed by a positive outcome {by}; "
        f"{of_these} of these had been replied to. For {tag('outcomes.told', 'none')} there is "
        f"consent to tell it{f' ({listed(named)})' if named else ''}; "
        f"{tag('outcomes.not_told', 'none')} {tag('outcomes.not_told', 'agree:is:are')} counted only."
    )


def _by_state(letters: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """ISO3 code and letters of each State, in alphabetical order of their names."""
    groups = [(str(iso3), to_state) for iso3, to_state in letters.groupby("state_iso3")]
    return sorted(groups, key=lambda group: alphabetical_key(group[0]))


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
