"""Reads a published file unchanged: text cells and the row numbers that a spreadsheet shows.

Nothing is interpreted here but the container: encoding, delimiter, workbook. The file must not
change while it is read, and a workbook is measured before it is unpacked.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from hrdresearch.sources.csv_text import parse_csv
from hrdresearch.sources.errors import FileChangedError, UnreadableFileError, unreadable_if_damaged
from hrdresearch.sources.json_records import flat_record, records_of
from hrdresearch.sources.sheet_marks import SheetMarks
from hrdresearch.sources.table_size import refuse_size, refuse_width
from hrdresearch.sources.yaml_rows import yaml_records

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xls": "xls",
    ".xlsx": "xlsx",
    ".yaml": "yaml",
    ".yml": "yaml",
}
SEALED = ".age"
Opener: TypeAlias = Callable[[Path], bytes]
LARGEST_FILE = 500_000_000
LARGEST_CELL = 100_000
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Rows:
    """A file as rows of text.

    rows: row number and cells, the header included. dated: row number and position (from 0) of
    cells that a workbook stores as dates; their text is "2020-06-30". formulas: the same for cells
    with a formula or an error. merged: first row and cell, last row and cell of merged cells. marks: what
    a workbook holds beside the text of cells. other_sheets: number and rows of sheets that are not read.
    sheet: number of the sheet that is read, 0 where there are none.
    encoding and delimiter are empty where the kind of file has none. layout: name of the layout, and aside:
    number and reason of rows that cannot be read, where the source's own reader told them.
    """

    path: Path
    kind: str
    sha256: str
    rows: list[tuple[int, list[str]]]
    encoding: str = ""
    delimiter: str = ""
    dated: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)
    formulas: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)
    merged: frozenset[tuple[int, int, int, int]] = field(default=frozenset(), repr=False)
    marks: SheetMarks = field(default=SheetMarks(), repr=False)
    other_sheets: tuple[tuple[int, int], ...] = ()
    sheet: int = 0
    layout: str = ""
    aside: Mapping[int, str] = field(default_factory=dict, repr=False)
    said: tuple[str, ...] = ()


def read_rows(
    path: Path, encoding: str | None = None, opener: Opener = Path.read_bytes, sheet: str = ""
) -> Rows:
    """Read a file as rows of text: CSV, JSON, JSON lines, Parquet, XLS, XLSX or YAML.

    encoding: for text that is not UTF-8. opener: returns the bytes of a file; for a sealed file
    (``.age``) the bytes before it was sealed. sheet: of a workbook, as
    ``read_workbook`` takes it. Raises UnreadableFileError, which says what to do, or
    FileChangedError.
    """
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: there is no such file.")
    kind = _kind(path)
    if kind is None:
        raise UnreadableFileError(
            f"{path.name}: expected one of {', '.join(KINDS)}; "
            "an archive of messages may also be .html or .js."
        )
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFileError(f"{path.name}: larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        content = opener(path)
    except OSError as error:
        raise UnreadableFileError(f"{path.name}: cannot be read ({error.strerror}).") from error
    if not content.strip():
        raise UnreadableFileError(f"{path.name}: the file is empty.")
    rows = _parse(path, kind, content, encoding, sheet)
    if _sha256(opener(path)) != rows.sha256:
        raise FileChangedError(f"{path.name}: the file changed while it was read; try again.")
    return rows


def read_sheets(path: Path, opener: Opener = Path.read_bytes) -> dict[str, Rows]:
    """Every sheet of a workbook that is not empty, as rows of text, by its name.

    Raises UnreadableFileError for a file that is no workbook, or a damaged one.
    """
    from hrdresearch.sources.workbook import read_every_sheet

    kind = _kind(path)
    if kind not in ("xls", "xlsx") or not path.is_file():
        raise UnreadableFileError(f"{path.name}: expected a workbook (.xlsx) that exists.")
    content = opener(path)
    sha256 = _sha256(content)
    return {
        name: Rows(path, kind, sha256, cells, dated=dated, formulas=formulas, merged=merged)
        for name, (cells, dated, formulas, merged) in read_every_sheet(path, kind, content)
    }


def _kind(path: Path) -> str | None:
    return KINDS.get(Path(path.name.removesuffix(SEALED)).suffix.lower())


def _parse(path: Path, kind: str, content: bytes, encoding: str | None, sheet: str) -> Rows:
    sha256 = _sha256(content)
    if kind == "csv":
        text, used = _decode(path, content, encoding)
        lines, delimiter = parse_csv(path.name, text)
        return Rows(path, kind, sha256, lines, used, delimiter)
    if kind == "json":
        text, used = _decode(path, content, encoding)
        lines, said = _json_rows(path, text)
        return Rows(path, kind, sha256, lines, used, said=said)
    if kind == "jsonl":
        text, used = _decode(path, content, encoding)
        return Rows(path, kind, sha256, _json_line_rows(path, text), used)
    if kind == "yaml":
        text, used = _decode(path, content, encoding)
        return Rows(path, kind, sha256, _table_of(path.name, yaml_records(text, path.name)), used)
    if kind == "parquet":
        return Rows(path, kind, sha256, _parquet_rows(path, content))
    from hrdresearch.sources.workbook import read_workbook

    (cells, dated, formulas, merged), marks, others, number = read_workbook(
        path, kind, content, sheet
    )
    return Rows(
        path,
        kind,
        sha256,
        cells,
        dated=dated,
        formulas=formulas,
        merged=merged,
        marks=marks,
        other_sheets=others,
        sheet=number,
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _decode(path: Path, content: bytes, encoding: str | None) -> tuple[str, str]:
    """Text and its encoding: UTF-8 if it can be read so, else ``encoding`` where it is given."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError(f"{path.name}: this is a workbook; its name should end in .xlsx.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, content = None, _from_utf_16(path, content)
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if encoding:
            return content.decode(encoding, errors="replace"), encoding
        line_end = b"\n" if b"\n" in content else b"\r"
        row = content.count(line_end, 0, error.start) + 1
        raise UnreadableFileError(
            f"{path.name}: not UTF-8 (first seen near line {row}). Open it where it was made and "
            'save it as "CSV UTF-8"; read in another encoding, names would be spoilt. For a list of '
            "your own whose encoding you know, say it: hrdresearch source new FILE --encoding cp1252 "
            "(Russian: cp1251, Arabic: cp1256)"
        ) from error


def _from_utf_16(path: Path, content: bytes) -> bytes:
    """UTF-16 (spreadsheet programs call it "Unicode text") turned into UTF-8."""
    try:
        return content.decode("utf-16").encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path.name}: damaged UTF-16; save it as CSV UTF-8.") from error


def _json_rows(path: Path, text: str) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """Records as rows under a header (row 2 is the first record), and remarks on what is joined or left."""
    records, said = records_of(_json(text, path.name))
    if not records:
        raise UnreadableFileError(f"{path.name}: holds no list of records.")
    return _table_of(path.name, records), said


def _json_line_rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """A row for each line (an object) under a header; row 2 is the first line."""
    records = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if not line.strip():
            continue
        record = _json(line, f"{path.name}, line {number}")
        if not isinstance(record, dict):
            raise UnreadableFileError(f"{path.name}: line {number} is no object.")
        records.append(flat_record(record))
    return _table_of(path.name, records)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"{where}: no valid JSON (line {error.lineno}, column {error.colno}). Was it cut short?"
        ) from error
    except RecursionError as error:
        raise UnreadableFileError(f"{where}: nested too deeply to be a list.") from error
    except ValueError as error:  # a number of thousands of digits
        raise UnreadableFileError(f"{where}: no valid JSON.") from error


def _table_of(file: str, records: list[dict[str, Any]]) -> list[tuple[int, list[str]]]:
    columns = list(dict.fromkeys(key for record in records for key in record))
    refuse_width(file, len(columns))
    refuse_size(file, len(records), len(columns))
    rows = [[_text(record.get(column)) for column in columns] for record in records]
    return [(1, [_text(column) for column in columns]), *enumerate(rows, start=2)]


def _parquet_rows(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """Columns of a Parquet file as text under a header; row 2 is the first row."""
    import pyarrow.parquet as pq

    with unreadable_if_damaged(
        f"{path.name}: the Parquet file is damaged or was cut short. Copy or export it again."
    ):
        parquet = pq.ParquetFile(io.BytesIO(content))
        refuse_width(path.name, parquet.metadata.num_columns)
        refuse_size(path.name, parquet.metadata.num_rows, parquet.metadata.num_columns)
        columns = [column.to_pylist() for column in parquet.read().columns]
        names = [str(name) for name in parquet.schema_arrow.names]
    texts = [[_text(value) for value in row] for row in zip(*columns, strict=True)]
    return [(1, names), *enumerate(texts, start=2)]


def _text(value: Any) -> str:
    """Text of a value; a lone surrogate (half a character) becomes a question mark."""
    if value is None or value != value:
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8")
