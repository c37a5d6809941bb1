"""Blank workbooks are read like any other list once they are filled; persons are invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.errors import RunError
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.templates import LANGUAGES, write_template
from hrdresearch.sources import load
from hrdresearch.vocab import vocabulary

KNOWN = vocabulary("list_templates")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def filled(kind: str, language: str, folder: Path, rows: int = 3) -> Path:
    """A template with rows in every column, the values of drop-downs in turn."""
    path = write_template(kind, folder / "list.xlsx", language)
    book = openpyxl.load_workbook(path)
    sheet, example = book.worksheets[:2]
    for at, field in enumerate(KNOWN["kinds"][kind], start=1):
        offered = [
            words[LANGUAGES.index(language)] for words in KNOWN["values"].get(field, {}).values()
        ]
        if field == "status":
            offered = [example.cell(2, at).value]
        for n in range(rows):
            given = {"name": f"Ann Example {['Uno', 'Dos', 'Tres'][n]}", "case_id": f"EX-{n}"}
            value = given.get(field) or (
                offered[n % len(offered)] if offered else example.cell(2, at).value
            )
            sheet.cell(2 + n, at, value or ("2022-01-31" if field.endswith("_date") else "Example"))
    book.save(path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KNOWN["kinds"])
def test_a_filled_template_is_told_column_by_column_and_read(
    kind: str, language: str, tmp_path: Path
) -> None:
    path = filled(kind, language, tmp_path)

    look = look_at_list(path)
    write_source(path, "my-list")
    loaded = load("my-list", path)

    assert [p.field for p in look.proposals] == KNOWN["kinds"][kind]
    assert (look.table, loaded.rows_in, len(loaded.accepted)) == (kind, 3, 3)
    assert list(loaded.accepted["sex_code"]) == ["female", "male", "transgender"]


def test_every_value_of_a_drop_down_leads_to_its_code() -> None:
    from hrdresearch.clean.value_words import code_of

    fields = vocabulary("list_fields")["fields"]
    wrong = [
        (field, word)
        for field, by_code in KNOWN["values"].items()
        for code, words in by_code.items()
        for word in words
        if code_of(word, fields[field]["codes"]) != ((code,), True)
    ]
    assert wrong == []


def test_the_command_writes_notes_and_drop_downs_and_no_file_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"

    made = CliRunner().invoke(app, ["template", "cases", str(path), "--language", "es"])
    again = CliRunner().invoke(app, ["template", "cases", str(path)])

    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert made.exit_code == 0 and isinstance(again.exception, RunError)
    assert sheet["G1"].value == "Sexo" and sheet["G1"].comment.text.startswith("Según consta")
    assert any("G2:G1001" in str(rule.sqref) for rule in sheet.data_validations.dataValidation)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(KNOWN["formats"]))
def test_a_template_of_a_format_is_read_by_its_source_with_the_example_in_it(
    kind: str, language: str, tmp_path: Path
) -> None:
    about = KNOWN["formats"][kind]
    path = write_template(kind, tmp_path / "list.xlsx", language)
    book = openpyxl.load_workbook(path)
    blank, example = book.worksheets[:2]
    for cell in example[2]:
        blank.cell(2, cell.column, cell.value)
    book.save(path)

    checked = CliRunner().invoke(app, ["source", "check", str(path), "--source", about["source"]])

    assert checked.exit_code == 0
    assert "1 rows: 1 accepted, 0 set aside." in checked.output
    assert "that the crosswalk" not in checked.output


def test_the_sheets_of_submissions_are_loaded_into_a_casebook(tmp_path: Path) -> None:
    from hrdresearch.run.casebook.load import read_casebook

    path = tmp_path / "submissions.xlsx"
    made = CliRunner().invoke(app, ["template", "case-submissions", str(path), "--language", "es"])
    book = openpyxl.load_workbook(path)
    book["Casos"].append(["C-1", "2021", "Kenia"])
    book["Comunicaciones"].append(["L-1", "C-1", "aporte", "el mandato", "2021-06-10"])
    book.save(path)
    found = read_casebook(path, "ours", tmp_path / "raw", tmp_path / "work")

    assert made.exit_code == 0 and found.faults == ()
    assert {c.key for c in found.changes} == {"C-1", "L-1"}
    assert found.merged["submissions"]["L-1"]["submission_kind"] == "input"


@pytest.mark.parametrize(
    ("kind", "source"), [("attacks", "attacks"), ("incidents", "attacks"), ("messages", "posts")]
)
def test_the_template_of_attacks_is_of_attacks_and_not_of_messages(
    kind: str, source: str, tmp_path: Path
) -> None:
    made = CliRunner().invoke(app, ["template", kind, str(tmp_path / "list.xlsx")])
    assert made.exit_code == 0
    assert f" --source {source}=" in made.output
    assert ("incidents is called attacks now." in made.output) == (kind == "incidents")


def test_every_status_that_the_template_of_detentions_offers_is_counted(tmp_path: Path) -> None:
    path = filled("detentions", "es", tmp_path, rows=3)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = KNOWN["kinds"]["detentions"].index("status") + 1
    end = KNOWN["kinds"]["detentions"].index("release_date") + 1
    for row, said in enumerate(("detenido", "desterrado", "desaparecido"), start=2):
        sheet.cell(row, at, said)
        sheet.cell(row, end).value = None
    book.save(path)
    write_source(path, "my-list")
    rows = load("my-list", path).accepted

    assert rows["exit_as_recorded"].tolist() == ["held", "banished", "unknown"]
    assert rows["whereabouts_known_code"].tolist() == ["not_recorded", "not_recorded", "no"]
    hidden = write_template("detentions", tmp_path / "blank.xlsx", "es")
    offered = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(hidden).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert {"desterrado", "desaparecido"} <= offered
