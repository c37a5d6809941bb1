"""Corrections by hand, from corrections.yml; each fails when the value it expects has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.sources.errors import CorrectionError
from hrdresearch.sources.file_record import Book
from hrdresearch.sources.layout import Table

KEYS = ("source", "row", "column", "expected", "value", "reason")


def read_corrections(path: Path, content: bytes | None = None) -> list[dict[str, Any]]:
    """Read a corrections.yml: an entry for each correction, with the keys of ``KEYS``.

    An absent file has no entries. content: what is in the file, where it is sealed. Raises
    CorrectionError for a file that is not YAML, or an entry that lacks a key.
    """
    if content is None:
        content = path.read_bytes() if path.is_file() else b""
    try:
        loaded = yaml.safe_load(content.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path.name}: cannot be read as YAML in UTF-8.") from error
    entries = loaded or []
    if not isinstance(entries, list):
        raise CorrectionError(f"{path.name}: expected a list of corrections.")
    for number, entry in enumerate(entries, start=1):
        missing = [k for k in KEYS if not isinstance(entry, Mapping) or k not in entry]
        if missing:
            raise CorrectionError(f"{path.name}: entry {number} lacks {', '.join(missing)}.")
    return [dict(entry) for entry in entries]


def apply_corrections(table: Table, corrections: Iterable[Mapping[str, Any]], book: Book) -> Table:
    """Apply the corrections of the table's source to its cells; each is an issue in the book.

    Raises CorrectionError when the row or column does not exist, or the cell no longer has the
    expected value.
    """
    cells = table.cells.copy()
    for entry in corrections:
        if entry["source"] != table.layout.source:
            continue
        row, column = int(entry["row"]), str(entry["column"])
        where = f"correction of {table.path.name}, row {row}, column {column!r}"
        if row not in cells.index or column not in cells.columns:
            raise CorrectionError(f"The {where}: the file has no such row or column.")
        if _on_one_line(cells.at[row, column]) != _on_one_line(entry["expected"]):
            raise CorrectionError(
                f"The {where}: the file no longer holds the expected value. Look at the new value, "
                "then change or delete the correction."
            )
        cells.at[row, column] = str(entry["value"])
        book.issue(row, column, f"Corrected by hand: {entry['reason']}", "the given value is taken")
    return replace(table, cells=cells)


def _on_one_line(value: Any) -> str:
    return " ".join(str(value).split())
