"""Bad files: a clear error or a row set aside, nothing lost, no person's data in a message.

All persons are invented.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrdresearch.sources import SourceError, check_file, load, read_corrections, reading
from hrdresearch.sources.errors import (
    CorrectionError,
    FileChangedError,
    UnknownLayoutError,
    UnknownSourceError,
    UnreadableFileError,
)

COLUMNS = (
    "id,date,name,gender,age,person_characteristics,industry_driver,perpetrator_type,"
    "continent,country,country_numeric,local_region,number_of_victims"
)
ROW = "r{n},2020-01-0{n},Fulana Démo{n},Female,30,Lawyer,Other,Police,Americas,Brazil,076,Acre,1"
ROWS = [ROW.format(n=n) for n in range(1, 6)]
NAME = "Fulana"


def write(folder: Path, *lines: str, header: str = COLUMNS, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes("\n".join([header, *lines]).encode(encoding))
    return path


def workbook(folder: Path, change: dict[str, object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in [COLUMNS, *ROWS]:
        sheet.append(line.split(","))
    for cell, value in change.items():
        sheet[cell] = value
    path = folder / "list.xlsx"
    book.save(path)
    return path


def balanced(path: Path) -> tuple[int, list[int], list[str]]:
    """Rows accepted, rows set aside, and what was said; the books balance by construction."""
    loaded = load("global-witness", path)
    said = [*loaded.set_aside["reason"], *loaded.issues["what"]]
    assert not any(NAME in sentence for sentence in said)
    return len(loaded.accepted), list(loaded.set_aside["row"]), said


def test_a_good_file_gives_every_row(tmp_path: Path) -> None:
    assert balanced(write(tmp_path, *ROWS)) == (5, [], [])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(" \n")
    with pytest.raises(UnreadableFileError, match="empty"):
        load("global-witness", path)


def test_a_header_without_rows_is_refused_as_incomplete(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="Is the file complete"):
        load("global-witness", write(tmp_path))


def test_an_absent_file_and_another_type_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        load("global-witness", tmp_path / "none.csv")
    other = tmp_path / "list.pdf"
    other.write_bytes(b"%PDF")
    with pytest.raises(UnreadableFileError, match="expected one of"):
        load("global-witness", other)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_another_encoding_is_refused_before_a_name_is_spoilt(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"not UTF-8 .*near line 2.*CSV UTF-8") as told:
        load("global-witness", write(tmp_path, *ROWS, encoding=encoding))
    assert NAME not in str(told.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_unicode_with_a_mark_is_read(tmp_path: Path, encoding: str) -> None:
    assert balanced(write(tmp_path, *ROWS, encoding=encoding))[0] == 5


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_other_line_ends_are_read(tmp_path: Path, end: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(end.join([COLUMNS, *ROWS]).encode())
    assert balanced(path)[0] == 5


def test_a_semicolon_is_read_and_told(tmp_path: Path) -> None:
    lines = [line.replace(",", ";") for line in ROWS]
    path = write(tmp_path, *lines, header=COLUMNS.replace(",", ";"))
    assert balanced(path) == (5, [], ["The delimiter is not the published one."])


def test_an_unknown_delimiter_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS, header=COLUMNS.replace(",", "#"))
    with pytest.raises(UnknownLayoutError, match="delimiter"):
        load("global-witness", path)


def test_a_missing_column_is_named_with_the_nearest_format(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS, header=COLUMNS.replace("gender", "sex"))
    with pytest.raises(UnknownLayoutError, match=r"'gender' is missing.*'gw_table'"):
        load("global-witness", path)


def test_an_extra_column_is_an_issue(tmp_path: Path) -> None:
    lines = [f"{line},x" for line in ROWS]
    path = write(tmp_path, *lines, header=f"{COLUMNS},remarks")
    assert balanced(path) == (5, [], ["A column that the layout does not have."])


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *[f"{line},x" for line in ROWS], header=f"{COLUMNS},age")
    with pytest.raises(UnreadableFileError, match="'age' stands more than once"):
        load("global-witness", path)


def test_a_header_that_stands_again_is_set_aside(tmp_path: Path) -> None:
    accepted, aside, said = balanced(write(tmp_path, *ROWS[:2], COLUMNS, *ROWS[2:]))
    assert (accepted, aside, said) == (5, [4], ["The header stands here again."])


def test_a_title_above_the_header_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(UnknownLayoutError, match="stand in row 2, not in row 1"):
        load("global-witness", write(tmp_path, COLUMNS, *ROWS, header="All cases"))


def test_a_row_with_too_many_or_too_few_cells_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS, f"{ROWS[0]},surplus", "r9,2020-01-01,Fulana Short")
    accepted, aside, said = balanced(path)
    assert (accepted, aside) == (5, [7, 8])
    assert "14 cells, the header 13" in said[0]
    assert "3 cells, the header 13" in said[1]


def test_blank_lines_count_as_rows_of_the_sheet_but_hold_nothing(tmp_path: Path) -> None:
    loaded = load("global-witness", write(tmp_path, *ROWS[:2], "", ",,,", ROWS[2]))
    assert (loaded.rows_in, list(loaded.accepted["source_row"])) == (3, [2, 3, 6])


def test_a_quotation_mark_never_closed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="never closed near row 4"):
        load(
            "global-witness", write(tmp_path, *ROWS[:2], ROWS[2].replace("Ful", '"Ful', 1), ROWS[3])
        )


def test_markup_in_a_name_becomes_harmless_text(tmp_path: Path) -> None:
    evil = ROWS[0].replace("Fulana", "<script>alert(1)</script>Fulana")
    loaded = load("global-witness", write(tmp_path, evil, *ROWS[1:]))
    assert not loaded.accepted["name_as_published"].str.contains("[<>]").any()
    assert list(loaded.issues["what"]) == ["HTML or a script."]


def test_a_formula_as_text_sets_the_row_aside(tmp_path: Path) -> None:
    evil = ROWS[0].replace("Fulana Démo1", "=HYPERLINK(A1)")
    accepted, aside, said = balanced(write(tmp_path, evil, *ROWS[1:]))
    assert (accepted, aside, said) == (4, [2], ["Column 'name' holds a formula as text."])


def test_the_stored_result_of_a_formula_is_taken_and_told(tmp_path: Path) -> None:
    path, stored = workbook(tmp_path, {"E3": "=20+10"}), tmp_path / "stored.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>30</v>", content))
    assert balanced(stored) == (5, [], ["A formula."])


def test_an_error_of_a_spreadsheet_program_sets_the_row_aside(tmp_path: Path) -> None:
    accepted, aside, said = balanced(workbook(tmp_path, {"C4": "#REF!"}))
    assert (accepted, aside) == (4, [4])
    assert said == ["Column 'name' holds a formula or an error instead of a value."]
    lines = [*ROWS, ROWS[0].replace("Fulana Démo1", "#N/A").replace("r1", "r9")]
    assert balanced(write(tmp_path, *lines))[:2] == (5, [7])


def test_an_identifier_that_stands_twice_is_an_issue(tmp_path: Path) -> None:
    accepted, aside, said = balanced(write(tmp_path, *ROWS, ROWS[0]))
    assert (accepted, aside) == (6, [])
    assert said == ["The publisher's identifier stands in an earlier row too."]


def test_a_formula_without_a_stored_result_sets_the_row_aside(tmp_path: Path) -> None:
    accepted, aside, said = balanced(workbook(tmp_path, {"E3": "=20+10"}))
    assert (accepted, aside) == (4, [3])
    assert said == ["Column 'age' holds a formula or an error instead of a value."]


def test_a_cell_of_ten_megabytes_sets_its_row_aside(tmp_path: Path) -> None:
    huge = ROWS[0].replace("Acre", "x" * 10_000_000)
    accepted, aside, said = balanced(write(tmp_path, huge, *ROWS[1:]))
    assert (accepted, aside, said) == (4, [2], ["A cell holds more than 100,000 characters."])


def test_an_unknown_state_sets_the_row_aside(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS, ROWS[0].replace("Brazil", "Atlantis").replace("r1", "r9"))
    accepted, aside, said = balanced(path)
    assert (accepted, aside) == (5, [7])
    assert said == ["Column 'country' holds no State that is known at that date."]


def test_mixed_dates_are_told_and_none_is_swapped_by_guess(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS[:3], ROWS[3].replace("2020-01-04", "25/03/2020"))
    loaded = load("global-witness", path)
    assert list(loaded.accepted["event_date_precision"]) == ["day", "day", "day", "year"]
    assert list(loaded.accepted["event_year"]) == [2020] * 4
    assert [what.split(":")[0] for what in loaded.issues["what"]] == [
        "Mixed dates",
        "1 dates do not fit the order ymd of this format.",
        "The date has a day or month that does not exist in the order of this format.",
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(4):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", b"0" * 20_000_000)
    with pytest.raises(UnreadableFileError, match=r"unpack to 80 MB.*not opened"):
        load("global-witness", path)


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04 broken"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="workbook"):
        load("global-witness", path)


def test_a_workbook_named_csv_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {}).rename(tmp_path / "list.csv")
    with pytest.raises(UnreadableFileError, match="this is a workbook"):
        load("global-witness", path)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    path.write_bytes(content.getvalue())
    with pytest.raises(UnreadableFileError, match="no sheet"):
        load("global-witness", path)


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, *ROWS)
    parse = reading._parse

    def change_meanwhile(*args: object) -> object:
        rows = parse(*args)  # type: ignore[arg-type]
        path.write_text("changed", encoding="utf-8")
        return rows

    monkeypatch.setattr(reading, "_parse", change_meanwhile)
    with pytest.raises(FileChangedError, match="changed while it was read"):
        load("global-witness", path)


def test_a_cell_far_outside_the_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="far outside the table"):
        load("global-witness", workbook(tmp_path, {"XFD1048576": "x"}))


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx", ".xls"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-16")))
def test_no_bytes_bring_a_check_down(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"list{suffix}"
    path.write_bytes(content)
    assert not check_file(path).is_usable


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cells, min_size=13, max_size=13), min_size=1, max_size=5))
def test_no_cells_bring_a_build_down_and_none_is_lost(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS.split(","), ROWS[0].split(","), *rows])
    result = check_file(path)
    aside = (result.problems["done"] == "set aside").sum()
    assert result.error or result.accepted + aside == result.rows_in


def test_broken_json_and_json_without_records_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('{"a": [', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="no valid JSON"):
        load("lideres-colombia", path)
    path.write_text('{"a": {"b": 1}}', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="no list of records"):
        load("lideres-colombia", path)


def test_an_unknown_source_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownSourceError, match="global-witness"):
        load("nobody", tmp_path / "list.csv")


def correction(**changes: object) -> dict[str, object]:
    return {
        "source": "global-witness", "row": 2, "column": "age", "expected": "30", "value": "31",
        "reason": "Publisher's note", **changes,
    }  # fmt: skip


def test_a_correction_is_applied_and_told(tmp_path: Path) -> None:
    elsewhere = correction(source="cpt", row=99)
    loaded = load("global-witness", write(tmp_path, *ROWS), [correction(), elsewhere])
    assert list(loaded.accepted["age_years"]) == [31, 30, 30, 30, 30]
    assert list(loaded.issues["what"]) == ["Corrected by hand: Publisher's note"]


@pytest.mark.parametrize("changes", [{"expected": "29"}, {"row": 70}, {"column": "years"}])
def test_a_correction_that_no_longer_fits_fails(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(CorrectionError, match="correction of list"):
        load("global-witness", write(tmp_path, *ROWS), [correction(**changes)])


def test_corrections_are_read_from_yaml_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    assert read_corrections(path) == []
    path.write_text(json.dumps([correction()]), encoding="utf-8")
    assert read_corrections(path) == [correction()]
    for wrong, told in [("a: 1", "a list"), ("- {row: 2}", "entry 1 lacks source"), ("[", "YAML")]:
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(CorrectionError, match=told):
            read_corrections(path)


def test_a_check_tells_everything_row_by_row(tmp_path: Path) -> None:
    path = write(tmp_path, ROWS[0].replace(",30,", ",4145,"), *ROWS[1:], "r9,short")
    told = check_file(path).sentences()
    assert told[1:] == [
        "6 rows: 5 accepted, 1 set aside.",
        "Read as CSV in UTF-8, delimiter: comma.",
        "Row 2, column 'age': The age is above 120 years (emptied).",
        "Row 7: The row has 2 cells, the header 13: a broken line? (set aside).",
    ]


def test_a_check_of_an_unusable_file_tells_the_error(tmp_path: Path) -> None:
    result = check_file(tmp_path / "none.csv")
    assert not result.is_usable
    assert result.sentences() == ["none.csv: there is no such file."]
    assert issubclass(UnreadableFileError, SourceError)
