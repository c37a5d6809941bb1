"""The files that a build writes: sealed when one of its lists is restricted, else open."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.account_handles import HandlesIndex
from hrdresearch.privacy.keys import KeyProblem, study_key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.vault import VaultProblem, read_stored, write_stored
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import write_json
from hrdresearch.tables import TABLES

HANDLES = "handles.index"


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

    def write_table(self, name: str, frame: pd.DataFrame) -> None:
        """Write a table of the study, as Parquet."""
        data = io.BytesIO()
        frame.to_parquet(data, index=False)
        write_stored(self.folder / f"{name}.parquet", data.getvalue(), self.recipient)

    def write_table_in_pieces(self, name: str, pieces: Iterable[pd.DataFrame]) -> None:
        """Write a table that is too large for memory, as Parquet, piece by piece."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path, schema = self.folder / f"{name}.parquet", TABLES[name].model.to_schema()
        sink: Any = path if self.recipient is None else io.BytesIO()
        writer = None
        for piece in pieces:
            table = pa.Table.from_pandas(piece, arrow_schema(schema), preserve_index=False)
            writer = writer or pq.ParquetWriter(sink, table.schema)
            writer.write_table(table)
        if writer is not None:
            writer.close()
        if self.recipient is not None:
            write_stored(path, sink.getvalue(), self.recipient)

    def write_restricted_bytes(self, name: str, data: bytes) -> None:
        """Write a restricted file from bytes; name: with its ending."""
        write_stored(self.folder / "restricted" / name, data, self.recipient)

    def write_facts(self, name: str, content: Any) -> None:
        """Write an open JSON file; it must hold facts and counts, never rows of persons."""
        write_json(self.folder / f"{name}.json", content)

    def write_sheet(self, name: str, frame: pd.DataFrame) -> None:
        """Write a restricted sheet, as CSV."""
        data = frame.to_csv(index=False).encode("utf-8")
        write_stored(self.folder / "restricted" / f"{name}.csv", data, self.recipient)

    def write_names_index(self, index: NamesIndex) -> None:
        """Write the names index, which is restricted."""
        write_stored(self.folder / "restricted" / "names.index", index.to_bytes(), self.recipient)


def arrow_schema(schema: Any) -> Any:
    """Arrow types of the columns of a table model, so that all pieces have the same types."""
    import pyarrow as pa

    empty = {
        name: pd.Series([], dtype="object" if c.dtype.type is str else c.dtype.type)
        for name, c in schema.columns.items()
    }
    fields = pa.Schema.from_pandas(pd.DataFrame(empty), preserve_index=False)
    return pa.schema([f.with_type(pa.string()) if f.type == pa.null() else f for f in fields])


def read_names_index(build_folder: Path) -> NamesIndex | None:
    """Names index of a build, or None when it has none.

    Raises RunError when the index is damaged, KeyProblem or VaultProblem when it cannot be opened.
    """
    path = build_folder / "restricted" / "names.index"
    if not path.is_file() and not path.with_name("names.index.age").is_file():
        return None
    try:
        names = NamesIndex.from_bytes(read_stored(path))
        handles = path.with_name(HANDLES)
        if not handles.is_file() and not handles.with_name(f"{HANDLES}.age").is_file():
            return names
        key = study_key(names.study, create=False)
        return HandlesIndex(names, key, read_stored(handles))
    except (KeyProblem, VaultProblem):
        raise
    except Exception as error:
        raise RunError(
            f"The names index in {build_folder} is damaged, so that nothing can be scanned with "
            "it. Delete that folder, then build again"
        ) from error
