"""Sheets that a person filled in, and the decisions by hand that are kept of them (CSV in UTF-8)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.run.errors import RunError


def read_filled_sheet(file: Path, needed: Sequence[str], what: str) -> pd.DataFrame:
    """Read a filled sheet as text; an empty cell is "".

    needed: columns that the sheet must have. what: what the sheet is, for the message. Raises
    RunError when the file is no CSV in UTF-8, or lacks a column.
    """
    try:
        sheet = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as wrong:
        raise RunError(f"{file.name} cannot be read as a CSV file in UTF-8") from wrong
    if missing := [column for column in needed if column not in sheet.columns]:
        raise RunError(
            f"{file.name} lacks {', '.join(missing)}; {what} has the columns {', '.join(needed)}"
        )
    return sheet


def read_kept_rows(file: Path) -> list[dict[str, str]]:
    """Rows of a file of decisions, by column; none when nobody decided anything yet."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def last_decisions(file: Path, of: str, column: str) -> dict[str, str]:
    """Decisions that stand in a file, by the cell of column ``of``; the last one on each counts."""
    return {row[of]: row[column] for row in read_kept_rows(file)}
