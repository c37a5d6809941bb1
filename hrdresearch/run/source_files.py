"""Finds the files to build from: named on the command line, or the invented demo lists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from hrdresearch.run.build import SourceFile
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import sha256
from hrdresearch.run.registry import project_folder

DEMO_LIST = "DEMO.yml"


def named_files(given: Sequence[str]) -> list[SourceFile]:
    """Source files from arguments ``LIST=FILE``; RunError for any other form.

    A file is marked as demo if DEMO.yml in its folder declares it with the same hash.
    """
    files = []
    for item in given:
        slug, equals, path = item.partition("=")
        if not equals or not slug or not path:
            raise RunError(
                f"--source must be LIST=FILE, such as global-witness=list.csv; not {item!r}"
            )
        file = Path(path).expanduser()
        files.append(SourceFile(slug.strip(), file, _is_demo(file)))
    return files


def demo_files(study: str) -> list[SourceFile]:
    """The demo lists of a study, declared by DEMO.yml in data/raw/demo or data/raw/demo/<study>.

    RunError if a file is missing or differs from the declared one.
    """
    demo = project_folder() / "data" / "raw" / "demo"
    folder = demo / study if (demo / study).is_dir() else demo
    entries = _read_declaration(folder)
    files = []
    for name, entry in entries.items():
        if entry.get("study", "killings") != study:
            continue
        path = folder / name
        if not path.is_file() or sha256(path) != entry["sha256"]:
            raise RunError(f"{name} in {folder} is not the demo file that {DEMO_LIST} declares")
        files.append(SourceFile(entry["source"], path, is_demo=True))
    if not files:
        raise RunError(f"{DEMO_LIST} in {folder} declares no list for study {study}")
    return files


def _is_demo(file: Path) -> bool:
    if not (file.parent / DEMO_LIST).is_file() or not file.is_file():
        return False
    entry = _read_declaration(file.parent).get(file.name)
    return entry is not None and sha256(file) == entry["sha256"]


def _read_declaration(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / DEMO_LIST
    if not path.is_file():
        raise RunError(f"There is no {DEMO_LIST} in {folder}: it declares which lists are invented")
    declared: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))["files"]
    return declared
