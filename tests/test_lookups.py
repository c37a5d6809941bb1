"""Looking a person or a State up before a meeting, and the calendar. All persons are invented."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from casebook_files import ONE, write_book
from hypothesis import given
from hypothesis import strategies as st
from test_run_build import HEADER as PUBLISHED
from test_run_build import ROW as PUBLISHED_ROW
from test_run_withdraw import HEADER, ROW
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.names.name_comparison import LIKELY_SAME, compare_names
from hrdresearch.names.sought_name import SoughtName
from hrdresearch.privacy.consent import COLUMNS
from hrdresearch.privacy.identity import read_keys
from hrdresearch.privacy.opened_vault import lock_vault, open_vault
from hrdresearch.privacy.vault import make_identity, read_stored, seal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.lookups.calendar import fold_line, write_calendar
from hrdresearch.run.lookups.person import find_person
from hrdresearch.run.withdraw import withdraw

NAMES = ("Zunela Testal", "Orvo Inventado")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("HRD_IDENTITY", raising=False)
    return tmp_path / "work"


@pytest.fixture
def identity(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "away" / "identity.txt"
    make_identity(path)
    monkeypatch.setenv("HRD_IDENTITY", str(path))
    return path


@pytest.fixture
def opened(identity: Path, work: Path) -> Iterator[None]:
    work.mkdir(exist_ok=True)
    open_vault(work, read_keys(identity), {}, os.getpid())
    yield
    lock_vault()


def published(folder: Path, names: tuple[str, ...] = NAMES) -> SourceFile:
    path = folder / "list.csv"
    rows = [
        PUBLISHED_ROW.format(id=f"r{n}", date="2020-01-02", name=x) for n, x in enumerate(names)
    ]
    path.write_text(PUBLISHED + "".join(rows), encoding="utf-8")
    return SourceFile("global-witness", path)


def confidential(folder: Path, identity: Path) -> SourceFile:
    (folder / "raw").mkdir(exist_ok=True)
    path = folder / "raw" / "ours.csv"
    rows = [ROW.format(id=f"c{n}", name=name) for n, name in enumerate(NAMES)]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return SourceFile("restricted-list", seal_file(path, new_recipient(identity)))


def new_recipient(identity: Path) -> str:
    return str(read_keys(identity)[0].to_public())


def said(*words: str, name: str = "") -> str:
    made = CliRunner().invoke(app, list(words), input=f"{name}\n" if name else None)
    assert made.exit_code == 0, made.output
    return made.output


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("ТЕСТАЛ, Зунела", 0.985),
        ("زونيلا تستال", 0.978),
        ("Z. Testal", 0.833),
        ("ZunelaTestal", 1.0),
        ("Orvo Uno | male; Zunella Testall | female | adult; Ana Dos | female", 0.95),
        ("In May the police held the lawyer Zunela Testal and two of her colleagues there", 0.95),
        ("Zunela Ruiz", None),
        ("Testal", None),
        ("The town of Testal asked that the zunela be paid", None),
        ("", None),
    ],
)
def test_a_name_is_found_in_any_script_and_in_a_text(cell: str, score: float | None) -> None:
    found = SoughtName("Zunela Testal").find_in([cell])
    assert {c: like.score for c, like in found.items()} == ({} if score is None else {cell: score})


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Abdulrahman Testal", "Testal Abd Al-Rahman"),
        ("Abd al-Rahman Testal", "Testal, AbdulRahman"),
        ("Orvoli Orvola Li Testal", "Orvoli Orvola"),
    ],
)
def test_words_that_are_joined_or_stand_twice_are_found(name: str, cell: str) -> None:
    assert compare_names(name, cell).score >= LIKELY_SAME
    assert list(SoughtName(name).find_in([cell])) == [cell]


def test_a_name_of_one_word_finds_that_word_and_says_less_of_longer_names() -> None:
    found = SoughtName("Testal").find_in(["Testal", "Zunela Testal", "Zunela Ruiz"])
    assert {c: like.score for c, like in found.items()} == {"Testal": 1.0, "Zunela Testal": 0.55}


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_cell_and_any_name_can_be_compared(cell: str, name: str) -> None:
    try:
        sought = SoughtName(name)
    except ValueError:
        return
    assert all(0 < like.score <= 1 for like in sought.find_in([cell]).values())


def test_a_name_in_the_command_line_is_refused_and_not_repeated() -> None:
    made = CliRunner().invoke(app, ["find", "Zunela", "Testal"])
    assert made.exit_code == 2
    assert "history" in made.output and "Zunela" not in made.output


def test_what_is_found_is_told_by_row_and_without_the_name(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    text = said("find", "--work", str(work), "--raw", str(tmp_path / "raw"), name="Зунела ТЕСТАЛ")
    assert "same name: killings, global-witness: list.csv, row 2, 2020, COL" in text
    assert "row 3" not in text and "Searched: killings, global-witness: 2 rows" in text
    assert not any(word in text.casefold() for word in ("zunela", "testal", "тестал"))


def test_without_a_vault_nothing_is_searched_in_lists_that_are_not_invented(
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    made = CliRunner().invoke(app, ["find", "--work", str(work)], input="Zunela Testal\n")
    assert made.exit_code != 0 and "recorded in the vault" in str(made.exception)


def test_who_looked_is_kept_sealed_by_a_keyed_digest(
    opened: None,
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    for name in ("Zunela Testal", "TESTAL Zunela", "Nobody Invented"):
        said("find", "--work", str(work), "--raw", str(tmp_path / "raw"), name=name)
    lines = said("find", "--audit", "--work", str(work)).splitlines()
    assert sorted(line.rpartition(" hits: ")[2] for line in lines) == ["0", "1", "1"]
    digests = sorted(line.split(" ")[2] for line in lines)
    assert len(set(digests)) == 2, "the same name in another order has the same digest"
    kept = sorted((work / "lookups" / "audit").iterdir())
    assert len(kept) == 3 and all(p.suffix == ".age" for p in kept)
    assert not any(b"Testal" in p.read_bytes() for p in work.rglob("*") if p.is_file())


def test_rows_of_a_restricted_list_are_shown_only_while_the_vault_is_open(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path), confidential(tmp_path, identity)], work)
    closed = find_person("Zunela Testal", work, tmp_path / "raw")
    assert closed.hits == () and all("vault" in line for line in closed.not_searched)
    open_vault(work, read_keys(identity), {}, os.getpid())
    try:
        found = find_person("Zunela Testal", work, tmp_path / "raw")
    finally:
        lock_vault()
    assert [(h.where, h.place, h.about) for h in found.hits] == [
        ("killings, global-witness", "list.csv, row 2", "2020, COL"),
        ("killings, restricted-list", "ours.csv.age, row 2", "2020, COL"),
    ]


def test_a_person_who_withdrew_is_not_found_in_any_spelling(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    list(
        withdraw(
            "killings", work, tmp_path / "out", pseudonym=None, name="Zunela Testal", apply=True
        )
    )
    for name in ("Zunela Testal", "Зунела Тестал", "Testal Zunela"):
        assert find_person(name, work, tmp_path / "raw").hits == ()
    assert len(find_person("Orvo Inventado", work, tmp_path / "raw").hits) == 1


def test_a_case_that_its_person_refuses_to_have_counted_is_not_shown(
    opened: None,
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    sheet = work / "killings" / "decisions" / "consents.csv"
    sheet.parent.mkdir(parents=True)
    refusal = dict.fromkeys(COLUMNS, "") | {
        "source": "restricted-list", "case_id": "c0", "purpose": "counts", "answer": "refused",
        "date": "2021-01-01",
    }  # fmt: skip
    whole = dict.fromkeys(COLUMNS, "") | {
        "source": "restricted-list", "purpose": "counts", "answer": "given", "date": "2021-01-01",
        "given_by": "organization", "basis": "agreement", "basis_words": "A letter.",
    }  # fmt: skip
    pd.DataFrame([whole, refusal]).to_csv(sheet, index=False)
    build("killings", [confidential(tmp_path, identity)], work)
    assert find_person("Zunela Testal", work, tmp_path / "raw").hits == ()
    assert len(find_person("Orvo Inventado", work, tmp_path / "raw").hits) == 1


def test_of_a_file_that_is_gone_the_hashed_names_tell(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    file = published(tmp_path)
    build("killings", [file], work)
    file.path.unlink()
    held = find_person("Zunela Testal", work, tmp_path / "raw").not_searched
    other = find_person("Nobody Invented", work, tmp_path / "raw").not_searched
    assert len(held) == len(other) == 1
    assert held[0].endswith("killings hold it") and other[0].endswith("killings do not hold it")


def test_a_casebook_is_searched_in_the_opened_vault_by_other_names_too(
    opened: None,
    work: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    persons = [ONE["persons"][0] | {"other_names": "Orvela Fikti"}, ONE["persons"][1]]
    book = write_book(tmp_path / "book.xlsx", ONE | {"persons": persons})
    words = ["casebook", "load", str(book), "--name", "ours", "--into", str(tmp_path / "raw")]
    said(*words, "--work", str(work), "--apply")
    found = find_person("Орвела Фикти", work, tmp_path / "raw")
    assert [(h.where, h.place, h.about) for h in found.hits] == [
        ("casebook, ours.csv", "person P-1", "cases C-1, KEN")
    ]
    lock_vault()
    closed = find_person("Орвела Фикти", work, tmp_path / "raw")
    assert closed.hits == () and "casebooks: kept in the vault" in closed.not_searched[0]


def test_a_state_is_told_by_list_with_the_latest_report(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path), confidential(tmp_path, identity)], work)
    edition = tmp_path / "out" / "killings" / "all" / "20260101T000000Z-11111111"
    edition.mkdir(parents=True)
    words = ["find", "--state", "col", "--work", str(work), "--out", str(tmp_path / "out")]
    assert "kept in the vault" in said(*words) and "cases" not in said(*words)
    open_vault(work, read_keys(identity), {}, os.getpid())
    try:
        text = said(*words)
    finally:
        lock_vault()
    assert "Colombia (COL)" in text and "global-witness: cases 2 (2020)" in text
    assert "restricted-list: cases 2 (2020)" in text and f"report: {edition}" in text


def letters(work: Path, tmp_path: Path) -> None:
    header = (
        "reference,sent_date,addressee,type,joint_mandates,persons_total,women_total,persons,"
        "reprisals,legislation,reply_dates\n"
    )
    rows = "AL COL 1/2021,2021-05-03,Colombia,AL,,1,1,Zunela Testal | female | adult,no,no,{}\n"
    path = tmp_path / "register.csv"
    answered = rows.replace("1/2021,2021-05-03", "2/2021,2021-06-07").format("2021-06-20")
    path.write_text(header + rows.format("") + answered, encoding="utf-8")
    build("communications", [SourceFile("register", path)], work)


def test_a_calendar_says_when_a_case_is_due_and_nothing_else(
    identity: Path,
    work: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from hrdresearch.run.lookups.calendar import find_days_due

    letters(work, tmp_path)
    due = find_days_due(work, dt.date(2021, 6, 1))
    assert due.days == (dt.date(2021, 7, 2),), "60 days after the letter without a reply"
    assert find_days_due(work, dt.date(2021, 7, 3)).days == ()
    said("calendar", str(tmp_path / "due.ics"), "--work", str(work), "--label", "desk-4")
    text = write_calendar(due.days, "desk-4", dt.datetime(2021, 6, 1, tzinfo=dt.UTC)).decode()
    lines = [line for line in text.split("\r\n") if not line.startswith(("UID", "DTSTAMP"))]
    assert lines == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hrdresearch//EN",
        "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20210702", "SUMMARY:case due\\, desk-4",
        "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_a_calendar_holds_editions_of_restricted_lists_and_no_day_twice(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    from hrdresearch.run.lookups.calendar import find_days_due

    build("killings", [published(tmp_path), confidential(tmp_path, identity)], work)
    assert find_days_due(work, dt.date(2026, 4, 1)).not_searched[0].startswith("killings: kept in")
    open_vault(work, read_keys(identity), {}, os.getpid())
    try:
        assert find_days_due(work, dt.date(2026, 4, 1)).days == (dt.date(2026, 9, 30),)
    finally:
        lock_vault()
    now = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    twice = write_calendar([dt.date(2026, 9, 30)] * 2, "", now)
    assert twice.count(b"BEGIN:VEVENT") == 1 and b"SUMMARY:case due\r\n" in twice
    assert twice == write_calendar([dt.date(2026, 9, 30)], "", now), "the same day keeps its mark"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_folded_lines_are_short_and_give_the_line_back(line: str) -> None:
    pieces = fold_line(line).split("\r\n")
    assert all(len(piece.encode("utf-8")) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece[:1] == " " for piece in pieces[1:])


def test_what_means_something_in_a_calendar_is_escaped() -> None:
    text = write_calendar([dt.date(2026, 1, 2)], "a;b,c\\d\r\nEND:VEVENT", dt.datetime(2026, 1, 1))
    assert b"SUMMARY:case due\\, a\\;b\\,c\\\\d\\nEND:VEVENT\r\n" in text
    assert text.count(b"\r\nEND:VEVENT") == 1


def test_the_audit_is_opened_for_nobody_to_edit(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    build("killings", [published(tmp_path)], work)
    said("find", "--work", str(work), "--raw", str(tmp_path / "raw"), name="Zunela Testal")
    session = open_vault(work, read_keys(identity), {}, os.getpid())
    try:
        assert not (session.folder / "lookups").exists()
    finally:
        lock_vault()
    [entry] = (work / "lookups" / "audit").iterdir()
    assert b'"hits": 1' in read_stored(entry.with_suffix(""))


def test_opinions_of_the_working_group_are_searched_and_listed_by_state(
    identity: Path,
    work: Path,
    tmp_path: Path,
) -> None:
    path = tmp_path / "opinions.csv"
    path.write_text(
        "number,year,state,persons,categories,outcome,follow_up\n"
        "12,2020,Egypt,Zunela Testal; Orvo Inventado,I;II,arbitrary,released\n"
        "12,2020,Egypt,Nadie Demo,I,arbitrary,\n",
        encoding="utf-8",
    )
    build("imprisonment", [SourceFile("wgad-register", path)], work)
    raw, out = str(tmp_path / "raw"), str(tmp_path / "out")

    text = said("find", "--work", str(work), "--raw", raw, name="Orvo Inventado")
    listed = said("find", "--state", "EGY", "--work", str(work), "--out", out)

    assert "same name: imprisonment, wgad-register: opinions.csv, row 2, 2020, EGY" in text
    assert "wgad-register: opinions 1 (2020)" in listed
