"""A build as a study reads it: tables, facts of the sources, and what happened to the rows."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.model import KEPT_IN_VAULT, KEPT_OPEN
from hrdresearch.privacy.vault import VaultProblem, is_open_file, is_stored, read_stored

if TYPE_CHECKING:
    import pandas as pd


KEPT_TABLES = 64  # tables of open builds that a process keeps in memory

MOST_KEPT = 10_000_000  # bytes of the largest file that ``keep_open_tables`` reads


class NoBuildError(FileNotFoundError):
    """There is no build of the study; the message says how to make one."""


class DamagedBuildError(RuntimeError):
    """A file of a build cannot be read; the message says how to make the build again."""


class RepeatedNameError(ValueError):
    """An object of a JSON file gives one name twice; the message is that name."""


def refuse_repeated_names(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Make a dict of a JSON object, for ``object_pairs_hook``; RepeatedNameError if a name stands twice.

    >>> refuse_repeated_names([("rows", 5), ("issues", 0)])
    {'rows': 5, 'issues': 0}
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RepeatedNameError(Counter(name for name, _ in pairs).most_common(1)[0][0])
    return found


@dataclass(frozen=True)
class Build:
    """One finished build of a study, read-only."""

    study: str
    build_id: str
    folder: Path

    def table(self, name: str) -> pd.DataFrame:
        """A table of the build as a DataFrame; a sealed table is decrypted.

        DamagedBuildError when its file cannot be read; VaultProblem without the identity.
        """
        path = self.folder / f"{name}.parquet"
        with self.raise_if_damaged(path.name):
            if not is_open_file(path):
                return _frame_of(read_stored(path))
            about = path.stat()
            # a copy that shares its values until one of the two is changed
            return _read_once(path, about.st_mtime_ns, about.st_size).copy(deep=False)

    def keep_open_tables(self) -> None:
        """Read the unsealed tables of moderate size, so that copies of this process share them."""
        for path in self.folder.glob("*.parquet"):
            if path.stat().st_size <= MOST_KEPT:
                self.table(path.stem)

    def columns(self, name: str, columns: list[str], words: list[str]) -> pd.DataFrame:
        """Some columns of a large table.

        words: text columns to load as categories, which takes less memory.
        """
        import pyarrow.parquet as pq

        path = self.folder / f"{name}.parquet"
        with self.raise_if_damaged(path.name):
            source = path if path.is_file() else io.BytesIO(read_stored(path))
            table = pq.read_table(source, columns=columns, read_dictionary=words)
            frame: pd.DataFrame = table.to_pandas(self_destruct=True, split_blocks=True)
            return frame

    @property
    def where_kept(self) -> str:
        """Where restricted lists of the build are kept, in words: in the vault, or outside it."""
        about = self.extras("build")
        return KEPT_OPEN if about and not about.get("is_sealed") else KEPT_IN_VAULT

    def facts(self) -> list[dict[str, Any]]:
        """Facts of each source list (source.yml, hash, demo or not), in the order of the build.

        Name and hash of the file are left out of a list that is not public by name: whoever holds a
        copy of the list could recognize it by them.
        """
        with self.raise_if_damaged("sources.json"):
            sources: list[dict[str, Any]] = self._json("sources.json")
            if all(source["policy"]["public_by_name"] for source in sources):
                return sources
            kept = dict.fromkeys(("file", "sha256"), self.where_kept)
            return [s | ({} if s["policy"]["public_by_name"] else kept) for s in sources]

    def extras(self, name: str) -> Any:
        """A further JSON file of the build, such as ``quality`` or ``overlap``; None when missing."""
        return self._json(f"{name}.json") if is_stored(self.folder / f"{name}.json") else None

    def sheet(self, name: str) -> pd.DataFrame | None:
        """A restricted sheet without names, as text; None where the build has none.

        VaultProblem without the identity, where the build is sealed.
        """
        import pandas as pd

        path = self.folder / "restricted" / f"{name}.csv"
        if not is_stored(path):
            return None
        with self.raise_if_damaged(path.name):
            return pd.read_csv(io.BytesIO(read_stored(path)), dtype=str, keep_default_na=False)

    def _json(self, name: str) -> Any:
        with self.raise_if_damaged(name):
            return json.loads(
                read_stored(self.folder / name), object_pairs_hook=refuse_repeated_names
            )

    @contextmanager
    def raise_if_damaged(self, name: str) -> Iterator[None]:
        """Any failure to read a file of the build becomes a DamagedBuildError."""
        try:
            yield
        except (VaultProblem, DamagedBuildError):
            raise
        except Exception as error:
            raise DamagedBuildError(
                f"{name} of build {self.build_id} is damaged or was cut short. Delete the folder "
                f"{self.folder}, then build {self.study} again"
            ) from error


def work_folder(work: str | Path | None = None) -> Path:
    """Work folder: the argument, else ``$HRD_WORK``, else data/processed of the project."""
    if work is None:
        work = os.environ.get("HRD_WORK") or _project_default()
    return Path(work)


def current_build(study: str, work: str | Path | None = None) -> Build:
    """The build that the ``current`` pointer names; NoBuildError when there is none."""
    folder = work_folder(work) / study
    pointer = folder / "current"
    if not pointer.is_file():
        raise NoBuildError(
            f"No build of study {study!r} in the work folder {folder.parent}. Make one with: "
            f"hrdresearch build {study} --source LIST=FILE --work {folder.parent}"
        )
    return named_build(study, pointer.read_text(encoding="utf-8").strip(), work)


def named_build(study: str, build_id: str, work: str | Path | None = None) -> Build:
    """The build with this id; NoBuildError when it has been removed."""
    folder = work_folder(work) / study / build_id
    if not (folder / "sources.json").is_file():
        raise NoBuildError(f"Build {build_id} of study {study!r} is not in {folder.parent}")
    return Build(study, build_id, folder)


def report_build_id(builds: Sequence[Build]) -> str:
    """Build id that a report carries: that of its only build, or a hash of several build ids."""
    ids = [build.build_id for build in builds]
    return ids[0] if len(ids) == 1 else hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16]


@lru_cache(maxsize=KEPT_TABLES)
def _read_once(path: Path, _changed: int, _size: int) -> pd.DataFrame:
    """An unsealed table, read once while its file stays the same; a brief asks for each several times."""
    return _frame_of(path.read_bytes())


def _frame_of(parquet: bytes) -> pd.DataFrame:
    import pandas as pd

    # without threads: a process may be copied after it has read a table
    return pd.read_parquet(
        io.BytesIO(parquet), "pyarrow", use_threads=False, to_pandas_kwargs={"use_threads": False}
    )


def _project_default() -> Path:
    """data/processed of the checkout that holds the notebook or the library."""
    for start in (Path.cwd(), Path(__file__)):
        for parent in (start, *start.parents):
            if (parent / "studies.yml").is_file():
                return parent / "data" / "processed"
    return Path("data/processed")
