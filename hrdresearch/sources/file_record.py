"""Record of one file: every row set aside and every value corrected, emptied or doubted."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from hrdresearch.sources.notes import Note

SET_ASIDE_COLUMNS = ["file", "row", "reason"]
ISSUE_COLUMNS = ["file", "row", "column", "what", "done"]


class Book:
    """Collects what happens to the rows and values of one file while it is cleaned.

    A row is kept out with ``set_aside``, a value is reported with ``issue``, and a sentence about
    the whole file is added with ``note``. Never write a person's data into these texts.

    >>> book = Book("list.csv")
    >>> book.set_aside(3, "The row has no name.")
    >>> book.set_aside_frame().to_dict("records")
    [{'file': 'list.csv', 'row': 3, 'reason': 'The row has no name.'}]
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.headings: dict[str, str] = {}  # fields of a user's own list -> columns of the file
        self._aside: dict[int, str] = {}
        self._issues: list[tuple[str, int, str, str, str]] = []
        self._notes: list[Note] = []

    def set_aside(self, row: int, reason: str) -> None:
        """Keep a row out of the table, with the reason; a later reason for the row is ignored."""
        for field, heading in self.headings.items():
            reason = reason.replace(f"Column {field!r}", f"Column {heading!r}")
        self._aside.setdefault(int(row), reason)

    def issue(self, row: int, column: str, what: str, done: str) -> None:
        """Record that a value was corrected, emptied or doubted.

        row: row of the file as a spreadsheet shows it; 0 means the whole file. what: what is wrong
        with the value. done: what was done with it ("emptied").
        """
        heading = self.headings.get(column, column)
        self._issues.append((self.file, int(row), heading, what, done))

    def issues_at(self, rows: Iterable[int], column: str, what: str, done: str) -> None:
        """Record the same issue for several rows."""
        for row in rows:
            self.issue(row, column, what, done)

    def take_back(self, rows: Iterable[int], column: str) -> None:
        """Take back the issues of a column in these rows, because the column is not asked of them."""
        gone, heading = set(map(int, rows)), self.headings.get(column, column)
        self._issues = [i for i in self._issues if not (i[1] in gone and i[2] == heading)]

    def note(self, words: str, **values: int | str) -> None:
        """Add a sentence about the whole file, which the page prints.

        words: the sentence, with ``{name}`` where a value stands. values: the values by name.
        """
        self._notes.append(Note.of(words, **values))

    @property
    def rows_aside(self) -> set[int]:
        """Rows set aside so far."""
        return set(self._aside)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Sentences about the whole file."""
        return tuple(self._notes)

    def set_aside_frame(self) -> pd.DataFrame:
        """Rows set aside, in the order of the file."""
        rows = [(self.file, row, reason) for row, reason in sorted(self._aside.items())]
        return pd.DataFrame(rows, columns=SET_ASIDE_COLUMNS)

    def issues_frame(self) -> pd.DataFrame:
        """Issues in the order of the file."""
        rows = sorted(self._issues, key=lambda issue: (issue[1], issue[2]))
        return pd.DataFrame(rows, columns=ISSUE_COLUMNS)
