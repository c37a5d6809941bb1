"""Reads an archive in chunks, in the columns of the template; large archives need little memory.

CSV and JSON lines are read line by line, and Parquet in batches; JSON and workbooks are read as a
whole, because they cannot be read in parts. A broken line is set aside with its reason, and the
others are read. Rows are numbered as in a spreadsheet: the first below the header is 2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeAlias

import pandas as pd

from hrdresearch.sources.csv_text import SWALLOWED, holds_swallowed_rows
from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.posts.chunk import Chunk, archive_layout, fill_platform
from hrdresearch.sources.posts.record_chunks import (
    TOO_LONG,
    chunks_of_parquet,
    chunks_of_records,
    json_records,
)
from hrdresearch.sources.reading import KINDS, LARGEST_CELL, SEALED, read_rows
from hrdresearch.sources.table_size import refuse_width

StreamOpener: TypeAlias = Callable[[Path], BinaryIO]
MOST_WORDS = 4  # of the name of an account in a broken row
BROKEN_CSV = "The row has not as many cells as the header: a broken line?"
NOT_UTF8 = "The row is not UTF-8."


def read_chunks(file: Path, size: int, opener: StreamOpener | None = None) -> Iterator[Chunk]:
    """Read an archive in chunks of at most ``size`` messages.

    opener: opens a file for reading bytes; needed for a sealed file. Raises SourceError when the
    file cannot be used at all.
    """
    kind = KINDS.get(Path(file.name.removesuffix(SEALED)).suffix.lower(), "")
    stream = (opener or _open)(file)
    with stream:
        if kind == "parquet":
            yield from chunks_of_parquet(file, stream, size)
        elif kind == "csv":
            yield from _of_table(file, _csv_lines(file, stream), size)
        elif kind in ("jsonl", "json"):
            yield from chunks_of_records(file, json_records(file, stream, kind), size)
        elif kind in ("xlsx", "xls"):
            content = stream.read()
            rows = read_rows(file, opener=lambda _: content).rows
            yield from _of_table(file, ((n, c) for n, c in rows), size)
        else:
            raise UnreadableFileError(f"{file.name}: expected one of {', '.join(KINDS)}.")


def _open(file: Path) -> BinaryIO:
    return file.open("rb")


def _csv_lines(file: Path, stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Rows of a CSV; bytes that are not UTF-8 are marked, so that only their row is set aside."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    header = text.readline()
    if not header.strip():
        raise UnreadableFileError(f"{file.name}: the file is empty, or begins with an empty line.")
    delimiter = max(",;\t|", key=header.count)
    csv.field_size_limit(LARGEST_CELL * 10)  # a quotation mark never closed may not fill memory
    names = next(csv.reader([header], delimiter=delimiter))
    refuse_width(file.name, len(names))
    yield 1, names
    reader = csv.reader(text, delimiter=delimiter)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFileError(
                f"{file.name}: near row {number} a cell does not end: a quotation mark is opened "
                "and never closed. Export the archive again."
            ) from error
        if holds_swallowed_rows(cells, len(names), delimiter):
            raise UnreadableFileError(SWALLOWED.format(file.name, number))
        if any(cells):
            yield number, cells


def _of_table(file: Path, lines: Iterator[tuple[int, list[str]]], size: int) -> Iterator[Chunk]:
    header = [name.strip() for name in next(lines, (0, []))[1]]
    names = archive_layout(file, header, "csv").facts
    at = {
        ours: header.index(theirs) for ours, theirs in names["columns"].items() if theirs in header
    }
    platform = str(names["platform"])
    rows: list[list[str]] = []
    numbers: list[int] = []
    aside: list[tuple[int, str]] = []
    accounts: set[str] = set()
    for number, cells in lines:
        if why := _misfit(cells, len(header)):
            aside.append((number, why))
            accounts |= _accounts(cells, at)
        else:
            rows.append([cells[i] for i in at.values()])
            numbers.append(number)
        if len(rows) + len(aside) == size:
            chunk = _table_chunk(rows, list(at), numbers, platform, aside)
            yield replace(chunk, accounts_aside=frozenset(accounts))
            rows, numbers, aside, accounts = [], [], [], set()
    if rows or aside:
        chunk = _table_chunk(rows, list(at), numbers, platform, aside)
        yield replace(chunk, accounts_aside=frozenset(accounts))


def _accounts(cells: list[str], at: Mapping[str, int]) -> set[str]:
    """Accounts of a broken row: cells in the columns of accounts that are no sentence."""
    places = [at[c] for c in ("author", "target") if c in at and at[c] < len(cells)]
    found = {cells[i].encode("utf-8", "replace").decode().strip() for i in places}
    return {cell for cell in found if len(cell.split()) <= MOST_WORDS}


def _table_chunk(
    rows: list[list[str]],
    columns: list[str],
    numbers: list[int],
    platform: str,
    aside: list[tuple[int, str]],
) -> Chunk:
    cells = pd.DataFrame(rows, columns=columns, index=numbers, dtype="object")
    return Chunk(fill_platform(cells, platform), tuple(aside))


def _misfit(cells: list[str], width: int) -> str:
    if len(cells) != width:
        return BROKEN_CSV
    if any(len(c) > LARGEST_CELL for c in cells):
        return TOO_LONG
    return NOT_UTF8 if any("\udc80" <= s <= "\udcff" for c in cells for s in c) else ""
