"""Registers of letters: references, sums, replies and what is wrong with them. All invented."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.clean.references import Reference, parse_reference
from hrdresearch.sources import Loaded, identify, load

REGISTER = ["reference", "sent_date", "addressee", "type", "joint_mandates", "persons_total",
            "women_total", "persons", "reprisals", "legislation", "reply_dates", "deadline",
            "coder_a", "coder_b", "published_date", "addressee_kind", "draft_date"]  # fmt: skip
EXPORT = ["Date", "Addressee", "Type", "Reference", "Mandates", "Replies", "Reply dates"]
LETTER = {"reference": "AL COL 901/2020", "sent_date": "2020-05-04", "addressee": "Colombia",
          "type": "AL"}  # fmt: skip


def write(path: Path, columns: list[str], rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def register(tmp_path: Path, *rows: dict[str, Any]) -> Loaded:
    return load("register", write(tmp_path / "r.csv", REGISTER, [{**LETTER, **r} for r in rows]))


def issues(loaded: Loaded) -> list[str]:
    return loaded.issues["what"].tolist()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("AL COL 3/2020", Reference("AL", False, "COL", 3, 2020)),
        ("JUA  col 12/2019", Reference("UA", True, "COL", 12, 2019)),
        ("OL OTH 7 / 2021", Reference("OL", False, "OTH", 7, 2021)),
    ],
)
def test_a_reference_is_read_in_its_parts(text: str, parts: Reference) -> None:
    assert parse_reference(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "COL 3/2020",
        "AL COL 0/2020",
        "AL COL 3/20",
        "XX COL 3/2020",
        "AL COLOMBIA 3/2020",
        "AL COL 3/2020 bis",
    ],
)
def test_what_is_no_reference_is_none(text: str) -> None:
    assert parse_reference(text) is None


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    parsed = parse_reference(text)
    assert parsed is None or parse_reference(parsed.text) == Reference(
        parsed.type, False, parsed.addressee, parsed.number, parsed.year
    )


def test_a_register_becomes_letters(tmp_path: Path) -> None:
    loaded = register(
        tmp_path,
        {
            "type": "JAL",
            "joint_mandates": "expression; torture",
            "persons_total": "more than 12",
            "women_total": "3",
            "reprisals": "yes",
            "draft_date": "2020-04-24",
            "reply_dates": "2020-06-20; 2020-06-01",
            "coder_a": "partial; acknowledgement",
            "coder_b": "answers; acknowledgement",
        },
    )
    row = loaded.accepted.iloc[0]
    assert (row["letter_id"], row["state_iso3"], row["type_code"]) == (
        "AL COL 901/2020",
        "COL",
        "letters_of_allegation",
    )
    assert row["mandate_codes"] == "defenders|expression|torture"
    assert bool(row["is_joint"]) and row["clearance_days"] == 10
    assert (row["persons"], row["is_persons_open"], row["women"]) == (12, True, 3)
    assert row["deadline_date"] == pd.Timestamp("2020-07-03")
    assert row["first_reply_date"] == pd.Timestamp("2020-06-01")
    # Codes stay with their reply when replies are put in the order of time.
    assert [r["coder_a"] for r in row["replies_listed"]] == ["acknowledgement", "partial"]


def test_a_letter_that_sets_its_own_deadline_keeps_it(tmp_path: Path) -> None:
    loaded = register(tmp_path, {"deadline": "2020-05-20"})
    assert loaded.accepted["deadline_date"].tolist() == [pd.Timestamp("2020-05-20")]


def test_letters_to_companies_are_told_from_letters_to_states(tmp_path: Path) -> None:
    loaded = register(
        tmp_path,
        {},
        {"reference": "AL OTH 901/2020", "addressee": "Invented Ltd", "addressee_kind": "company"},
    )
    assert loaded.accepted["addressee_code"].tolist() == ["state", "company"]
    assert loaded.accepted["state_iso3"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("given_", "counted", "is_open"),
    [
        ("12", 12, False),
        ("more than 12", 12, True),
        ("> 12", 12, True),
        ("at least 13", 12, True),
        ("13+", 12, True),
    ],
)
def test_open_numbers_of_persons_stay_open(
    tmp_path: Path, given_: str, counted: int, is_open: bool
) -> None:
    row = register(tmp_path, {"persons_total": given_}).accepted.iloc[0]
    assert (row["persons"], row["is_persons_open"]) == (counted, is_open)


@pytest.mark.parametrize("given_", ["at least 0", "0+"])
def test_a_number_of_which_only_zero_or_more_is_said_is_not_zero(
    tmp_path: Path, given_: str
) -> None:
    loaded = register(tmp_path, {"persons_total": given_})
    assert loaded.accepted["persons"].isna().tolist() == [True]
    assert any("no number" in what for what in loaded.issues["what"])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"reference": "AL 3"}, "no reference number"),
        ({"reference": "AL XQZ 3/2020"}, "no State code"),
        ({"addressee": "Brazil"}, "one State and the addressee another"),
        ({"reference": "AL OTH 3/2020"}, "the addressee a State"),
        ({"reference": "AL COL 3/2011"}, "year of the reference"),
        ({"sent_date": "soon"}, "no day"),
    ],
)
def test_a_row_that_contradicts_itself_is_set_aside(
    tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    loaded = register(tmp_path, {"reference": "AL COL 902/2020"}, changed)
    assert loaded.rows_in == 2 == len(loaded.accepted) + len(loaded.set_aside)
    assert reason in loaded.set_aside["reason"].tolist()[0]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"reply_dates": "2020-04-30"}, "dated before the letter"),
        ({"deadline": "2020-05-01"}, "deadline is before"),
        ({"published_date": "2020-05-01"}, "before the day on which the letter was sent"),
        ({"draft_date": "2020-05-30"}, "draft is later"),
        ({"type": "UA"}, "type is not that of the reference"),
        ({"persons_total": "1", "persons": "Aru Keldemo; Belo Tordemo"}, "Fewer persons"),
        ({"women_total": "0", "persons": "Aru Keldemo | female | adult"}, "Fewer women"),
        ({"persons_total": "2", "women_total": "3"}, "More women than persons"),
        ({"persons_total": "many"}, "no number"),
        ({"reprisals": "perhaps"}, "Neither yes nor no"),
        ({"coder_a": "splendid", "reply_dates": "2020-06-01"}, "codebook does not have"),
        ({"persons": "Aru Keldemo | woman | adult"}, "vocabulary does not have"),
    ],
)
def test_a_wrong_value_is_told_and_the_letter_kept(
    tmp_path: Path, changed: dict[str, str], what: str
) -> None:
    loaded = register(tmp_path, changed)
    assert len(loaded.accepted) == 1
    assert any(what in one for one in issues(loaded))
    assert "demo" not in " ".join(issues(loaded))  # no person's name in any issue


def test_a_deadline_before_sending_gives_way_to_that_of_the_type(tmp_path: Path) -> None:
    loaded = register(tmp_path, {"deadline": "2020-05-01"})
    assert loaded.accepted["deadline_date"].tolist() == [pd.Timestamp("2020-07-03")]


def test_a_reply_before_the_letter_does_not_count(tmp_path: Path) -> None:
    loaded = register(tmp_path, {"reply_dates": "2020-04-30; 2020-06-01"})
    assert loaded.accepted["replies"].tolist() == [1]
    assert loaded.accepted["first_reply_date"].tolist() == [pd.Timestamp("2020-06-01")]


def test_an_empty_day_between_two_replies_moves_no_code_to_another_reply(tmp_path: Path) -> None:
    coded = {"reply_dates": "2020-06-01; ; 2020-07-01", "coder_a": "partial; ; answers"}
    [replies] = register(tmp_path, coded).accepted["replies_listed"]
    assert [(str(r["day"])[:10], r["coder_a"]) for r in replies] == [
        ("2020-06-01", "partial"),
        ("2020-07-01", "answers"),
    ]


@pytest.mark.parametrize(("days", "undated"), [
    ("", False), ("2020-06-01", False), ("2020-04-30; 2020-06-01", False), ("2020-04-30", True),
    ("soon", True),
])  # fmt: skip
def test_a_reply_without_a_usable_day_is_told_from_no_reply(
    tmp_path: Path, days: str, undated: bool
) -> None:
    loaded = register(tmp_path, {"reply_dates": days})
    assert loaded.accepted["is_reply_undated"].tolist() == [undated]


def test_two_letters_with_one_reference_are_not_both_counted(tmp_path: Path) -> None:
    loaded = register(tmp_path, {}, {"sent_date": "2020-05-09"})
    assert len(loaded.accepted) == 1
    assert "row 2, has the same reference number" in loaded.set_aside["reason"].tolist()[0]


def test_a_person_in_two_letters_is_told_without_the_name(tmp_path: Path) -> None:
    one = {"persons": "Aru Keldemo | female | adult"}
    loaded = register(tmp_path, one, {**one, "reference": "AL COL 902/2020"})
    assert issues(loaded) == ["A person of this letter stands in an earlier one too."]
    twice = register(tmp_path, one, {**one, "sent_date": "2020-05-09"})  # set aside, not counted
    assert (len(twice.set_aside), issues(twice)) == (1, [])


def export(tmp_path: Path, *rows: dict[str, Any]) -> Loaded:
    base = {
        "Date": "04/05/2020",
        "Addressee": "Colombia",
        "Type": "AL",
        "Reference": "AL COL 901/2020",
        "Mandates": "Human rights defenders",
        "Replies": "0",
    }
    path = write(tmp_path / "e.csv", EXPORT, [{**base, **r} for r in rows])
    assert identify(path) == ("spcommreports", "spcommreports_export")
    return load("spcommreports", path)


def test_an_export_of_the_database_becomes_letters(tmp_path: Path) -> None:
    loaded = export(
        tmp_path,
        {"Replies": "2", "Reply dates": "01/07/2020; 15/06/2020"},
        {"Reference": "UA OTH 902/2020", "Type": "UA", "Addressee": "Invented Ltd"},
    )
    assert loaded.accepted["sent_date"].tolist() == [pd.Timestamp("2020-05-04")] * 2
    assert loaded.accepted["first_reply_date"].tolist()[0] == pd.Timestamp("2020-06-15")
    assert loaded.accepted["addressee_code"].tolist() == ["state", "other_actor"]
    assert loaded.accepted["reprisals_code"].tolist() == ["not_recorded"] * 2


def test_a_joint_letter_is_counted_once_and_its_mandates_are_united(tmp_path: Path) -> None:
    loaded = export(tmp_path, {}, {"Mandates": "Torture"})
    assert loaded.accepted["mandate_codes"].tolist() == ["defenders|torture"]
    assert loaded.accepted["is_joint"].tolist() == [True]
    assert "counted once" in loaded.set_aside["reason"].tolist()[0]


def test_a_number_of_replies_that_is_not_that_of_their_days_is_told(tmp_path: Path) -> None:
    loaded = export(tmp_path, {"Replies": "2", "Reply dates": "01/07/2020"})
    assert issues(loaded) == ["The number of replies is not that of their usable days."]


@pytest.mark.parametrize(("number", "days", "undated"), [
    ("0", "", False), ("1", "", True), ("", "soon", True), ("1", "01/07/2020", False),
])  # fmt: skip
def test_a_reply_of_the_database_without_a_day_is_told_from_no_reply(
    tmp_path: Path, number: str, days: str, undated: bool
) -> None:
    loaded = export(tmp_path, {"Replies": number, "Reply dates": days})
    assert loaded.accepted["is_reply_undated"].tolist() == [undated]


def test_ten_thousand_letters_are_read_in_seconds(tmp_path: Path) -> None:
    rows = [
        {
            "Date": f"{i % 28 + 1:02d}/{i % 12 + 1:02d}/{2011 + i // 1000}",
            "Addressee": "Colombia",
            "Type": "JAL",
            "Reference": f"AL COL {i % 1000 + 1}/{2011 + i // 1000}",
            "Mandates": "Human rights defenders; Torture",
            "Replies": str(i % 2),
            "Reply dates": "01/12/2025" if i % 2 else "",
        }
        for i in range(10_000)
    ]
    path = write(tmp_path / "large.csv", EXPORT, rows)
    begun = time.process_time()
    loaded = load("spcommreports", path)
    assert len(loaded.accepted) == 10_000
    assert time.process_time() - begun < 8


def test_a_register_as_a_workbook_reads_as_the_csv_does(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    row = {**LETTER, "sent_date": datetime(2020, 5, 4), "persons_total": 12,
           "reply_dates": datetime(2020, 6, 1)}  # fmt: skip
    book.active.append(REGISTER)
    book.active.append([row.get(column, "") for column in REGISTER])
    book.save(tmp_path / "r.xlsx")
    as_book = load("register", tmp_path / "r.xlsx").accepted
    as_csv = register(tmp_path, {"persons_total": "12", "reply_dates": "2020-06-01"}).accepted
    pd.testing.assert_frame_equal(as_book, as_csv)


def test_an_export_as_a_workbook_keeps_day_and_month(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(EXPORT)
    book.active.append([datetime(2020, 5, 4), "Colombia", "AL", "AL COL 901/2020",
                        "Human rights defenders", 1, "06/07/2020"])  # fmt: skip
    book.save(tmp_path / "e.xlsx")
    row = load("spcommreports", tmp_path / "e.xlsx").accepted.iloc[0]
    assert (row["sent_date"], row["first_reply_date"]) == (
        pd.Timestamp("2020-05-04"), pd.Timestamp("2020-07-06"))  # fmt: skip


def test_letters_of_other_mandates_in_the_database_are_told_apart(tmp_path: Path) -> None:
    loaded = export(tmp_path, {}, {"Reference": "AL COL 902/2020", "Mandates": "Torture"})
    assert loaded.accepted["has_this_mandate"].tolist() == [True, False]


def test_a_mandate_that_is_not_known_is_unread_and_no_other_mandate(tmp_path: Path) -> None:
    loaded = export(tmp_path, {"Mandates": "Human rights defenders; Invented matters"},
                    {"Reference": "AL COL 902/2020", "Mandates": "Enforced disappearances"},
                    {"Reference": "AL COL 903/2020", "Mandates": ""})  # fmt: skip
    assert loaded.accepted["mandate_codes"].tolist() == [
        "defenders|unread", "disappearances", "not_recorded"
    ]  # fmt: skip
    assert [str(note) for note in loaded.notes] == [
        "1 of the letters name a mandate that the vocabulary does not know: it is counted as not "
        "read, under no other mandate. A letter "
        "that names this mandate nowhere else is left out."
    ]
