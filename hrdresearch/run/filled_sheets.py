"""Reads sheets that a person filled in, and keeps the decisions in them (CSV in UTF-8).

Decisions on a study whose build is sealed are sealed too. While the vault is open, the copy in its
folder is the one that counts.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import (
    VaultProblem,
    identity_path,
    is_stored,
    read_stored,
    recipient_of,
    sealed_name,
    write_stored,
)
from hrdresearch.privacy.vault_session import copy_in_memory
from hrdresearch.run.errors import RunError
from hrdresearch.run.sealed_lists import recipient_of_study

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_filled_sheet(file: Path, needed: Sequence[str], what: str) -> pd.DataFrame:
    """Read a filled sheet as text; an empty cell is "".

    needed: columns that the sheet must have. what: name of the sheet, for the message. RunError if the
    file is not CSV in UTF-8, or lacks a column.
    """
    try:
        sheet = pd.read_csv(io.BytesIO(read_stored(file)), dtype=str, keep_default_na=False)
    except (OSError, ValueError) as wrong:
        raise RunError(f"{file.name} cannot be read as a CSV file in UTF-8") from wrong
    if missing := [column for column in needed if column not in sheet.columns]:
        raise RunError(
            f"{file.name} lacks {', '.join(missing)}; {what} has the columns {', '.join(needed)}"
        )
    return sheet


def read_kept_rows(file: Path) -> list[dict[str, str]]:
    """Read the rows of a file of decisions (column -> cell); no file: no rows."""
    if not is_stored(file):
        return []
    return list(csv.DictReader(io.StringIO(read_stored(file).decode("utf-8-sig"), newline="")))


def last_decisions(file: Path, of: str, column: str) -> dict[str, str]:
    """Read decisions: cell of column ``of`` -> cell of ``column``; the last row with a cell counts."""
    return {row[of]: row[column] for row in read_kept_rows(file)}


def write_kept(file: Path, text: str, home: Path, recipient: str | None = None) -> None:
    """Write decisions, readable by their owner only; sealed if the build of the study is sealed.

    home: ``WORK/<study>``. recipient: public key to seal for if the study has no build yet.
    """
    data = text.encode("utf-8")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (home / "current").is_file() or recipient is None:
        recipient = recipient_of_study(home)
    if recipient is None and sealed_name(file).is_file():  # it stays sealed beside an open build
        if (identity := identity_path()) is None:
            raise VaultProblem(
                f"{file.name} of {home.name} is sealed, and there is no identity to seal it for."
            )
        recipient = recipient_of(identity)
    if recipient is None:
        write_private(file, data)
        return
    copy = copy_in_memory(file)
    if copy is not None:
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(copy, data)
    write_stored(file, data, recipient)


def write_private(file: Path, data: bytes) -> None:
    """Write a file that no other user of the machine can read at any time."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    file.chmod(0o600)


def no_formula(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> no_formula("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def table_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as CSV text with a header; cells of other columns are left out."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
