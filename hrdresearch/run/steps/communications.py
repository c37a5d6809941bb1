"""Communications: codes replies, replaces persons by pseudonyms, and removes names and texts.

The invented letters of the self-test go through the same steps, into tables of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.coding.questions import find_nearest_sentences, split_questions
from hrdresearch.coding.substance import is_substantive, settle_reply_code
from hrdresearch.names.same_person import person_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import last_decisions
from hrdresearch.run.self_test_fixture import fixture_facts, load_fixture
from hrdresearch.run.steps import Built, persons_sheet
from hrdresearch.sources import Loaded
from hrdresearch.sources.press_releases import one_row_per_state
from hrdresearch.tables import TABLES

DECISIONS = "reply_substance.csv"
OF_LETTER = (
    "letter_id",
    "source",
    "source_row",
    "sent_date",
    "sent_year",
    "type_code",
    "addressee_code",
    "state_iso3",
)


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:
    """Make the tables of letters, replies, persons and press releases; the coders' sheet is restricted."""
    letters = [x for x in loaded if x.facts.table == "communications"]
    if not letters:
        raise RunError("A build of communications needs a register or an export of the database")
    decided = last_decisions(decisions / DECISIONS, "reply_id", "substance")
    mentions = _mentions(letters, key)
    tables = {
        "communications": pd.concat([letter_rows(x, decided) for x in letters], ignore_index=True),
        "replies": _make_table("replies", [_reply_rows(x, decided) for x in letters]),
        "addressed_persons": _make_table("addressed_persons", [mentions.to_dict("records")]),
        "press_releases": _make_table(
            "press_releases",
            [one_row_per_state(x.accepted) for x in loaded if x.facts.table == "press_releases"],
        ),
        **fixture_tables(),
    }
    return Built(
        tables=tables,
        names=[NameEntry(name, is_public=True) for name in mentions["name"] if name],
        extras={"self_test": fixture_facts()},
        restricted={
            "coders": pd.concat([_coders_sheet(x) for x in letters], ignore_index=True),
            "persons": persons_sheet(
                mentions["person_id"], mentions["name"], key
            ).drop_duplicates(),
        },
        # No file names: a withdrawal removes the person, but not the letter and its number.
    )


def letter_rows(loaded: Loaded, decided: dict[str, str]) -> pd.DataFrame:
    """Rows of the table ``communications``, with the day of the first substantive reply added."""
    rows = loaded.accepted
    first = [
        min(
            (r["day"] for r in _replies_with_code(record, decided) if is_substantive(r["code"])),
            default=pd.NaT,
        )
        for record in rows.to_dict("records")
    ]
    columns = TABLES["communications"].columns
    days = pd.Series(pd.to_datetime(pd.Series(first, dtype="object")), rows.index)
    return rows.assign(first_substantive_date=days.astype("datetime64[ns]"))[columns]


def fixture_tables() -> dict[str, pd.DataFrame]:
    """Tables of the self-test, made by the same functions as those of a register."""
    visits, commitments = load_fixture("visits-ledger"), load_fixture("promises-ledger")
    return {
        "fixture_letters": letter_rows(load_fixture("register"), {}),
        "fixture_releases": one_row_per_state(load_fixture("press-releases").accepted),
        "fixture_visits": visits.accepted,
        "fixture_commitments": commitments.accepted,
        "fixture_laws": load_fixture("laws-ledger").accepted,
    }


def _replies_with_code(record: dict[Any, Any], decided: dict[str, str]) -> list[dict[str, Any]]:
    """Replies of a letter, each with its identifier and its final code."""
    return [
        {
            **reply,
            "reply_id": reply_id,
            "code": settle_reply_code(
                reply["coder_a"], reply["coder_b"], decided.get(reply_id, reply["substance"])
            ),
        }
        for number, reply in enumerate(record["replies_listed"], start=1)
        for reply_id in [f"{record['letter_id']} reply {number}"]
    ]


def _reply_rows(loaded: Loaded, decided: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            **{c: record[c] for c in OF_LETTER},
            "reply_id": reply["reply_id"],
            "reply_date": reply["day"],
            "coder_a_code": reply["coder_a"],
            "coder_b_code": reply["coder_b"],
            "substance_code": reply["code"],
        }
        for record in loaded.accepted.to_dict("records")
        for reply in _replies_with_code(record, decided)
    ]


def _mentions(letters: Sequence[Loaded], key: Key) -> pd.DataFrame:
    """One row for each person in a letter, with the name and the pseudonym of the person.

    In letters to the same State the same name is one person, unless the recorded sex differs. A person
    without a name is never the same as another.
    """
    rows = {
        f"{record['source']}|{record['source_row']}|{place}": {
            **{c: record[c] for c in OF_LETTER},
            "name": person["name"],
            "sex_code": person["sex"],
            "age_group_code": person["age"],
        }
        for x in letters
        for record in x.accepted.to_dict("records")
        for place, person in enumerate(record["persons_listed"])
    }
    columns = [*OF_LETTER, "name", "sex_code", "age_group_code"]
    frame = pd.DataFrame(list(rows.values()), index=list(rows), columns=columns)
    keys = person_keys(frame["name"], within=[frame["state_iso3"]], sex=frame["sex_code"])
    return frame.assign(person_id=[pseudonym(key, "addressed", k) for k in keys])


def _coders_sheet(loaded: Loaded) -> pd.DataFrame:
    """Sheet for the coders: each question of a letter that has a reply, and the reply's nearest sentence."""
    rows = []
    for record in loaded.accepted.to_dict("records"):
        questions = split_questions(record["questions"])
        if not record["replies_listed"] or not questions:
            continue
        for number, found in enumerate(
            find_nearest_sentences(questions, record["reply_text"]), start=1
        ):
            rows.append(
                {
                    "letter_id": record["letter_id"],
                    "question_number": number,
                    "question": found.question,
                    "nearest_sentence": found.sentence,
                    "score": round(found.score, 2),
                    "look": "" if found.is_addressed else "no sentence seems to address this",
                }
            )
    columns = ["letter_id", "question_number", "question", "nearest_sentence", "score", "look"]
    return pd.DataFrame(rows, columns=columns)


def _make_table(name: str, parts: Sequence[Any]) -> pd.DataFrame:
    """Make a table from lists of rows or frames; without rows it is empty but has the right types."""
    schema = TABLES[name].model.to_schema()
    frames: list[pd.DataFrame] = [
        pd.DataFrame(p, columns=list(schema.columns)) if isinstance(p, list) else p for p in parts
    ]
    filled = [f for f in frames if len(f)]
    if filled:
        return pd.concat(filled, ignore_index=True)
    return pd.DataFrame(
        {c: pd.Series(dtype=str(column.dtype)) for c, column in schema.columns.items()}
    )
