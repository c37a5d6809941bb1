"""What a build writes: open files, or sealed ones where a restricted list is among its sources."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.names import NamesIndex
from hrdresearch.privacy.vault import read_stored, write_stored
from hrdresearch.run.files import write_json


class Store:
    """Writes the files of a build; with a recipient, rows, sheets and names index are sealed.

    Facts of the sources, counts of rows and extras hold no row of a person and stay open.
    """

    def __init__(self, folder: Path, recipient: str | None) -> None:
        self.folder = folder
        self.recipient = recipient
        (folder / "restricted").mkdir(mode=0o700)

    @property
    def is_sealed(self) -> bool:
        """Whether rows are sealed."""
        return self.recipient is not None

    def table(self, name: str, frame: pd.DataFrame) -> None:
        """A table of the study, as Parquet."""
        data = io.BytesIO()
        frame.to_parquet(data, index=False)
        write_stored(self.folder / f"{name}.parquet", data.getvalue(), self.recipient)

    def json(self, name: str, content: Any) -> None:
        """Facts, never rows of persons."""
        write_json(self.folder / f"{name}.json", content)

    def sheet(self, name: str, frame: pd.DataFrame) -> None:
        """A restricted sheet, as CSV."""
        data = frame.to_csv(index=False).encode("utf-8")
        write_stored(self.folder / "restricted" / f"{name}.csv", data, self.recipient)

    def index(self, index: NamesIndex) -> None:
        """The names index."""
        write_stored(self.folder / "restricted" / "names.index", index.to_bytes(), self.recipient)


def names_index(build_folder: Path) -> NamesIndex | None:
    """Names index of a build, or None when the work folder does not hold it."""
    path = build_folder / "restricted" / "names.index"
    if not path.is_file() and not path.with_name("names.index.age").is_file():
        return None
    return NamesIndex.from_bytes(read_stored(path))
