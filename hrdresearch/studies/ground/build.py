"""A build as a study reads it: tables, facts of the sources, and what happened to the rows."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrdresearch.privacy.vault import VaultProblem

if TYPE_CHECKING:
    import pandas as pd


class NoBuildError(FileNotFoundError):
    """There is no build of the study; the message says how to make one."""


class DamagedBuildError(RuntimeError):
    """A file of a build cannot be read; the message says how to make the build again."""


@dataclass(frozen=True)
class Build:
    """One finished build of a study, read-only."""

    study: str
    build_id: str
    folder: Path

    def table(self, name: str) -> pd.DataFrame:
        """A table of the build, with the column types of its model; a sealed one is opened."""
        import io

        import pandas as pd

        from hrdresearch.privacy.vault import read_stored

        with self.damage_told(f"{name}.parquet"):
            return pd.read_parquet(io.BytesIO(read_stored(self.folder / f"{name}.parquet")))

    def columns(self, name: str, columns: list[str], words: list[str]) -> pd.DataFrame:
        """These columns of a large table; words as categories, so that memory stays small."""
        import io

        import pyarrow.parquet as pq

        from hrdresearch.privacy.vault import read_stored

        path = self.folder / f"{name}.parquet"
        with self.damage_told(path.name):
            source = path if path.is_file() else io.BytesIO(read_stored(path))
            table = pq.read_table(source, columns=columns, read_dictionary=words)
            frame: pd.DataFrame = table.to_pandas(self_destruct=True, split_blocks=True)
            return frame

    def facts(self) -> list[dict[str, Any]]:
        """Facts of each source as the build recorded them, in the order they were given."""
        with self.damage_told("sources.json"):
            return [{**source} for source in self._json("sources.json")]

    def extras(self, name: str) -> Any:
        """A further JSON file of the build (quality, overlap); None when it has none."""
        path = self.folder / f"{name}.json"
        return self._json(f"{name}.json") if path.is_file() else None

    def _json(self, name: str) -> Any:
        with self.damage_told(name):
            return json.loads((self.folder / name).read_text(encoding="utf-8"))

    @contextmanager
    def damage_told(self, name: str) -> Iterator[None]:
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
    build_id = pointer.read_text(encoding="utf-8").strip()
    return named_build(study, build_id, work)


def named_build(study: str, build_id: str, work: str | Path | None = None) -> Build:
    """The build with this id; NoBuildError when it has been removed."""
    folder = work_folder(work) / study / build_id
    if not (folder / "sources.json").is_file():
        raise NoBuildError(f"Build {build_id} of study {study!r} is not in {folder.parent}")
    return Build(study, build_id, folder)


def one_id(builds: Sequence[Build]) -> str:
    """Id of what a report was made from: of one build its own, of several a hash of theirs."""
    ids = [build.build_id for build in builds]
    return ids[0] if len(ids) == 1 else hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16]


def _project_default() -> Path:
    """data/processed of the checkout that the notebook or the library stands in."""
    for start in (Path.cwd(), Path(__file__)):
        for parent in (start, *start.parents):
            if (parent / "studies.yml").is_file():
                return parent / "data" / "processed"
    return Path("data/processed")
