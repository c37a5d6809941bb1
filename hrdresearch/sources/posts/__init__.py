"""Messages as an organization collected them, in the template or as a platform exports them.

A build reads an archive in chunks (``hrdresearch.sources.posts.archive_reader``), never as a whole.
This module reads a file of ordinary size at once, to check it before a build.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.posts.archive_reader import CHAT, KINDS, read_chunks
from hrdresearch.sources.posts.columns import (
    COLUMNS,
    message_columns,
    reasons_unusable,
    time_issues,
)
from hrdresearch.sources.reading import LARGEST_FILE, SEALED, Rows
from hrdresearch.sources.sheet import Sheet

AT_ONCE = 50_000


def read(path: Path) -> Rows:
    """Read an archive as rows in the columns of the template.

    A row that cannot be read has one empty cell. Raises UnreadableFileError for a file that is too
    large to be read at once; a build can read it.
    """
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: there is no such file.")
    if path.suffix == SEALED:
        raise UnreadableFileError(
            f"{path.name}: a sealed archive is read by a build only; look at an archive before you seal it."
        )
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFileError(
            f"{path.name}: larger than {LARGEST_FILE // 1_000_000} MB. A build reads it in parts; "
            "to look at it before, take its first lines."
        )
    rows: list[tuple[int, list[str]]] = [(0, list(COLUMNS))]  # row 1 of a chat is a message
    aside: dict[int, str] = {}
    layout = ""
    for chunk in read_chunks(path, AT_ONCE):
        layout = chunk.layout
        cells = chunk.cells.reindex(columns=list(COLUMNS), fill_value="").astype(str)
        rows += [(int(str(n)), list(r)) for n, r in zip(cells.index, cells.to_numpy(), strict=True)]
        rows += [(number, [""]) for number, _ in chunk.aside]
        aside |= dict(chunk.aside)
    kind = "txt" if layout == CHAT else KINDS[path.suffix.lower()]
    return Rows(path, kind, sha256_of(path), sorted(rows), layout=layout, aside=aside)


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``posts`` with text and accounts."""
    messages = message_columns(
        sheet.cells, {c: c for c in COLUMNS}, sheet.spec.crosswalks["post_relation"]
    )
    for rows, what, done in time_issues(messages):
        sheet.book.issues_at(rows, "time", what, done)
    why = reasons_unusable(messages)
    for row, reason in why[why != ""].items():
        sheet.book.set_aside(int(str(row)), str(reason))
    messages = messages[why == ""]
    return messages.assign(source_row=[int(i) for i in messages.index]).drop(columns="told_time")


def sha256_of(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal digits."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
