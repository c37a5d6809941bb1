"""Largest size of a table; a larger one is refused before it fills the memory."""

from __future__ import annotations

from hrdresearch.sources.errors import UnreadableFileError

MOST_COLUMNS = 2_000
LARGEST_SHEET = 20_000_000  # cells from the first to the last; a reader makes room for all of them


def refuse_width(file: str, columns: int, row: int = 1) -> None:
    """Raise UnreadableFileError if a row has more than ``MOST_COLUMNS`` cells."""
    if columns > MOST_COLUMNS:
        raise UnreadableFileError(
            f"{file}: row {row} has {columns:,} cells, and a list has at most {MOST_COLUMNS:,} "
            "columns. Are rows and columns exchanged, or line ends lost? Export the list again."
        )


def refuse_size(file: str, rows: int, columns: int) -> None:
    """Raise UnreadableFileError if a table has more than ``LARGEST_SHEET`` cells."""
    if rows * columns > LARGEST_SHEET:
        raise UnreadableFileError(
            f"{file}: {rows:,} rows of {columns:,} columns are more than {LARGEST_SHEET:,} cells. "
            "Keep the columns of the published format, or split the file."
        )
