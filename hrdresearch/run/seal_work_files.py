"""Seals unencrypted work files of a study whose build is sealed: files of open builds or old versions."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Set
from pathlib import Path

from hrdresearch.findings.model import KEPT_IN_VAULT
from hrdresearch.privacy.keys import PSEUDONYM_CHARACTERS, study_key
from hrdresearch.privacy.vault import SUFFIX, is_stored, write_stored
from hrdresearch.privacy.withdraw import MARKS
from hrdresearch.run.build_files import FILES
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.internal import neutral_name
from hrdresearch.run.run_folders import EXECUTED
from hrdresearch.run.sealed_lists import CORRECTIONS, Keeping
from hrdresearch.run.withdrawn_names import NAMES
from hrdresearch.sources import read_corrections

_NEUTRAL = re.compile(f"[0-9a-f]{{{PSEUDONYM_CHARACTERS}}}")


def seal_work_files(home: Path, slugs: Set[str], keeping: Keeping) -> tuple[str, ...]:
    """Seal unencrypted files beside a sealed build: decisions, releases, withdrawals, corrections.

    home: ``WORK/<study>``. slugs: lists of the build. Returns the paths of the sealed files.
    """
    if keeping.recipient is None:
        return ()
    open_files = [
        home / "decisions.csv",
        home / MARKS,
        home / NAMES,
        home / "lineage.json",
        *(home / "decisions").rglob("*"),
    ]
    open_files += (home / "superseded").rglob("*")  # exact editions, see run.migrate
    open_files += (home / "released").glob("*/*.json")
    # Earlier versions left counts of rows unencrypted beside sealed builds.
    builds = {path.parent for path in home.glob(f"*/*.parquet{SUFFIX}")}
    open_files += [build / "quality.json" for build in sorted(builds)]
    # The name of an executed notebook could reveal parameters; the next run keeps a new notebook.
    for notebook in (home / EXECUTED).glob("*.ipynb"):
        notebook.unlink()
    corrections = home.parent / CORRECTIONS
    if any(entry["source"] in slugs for entry in read_corrections(corrections)):
        open_files.append(corrections)
    found = [f for f in dict.fromkeys(open_files) if f.is_file() and not f.name.endswith(SUFFIX)]
    for file in found:
        write_stored(file, file.read_bytes(), keeping.recipient)
        file.unlink()
    hashes = [b / "sources.json" for b in sorted(builds) if _seal_hashes(b, keeping.recipient)]
    renamed = _names_of_scopes(home)
    return tuple(p.relative_to(home.parent).as_posix() for p in (*found, *hashes, *renamed))


def _seal_hashes(build: Path, recipient: str) -> bool:
    """Seal the hashes of restricted lists that an earlier version left open; False if there were none."""
    path = build / "sources.json"
    if not path.is_file() or is_stored(build / f"{FILES}.json"):
        return False
    facts, day = read_json(path), path.stat()
    kept = [f for f in facts if not f["policy"]["public_by_name"] and not f["is_demo"]]
    hashes = {f["slug"]: {"sha256": f["sha256"]} for f in kept}
    write_stored(build / f"{FILES}.json", json.dumps(hashes).encode(), recipient)
    for one in kept:
        one["sha256"] = KEPT_IN_VAULT
    draft = path.with_suffix(".partial")
    write_json(draft, facts)
    os.utime(draft, (day.st_atime, day.st_mtime))  # retention counts from this day
    draft.replace(path)
    return bool(kept)


def _names_of_scopes(home: Path) -> Iterator[Path]:
    """Rename folders of internal reports whose name reveals the parameters; yields the new paths."""
    for folder in sorted((home.parent / "internal" / home.name).glob("*/")):
        neutral = folder.with_name(neutral_name(study_key(home.name), folder.name))
        if not _NEUTRAL.fullmatch(folder.name) and not neutral.exists():
            folder.rename(neutral)
            yield neutral
