"""A chunk of an archive: messages in the columns of the template, and rows that were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from hrdresearch.sources.errors import UnknownLayoutError
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.posts.columns import COLUMNS, columns_of
from hrdresearch.sources.spec import SourceSpec, read_spec


@dataclass(frozen=True)
class Chunk:
    """Messages in the columns of the template (index: row), and the rows set aside, with why."""

    cells: pd.DataFrame
    aside: tuple[tuple[int, str], ...] = ()

    @property
    def rows_in(self) -> int:
        """Rows of the file that the chunk stands for."""
        return len(self.cells) + len(self.aside)

    def messages(self) -> pd.DataFrame:
        """Columns as ``columns_of`` makes them, and source_row."""
        held = columns_of(
            self.cells, {c: c for c in COLUMNS}, "", spec().crosswalks["post_relation"]
        )
        return held.assign(source_row=self.cells.index.to_numpy())


@cache
def spec() -> SourceSpec:
    """What source.yml of the archive says."""
    return read_spec("hrdresearch.sources.posts")


def layout_of(file: Path, columns: Sequence[str], kind: str) -> Layout:
    """Layout of source ``posts`` that an archive has; the one with most columns wins."""
    known = [x for x in spec().layouts if kind in x.kinds]
    found = [x for x in known if not x.missing(columns)]
    if found:
        return max(found, key=lambda x: len(x.columns))
    raise UnknownLayoutError(
        f"{file.name}: the archive has none of the layouts of source posts: "
        + "; ".join(f"{x.name} ({', '.join(x.columns)})" for x in known)
    )


def with_platform(cells: pd.DataFrame, platform: str) -> pd.DataFrame:
    """Cells with the platform of the layout where the archive names none."""
    if not platform:
        return cells
    if "platform" not in cells:
        return cells.assign(platform=platform)
    return cells.assign(platform=cells["platform"].where(cells["platform"] != "", platform))
