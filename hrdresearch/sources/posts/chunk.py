"""A chunk of an archive: messages in the columns of the template, and rows that were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnknownLayoutError
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.posts.columns import COLUMNS, message_columns
from hrdresearch.sources.spec import SourceSpec, read_spec


@dataclass(frozen=True)
class Chunk:
    """A part of an archive.

    cells: messages as text in the columns of the template; index: row of the file. aside: row and
    reason of each row that was set aside; accounts_aside: what stands where such rows have their accounts,
    for the scan of reports.
    """

    cells: pd.DataFrame
    aside: tuple[tuple[int, str], ...] = ()
    accounts_aside: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def rows_in(self) -> int:
        """Number of rows of the file in this chunk, those set aside included."""
        return len(self.cells) + len(self.aside)

    def messages(self) -> pd.DataFrame:
        """Columns as ``message_columns`` makes them, and source_row."""
        messages = message_columns(
            self.cells, {c: c for c in COLUMNS}, "", archive_spec().crosswalks["post_relation"]
        )
        return messages.assign(source_row=self.cells.index.to_numpy())


@cache
def archive_spec() -> SourceSpec:
    """Content of source.yml of source ``posts``."""
    return read_spec("hrdresearch.sources.posts")


def archive_layout(file: Path, columns: Sequence[str], kind: str) -> Layout:
    """Layout of source ``posts`` that fits the columns; of several, the one with most columns.

    Raises UnknownLayoutError, which lists the layouts of that kind of file.
    """
    known = [x for x in archive_spec().layouts if kind in x.kinds]
    found = [x for x in known if not x.missing(columns)]
    if found:
        return max(found, key=lambda x: len(x.columns))
    raise UnknownLayoutError(
        f"{file.name}: the archive has none of the layouts of source posts: "
        + "; ".join(f"{x.name} ({', '.join(x.columns)})" for x in known)
    )


def fill_platform(cells: pd.DataFrame, platform: str) -> pd.DataFrame:
    """Cells with the name of the platform filled in where the archive gives none."""
    if not platform:
        return cells
    if "platform" not in cells:
        return cells.assign(platform=platform)
    return cells.assign(platform=cells["platform"].where(cells["platform"] != "", platform))
