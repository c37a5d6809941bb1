"""A chunk of an archive: messages in the columns of the template, and rows that were set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

import pandas as pd

from hrdresearch.sources.posts.columns import COLUMNS, message_columns
from hrdresearch.sources.spec import SourceSpec, read_spec


@dataclass(frozen=True)
class Aside:
    """Why a row is not read. accounts: text in its columns of accounts, for the scan of reports."""

    reason: str
    accounts: frozenset[str] = field(default=frozenset(), repr=False)


NumberedRow: TypeAlias = tuple[int, Any]  # of the file, and its cells or an Aside


@dataclass(frozen=True)
class Chunk:
    """A part of an archive.

    cells: messages as text in the columns of the template; index: row of the file. aside: row and
    reason of each row that was set aside. layout: name of the layout of the archive.
    """

    cells: pd.DataFrame
    aside: tuple[tuple[int, str], ...] = ()
    accounts_aside: frozenset[str] = field(default=frozenset(), repr=False)
    layout: str = ""

    @property
    def rows_in(self) -> int:
        """Number of rows of the file in this chunk, those set aside included."""
        return len(self.cells) + len(self.aside)

    def messages(self) -> pd.DataFrame:
        """Columns as ``message_columns`` makes them, and source_row."""
        messages = message_columns(
            self.cells, {c: c for c in COLUMNS}, archive_spec().crosswalks["post_relation"]
        )
        return messages.assign(source_row=self.cells.index.to_numpy())


def make_chunks(
    rows: Iterable[NumberedRow],
    size: int,
    layout: str,
    table: Callable[[list[Any], list[int]], pd.DataFrame],
) -> Iterator[Chunk]:
    """Put rows into chunks of at most ``size``. table: makes a frame of cells from rows and their numbers."""
    left = iter(rows)
    while part := list(islice(left, size)):
        kept = [(n, row) for n, row in part if not isinstance(row, Aside)]
        aside = [(n, row) for n, row in part if isinstance(row, Aside)]
        yield Chunk(
            table([row for _, row in kept], [n for n, _ in kept]),
            tuple((n, row.reason) for n, row in aside),
            frozenset[str]().union(*(row.accounts for _, row in aside)),
            layout,
        )


@cache
def archive_spec() -> SourceSpec:
    """Content of source.yml of source ``posts``."""
    return read_spec("hrdresearch.sources.posts")
