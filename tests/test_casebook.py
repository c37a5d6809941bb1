"""A casebook is loaded, updated and read as lists of one's own; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from casebook_files import ONE, in_language, with_rows, write_book
from typer.testing import CliRunner, Result

from hrdresearch.cli import app
from hrdresearch.privacy.vault import VaultProblem, make_identity, unseal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.casebook.faults import CasebookError
from hrdresearch.run.casebook.load import Loading, keep_casebook, read_casebook
from hrdresearch.run.casebook.sheet_kinds import LANGUAGES, casebook_columns, sheet_kinds
from hrdresearch.run.casebook.stored import resolve_same_persons
from hrdresearch.run.withdraw import withdraw
from hrdresearch.sources import load

BASIS = "basis: The invented organization agreed in writing.\n"
NAME = "my-cases"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("HRD_IDENTITY", raising=False)
    monkeypatch.chdir(tmp_path)


def read(tmp_path: Path, rows: dict[str, list[dict[str, object]]], language: str = "en") -> Loading:
    book = write_book(tmp_path / "book.xlsx", rows, language)
    return read_casebook(book, NAME, tmp_path / "raw", tmp_path / "work")


def loaded(
    tmp_path: Path, rows: dict[str, list[dict[str, object]]], language: str = "en"
) -> Loading:
    found = read(tmp_path, rows, language)
    keep_casebook(found, NAME, tmp_path / "work", open_on_this_machine=True)
    return found


def say(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(app, ["casebook", "load", *words], input=answers)


def told(found: Loading) -> list[tuple[str, str, str, str]]:
    return [(c.sheet, c.key, c.column, c.kind) for c in found.changes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_of_each_language_is_loaded_with_every_row(
    language: str, tmp_path: Path
) -> None:
    rows = with_rows(
        persons=[{**p, "sex": in_language("sex", str(p["sex"]), language)} for p in ONE["persons"]],
        allegations=[{**ONE["allegations"][0], "act": in_language("act", "killed", language)}],
        outcomes=[{**ONE["outcomes"][0], "outcome": in_language("outcome", "released", language)}],
    )

    found = read(tmp_path, rows, language)

    assert found.faults == () and found.remarks == ()
    assert found.rows == {name: len(held) for name, held in rows.items()}
    assert {c.kind for c in found.changes} == {"added"}
    assert [p["sex"] for p in found.merged["persons"].values()] == ["female", "male"]


def test_every_value_of_a_drop_down_leads_to_its_code() -> None:
    wrong = [
        (c.name, word)
        for c in casebook_columns().values()
        for code, words in c.words.items()
        for word in (*words, code)
        if c.code(word) != code
    ]

    assert wrong == []


def test_the_template_has_notes_drop_downs_and_an_example_that_is_not_loaded(
    tmp_path: Path,
) -> None:
    path = tmp_path / "casebook.xlsx"

    made = CliRunner().invoke(app, ["template", "casebook", str(path), "--language", "fr"])

    book = openpyxl.load_workbook(path)
    assert made.exit_code == 0
    assert book.sheetnames[:3] == ["Personnes", "Dossiers", "Sources"]
    assert book.sheetnames[-2:] == ["Exemple", "Valeurs"]
    assert book["Personnes"]["A1"].comment.text.endswith("jamais un nom")
    ruled = {str(r.sqref) for r in book["Suites"].data_validations.dataValidation}
    assert "D2:D1001" in ruled
    found = read_casebook(path, NAME, tmp_path / "raw", tmp_path / "work")
    assert (found.faults, found.changes, sum(found.rows.values())) == ((), (), 0)


def test_the_same_version_twice_changes_nothing_and_makes_the_same_file(tmp_path: Path) -> None:
    loaded(tmp_path, ONE)
    first = (tmp_path / "raw" / "my-cases.csv").read_bytes()

    again = loaded(tmp_path, ONE)

    assert again.changes == () and (tmp_path / "raw" / "my-cases.csv").read_bytes() == first


def test_a_newer_version_adds_and_changes_by_key_and_takes_nothing_away(tmp_path: Path) -> None:
    loaded(tmp_path, ONE)
    newer = {
        "persons": [
            {"person_id": "P-3", "name": "Quandel Ficticio"},
            {"person_id": "P-1", "name": "Zunela Testal", "sex": "-", "birth_date": "1981"},
        ],
        "cases": [{"case_id": "C-1", "state": "Kenya", "date": ""}],
    }

    found = loaded(tmp_path, newer)

    assert told(found) == [
        ("persons", "P-3", "", "added"),
        ("persons", "P-1", "sex", "taken back"),
        ("persons", "P-1", "birth_date", "changed"),
        ("cases", "C-1", "date", "kept, though empty in the file"),
    ]
    assert found.not_in_file["persons"] == 1 and found.rows["detentions"] == 1
    assert [found.merged["persons"]["P-1"][c] for c in ("sex", "birth_date")] == ["", "1981"]
    assert found.merged["cases"]["C-1"]["date"] == "2021-05-31"


def test_the_lists_of_a_casebook_are_read_by_the_loader_of_all_sources(tmp_path: Path) -> None:
    loaded(tmp_path, ONE)

    killed = load("my-cases-killings", tmp_path / "raw" / "my-cases.csv")
    held = load("my-cases-detentions", tmp_path / "raw" / "my-cases.csv")

    columns_of = [
        "record_id",
        "name_as_published",
        "event_id",
        "state_iso3",
        "sex_code",
        "event_year",
    ]
    expected = pd.DataFrame(
        [["P-1", "Zunela Testal", "C-1", "KEN", "female", 2021]], columns=columns_of
    )
    pd.testing.assert_frame_equal(killed.accepted[columns_of], expected, check_dtype=False)
    assert (killed.rows_in, held.rows_in) == (1, 1)
    assert killed.issues.empty and held.issues.empty
    assert held.accepted["record_id"].tolist() == ["D-1"]
    assert "Orvo Inventado" in killed.names_aside and "Zunela Testal" in held.names_aside
    assert not killed.facts.policy.public_by_name and not held.facts.policy.public_by_name


def test_who_may_not_be_counted_is_in_no_list_and_the_name_is_still_looked_for(
    tmp_path: Path,
) -> None:
    persons = [{**ONE["persons"][0], "counted": "no"}, ONE["persons"][1]]
    more = {"person_id": "P-9", "name": "Quandel Ficticio"}
    act = {**ONE["allegations"][0], "allegation_id": "A-9", "person_id": "P-9"}
    loaded(tmp_path, with_rows(persons=[*persons, more], allegations=[*ONE["allegations"], act]))

    killed = load("my-cases-killings", tmp_path / "raw" / "my-cases.csv")

    assert killed.accepted["record_id"].tolist() == ["P-9"]
    assert "Zunela Testal" in killed.names_aside


def test_another_spelling_is_shown_before_loading_and_a_person_decides(tmp_path: Path) -> None:
    twin = {"person_id": "P-7", "name": "TESTAL, Zunella", "birth_date": "1980"}
    book = write_book(tmp_path / "book.xlsx", with_rows(persons=[*ONE["persons"], twin]))
    options = ["--name", NAME, "--into", "raw", "--open-on-this-machine"]

    seen = say(str(book), *options)
    refused = say(str(book), *options, "--apply")
    decided = say(str(book), *options, "--apply", "--ask", answers="perhaps\nsame\n")
    again = say(str(book), *options, "--apply")

    assert "P-1 and P-7: names: " in seen.output and "same year of birth" in seen.output
    assert "Zunella" not in seen.output and not (tmp_path / "raw" / "missing").exists()
    assert isinstance(refused.exception, CasebookError)
    assert decided.exit_code == 0 and "P-7: TESTAL, Zunella, 1980" in decided.output
    assert "Nothing is new" in again.output and "Pairs that may be one person" not in again.output
    held = pd.read_csv(tmp_path / "raw" / "my-cases.csv", dtype=str, keep_default_na=False)
    assert held.loc[held["person_id"].eq("P-7"), "of_person"].tolist() == ["P-1"]


@pytest.mark.parametrize(
    ("other", "is_asked"),
    [
        ({"name": "Zunela Testal"}, True),
        ({"name": "Зунела Тестал"}, True),
        ({"name": "Zunela Testal", "birth_date": "1950"}, False),
        ({"name": "Zunela Testal", "sex": "male"}, False),
        ({"name": "Zunela Testal", "not_same_as": "P-1"}, False),
        ({"name": "Zunela Testal", "same_as": "P-1"}, False),
        ({"name": "Brontis Ficticio"}, False),
        ({"name": "Brontis Ficticio", "other_names": "La Otra; Zunela Testal"}, True),
    ],
)
def test_facts_that_are_known_and_differ_part_two_persons(
    other: dict[str, str], is_asked: bool, tmp_path: Path
) -> None:
    found = read(tmp_path, with_rows(persons=[*ONE["persons"], {"person_id": "P-7", **other}]))

    assert bool(found.alike) is is_asked


def test_persons_without_a_name_that_is_known_are_nobody_s_likeness(tmp_path: Path) -> None:
    unnamed = [
        {"person_id": f"P-{n}", "name": name} for n, name in ((7, "unknown"), (8, "Unknown man"))
    ]

    found = read(tmp_path, with_rows(persons=[*ONE["persons"], *unnamed]))

    assert found.alike == () and found.rows["persons"] == 4


def test_rows_of_an_alias_are_of_the_person_and_a_circle_ends() -> None:
    above = {"P-1": "", "P-2": "P-1", "P-3": "P-2", "P-4": "P-5", "P-5": "P-4", "P-6": "P-5"}
    persons = {key: {"same_as": other} for key, other in above.items()}

    assert resolve_same_persons(persons) == {
        "P-1": "P-1", "P-2": "P-1", "P-3": "P-1", "P-4": "P-4", "P-5": "P-4", "P-6": "P-4",
    }  # fmt: skip


def test_without_a_vault_nothing_is_written_and_with_one_nothing_lies_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write_book(tmp_path / "book.xlsx", ONE)
    found = read_casebook(book, NAME, tmp_path / "raw", tmp_path / "work")
    with pytest.raises(VaultProblem, match="vault init"):
        keep_casebook(found, NAME, tmp_path / "work")
    assert not (tmp_path / "raw").exists()

    identity = tmp_path / "away" / "identity.txt"
    make_identity(identity)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    made = say(str(book), "--name", NAME, "--into", "raw", "--work", "work", "--apply")
    book.unlink()

    assert made.exit_code == 0
    assert b"Zunela" in unseal_file(tmp_path / "raw" / "my-cases.csv.age", identity)
    assert [p for p in tmp_path.rglob("*") if p.is_file() and b"Zunela" in p.read_bytes()] == []


def test_nothing_that_is_printed_without_show_holds_a_name_or_a_value(tmp_path: Path) -> None:
    loaded(tmp_path, ONE)
    rows = with_rows(
        persons=[{"person_id": "P-1", "name": "Zunela Canario", "birth_date": "1981-02-03"}]
    )
    book = write_book(tmp_path / "book.xlsx", rows)

    bare = say(str(book), "--name", NAME, "--into", "raw")
    shown = say(str(book), "--name", NAME, "--into", "raw", "--show")

    assert "persons, row 2, P-1: name changed" in bare.output
    assert not any(word in bare.output for word in ("Zunela", "Canario", "Testal", "1981", "1980"))
    assert "'Zunela Testal' -> 'Zunela Canario'" in shown.output


def built(tmp_path: Path) -> None:
    for which, study in (("killings", "killings"), ("detentions", "imprisonment")):
        source = tmp_path / "sources" / f"my-cases-{which}" / "source.yml"
        if BASIS not in source.read_text("utf-8"):
            source.write_text(source.read_text("utf-8") + BASIS, encoding="utf-8")
        files = [SourceFile(f"my-cases-{which}", tmp_path / "raw" / "my-cases.csv")]
        build(study, files, tmp_path / "work", open_on_this_machine=True)


@pytest.mark.long
def test_a_person_who_withdraws_leaves_every_sheet_and_no_later_version_brings_the_person_back(
    tmp_path: Path,
) -> None:
    loaded(tmp_path, ONE)
    built(tmp_path)
    kept = tmp_path / "raw" / "my-cases.csv"

    said = "\n".join(
        withdraw(
            "killings", tmp_path / "work", tmp_path / "out",
            pseudonym=None, name="Zunela Testal", apply=True, raw=[kept],
        )
    )  # fmt: skip
    left = pd.read_csv(kept, dtype=str, keep_default_na=False)
    again = loaded(tmp_path, ONE)

    assert f"{kept}: the person's rows in it are empty now (6)" in said
    assert left["sheet"].tolist() == ["persons", "detentions", "outcomes", "status"]
    assert again.gone == 5 and again.changes == ()
    assert "Zunela" not in kept.read_text("utf-8")
    assert again.rows == {
        **dict.fromkeys(sheet_kinds(), 0),
        "persons": 1,
        "detentions": 1,
        "outcomes": 1,
    }


def test_facts_of_a_detention_reach_the_list_and_an_empty_cell_is_no_answer(tmp_path: Path) -> None:
    facts = {"disappeared": "yes", "ill_treated": "no", "lawyer_absent": "unknown"}
    facts |= {"disappeared_days": "12", "several_sentences": "not asked"}
    held = {
        "detention_id": "D-1",
        "person_id": "P-2",
        "state": "Kenya",
        "arrest_date": "2020-02-03",
    }
    loaded(tmp_path, with_rows(detentions=[{**held, **facts}]))

    rows = load("my-cases-detentions", tmp_path / "raw" / "my-cases.csv").accepted
    found = rows[
        ["disappeared_code", "ill_treated_code", "lawyer_absent_code", "medical_refused_code"]
    ]
    assert found.iloc[0].tolist() == ["yes", "no", "unknown", "not_recorded"]
    assert rows[["disappeared_days", "several_sentences_code"]].iloc[0].tolist() == [
        12,
        "not_asked",
    ]
