"""Version of the code: a build or a report is made again when the code that shapes it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hrdresearch import __version__

CODE_FOLDERS = (
    "clean",
    "coding",
    "linkage",
    "privacy",
    "run/steps",
    "sources",
    "tables",
    "vocab",
)
CODE_FILES = (
    *("run/build.py", "run/consents.py", "run/left_out.py", "run/linked_persons.py"),
    *("run/make_tables.py", "studies/ground/linked.py"),
)


def code_version() -> str:
    """Version of the code that shapes a build: release and hash of its modules and vocabularies."""
    root = Path(__file__).parents[1]
    found = [root / name for name in CODE_FILES]
    for folder in CODE_FOLDERS:
        found += sorted(p for p in (root / folder).rglob("*") if p.suffix in (".py", ".yml"))
    return _version_of(found)


@cache
def program_version() -> str:
    """Version of the whole program, pages and texts included: release and hash of all its files."""
    root = Path(__file__).parents[1]
    return _version_of(
        sorted(p for p in root.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".pyo"))
    )


def _version_of(files: Iterable[Path]) -> str:
    root, digest = Path(__file__).parents[1], hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"
