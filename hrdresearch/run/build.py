"""Build: source files to the tables of a study; names leave, and nothing is lost.

``WORK/<study>/<build id>/`` holds one Parquet file a table, facts of the sources and what became
of the rows; ``restricted/`` beside them (names index, set-aside rows, issues, review sheets) never
leaves the work folder. The ``current`` pointer moves last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from hrdresearch.linkage import possible_duplicates, shared_names
from hrdresearch.privacy.keys import Key, pseudonym, study_key
from hrdresearch.privacy.names import NameEntry, build_index
from hrdresearch.vocab.labels import vocabulary_labels
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import replace_text, sha256, staged, write_json
from hrdresearch.run.registry import study_entry
from hrdresearch.run.version import code_version
from hrdresearch.run.restricted import require_vault_for
from hrdresearch.sources import Loaded, load, read_corrections
from hrdresearch.tables import TABLES



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
    entry = study_entry(study)
    if entry.table not in TABLES:
        raise RunError(f"Study {study} is over table {entry.table!r}, which no code builds yet")
    _check_files(files, work)
    home = work / study
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / ".build.lock", timeout=0)
    try:
        with lock:
            return _build_locked(study, entry.table, files, work, home)
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
        if not file.path.is_file():
            raise RunError(f"Source {file.slug}: there is no file {file.path}")
        require_vault_for(file.slug, file.path, work, file.is_demo)


def _build_locked(
    study: str, table: str, files: Sequence[SourceFile], work: Path, home: Path
) -> BuildResult:
    corrections = work / "corrections.yml"
    build_id = _build_id(files, corrections, table)
    folder = home / build_id
    if (folder / "quality.json").is_file():
        replace_text(home / "current", build_id + "\n")
        quality = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
        return BuildResult(build_id, folder, False, tuple(quality))
    given = read_corrections(corrections) if corrections.is_file() else None
    with ThreadPoolExecutor(1) as pool:
        # The key is made or read while the files are read.
        key_ready = pool.submit(study_key, study)
        loaded = [load(f.slug, f.path, corrections=given) for f in files]
        key = key_ready.result()
    with staged(folder) as staging:
        _write(staging, study, table, files, loaded, key)
    replace_text(home / "current", build_id + "\n")
    return BuildResult(build_id, folder, True, tuple(_quality(x) for x in loaded))


def _build_id(files: Sequence[SourceFile], corrections: Path, table: str) -> str:
    content = {
        "sources": [[f.slug, sha256(f.path), f.is_demo] for f in files],
        "code": code_version(),
        "corrections": sha256(corrections) if corrections.is_file() else None,
        "table": table,
    }
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def _write(
    staging: Path, study: str, table: str, files: Sequence[SourceFile],
    loaded: Sequence[Loaded], key: Key,
) -> None:
    model = TABLES[table]
    columns = list(model.to_schema().columns)
    frames = [_without_names(x, key, columns) for x in loaded]
    cases = model.validate(pd.concat(frames, ignore_index=True), lazy=True)
    cases.to_parquet(staging / f"{table}.parquet", index=False)
    demo = {f.slug: f.is_demo for f in files}
    write_json(staging / "sources.json", [
        {**x.facts.to_dict(), "is_demo": demo[x.facts.slug] or x.facts.is_demo,
         "sha256": x.sha256, "file": x.path.name, "layout": x.layout}
        for x in loaded
    ])
    write_json(staging / "overlap.json", _overlaps(loaded))
    write_json(staging / "build.json", {
        "study": study, "code": code_version(), "key_fingerprint": key.fingerprint,
        "table": table,
    })
    _write_restricted(staging / "restricted", loaded, key)
    write_json(staging / "quality.json", [_quality(x) for x in loaded])


def _without_names(loaded: Loaded, key: Key, columns: Sequence[str]) -> pd.DataFrame:
    """Rows of the table: a pseudonym comes, everything that names or describes a person leaves."""
    rows = loaded.accepted
    slug = loaded.facts.slug
    ids = [
        pseudonym(key, slug, str(record), str(row))
        for record, row in zip(rows["record_id"], rows["source_row"], strict=True)
    ]
    return rows.assign(victim_id=ids, source=slug)[list(columns)]


def _write_restricted(folder: Path, loaded: Sequence[Loaded], key: Key) -> None:
    folder.mkdir(mode=0o700)
    entries = [
        NameEntry(str(name), bool(is_person), None)
        for x in loaded
        for name, is_person in zip(
            x.accepted["name_as_published"], x.accepted["name_is_person"], strict=True
        )
        if str(name).strip()
    ]
    build_index(entries, key, vocabulary_labels()).save(folder / "names.index")
    for name, tables in (
        ("set_aside", [x.set_aside for x in loaded]),
        ("issues", [x.issues for x in loaded]),
        ("possible_duplicates", [possible_duplicates(x.accepted) for x in loaded]),
    ):
        pd.concat(tables, ignore_index=True).to_csv(folder / f"{name}.csv", index=False)


def _quality(loaded: Loaded) -> dict[str, Any]:
    return {
        "slug": loaded.facts.slug, "file": loaded.path.name, "layout": loaded.layout,
        "rows_in": loaded.rows_in, "accepted": len(loaded.accepted),
        "set_aside": len(loaded.set_aside), "issues": len(loaded.issues),
        "notes": list(loaded.notes),
    }


def _overlaps(loaded: Sequence[Loaded]) -> list[dict[str, Any]]:
    """Counts of names that stand in two public lists; a restricted list is never compared here."""
    pairs = []
    public = [x for x in loaded if x.facts.policy.public_by_name]
    for a, b in combinations(public, 2):
        shared = shared_names(a.accepted, b.accepted)
        pairs += [
            {"a": a.facts.slug, "b": b.facts.slug, **{str(k): v for k, v in row.items()}}
            for row in shared.to_dict("records")
        ]
    return pairs
