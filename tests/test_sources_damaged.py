"""Damaged files of every kind that is read: our own errors only, and nothing lost in silence.

All persons are invented.
"""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import word_files as word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from study_builds import make_build
from test_sources_bad_input import COLUMNS, NAME, ROW, ROWS, write

from hrdresearch.run.batch import read_batch
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.registry import ParameterError
from hrdresearch.sources import (
    SourceError,
    check_file,
    check_path,
    list_layouts,
    list_sources,
    load,
    read_corrections,
)
from hrdresearch.sources.errors import UnknownLayoutError, UnreadableFileError
from hrdresearch.sources.reading import read_rows
from hrdresearch.studies.ground.build import Build, DamagedBuildError

MANY = [ROW.format(n=1).replace("r1", f"r{n}") for n in range(20)]


def opened(line: str) -> str:
    return line.replace("Fulana", '"Fulana')


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quotation_mark_that_swallows_rows_is_an_error_with_its_row(
    tmp_path: Path, end: str
) -> None:
    path = tmp_path / "list.csv"
    quoted = MANY[17].replace("Fulana Démo1", '"Fulana, Démo"')
    for last in (quoted, quoted.replace(", ", " "), MANY[17].replace("Démo1", 'Démo1"')):
        lines = [*MANY[:3], opened(MANY[3]), *MANY[4:17], last, *MANY[18:]]
        path.write_bytes(end.join([COLUMNS, *lines]).encode())
        with pytest.raises(UnreadableFileError, match="opened in row 5 and closed rows later") as e:
            load("global-witness", path)
        assert NAME not in str(e.value)


def test_a_text_of_several_lines_is_no_such_error(tmp_path: Path) -> None:
    told = '"First, of all,\nsecond, a, b, c\n\nthird"'
    lines = [row.replace("Acre", told) for row in ROWS]
    loaded = load("global-witness", write(tmp_path, *lines))
    assert (loaded.rows_in, len(loaded.accepted)) == (5, 5)


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "parquet", "xlsx"])
def test_a_million_columns_are_refused_in_seconds(tmp_path: Path, kind: str) -> None:
    path, names = tmp_path / f"list.{kind}", [f"c{n}" for n in range(1_000_000)]
    if kind == "csv":
        path.write_text(",".join(names) + "\n" + "1," * 999_999 + "1\n")
    elif kind == "json":
        path.write_text(json.dumps([dict.fromkeys(names, 1)]))
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps({name: 1}) for name in names[:20_000]))
    elif kind == "parquet":
        pd.DataFrame([range(5_000)], columns=names[:5_000]).to_parquet(path)
    else:
        book = openpyxl.Workbook()
        book.active.append(names[:16_000])
        book.save(path)
    began = time.process_time()
    assert "at most 2,000 columns" in check_file(path).error
    assert time.process_time() - began < 10


def test_rows_and_columns_that_fill_the_memory_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text("\n".join(json.dumps({f"c{n % 1_500}": 1}) for n in range(14_000)))
    with pytest.raises(UnreadableFileError, match="14,000 rows of 1,500 columns"):
        read_rows(path)


def test_what_stands_in_a_file_is_accepted_or_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = [
        COLUMNS, ROWS[0], "", ",,,,", ROWS[1], "\ufeff" + COLUMNS, ROWS[2], f"{ROWS[3]},surplus",
        "r8,2020-01-01", "\t \t", ROWS[3], ROWS[4], COLUMNS,
    ]  # fmt: skip
    for start in ("", "\ufeff", "\ufeff\ufeff"):
        for end in ("\r", "\n", "\r\n"):
            path.write_bytes((start + end.join(lines) + end).encode())
            loaded = load("global-witness", path)
            assert list(loaded.accepted["source_row"]) == [2, 5, 7, 11, 12]
            assert list(loaded.set_aside["row"]) == [6, 8, 9, 13]
            assert loaded.rows_in == len([one for one in lines[1:] if one.strip(", \t")])
    path.write_bytes("\n".join([COLUMNS, ROWS[0], ROWS[1][:20] + "\x00"]).encode())
    with pytest.raises(UnreadableFileError, match="zero byte near line 3"):
        load("global-witness", path)


def test_line_separators_within_a_message_end_no_line(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    records = [{"a": "one\u2028two\u0085three", "b": "\ud800half"}, {"a": "4"}]
    for end in ("\n", "\r\n", "\r"):
        text = end.join(json.dumps(r, ensure_ascii="b" in r) for r in records)
        path.write_text(text, encoding="utf-8", newline="")
        assert [cells for _, cells in read_rows(path).rows] == [
            ["a", "b"], ["one\u2028two\u0085three", "?half"], ["4", ""],
        ]  # fmt: skip


def test_a_check_says_what_is_nearest_and_how_the_file_was_read(tmp_path: Path) -> None:
    header = COLUMNS.replace("gender", "Gender").replace(",age,", ",years,").replace(",", ";")
    path = write(tmp_path, *[row.replace(",", ";") for row in ROWS], header=header)
    [told] = check_file(path).sentences()
    assert "columns 'gender', 'age' are missing" in told
    assert "'gw_table' of source 'global-witness'" in told
    assert "'Gender' may be meant for 'gender'" in told
    assert "Read as CSV in UTF-8, delimiter: semicolon." in told
    assert "Found 11 of its columns ('id', 'date', 'name'" in told
    assert "2 that it does not have (column number 4, 5)" in told
    assert "years" not in told
    headless = check_file(write(tmp_path, *ROWS[1:], header=ROWS[0])).error
    assert "no known format" in headless and NAME not in headless


def test_a_list_of_another_source_is_told_with_that_source(tmp_path: Path) -> None:
    with pytest.raises(UnknownLayoutError, match="'gw_table' of source 'global-witness': name"):
        load("cpt", write(tmp_path, *ROWS))


def test_a_remark_that_repeats_is_told_once_with_its_count(tmp_path: Path) -> None:
    rows = [row.replace(",30,", ",4145,") for row in MANY]
    told = check_file(write(tmp_path, *rows)).sentences()
    assert "20 rows (2, 3, 4, 5, 6 and 15 more), column 'age': The age is above" in "\n".join(told)
    assert sum("The age is above" in one for one in told) == 1


def test_a_check_of_a_folder_looks_at_each_list_in_it(tmp_path: Path) -> None:
    write(tmp_path, *ROWS)
    (tmp_path / "readme.txt").write_text("About the list")
    (tmp_path / "broken.json").write_text("[")
    (tmp_path / "photo.png").write_bytes(b"")
    results = check_path(tmp_path)
    assert [(r.path.name, r.is_usable) for r in results] == [
        ("broken.json", False), ("list.csv", True),
    ]  # fmt: skip


# Small whole files of every kind, and what reads them.


def _check(path: Path) -> None:
    result = check_file(path)
    assert not result.is_usable or result.rows_in == result.accepted + (
        (result.problems["done"] == "set aside").sum()
    )
    assert not any(NAME in sentence for sentence in result.sentences())


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for line in [COLUMNS, *ROWS]:
        book.active.append(line.split(","))
    book.save(path)


def _docx(path: Path) -> None:
    rows = [["Recommendation", "Position", "Themes"], ["1.1 Protect defenders (Chile);"] * 3]
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = word.paragraph("II. Conclusions and/or recommendations", num=1) + word.table(rows)
    word.word_file(path, body, header="A/HRC/WG.6/52/L.1", numbering=numbering)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)


def _records() -> list[dict[str, str]]:
    return [dict(zip(COLUMNS.split(","), row.split(","), strict=True)) for row in ROWS]


def _read_table(path: Path) -> None:
    build = Build("killings", path.parent.name, path.parent)
    build.table("cases")
    build.columns("cases", ["source"], [])


def _read_facts(path: Path) -> None:
    Build("killings", path.parent.name, path.parent).facts()


REPORT = {"study": "killings", "build_id": "b", "files": {"report.html": "0"}, "claims": {}}
CORRECTION = {"source": "cpt", "row": 2, "column": "age", "expected": 1, "value": 2, "reason": "x"}
BATCH = [{"study": "killings", "parameters": {"state": "all"}}]
KINDS: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "list.csv": (lambda p: p.write_text("\n".join([COLUMNS, *ROWS]), encoding="utf-8"), _check),
    "list.xlsx": (_xlsx, _check),
    "list.docx": (_docx, _check),
    "list.json": (lambda p: p.write_text(json.dumps(_records())), _check),
    "list.jsonl": (lambda p: p.write_text("\n".join(map(json.dumps, _records()))), _check),
    "list.parquet": (lambda p: pd.DataFrame(_records()).to_parquet(p), _check),
    "corrections.yml": (lambda p: p.write_text(json.dumps([CORRECTION])), read_corrections),
    "batch.yml": (lambda p: p.write_text(json.dumps(BATCH)), read_batch),
    "manifest.json": (lambda p: p.write_text(json.dumps(REPORT)), read_json),
    "claims.json": (lambda p: p.write_text(json.dumps(REPORT)), read_json),
    "sources.json": (lambda p: p.write_text(json.dumps([{"slug": "cpt"}])), _read_facts),
    "cases.parquet": (lambda p: make_build(p.parent / "w", [{}]), _read_table),
}
OURS = (SourceError, RunError, ParameterError, DamagedBuildError)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Bytes of each whole file."""
    folder, found = tmp_path_factory.mktemp("whole"), {}
    for name, (make, _) in KINDS.items():
        make(folder / name)
        made = folder / name
        if not made.is_file():
            [made] = folder.rglob(name)
        found[name] = made.read_bytes()
    return found


changes = st.lists(
    st.tuples(st.sampled_from(["set", "cut", "drop", "twice"]), st.integers(0, 10**6), st.binary()),
    min_size=1, max_size=6,
)  # fmt: skip


def damaged(content: bytes, steps: list[tuple[str, int, bytes]]) -> bytes:
    for how, at, new in steps:
        at %= max(1, len(content))
        if how == "set":
            content = content[:at] + new + content[at + len(new) :]
        elif how == "cut":
            content = content[:at]
        elif how == "drop":
            content = content[:at] + content[at + len(new) :]
        else:
            content = content[:at] + content[at : at + 40] * 2 + content[at + 40 :]
    return content


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=changes)
def test_a_damaged_file_brings_errors_of_ours_only(
    tmp_path: Path, whole: dict[str, bytes], name: str, steps: list[tuple[str, int, bytes]]
) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(whole[name], steps))
    try:
        KINDS[name][1](path)
    except OURS as told:
        assert NAME not in str(told) and "Traceback" not in str(told)


def test_a_parquet_file_whose_column_names_are_damaged_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.parquet"
    pd.DataFrame({"name_of_column": ["a", "b"]}).to_parquet(path)
    path.write_bytes(path.read_bytes().replace(b"name_of_column", b"\x80ame_of_column"))
    assert "Parquet" in check_file(path).error


@pytest.mark.parametrize("name", ["list.xlsx", "list.docx"])
def test_a_broken_part_of_an_office_file_is_told(
    tmp_path: Path, whole: dict[str, bytes], name: str
) -> None:
    path, content = tmp_path / name, bytearray(whole[name])
    with zipfile.ZipFile(as_file(tmp_path, whole[name])) as packed:
        part = next(m for m in packed.infolist() if m.filename.endswith(("sheet1.xml", "ment.xml")))
    start = part.header_offset + 30 + len(part.filename)
    content[start : start + 40] = b"\xff" * 40
    path.write_bytes(content)
    assert "damaged" in check_file(path).error


def as_file(folder: Path, content: bytes) -> Path:
    path = folder / "whole.zip"
    path.write_bytes(content)
    return path


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@pytest.mark.parametrize("cells", [
    "<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>",
    '<row><c r="A1"/></row><row><c r = \'XFD1048576\'><v>1</v></c></row>',
    '<row><c r="a1"/></row><row><c r="xfd1048576"><v>1</v></c></row>',
    '<row r="1"><c/></row><row r="1048576">' + "<c><v>1</v></c>" * 100 + "</row>",
])  # fmt: skip
def test_a_sheet_that_would_fill_the_memory_is_refused_in_seconds(
    tmp_path: Path, whole: dict[str, bytes], cells: str
) -> None:
    path, began = tmp_path / "list.xlsx", time.process_time()
    old = zipfile.ZipFile(as_file(tmp_path, whole["list.xlsx"]))
    with old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            is_sheet = name.endswith("sheet1.xml")
            new.writestr(name, SHEET.format(cells) if is_sheet else old.read(name))
    assert "Copy the table alone into a new workbook" in check_file(path).error
    assert time.process_time() - began < 10


ODD = ("", "x", "1e999", "-5", "99999999999999999999", "0000-00-00", "2020-01-01", "Brazil")


@pytest.mark.parametrize("slug", [facts.slug for facts in list_sources()])
def test_odd_values_in_every_column_of_every_format_bring_no_list_down(
    tmp_path: Path, slug: str
) -> None:
    tried = 0
    for layout in list_layouts(slug):
        path = tmp_path / ("list.csv" if "csv" in layout.kinds else f"list.{layout.kinds[0]}")
        if path.suffix in (".docx", ".xls"):
            continue
        for rows in ([], *([[value] * len(layout.columns)] for value in ODD)):
            if path.suffix == ".csv":
                mark = str(layout.facts.get("delimiter", ","))
                lines = [mark.join(row) for row in (layout.columns, *rows)]
                path.write_text("\n".join(lines), encoding="utf-8")
            elif path.suffix == ".xlsx":
                book = openpyxl.Workbook()
                for row in (layout.columns, *rows):
                    book.active.append(list(row))
                book.save(path)
            else:
                filled = rows or [[""] * len(layout.columns)]
                records = [dict(zip(layout.columns, row, strict=True)) for row in filled]
                path.write_text(json.dumps(records))
            result = check_file(path, slug)
            assert result.error or result.accepted <= result.rows_in
            tried += 1
    assert tried or slug in ("ohchr-matrix", "wg-draft", "upr-questions")  # Word or old Excel alone


def test_an_open_quotation_mark_in_an_archive_is_an_error_too(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    rows = [
        f"{n},2023-05-04T17:20:00Z,Text {n},desk{n},target,site,en,original,1," for n in range(9)
    ]
    lines = ["id,time,text,author,target,platform,language,relation,engagement,links", *rows]
    path.write_text("\n".join(lines))
    assert load("posts", path).rows_in == 9
    lines[4] = lines[4].replace("Text", '"Text')
    for last in (lines[8], lines[8].replace("Text 7", '"Text 7"')):
        path.write_text("\n".join([*lines[:8], last, lines[9]]))
        with pytest.raises(UnreadableFileError, match="opened in row 5"):
            load("posts", path)


def test_a_truncated_table_of_a_build_is_told(tmp_path: Path, whole: dict[str, bytes]) -> None:
    path = tmp_path / "cases.parquet"
    path.write_bytes(whole["cases.parquet"][:-200])
    with pytest.raises(DamagedBuildError, match=r"cases.parquet of build .* build killings again"):
        _read_table(path)


def test_a_file_of_a_build_that_gives_one_name_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "quality.json").write_text('{"rows_in": 5, "rows_in": 50}', encoding="utf-8")
    with pytest.raises(DamagedBuildError, match=r"quality\.json of build .* is damaged"):
        Build("killings", "b1", tmp_path).extras("quality")
