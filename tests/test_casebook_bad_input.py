"""Workbooks edited by hand in wrong ways: each is told by sheet and cell, nothing is lost. All invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casebook_files import ONE, with_rows, write_book
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.casebook.cells import _date
from hrdresearch.run.casebook.faults import CasebookError, Faults
from hrdresearch.run.casebook.load import Loading, keep_casebook, read_casebook
from hrdresearch.sources.errors import UnreadableFileError

YELLOW = PatternFill("solid", fgColor="FFFFFF00")
Edit = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


def read(
    tmp_path: Path, rows: dict[str, list[dict[str, Any]]] | None = None, edit: Edit = lambda _: None
) -> Loading:
    path = write_book(tmp_path / "book.xlsx", rows or ONE, edit=edit)
    return read_casebook(path, "my-cases", tmp_path / "raw", tmp_path / "work")


def told(found: Loading) -> list[str]:
    return [str(fault) for fault in found.faults]


def added(found: Loading) -> set[str]:
    return {c.key for c in found.changes if c.kind == "added"}


ALL = {"P-1", "P-2", "C-1", "S-1", "A-1", "D-1", "L-1", "O-1"}


def test_moved_columns_rows_above_them_and_headings_of_another_language_are_read(
    tmp_path: Path,
) -> None:
    def edit(book: Any) -> None:
        book["Persons"].move_range("A1:K3", rows=2, cols=2)
        book["Persons"]["C1"] = "Our persons, 2021"
        book["Cases"].move_range("B1:B2", cols=8)
        book["Cases"]["C1"] = "País"

    found = read(tmp_path, edit=edit)

    assert told(found) == [] and added(found) == ALL
    assert [found.merged["cases"]["C-1"][c] for c in ("date", "state")] == ["2021-05-31", "KEN"]


def test_renamed_sheets_are_known_by_their_columns_and_others_are_named_and_not_read(
    tmp_path: Path,
) -> None:
    def edit(book: Any) -> None:
        book["Persons"].title = "Canario Uno"
        book["Cases"].title, book["Allegations"].title = "x", "Cases"
        book.create_sheet("To do")["A1"] = "call the lawyer"

    found = read(tmp_path, edit=edit)

    assert added(found) == ALL and told(found) == []
    assert set(found.remarks) == {
        "Sheet 'number 1' is read as Persons, by its columns.",
        "Sheet 'number 2' is read as Cases, by its columns.",
        "Sheet 'Cases' is read as Allegations, by its columns.",
        "Sheet 'number 10' is not a sheet of a casebook and is not read.",
    }


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda b: b["Persons"].__setitem__("B1", "Persona"), r"Sheet 'Persons' lacks column 'Full name'"),
        (lambda b: b["Outcomes"].__setitem__("A1", ""), r"Sheet 'Outcomes' lacks column 'Outcome ID'"),
        (lambda b: b["Persons"].__setitem__("G1", "Sex"), r"columns D and G have the same name"),
        (lambda b: b.copy_worksheet(b["Cases"]), r"Sheets 'Cases' and 'number 10' have the same columns"),
        (lambda b: b["Cases"].delete_rows(1), r"Sheet 'Cases': its column names were not found"),
        (lambda b: [b.remove(s) for s in b.worksheets[:-2]], r"no sheet has the columns of a casebook"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_told_stops_the_loading_with_its_name(
    edit: Edit, message: str, tmp_path: Path
) -> None:
    with pytest.raises(CasebookError, match=message):
        read(tmp_path, edit=edit)


@pytest.mark.parametrize("name", ["book.csv", "book.docx", "gone.xlsx"])
def test_a_file_that_is_no_workbook_is_refused(name: str, tmp_path: Path) -> None:
    if not name.startswith("gone"):
        (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(UnreadableFileError, match="expected a workbook"):
        read_casebook(tmp_path / name, "my-cases", tmp_path / "raw", tmp_path / "work")


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", ONE)
    path.write_bytes(path.read_bytes()[:2000])

    with pytest.raises(UnreadableFileError, match=r"no such workbook|damaged"):
        read_casebook(path, "my-cases", tmp_path / "raw", tmp_path / "work")


@pytest.mark.parametrize(
    ("cell", "value", "message", "lost"),
    [
        ("Persons!B3", "Orvo Inventado; Brontis Ficticio", "Two persons", {"P-2", "D-1", "O-1"}),
        ("Persons!B3", "Orvo Inventado\nBrontis Ficticio", "Two persons", {"P-2", "D-1", "O-1"}),
        ("Persons!B3", "1. Orvo Inventado 2. Brontis Ficticio", "Two persons", {"P-2", "D-1", "O-1"}),
        ("Persons!B3", "Orvo Inventado y Brontis Ficticio", "It may name two persons", set()),
        ("Persons!B3", None, "The row needs a value here.", {"P-2", "D-1", "O-1"}),
        ("Persons!A3", "Orvo Inventado", "letters and at least one digit", {"P-2", "D-1", "O-1"}),
        ("Persons!D3", "hombre adulto", "The value is not in the drop-down list", set()),
        ("Persons!E3", "born after the war", "It holds no date that can be read", set()),
        ("Detentions!E2", "03/04/2020", "Day and month cannot be told apart", set()),
        ("Detentions!E2", "some time before the march", "It holds no date that can be read", set()),
        ("Detentions!E2", "2020-13-45", "It holds no date that can be read", set()),
        ("Detentions!E2", "#¡REF!", "It holds no date that can be read", set()),
        ("Detentions!F2", "about forty", "Not an age in years", set()),
        ("Detentions!D2", "Atlantis", "Not a known State", {"D-1"}),
        ("Detentions!G2", "=A2", "a formula or an error", {"D-1"}),
        ("Cases!C2", None, "The row needs a value here.", {"C-1", "A-1", "L-1"}),
        ("Allegations!B2", "P-77", "No row of sheet 'Persons' has this identifier", {"A-1"}),
        ("Allegations!C2", "C-77", "No row of sheet 'Cases' has this identifier", {"A-1"}),
        ("Allegations!I2", "S-77", "No row of sheet 'Sources' has this identifier", set()),
        ("Persons!I3", "P-77", "No row of sheet 'Persons' has this identifier", set()),
        ("Persons!I3", "P-2", "It names its own row", set()),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_by_sheet_and_cell_and_only_what_needs_it_is_lost(
    cell: str, value: Any, message: str, lost: set[str], tmp_path: Path
) -> None:
    sheet, place = cell.split("!")

    found = read(tmp_path, edit=lambda book: book[sheet].__setitem__(place, value))

    assert any(
        line.startswith(f"Sheet {sheet!r}, {place}: ") and message in line for line in told(found)
    )
    assert added(found) == ALL - lost
    assert not any(str(value) in line for line in told(found))


def test_rows_whose_person_is_not_taken_are_told_too(tmp_path: Path) -> None:
    found = read(tmp_path, edit=lambda book: book["Persons"].__setitem__("B3", "Uno; Dos"))

    points = "It points to a row of sheet 'Persons' that is not loaded. The row is not loaded."
    assert told(found)[:2] == [
        f"Sheet 'Detentions', B2: {points}",
        f"Sheet 'Outcomes', B2: {points}",
    ]
    assert told(found)[2].startswith("Sheet 'Persons', B3: Two persons or more in a cell")


def test_an_identifier_twice_is_one_row_where_all_is_the_same_and_none_where_it_is_not(
    tmp_path: Path,
) -> None:
    person, other = ONE["persons"]
    found = read(
        tmp_path, with_rows(persons=[person, other, person, {**other, "name": "Brontis Ficticio"}])
    )

    assert added(found) == ALL - {"P-2", "D-1", "O-1"}
    persons = [line for line in told(found) if "'Persons'," in line and "Persons', A" in line]
    assert persons == [
        "Sheet 'Persons', A3: The identifier stands in rows 3, 5: which one is right? The row is not loaded.",
        "Sheet 'Persons', A4: The same row stands in row 2. The row is not loaded.",
        "Sheet 'Persons', A5: The identifier stands in rows 3, 5: which one is right? The row is not loaded.",
    ]


def test_a_person_killed_twice_is_told(tmp_path: Path) -> None:
    acts = [ONE["allegations"][0], {**ONE["allegations"][0], "allegation_id": "A-2"}]

    found = read(tmp_path, with_rows(allegations=acts))

    assert "This person already has a row with the act 'killed' (row 2)" in told(found)[0]
    assert added(found) == ALL


def test_merged_cells_are_filled_but_an_identifier_cannot_stand_for_two_rows(
    tmp_path: Path,
) -> None:
    persons = [*ONE["persons"], {"person_id": "P-3", "name": "Brontis Ficticio"}]
    spells = [
        {**ONE["detentions"][0], "detention_id": f"D-{n}", "person_id": f"P-{n}"} for n in (1, 2, 3)
    ]

    def edit(book: Any) -> None:
        book["Detentions"].merge_cells("D2:D4")
        book["Detentions"].merge_cells("A3:A4")

    found = read(tmp_path, with_rows(persons=persons, detentions=spells), edit)

    assert [d["state"] for d in found.merged["detentions"].values()] == ["KEN", "KEN"]
    lines = told(found)
    assert "Sheet 'Detentions', D3: A cell merged with the one above. Its value is taken." in lines
    assert any(
        line.startswith("Sheet 'Detentions', A4: An identifier is merged over") for line in lines
    )


def test_colour_and_notes_on_cells_are_told_and_an_empty_coloured_cell_by_itself(
    tmp_path: Path,
) -> None:
    def edit(book: Any) -> None:
        sheet = book["Persons"]
        sheet["B2"].fill = sheet["D3"].fill = sheet["F3"].fill = YELLOW
        sheet["B3"].comment = Comment("at risk", "somebody")

    lines = told(read(tmp_path, edit=edit))

    assert lines == [
        "Sheet 'Persons': Colours are not read: write in a column what the colour means. Rows 2, 3.",
        "Sheet 'Persons': Notes on cells are not read: write in a column what they say. Rows 3.",
        "Sheet 'Persons', F3: An empty cell is coloured: write what the colour means. "
        "The cell is not loaded.",
    ]  # fmt: skip


def test_a_column_of_ones_own_is_named_and_not_lost_in_silence(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Detentions"]["P1"], book["Detentions"]["P2"] = "Dat of arrest", "2020-01-01"
        book["Persons"]["L1"], book["Persons"]["L9"] = "Our remarks", "a row of remarks alone"

    found = read(tmp_path, edit=edit)

    assert added(found) == ALL
    assert told(found) == [
        "Sheet 'Detentions': Column P does not belong to this sheet. "
        "Is 'Date of arrest' meant? It is not read.",
        "Sheet 'Persons': Column L does not belong to this sheet. It is not read.",
        "Sheet 'Persons', row 9: All columns that are read are empty in this row. The row is not loaded.",
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("31.12.2020", "2020-12-31"), ("31/12/2020", "2020-12-31"), ("12/31/2020", "2020-12-31"),
        ("05/05/2020", "2020-05-05"), ("2020", "2020"), (2020, "2020"), ("2020-05", "2020-05"),
        ("mai 2020", "2020-05"), ("31 de mayo de 2020", "2020-05-31"), ("٢٠٢٠-٠٥-٣١", "2020-05-31"),
        ("s/d", ""),
    ],
)  # fmt: skip
def test_dates_of_spreadsheets_of_other_languages_are_read(
    written: Any, read_as: str, tmp_path: Path
) -> None:
    found = read(tmp_path, edit=lambda book: book["Detentions"].__setitem__("E2", written))

    assert told(found) == []
    assert found.merged["detentions"]["D-1"]["arrest_date"] == read_as


def test_a_day_number_of_a_spreadsheet_is_read_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, edit=lambda book: book["Detentions"].__setitem__("E2", 44347))

    assert found.merged["detentions"]["D-1"]["arrest_date"] == "2021-05-31"
    assert told(found) == [
        "Sheet 'Detentions', E2: The day number of a spreadsheet. Read as 2021: look at it."
    ]


@pytest.mark.parametrize("written", ["Mujer", "FEMME", " female ", "женский", "f"])
def test_a_value_of_another_language_than_the_headings_is_read(
    written: str, tmp_path: Path
) -> None:
    found = read(tmp_path, edit=lambda book: book["Persons"].__setitem__("D2", written))

    known = written != "f"
    assert found.merged["persons"]["P-1"]["sex"] == ("female" if known else "")
    assert bool(told(found)) is not known


def test_a_wrong_cell_of_a_newer_version_leaves_what_was_loaded(tmp_path: Path) -> None:
    keep_casebook(read(tmp_path), "my-cases", tmp_path / "work", open_on_this_machine=True)

    found = read(
        tmp_path, edit=lambda book: book["Detentions"].__setitem__("E2", "before the march")
    )

    assert found.merged["detentions"]["D-1"]["arrest_date"] == "2020-02-03"


def test_the_screen_says_cells_and_never_what_stands_in_them(tmp_path: Path) -> None:
    rows = with_rows(
        persons=[{"person_id": "P-1", "name": "Canario Uno; Canario Dos", "sex": "canario"}],
        detentions=[{"detention_id": "Canario", "person_id": "Canario Tres", "state": "Canario"}],
    )
    path = write_book(tmp_path / "book.xlsx", rows)

    made = CliRunner().invoke(app, ["casebook", "load", str(path), "--into", str(tmp_path / "raw")])

    assert made.exit_code == 0 and "To correct in the workbook (" in made.output
    assert "Sheet 'Persons', B2:" in made.output and "anario" not in made.output


@given(st.text(max_size=30))
def test_no_text_in_a_date_breaks_the_reader_and_a_date_is_always_one(text: str) -> None:
    faults = Faults("Detentions", {"arrest_date": 4})

    read_as = _date(2, "arrest_date", text, faults)

    assert read_as == "" or (1 <= len(read_as.split("-")) <= 3 and read_as[:4].isdigit())
