"""Versions of the code; a build or a report is made again when the code that shapes it has changed."""

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
    "names",
    "privacy",
    "run/steps",
    "sources",
    "tables",
    "text",
    "vocab",
)
CODE_FILES = (
    *("run/build.py", "run/consents.py", "run/left_out.py", "run/linked_persons.py"),
    *("run/make_tables.py", "run/stated_basis.py", "stats/sampling.py", "studies/ground/linked.py"),
)


@cache
def code_version() -> str:
    """Version of the code that shapes a build: release and hash of its modules and vocabularies."""
    return f"{__version__}+{_hash(_of_builds())}"


@cache
def program_version() -> str:
    """Version of the whole program, pages and texts included: release and hash of all its files."""
    return f"{__version__}+{_hash(_of_program())}"


@cache
def code_parts() -> dict[str, str]:
    """Hashes of three parts of the program: ``modules``, ``vocabulary`` and ``report`` (the rest).

    The first two are the modules and vocabularies that shape a build.
    Two editions are compared by these hashes, to see which part of the program has changed.
    """
    builds = _of_builds()
    reference = Path(__file__).parents[2] / "data" / "reference"
    rest = [path for path in _of_program() if path not in set(builds)]
    parts = {
        "modules": [path for path in builds if path.suffix == ".py"],
        "vocabulary": [path for path in builds if path.suffix == ".yml"],
        "report": [*rest, *sorted(p for p in reference.rglob("*") if p.is_file())],
    }
    return {name: _hash(files) for name, files in parts.items()}


def _of_builds() -> list[Path]:
    root = Path(__file__).parents[1]
    found = [root / name for name in CODE_FILES]
    for folder in CODE_FOLDERS:
        found += sorted(p for p in (root / folder).rglob("*") if p.suffix in (".py", ".yml"))
    return found


def _of_program() -> list[Path]:
    files = Path(__file__).parents[1].rglob("*")
    return sorted(p for p in files if p.is_file() and p.suffix not in (".pyc", ".pyo"))


def _hash(files: Iterable[Path]) -> str:
    root, digest = Path(__file__).parents[2], hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().removeprefix("hrdresearch/").encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
