"""Finds and empties a person's rows in the file of a list itself (CSV or XLSX), open or sealed.

In a file with several tables (a casebook), all rows of the person are found from some of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from contextlib import suppress
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
from hrdresearch.sources import SourceError
from hrdresearch.sources.own_folder import own_files
from hrdresearch.sources.reading import Rows, read_rows
from hrdresearch.sources.registry import get_spec, list_layouts, read_with_layout


def read_raw(path: Path, slugs: Collection[str] = ()) -> Rows:
    """Read the file of a list; RunError if it is not a CSV file in UTF-8 or an XLSX file.

    slugs: lists that it may hold; of a workbook, the sheet that these lists are read from is taken.
    """
    rows = read_rows(path, opener=opener_for(path), sheet=sheet_read(path, slugs))
    if rows.kind not in ("csv", "xlsx"):
        raise RunError(
            f"{path.name}: rows can be emptied in CSV and XLSX files only; empty them by hand"
        )
    return rows


def sheet_read(path: Path, slugs: Collection[str]) -> str:
    """Number of the sheet that own lists are read from; "" for the first; RunError if they are of several."""
    found = set()
    for slug in {*slugs} & set(own_files()):
        with suppress(SourceError):
            found.add(read_with_layout(get_spec(slug), path, opener_for(path))[0].sheet)
    if len(found) > 1:
        raise RunError(
            f"{path.name}: several lists are read from sheets of it. Empty the rows by hand in the program "
            "that made the file"
        )
    return next((str(number) for number in found if number), "")


def empty_rows(path: Path, numbers: Collection[int], slugs: Collection[str] = ()) -> None:
    """Empty all cells of these rows and write the file again; a sealed file stays sealed.

    The rows stay, without content, so that other rows keep their numbers and therefore their pseudonyms.
    RunError, without a change of the file, if another row would change.
    """
    before = read_raw(path, slugs)
    content = opener_for(path)(path)
    is_text = before.kind == "csv"
    data = (
        _empty_in_csv(before, numbers)
        if is_text
        else _empty_in_workbook(content, numbers, before.sheet)
    )
    after = read_rows(path, opener=lambda _: data, sheet=str(before.sheet or ""))
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


def _empty_in_workbook(content: bytes, numbers: Collection[int], sheet: int) -> bytes:
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(io.BytesIO(content))
    held = book[book.sheetnames[sheet - 1]]
    for number in sorted(numbers):
        for cell in held[number]:
            empty: Any = cell
            empty.value = empty.comment = empty.hyperlink = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_rows_of_person(
    rows: Rows, slugs: Collection[str], numbers: Collection[int]
) -> frozenset[int]:
    """Numbers of all rows of the same persons, in any table of the file, with the given numbers.

    slugs: lists that the file may belong to; their layouts name the column of the person (``person``).
    """
    found = set(numbers)
    header = rows.rows[0][1]
    for column in _person_columns(slugs) & set(header):
        at = header.index(column)
        persons = {cells[at] for n, cells in rows.rows if n in found and len(cells) > at} - {""}
        found |= {n for n, cells in rows.rows if len(cells) > at and cells[at] in persons}
    return frozenset(found)


def _person_columns(slugs: Collection[str]) -> set[str]:
    columns = set()
    for slug in slugs:
        try:
            columns |= {layout.person for layout in list_layouts(slug)} - {""}
        except SourceError:
            continue  # a list that is no longer defined
    return columns
