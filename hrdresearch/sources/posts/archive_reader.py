"""Reads an archive in chunks, in the columns of the template; large archives need little memory.

CSV, JSON lines and JSON are read piece by piece, and Parquet in batches; workbooks, chats and web pages
are read as a whole. A broken line is set aside with its reason, and the others are read. Rows are
numbered as in a spreadsheet: the first below the header is 2.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pandas as pd

from hrdresearch.sources.csv_text import SWALLOWED, holds_swallowed_rows
from hrdresearch.sources.errors import UnknownLayoutError, UnreadableFileError
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.posts.account_archive import records_of_account
from hrdresearch.sources.posts.chat_text import (
    chat_records,
    is_chat,
    order_of_dates,
    page_records,
    table_time,
)
from hrdresearch.sources.posts.chunk import Aside, Chunk, NumberedRow, archive_spec, make_chunks
from hrdresearch.sources.posts.columns import COLUMNS
from hrdresearch.sources.posts.json_records import records_of_lines, records_of_value
from hrdresearch.sources.posts.mapping import (
    inner_records,
    message_row,
    message_table,
    places_of,
    reason_aside,
)
from hrdresearch.sources.posts.own_layouts import archive_layout
from hrdresearch.sources.reading import KINDS as KINDS_OF_LISTS
from hrdresearch.sources.reading import LARGEST_CELL, LARGEST_FILE, SEALED, read_rows
from hrdresearch.sources.table_size import refuse_width

StreamOpener: TypeAlias = Callable[[Path], BinaryIO]
KINDS = KINDS_OF_LISTS | {".html": "html", ".htm": "html", ".js": "json", ".zip": "zip"}
TEMPLATE = "posts_template"
CHAT, PAGE = "chat_text", "facebook_page"  # layouts whose files are no tables and no objects
FIRST_ROW = 2
DEEPEST = 3  # points in the longest name of a member that is taken apart
GLANCE = 100  # rows that are looked at to see how times are written
IN_NUMBERS = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")  # 04/05/2023
LOOKED_AT = 10_000  # most records that are read to find one with a known layout
NEUTRAL = re.compile(r"chat(?:-\d+)?\.txt")
BEGINNING = 4_000  # bytes at the beginning by which a chat is told from a table
MOST_WORDS = 4  # most words in the name of an account, in a broken row
BROKEN_CSV = "The row has not as many cells as the header: a broken line?"
NOT_UTF8 = "The row is not UTF-8."
_MARKED = re.compile("[\udc80-\udcff]")  # bytes that are not UTF-8, as the reader marks them
BROKEN_JSON = "The line is no JSON object."
NO_OBJECT = "The record is no object."
NO_PAGE = (
    "no comment and no message of Facebook's download was found in the page. A page saved "
    "by a browser is not read: ask Facebook for your data (Download your information, format HTML), "
    "unpack the file, and give its page of comments (comments.html) or of messages (message_1.html)."
)
TOO_LONG = f"A cell holds more than {LARGEST_CELL:,} characters."


def read_chunks(file: Path, size: int, opener: StreamOpener | None = None) -> Iterator[Chunk]:
    """Read an archive in chunks of at most ``size`` messages.

    opener: opens a file for reading bytes; needed for a sealed file. Raises SourceError when the
    file cannot be used at all.
    """
    opener = opener or _open
    kind = KINDS.get(Path(file.name.removesuffix(SEALED)).suffix.lower(), "")
    chat = _layout_named(CHAT)
    if _is_chat(file, opener):
        kind = "txt"
    with opener(file) as stream:
        if kind == "parquet":
            yield from _chunks_of_parquet(file, stream, size)
        elif kind == "csv":

            def from_the_beginning() -> Iterator[tuple[int, list[str]]]:
                with opener(file) as again:
                    yield from _csv_lines(file, again)

            yield from _chunks_of_table(file, _csv_lines(file, stream), from_the_beginning, size)
        elif kind in ("xlsx", "xls"):
            content = stream.read()
            rows = read_rows(file, opener=lambda _: content).rows
            yield from _chunks_of_table(file, iter(rows), lambda: iter(rows), size)
        elif kind == "txt":
            text = _whole(file, stream).decode("utf-8", "replace")
            found = (
                (n, Aside(r) if isinstance(r, str) else r)
                for n, r in chat_records(text, chat.facts)
            )
            yield from _chunks_of_records(found, chat, size)
        elif kind == "html":
            page = _layout_named(PAGE)
            blocks = list(page_records(io.BytesIO(_whole(file, stream)), page.facts))
            if not blocks:
                raise UnreadableFileError(f"{file.name}: {NO_PAGE}")
            yield from _chunks_of_records(enumerate(blocks, FIRST_ROW), page, size)
        elif kind in ("jsonl", "json", "zip"):
            records = _records(file, stream, kind)
            try:
                layout, numbered = _find_layout(file, records)
                yield from _chunks_of_records(numbered, layout, size)
            except (ValueError, RecursionError) as error:
                raise UnreadableFileError(f"{file.name}: no valid JSON.") from error
        else:
            raise UnreadableFileError(f"{file.name}: expected one of {', '.join(KINDS)}.")


def name_to_seal(file: Path, folder: Path) -> str:
    """Name under which a file is sealed in a folder: that of a chat is neutral, any other stays.

    WhatsApp names a chat after the other person. chat.txt, chat-2.txt and so on are neutral.
    """
    if not file.is_file() or NEUTRAL.fullmatch(file.name) or not _is_chat(file, _open):
        return file.name
    names = chain(["chat.txt"], (f"chat-{number}.txt" for number in count(2)))
    return next(name for name in names if not (folder / (name + SEALED)).exists())


def _is_chat(file: Path, opener: StreamOpener) -> bool:
    if Path(file.name.removesuffix(SEALED)).suffix.lower() != ".txt":
        return False
    with opener(file) as stream:
        beginning = stream.read(BEGINNING).decode("utf-8", "replace")
    return is_chat(beginning, _layout_named(CHAT).facts)


def columns_of_archive(file: Path, opener: StreamOpener | None = None) -> list[str]:
    """Columns of a table, or members of the first object; inner ones as ``a.b``, in a list ``a[].b``."""
    kind = KINDS.get(Path(file.name.removesuffix(SEALED)).suffix.lower(), "")
    with (opener or _open)(file) as stream:
        if kind == "csv":
            return [name.strip() for name in next(_csv_lines(file, stream))[1]]
        if kind in ("json", "jsonl"):
            records = _records(file, stream, kind)
            first = next((r for r in records if isinstance(r, dict)), {})
            return [column for name in first for column in _columns_within(name, first[name])]
    return [name.strip() for name in read_rows(file, opener=Path.read_bytes).rows[0][1]]


def cells_at_the_beginning(file: Path, opener: StreamOpener | None = None) -> dict[str, list[str]]:
    """First cells of each column of a CSV; nothing for a file of another kind."""
    if KINDS.get(Path(file.name.removesuffix(SEALED)).suffix.lower()) != "csv":
        return {}
    with (opener or _open)(file) as stream:
        (_, header), *rows = islice(_csv_lines(file, stream), 1 + GLANCE)
    return {
        name.strip(): [cells[i] for _, cells in rows if i < len(cells)]
        for i, name in enumerate(header)
    }


def _columns_within(name: str, value: Any) -> list[str]:
    """Places of the members of an object, or of the objects of a list; else the name itself."""
    mark, inner = ("[].", value[0]) if isinstance(value, list) and value else (".", value)
    if not isinstance(inner, dict) or not inner or name.count(".") >= DEEPEST:
        return [name]
    return [c for member in inner for c in _columns_within(f"{name}{mark}{member}", inner[member])]


def _open(file: Path) -> BinaryIO:
    return file.open("rb")


def _whole(file: Path, stream: BinaryIO) -> bytes:
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(
            f"{file.name}: larger than {LARGEST_FILE // 1_000_000} MB. Export it in parts, or as JSON."
        )
    return content


def _records(file: Path, stream: BinaryIO, kind: str) -> Iterator[Any]:
    if kind == "zip":
        is_sealed = file.name.endswith(SEALED)
        packed = io.BytesIO(_whole(file, stream)) if is_sealed else stream
        return records_of_account(file.name, packed)
    return records_of_lines(stream) if kind == "jsonl" else records_of_value(stream)


def _layout_named(name: str) -> Layout:
    return next(layout for layout in archive_spec().layouts if layout.name == name)


def _find_layout(file: Path, records: Iterable[Any]) -> tuple[Layout, Iterator[NumberedRow]]:
    """Layout of the first record that has one, and all records with their numbers.

    An export may begin with records of another kind, such as notices of the service.
    """
    left = enumerate(records, FIRST_ROW)
    is_archive = file.name.removesuffix(SEALED).lower().endswith((".js", ".zip"))
    kind = "js" if is_archive else "jsonl"
    seen: list[NumberedRow] = []
    unknown: dict[tuple[str, ...], UnknownLayoutError] = {}
    for number, record in islice(left, LOOKED_AT):
        seen.append((number, record))
        if isinstance(record, dict) and tuple(record) not in unknown:
            try:
                return archive_layout(file, record, kind), chain(seen, left)
            except UnknownLayoutError as error:
                unknown[tuple(record)] = error
    if unknown:
        raise next(iter(unknown.values()))
    return _layout_named(TEMPLATE), chain(seen, left)


def _chunks_of_records(rows: Iterable[NumberedRow], layout: Layout, size: int) -> Iterator[Chunk]:
    def as_table(rows: list[Any], numbers: list[int]) -> pd.DataFrame:
        return pd.DataFrame(rows, index=numbers, columns=list(COLUMNS), dtype="object").fillna("")

    place = layout.facts["paths"]["text"][0]
    if "[]" in place:  # the list holds the messages
        inner = (one for _, record in rows for one in inner_records(record, place))
        rows = enumerate(inner, FIRST_ROW)
    mapped = ((number, _mapped(record, layout.facts)) for number, record in rows)
    return make_chunks(mapped, size, layout.name, as_table)


def _mapped(record: Any, facts: Mapping[str, Any]) -> dict[str, str] | Aside:
    if isinstance(record, Aside):
        return record
    if not isinstance(record, dict):
        return Aside(BROKEN_JSON if record is None else NO_OBJECT)
    row = message_row(record, facts)
    if why := reason_aside(record, facts):
        return Aside(why, _accounts(row.get("author", ""), row.get("target", "")))
    return Aside(TOO_LONG) if any(len(c) > LARGEST_CELL for c in row.values()) else row


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
    for number in count(FIRST_ROW):
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


def _chunks_of_table(
    file: Path,
    lines: Iterator[tuple[int, list[str]]],
    again: Callable[[], Iterator[tuple[int, list[str]]]],
    size: int,
) -> Iterator[Chunk]:
    header = [name.strip() for name in next(lines, (0, []))[1]]
    layout = archive_layout(file, header, "csv")
    header = layout.named(header)
    facts = layout.facts
    at = [
        header.index(place)
        for ours in ("author", "target")
        for place in facts["paths"].get(ours, ())
        if place in header
    ]

    def checked(cells: list[str]) -> list[str] | Aside:
        why = _misfit(cells, len(header))
        return Aside(why, _accounts(*(cells[i] for i in at if i < len(cells)))) if why else cells

    first = list(islice(lines, GLANCE))
    times = [header.index(place) for place in facts["paths"].get("time", ()) if place in header]
    order, chat = None, _layout_named(CHAT).facts
    if any(IN_NUMBERS.match(cells[i]) for _, cells in first for i in times if i < len(cells)):
        order = order_of_dates((c[i] for _, c in again() for i in times if i < len(c)), chat)

    def as_table(rows: list[Any], numbers: list[int]) -> pd.DataFrame:
        cells = pd.DataFrame(rows, columns=header, index=numbers, dtype="object")
        table = message_table(cells, facts)
        if order:
            table["time"] = [table_time(told, order, chat) or told for told in table["time"]]
        return table

    numbered = ((n, checked(cells)) for n, cells in chain(first, lines))
    yield from make_chunks(numbered, size, layout.name, as_table)


def _accounts(*cells: str) -> frozenset[str]:
    """Accounts in a row that is set aside: short cells in the columns of accounts."""
    found = {cell.encode("utf-8", "replace").decode().strip() for cell in cells}
    return frozenset(cell for cell in found if cell and len(cell.split()) <= MOST_WORDS)


def _misfit(cells: list[str], width: int) -> str:
    if len(cells) != width:
        return BROKEN_CSV
    row = "".join(cells)
    if len(row) > LARGEST_CELL and any(len(c) > LARGEST_CELL for c in cells):
        return TOO_LONG
    return NOT_UTF8 if not row.isascii() and _MARKED.search(row) else ""


def _chunks_of_parquet(file: Path, stream: BinaryIO, size: int) -> Iterator[Chunk]:
    """Chunks of a Parquet file, one batch in memory; a sealed one is opened whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        is_sealed = str(file).endswith(SEALED)
        parquet = pq.ParquetFile(io.BytesIO(stream.read()) if is_sealed else file)
        schema = parquet.schema_arrow
        layout = archive_layout(file, schema.names, "parquet")
        if any(pa.types.is_nested(column.type) for column in schema):
            records = (r for batch in parquet.iter_batches(size) for r in batch.to_pylist())
            yield from _chunks_of_records(enumerate(records, FIRST_ROW), layout, size)
            return
        first = FIRST_ROW
        places = [name for name in schema.names if name in places_of(layout.facts)]
        for batch in parquet.iter_batches(size, columns=places):
            cells = _texts(batch.to_pandas())
            cells.index = pd.RangeIndex(first, first + len(cells))
            first += len(cells)
            yield Chunk(message_table(cells, layout.facts), layout=layout.name)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{file.name}: no valid Parquet file.") from error


def _texts(cells: pd.DataFrame) -> pd.DataFrame:
    """Every column as text; whole numbers that empty cells turned into 1.0 are written as 1 again."""
    for name in cells.columns:
        if pd.api.types.is_float_dtype(cells[name]) and (cells[name].dropna() % 1 == 0).all():
            cells[name] = cells[name].astype("Int64")
        if not pd.api.types.is_object_dtype(cells[name]):
            cells[name] = cells[name].astype("object").where(cells[name].notna(), "").astype(str)
    return cells.fillna("")
