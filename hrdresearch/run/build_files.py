"""The files that a build writes: sealed when one of its lists is restricted, else open."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.account_handles import HandlesIndex
from hrdresearch.privacy.keys import KeyProblem, study_key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.vault import VaultProblem, is_stored, read_stored, write_stored
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.sealed_lists import Keeping
from hrdresearch.sources import SourceFacts
from hrdresearch.tables import TABLES

HANDLES = "handles.index"
FILES = "files"


class Store:
    """Writes the files of a build; with a recipient, rows, counts, sheets and names index are sealed.

    Facts of the sources are never sealed: they hold no rows and no numbers of persons.
    """

    def __init__(self, folder: Path, keeping: Keeping) -> None:
        self.folder = folder
        self.keeping = keeping
        self.recipient = keeping.recipient
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
        """Write an unsealed JSON file; it may hold facts of lists, never rows or numbers of persons."""
        write_json(self.folder / f"{name}.json", content)

    def write_extra(self, name: str, content: Any) -> None:
        """Write a JSON file that is sealed if the build is sealed."""
        data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
        write_stored(self.folder / f"{name}.json", data, self.recipient)

    def write_sheet(self, name: str, frame: pd.DataFrame) -> None:
        """Write a restricted sheet, as CSV."""
        data = frame.to_csv(index=False).encode("utf-8")
        write_stored(self.folder / "restricted" / f"{name}.csv", data, self.recipient)

    def write_names_index(self, index: NamesIndex) -> None:
        """Write the names index, which is restricted."""
        write_stored(self.folder / "restricted" / "names.index", index.to_bytes(), self.recipient)


def facts_of_source(facts: SourceFacts, is_demo: bool) -> dict[str, Any]:
    """Facts of a source; for invented cases, publisher, title and citation say "invented"."""
    described = {**facts.to_dict(), "is_demo": is_demo}
    if is_demo:
        described |= {
            "publisher": f"{facts.publisher} (invented)",
            "title": f"{facts.title} (invented cases in its format)",
            "citation": f"Invented cases in the format of: {facts.citation}",
            "definition": f"Invented cases. The list whose format they have counts: "
            f"{facts.definition}",
            "coverage": f"Invented. Of the list whose format it has: {facts.coverage}",
        }
    elif facts.policy.leaves is not None:
        described["citation"] += "; basis recorded"  # a build is refused without one
    return described


def files_of_build(folder: Path) -> list[dict[str, Any]]:
    """Facts of the lists of a build, with hash, folder and name of their files.

    Those of a restricted list are sealed; VaultProblem while the vault is locked.
    """
    facts = read_json(folder / "sources.json")
    path = folder / f"{FILES}.json"
    kept = json.loads(read_stored(path)) if is_stored(path) else {}
    return [{**one, **kept.get(one["slug"], {})} for one in facts]


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
    """Read the names index of a build; None if the build has none.

    RunError if the index is damaged, KeyProblem or VaultProblem if it cannot be opened.
    """
    path = build_folder / "restricted" / "names.index"
    if not is_stored(path):
        return None
    try:
        data = read_stored(path)
        names = NamesIndex.from_bytes(data)
        names.digest = hashlib.sha256(data).hexdigest()
        handles = path.with_name(HANDLES)
        if not is_stored(handles):
            return names
        key = study_key(names.study, create=False)
        data += (told := read_stored(handles))
        names.digest = hashlib.sha256(data).hexdigest()
        return HandlesIndex(names, key, told)
    except (KeyProblem, VaultProblem):
        raise
    except Exception as error:
        raise RunError(
            f"The names index in {build_folder} is damaged, so reports cannot be searched for names. "
            "Delete that folder, then build again"
        ) from error
