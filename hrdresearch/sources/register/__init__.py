"""Register of communications of the mandate; its columns are described in source.yml."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hrdresearch.clean.text import clean_name
from hrdresearch.names.same_person import person_keys
from hrdresearch.sources.ledger import accepted_rows, read_counts, read_days, read_yes_no
from hrdresearch.sources.letters import (
    UNREAD,
    days_after_sending,
    note_unread_mandates,
    read_letters,
    read_reply_days,
    reply_deadlines,
)
from hrdresearch.sources.sheet import Sheet
from hrdresearch.tables.communications import Communications
from hrdresearch.vocab import codes

OWN_MANDATE = "defenders"
MADE_BY_THE_BUILD = ("first_substantive_date",)


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``communications``, with persons, replies and texts for the build."""
    sent = read_days(sheet, "sent_date", needed=True)
    letters = read_letters(
        sheet,
        reference="reference",
        sent=sent,
        addressee="addressee",
        type_column="type",
        kind="addressee_kind",
    )
    draft = _draft_days(sheet, sent)
    replies = _replies(sheet, sent)
    persons = _persons(sheet)
    sheet.names_read = persons.explode().dropna().map(lambda person: str(person["name"]))
    counts = _count_persons(sheet, persons)

    joint = sheet.joined("joint_mandates", "mandate", default=OWN_MANDATE, split=";", unread=UNREAD)
    mandates = joint.map(lambda cell: _add_own_mandate(cell, OWN_MANDATE))
    note_unread_mandates(sheet, mandates)
    _note_repeated_persons(sheet, persons, letters["letter_id"])
    outcome = sheet.codes("outcome", "letter_outcome", default="none_known")
    since = days_after_sending(sheet, "outcome_date", read_days(sheet, "outcome_date"), sent)
    bare = outcome.index[(outcome != "none_known") & since.isna()]
    what = "An outcome without a day."
    sheet.book.issues_at(bare, "outcome", what, "not counted until its day is entered")
    return accepted_rows(
        sheet,
        Communications,
        MADE_BY_THE_BUILD,
        **letters.columns(sent, mandates, replies),
        draft_date=draft,
        clearance_days=(sent - draft).dt.days.astype("Int64"),
        has_this_mandate=True,
        deadline_date=reply_deadlines(
            sheet, sent, letters["type_code"], read_days(sheet, "deadline")
        ),
        published_date=days_after_sending(
            sheet, "published_date", read_days(sheet, "published_date"), sent
        ),
        **counts,
        reprisals_code=read_yes_no(sheet, "reprisals"),
        legislation_code=read_yes_no(sheet, "legislation"),
        is_reply_undated=(replies.map(len) == 0) & (sheet.text("reply_dates") != ""),
        followed_up_date=days_after_sending(
            sheet, "followed_up_date", read_days(sheet, "followed_up_date"), sent
        ),
        outcome_code=outcome,
        outcome_date=since,
        outcome_consent_date=read_days(sheet, "outcome_consent_date"),
        persons_listed=persons,
        questions=sheet.text("questions"),
        reply_text=sheet.text("reply_text"),
    )


def _draft_days(sheet: Sheet, sent: pd.Series) -> pd.Series:
    draft = read_days(sheet, "draft_date")
    wrong = draft.notna() & (draft > sent)
    what = "The draft is later than the day of sending."
    sheet.book.issues_at(draft.index[wrong], "draft_date", what, "emptied")
    return draft.mask(wrong)


def _replies(sheet: Sheet, sent: pd.Series) -> pd.Series:
    """Replies of each row in order of time, each with the codes at its place in the cells of codes."""
    found = read_reply_days(sheet, "reply_dates", sent)
    cells = {name: sheet.text(name) for name in ("coder_a", "coder_b", "substance")}
    allowed = set(codes("reply_substance")) - {"none", "disputed", "not_coded"}
    rows = []
    for row in sheet.cells.index:
        coded = {
            name: [p.strip().casefold() for p in str(cells[name].at[row]).split(";")]
            for name in cells
        }
        for name, listed in coded.items():
            if set(listed) - allowed - {"", "not_coded"}:
                what = "A code of substance that the codebook does not have."
                sheet.book.issue(int(row), name, what, "taken as not coded")
        rows.append(
            [
                {
                    "day": when,
                    **{
                        name: listed[place]
                        if place < len(listed) and listed[place] in allowed
                        else "not_coded"
                        for name, listed in coded.items()
                    },
                }
                for place, when in found[int(row)]
            ]
        )
    return pd.Series(rows, sheet.cells.index, dtype="object")


def _persons(sheet: Sheet) -> pd.Series:
    """Persons of each row: name, sex and age group, as ``name | female | adult; ...``."""
    sexes, ages = set(codes("sex")), set(codes("age_group"))
    rows = []
    for row, cell in sheet.text("persons").items():
        listed = []
        for entry in (e for e in cell.split(";") if e.strip()):
            name, sex, age = ([p.strip() for p in entry.split("|")] + ["", ""])[:3]
            known = {
                "sex": sex.casefold() or "not_recorded",
                "age": age.casefold() or "not_recorded",
            }
            if known["sex"] not in sexes or known["age"] not in ages:
                what = "A sex or age group that the vocabulary does not have."
                sheet.book.issue(int(str(row)), "persons", what, "taken as not recorded")
            listed.append(
                {
                    "name": clean_name(name),
                    "sex": known["sex"] if known["sex"] in sexes else "not_recorded",
                    "age": known["age"] if known["age"] in ages else "not_recorded",
                }
            )
        rows.append(listed)
    return pd.Series(rows, sheet.cells.index, dtype="object")


def _count_persons(sheet: Sheet, listed: pd.Series) -> dict[str, Any]:
    """Numbers of persons and women; a list that is longer than the number is an issue."""
    persons, persons_open = read_counts(sheet, "persons_total")
    women, women_open = read_counts(sheet, "women_total")
    names = listed.map(len).astype("Int64")
    female = listed.map(lambda persons: sum(p["sex"] == "female" for p in persons)).astype("Int64")
    book = sheet.book
    short = persons.notna() & (persons + persons_open.astype(int) < names)
    book.issues_at(
        short.index[short.fillna(False)],
        "persons_total",
        "Fewer persons than the letter lists by name.",
        "the list is counted",
    )
    persons = persons.mask(short.fillna(False) | (persons.isna() & (names > 0)), names)
    few = women.notna() & (women + women_open.astype(int) < female)
    book.issues_at(
        few.index[few.fillna(False)],
        "women_total",
        "Fewer women than the letter lists by name.",
        "the list is counted",
    )
    women = women.mask(few.fillna(False), female)
    more = women.notna() & persons.notna() & ~persons_open & (women > persons)
    book.issues_at(
        more.index[more.fillna(False)],
        "women_total",
        "More women than persons.",
        "the number of women is emptied",
    )
    return {
        "persons": persons,
        "is_persons_open": persons_open,
        "women": women.mask(more.fillna(False)),
        "is_women_open": women_open,
    }


def _add_own_mandate(cell: str, own: str) -> str:
    parts = [own, *(code for code in cell.split("|") if code not in (own, "not_recorded"))]
    return "|".join(parts)


def _note_repeated_persons(sheet: Sheet, listed: pd.Series, letters: pd.Series) -> None:
    """Note an issue for a person named in two letters; the build counts the person once for each State."""
    mentions = listed[~listed.index.isin(sheet.book.rows_aside)].explode().dropna()
    rows, mentions = mentions.index, mentions.reset_index(drop=True)
    keys = person_keys(
        mentions.map(lambda p: str(p["name"])), sex=mentions.map(lambda p: str(p["sex"]))
    )
    seen: dict[str, str] = {}
    for row, key in dict.fromkeys(zip(rows, keys, strict=True)):
        if seen.setdefault(key, str(letters.at[row])) != letters.at[row]:
            what = "A person of this letter stands in an earlier one too."
            done = "counted once where both letters went to the same State"
            sheet.book.issue(int(row), "persons", what, done)
