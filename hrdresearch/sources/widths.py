"""How large a table may be: what is no ordinary list is refused before it fills the memory."""

from __future__ import annotations

from hrdresearch.sources.errors import UnreadableFileError

MOST_COLUMNS = 2_000
LARGEST_SHEET = 20_000_000  # cells from the first to the last; a reader makes room for all of them


def refuse_width(file: str, columns: int, row: int = 1) -> None:
    """UnreadableFileError where a row has more cells than any list has columns."""
    if columns > MOST_COLUMNS:
        raise UnreadableFileError(
            f"{file}: row {row} has {columns:,} cells, and a list has at most {MOST_COLUMNS:,} "
            "columns. Are rows and columns exchanged, or line ends lost? Export the list again."
        )


def refuse_size(file: str, rows: int, columns: int) -> None:
    """UnreadableFileError where a table has more cells than memory has room for."""
    if rows * columns > LARGEST_SHEET:
        raise UnreadableFileError(
            f"{file}: {rows:,} rows of {columns:,} columns are more than {LARGEST_SHEET:,} cells. "
            "Keep the columns of the published format, or split the file."
        )
