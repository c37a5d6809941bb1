"""Messages as an organization collected them, in the template or as a platform exports them.

A build reads an archive in chunks (``hrdresearch.sources.posts.chunks``) and never whole. What
stands here reads a file of ordinary size in one go, to look at it before a build.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.posts.chunks import read_chunks
from hrdresearch.sources.posts.columns import COLUMNS, columns_of, issues, reasons
from hrdresearch.sources.reading import KINDS, LARGEST_FILE, Rows
from hrdresearch.sources.sheet import Sheet

AT_ONCE = 50_000


def read(path: Path) -> Rows:
    """Rows in the columns of the template; a row that could not be read has no cells to speak of.

    UnreadableFileError for a file that is too large to be looked at whole; a build takes it.
    """
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: there is no such file.")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFileError(
            f"{path.name}: larger than {LARGEST_FILE // 1_000_000} MB. A build reads it in parts; "
            "to look at it before, take its first lines."
        )
    rows: list[tuple[int, list[str]]] = []
    for chunk in read_chunks(path, AT_ONCE):
        cells = chunk.cells.reindex(columns=list(COLUMNS), fill_value="").astype(str)
        rows += [(int(str(n)), list(r)) for n, r in zip(cells.index, cells.to_numpy(), strict=True)]
        rows += [(number, [""]) for number, _ in chunk.aside]
    kind = KINDS.get(path.suffix.lower(), "")
    return Rows(path, kind, sha256_of(path), [(1, list(COLUMNS)), *sorted(rows)])


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``posts`` with text and accounts."""
    held = columns_of(
        sheet.cells, {c: c for c in COLUMNS}, "", sheet.spec.crosswalks["post_relation"]
    )
    for rows, what, done in issues(held):
        sheet.book.issues_at(rows, "time", what, done)
    why = reasons(held)
    for row, reason in why[why != ""].items():
        sheet.book.set_aside(int(str(row)), str(reason))
    held = held[why == ""]
    return held.assign(source_row=[int(i) for i in held.index]).drop(columns="told_time")


def sha256_of(path: Path) -> str:
    """Hash of the file."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
