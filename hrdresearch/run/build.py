"""Build: source files to the tables of a study; names leave, and nothing is lost.

``WORK/<study>/<build id>/`` holds one Parquet file a table, facts of the sources and what became
of the rows; ``restricted/`` beside them (names index, set-aside rows, issues, review sheets) never
leaves the work folder. What a study does between cleaned rows and its tables (coding, linkage,
pseudonyms) stands in ``hrdresearch.run.steps``. The ``current`` pointer moves last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from hrdresearch.privacy.keys import Key, study_key
from hrdresearch.privacy.names import build_index
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import content_hash, replace_text, sha256, staged, write_json
from hrdresearch.run.registry import study_entry
from hrdresearch.run.restricted import require_vault_for
from hrdresearch.run.steps import Built, steps_of
from hrdresearch.run.version import code_version
from hrdresearch.sources import Loaded, load, read_corrections
from hrdresearch.tables import TABLES
from hrdresearch.vocab.labels import vocabulary_labels


@dataclass(frozen=True)
class SourceFile:
    """One list to build from: its slug, its file, and whether its persons are invented."""

    slug: str
    path: Path
    is_demo: bool = False


@dataclass(frozen=True)
class BuildResult:
    """What a build made: where it is, and one line a source for the person who started it."""

    build_id: str
    folder: Path
    is_new: bool
    quality: tuple[Mapping[str, Any], ...]


def build(study: str, files: Sequence[SourceFile], work: Path) -> BuildResult:
    """Build ``study`` from source files into ``work``; the same input gives the same build id.

    Raises RunError (and the readers' SourceError) with a researcher's words; BusyError when
    another build of the study is at work. On failure the current build stays.
    """
    study_entry(study)
    _check_files(files, work)
    home = work / study
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / ".build.lock", timeout=0)
    try:
        with lock:
            return _build_locked(study, files, work, home)
    except Timeout:
        raise BusyError(
            f"Another build of {study} is at work in {work}; wait for it, then build again"
        ) from None


def _check_files(files: Sequence[SourceFile], work: Path) -> None:
    if not files:
        raise RunError("No source given: name at least one as --source LIST=FILE")
    slugs = [f.slug for f in files]
    twice = sorted({s for s in slugs if slugs.count(s) > 1})
    if twice:
        raise RunError(
            f"{', '.join(twice)} is given twice; a report takes one vintage of a list"
        )
    for file in files:
        if not file.path.exists():
            raise RunError(f"Source {file.slug}: there is no file or folder {file.path}")
        require_vault_for(file.slug, file.path, work, file.is_demo)


def _build_locked(
    study: str, files: Sequence[SourceFile], work: Path, home: Path
) -> BuildResult:
    corrections = work / "corrections.yml"
    build_id = _build_id(study, files, corrections, home / "decisions")
    folder = home / build_id
    if (folder / "quality.json").is_file():
        replace_text(home / "current", build_id + "\n")
        quality = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
        return BuildResult(build_id, folder, False, tuple(quality))
    key = study_key(study)
    given = read_corrections(corrections) if corrections.is_file() else None
    loaded = [load(f.slug, f.path, corrections=given) for f in files]
    built = steps_of(study)(loaded, key, home / "decisions")
    with staged(folder) as staging:
        _write(staging, study, files, loaded, built, key)
    replace_text(home / "current", build_id + "\n")
    return BuildResult(build_id, folder, True, tuple(_quality(x) for x in loaded))


def _build_id(
    study: str, files: Sequence[SourceFile], corrections: Path, decisions: Path
) -> str:
    """Hash of all that shapes a build: files, code, corrections and decisions by hand."""
    content = {
        "study": study,
        "sources": [[f.slug, content_hash(f.path), f.is_demo] for f in files],
        "code": code_version(),
        "corrections": sha256(corrections) if corrections.is_file() else None,
        "decisions": content_hash(decisions) if decisions.is_dir() else None,
    }
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def _write(
    staging: Path, study: str, files: Sequence[SourceFile], loaded: Sequence[Loaded],
    built: Built, key: Key,
) -> None:
    for name, frame in built.tables.items():
        checked = TABLES[name].model.validate(frame, lazy=True)
        checked.to_parquet(staging / f"{name}.parquet", index=False)
    demo = {f.slug: f.is_demo for f in files}
    write_json(staging / "sources.json", [
        {**x.facts.to_dict(), "is_demo": demo[x.facts.slug] or x.facts.is_demo,
         "sha256": x.sha256, "file": x.path.name, "layout": x.layout}
        for x in loaded
    ])
    for name, extra in built.extras.items():
        write_json(staging / f"{name}.json", extra)
    restricted = staging / "restricted"
    restricted.mkdir(mode=0o700)
    build_index(built.names, key, vocabulary_labels()).save(restricted / "names.index")
    sheets = {
        "set_aside": pd.concat([x.set_aside for x in loaded], ignore_index=True),
        "issues": pd.concat([x.issues for x in loaded], ignore_index=True),
        **built.restricted,
    }
    for name, sheet in sheets.items():
        sheet.to_csv(restricted / f"{name}.csv", index=False)
    write_json(staging / "build.json", {
        "study": study, "code": code_version(), "key_fingerprint": key.fingerprint,
        "tables": list(built.tables),
    })
    write_json(staging / "quality.json", [_quality(x) for x in loaded])


def _quality(loaded: Loaded) -> dict[str, Any]:
    return {
        "slug": loaded.facts.slug, "file": loaded.path.name, "layout": loaded.layout,
        "rows_in": loaded.rows_in, "accepted": len(loaded.accepted),
        "set_aside": len(loaded.set_aside), "issues": len(loaded.issues),
        "notes": list(loaded.notes),
    }
