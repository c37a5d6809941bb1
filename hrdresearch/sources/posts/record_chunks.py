"""Chunks of archives of JSON lines (read line by line), JSON (as a whole) and Parquet (in batches)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.posts.chunk import Chunk, archive_layout, fill_platform
from hrdresearch.sources.posts.columns import COLUMNS
from hrdresearch.sources.posts.platform_exports import message_row, messages_in
from hrdresearch.sources.reading import LARGEST_CELL, LARGEST_FILE, SEALED

FIRST_ROW = 2
BROKEN_JSON = "The line is no JSON object."
NO_OBJECT = "The record is no object."
TOO_LONG = f"A cell holds more than {LARGEST_CELL:,} characters."


def json_records(file: Path, stream: BinaryIO, kind: str) -> Iterator[Any]:
    """Records of JSON lines, or of a whole JSON file; None stands for a broken line.

    Raises UnreadableFileError for a JSON file that is too large or not valid.
    """
    if kind == "jsonl":
        for line in stream:
            if line.strip():
                try:
                    yield from messages_in(json.loads(line))
                except (ValueError, RecursionError):
                    yield None
        return
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(
            f"{file.name}: larger than {LARGEST_FILE // 1_000_000} MB and in one piece. Save it "
            "as JSON lines (one message a line, .jsonl), which can be read in parts."
        )
    try:
        yield from messages_in(json.loads(content))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{file.name}: no valid JSON.") from error


def chunks_of_records(file: Path, records: Iterator[Any], size: int) -> Iterator[Chunk]:
    """Objects by the layout of the first that has one."""
    facts: Any = None
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    aside: list[tuple[int, str]] = []
    for number, record in enumerate(records, start=FIRST_ROW):
        if not isinstance(record, dict):
            aside.append((number, BROKEN_JSON if record is None else NO_OBJECT))
        else:
            facts = facts or archive_layout(file, list(record), "jsonl").facts
            row = _as_row(record, facts)
            if any(len(c) > LARGEST_CELL for c in row.values()):
                aside.append((number, TOO_LONG))
            else:
                rows.append(row)
                numbers.append(number)
        if len(rows) + len(aside) == size:
            yield Chunk(_frame(rows, numbers), tuple(aside))
            rows, numbers, aside = [], [], []
    if rows or aside:
        yield Chunk(_frame(rows, numbers), tuple(aside))


def _as_row(record: dict[str, Any], facts: Any) -> dict[str, str]:
    if "paths" in facts:
        return message_row(record, facts)
    row = {ours: _cell(record.get(theirs)) for ours, theirs in facts["columns"].items()}
    row["platform"] = row.get("platform") or str(facts["platform"])
    return row


def _frame(rows: list[dict[str, str]], numbers: list[int]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=numbers, columns=list(COLUMNS), dtype="object").fillna("")


def chunks_of_parquet(file: Path, stream: BinaryIO, size: int) -> Iterator[Chunk]:
    """Chunks of a Parquet file, one batch in memory; a sealed one is opened whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        is_sealed = str(file).endswith(SEALED)
        parquet = pq.ParquetFile(io.BytesIO(stream.read()) if is_sealed else file)
        layout = archive_layout(file, parquet.schema_arrow.names, "parquet")
        nested = "paths" in layout.facts and any(
            pa.types.is_nested(column.type) for column in parquet.schema_arrow
        )
        names: dict[str, str] = layout.facts.get("columns", {})
        if nested or not names:
            records = (r for batch in parquet.iter_batches(size) for r in batch.to_pylist())
            yield from chunks_of_records(file, records, size)
            return
        known = parquet.schema_arrow.names
        at = {ours: theirs for ours, theirs in names.items() if theirs in known}
        first = FIRST_ROW
        for batch in parquet.iter_batches(size, columns=list(at.values())):
            cells = batch.to_pandas()[list(at.values())].set_axis(list(at), axis=1)
            cells.index = pd.Index(np.arange(first, first + len(cells)))
            first += len(cells)
            yield Chunk(fill_platform(_texts(cells), str(layout.facts["platform"])))
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{file.name}: no valid Parquet file.") from error


def _texts(cells: pd.DataFrame) -> pd.DataFrame:
    """Every column as text; numbers that lost their whole form to empty cells get it back."""
    for name in cells.columns:
        if pd.api.types.is_float_dtype(cells[name]):
            cells[name] = cells[name].astype("Int64")
        if not pd.api.types.is_object_dtype(cells[name]):
            cells[name] = cells[name].astype("object").where(cells[name].notna(), "").astype(str)
    return cells.fillna("")


def _cell(value: Any) -> str:
    return "" if value is None or (isinstance(value, float) and np.isnan(value)) else str(value)
