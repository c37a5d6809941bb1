"""Empties a person's rows in the file of a list itself (CSV or XLSX), open or sealed."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path
from typing import Any

from hrdresearch.privacy.vault import (
    identity_path,
    is_sealed,
    recipient_of,
    seal_bytes,
    write_whole_file,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.sealed_lists import opener_for
from hrdresearch.sources.reading import Rows, read_rows


def read_raw(path: Path) -> Rows:
    """Read the file of a list; RunError if it is not a CSV file in UTF-8 or an XLSX file."""
    rows = read_rows(path, opener=opener_for(path))
    if rows.kind not in ("csv", "xlsx"):
        raise RunError(
            f"{path.name}: rows can be emptied in CSV and XLSX files only; empty them by hand"
        )
    return rows


def empty_rows(path: Path, numbers: Collection[int]) -> None:
    """Empty all cells of these rows and write the file again; a sealed file stays sealed.

    The rows stay, without content, so that other rows keep their numbers and therefore their pseudonyms.
    RunError, without a change of the file, if another row would change.
    """
    before = read_raw(path)
    content = opener_for(path)(path)
    is_text = before.kind == "csv"
    data = _empty_in_csv(before, numbers) if is_text else _empty_in_workbook(content, numbers)
    after = read_rows(path, opener=lambda _: data)
    if after.rows != [(number, cells) for number, cells in before.rows if number not in numbers]:
        raise RunError(
            f"{path.name} could not be written without changing other rows, so it was not changed. "
            "Empty the row by hand in the program that made the file"
        )
    identity = identity_path()
    if is_sealed(path) and identity is not None:
        data = seal_bytes(data, recipient_of(identity))
    with write_whole_file(path) as file:
        file.write(data)


def _empty_in_csv(rows: Rows, numbers: Collection[int]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=rows.delimiter, lineterminator="\n")
    held = dict(rows.rows)
    for number in range(1, max(held) + 1):
        writer.writerow([] if number in numbers else held.get(number, []))
    return out.getvalue().encode("utf-8")


def _empty_in_workbook(content: bytes, numbers: Collection[int]) -> bytes:
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = [
        s for s in book.worksheets if any(c.value is not None for r in s.iter_rows() for c in r)
    ]
    for number in sorted(numbers):
        for cell in sheets[0][number]:
            empty: Any = cell
            empty.value = empty.comment = empty.hyperlink = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
