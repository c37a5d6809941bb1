"""Reading a published file as it is: text cells and the row numbers that a spreadsheet shows.

Nothing is interpreted here but the container: encoding, delimiter, workbook. The file must not
change while it is read, and a workbook is measured before it is unpacked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from hrdresearch.sources.errors import FileChangedError, UnreadableFileError

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
}
SEALED = ".age"
DELIMITERS = ",;\t|"
Opener: TypeAlias = Callable[[Path], bytes]
LARGEST_FILE = 500_000_000
LARGEST_CELL = 100_000
_CSV_LIMIT = 2**31 - 1


@dataclass(frozen=True)
class Rows:
    """A file as rows of text.

    rows: (row number, cells); the header is among them. dated: (row, position) of cells that a
    workbook holds as dates; they are given as ISO text. formulas: (row, position) of cells that
    hold a formula or an error. encoding and delimiter are empty where the container has none.
    """

    path: Path
    kind: str
    sha256: str
    rows: list[tuple[int, list[str]]]
    encoding: str = ""
    delimiter: str = ""
    dated: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)
    formulas: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)


def read_rows(path: Path, encoding: str | None = None, opener: Opener = Path.read_bytes) -> Rows:
    """Read a CSV, XLS, XLSX or JSON file; ``encoding`` is for CSV that is not UTF-8.

    opener: gives the bytes of a file; for a sealed one (``.age``), those it was sealed from.
    Raises UnreadableFileError (with what to do) or FileChangedError.
    """
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: there is no such file.")
    kind = KINDS.get(Path(path.name.removesuffix(SEALED)).suffix.lower())
    if kind is None:
        raise UnreadableFileError(f"{path.name}: expected one of {', '.join(KINDS)}.")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFileError(f"{path.name}: larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        content = opener(path)
    except OSError as error:
        raise UnreadableFileError(f"{path.name}: cannot be read ({error.strerror}).") from error
    if not content.strip():
        raise UnreadableFileError(f"{path.name}: the file is empty.")
    rows = _parse(path, kind, content, encoding)
    if _sha256(opener(path)) != rows.sha256:
        raise FileChangedError(f"{path.name}: the file changed while it was read; try again.")
    return rows


def _parse(path: Path, kind: str, content: bytes, encoding: str | None) -> Rows:
    sha256 = _sha256(content)
    if kind == "csv":
        text, used = _decode(path, content, encoding)
        delimiter = _delimiter(text)
        lines = list(_csv_rows(path, text, delimiter))
        if not lines:
            raise UnreadableFileError(f"{path.name}: holds no column names and no rows.")
        return Rows(path, kind, sha256, lines, used, delimiter)
    if kind == "json":
        text, used = _decode(path, content, encoding)
        return Rows(path, kind, sha256, _json_rows(path, text), used)
    if kind == "jsonl":
        text, used = _decode(path, content, encoding)
        return Rows(path, kind, sha256, _json_line_rows(path, text), used)
    if kind == "parquet":
        return Rows(path, kind, sha256, _parquet_rows(path, content))
    from hrdresearch.sources.workbook import read_workbook

    cells, dated, formulas = read_workbook(path, kind, content)
    return Rows(path, kind, sha256, cells, dated=dated, formulas=formulas)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _decode(path: Path, content: bytes, encoding: str | None) -> tuple[str, str]:
    """UTF-8 comes first and is kept; another encoding only where the layout declares it."""
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
            'save it as "CSV UTF-8"; read in another encoding, names would be spoilt.'
        ) from error


def _from_utf_16(path: Path, content: bytes) -> bytes:
    """Spreadsheet programs save "Unicode text" so; nothing is lost on the way to UTF-8."""
    try:
        return content.decode("utf-16").encode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path.name}: damaged UTF-16; save it as CSV UTF-8.") from error


def _delimiter(text: str) -> str:
    header = text[:10_000].lstrip().splitlines()[:1]
    return max(DELIMITERS, key=header[0].count) if header else DELIMITERS[0]


def _csv_rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    if "\x00" in text:
        raise UnreadableFileError(f"{path.name}: holds binary data; this is no CSV file.")
    csv.field_size_limit(_CSV_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise UnreadableFileError(
            f"{path.name}: line {reader.line_num} cannot be read as CSV ({error})."
        ) from error
    if text.count('"') % 2 and _ends_in_quotes(text, delimiter):
        raise UnreadableFileError(
            f"{path.name}: a quotation mark is opened and never closed near row {number}; the rest "
            "of the file would run into one cell. Export the list again."
        )


def _ends_in_quotes(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _json_rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Records as rows under a header; row 2 is the first record.

    A file may give the same records under several headings; those under the key that holds most
    records are taken, the first such key where several hold as many.
    """
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"{path.name}: no valid JSON (line {error.lineno}, column {error.colno})."
        ) from error
    except RecursionError as error:
        raise UnreadableFileError(f"{path.name}: nested too deeply to be a list.") from error
    by_key: dict[str, list[dict[str, Any]]] = {}
    for key, record in _records(loaded):
        by_key.setdefault(key, []).append(record)
    if not by_key:
        raise UnreadableFileError(f"{path.name}: holds no list of records.")
    records = max(by_key.values(), key=len)
    columns = list(dict.fromkeys(key for record in records for key in record))
    rows = [[_text(record.get(column)) for column in columns] for record in records]
    return [(1, columns), *enumerate(rows, start=2)]


def _json_line_rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """One object a line under a header; row 2 is the first line."""
    records = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise UnreadableFileError(f"{path.name}: line {number} is no valid JSON.") from error
        if not isinstance(record, dict):
            raise UnreadableFileError(f"{path.name}: line {number} is no object.")
        records.append(record)
    columns = list(dict.fromkeys(key for record in records for key in record))
    rows = [[_text(record.get(column)) for column in columns] for record in records]
    return [(1, columns), *enumerate(rows, start=2)]


def _parquet_rows(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """Columns of a Parquet file as text under a header; row 2 is the first row."""
    import pyarrow

    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        raise UnreadableFileError(f"{path.name}: no valid Parquet file.") from error
    texts = [
        [_text(None if pd.isna(v) else v) for v in row] for row in frame.itertuples(index=False)
    ]
    return [(1, [str(c) for c in frame.columns]), *enumerate(texts, start=2)]


def _records(loaded: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a list that holds plain values only, with the key that the list stands at."""
    if isinstance(loaded, dict):
        for inner, value in loaded.items():
            yield from _records(value, str(inner))
    elif isinstance(loaded, list):
        for one in loaded:
            if isinstance(one, dict) and not any(isinstance(v, dict | list) for v in one.values()):
                yield key, one
            else:
                yield from _records(one, key)


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    return str(value)
