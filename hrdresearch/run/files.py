"""Writes files in one step, so that no reader sees half a file; reads them with checks; hashes them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.run.errors import RunError, WrongWordsError
from hrdresearch.run.run_folders import temporary_run_folder
from hrdresearch.studies.ground.build import RepeatedNameError, refuse_repeated_names

# The keys that each file must have, and their types.
SHAPES: Mapping[str, Mapping[str, type]] = {
    "manifest.json": {"study": str, "builds": list, "files": dict},
    "signature.json": {"role": str, "public_key": str, "signature": str},
    "pending.json": {"edition": str, "home": str, "stage": str},
    "claims.json": {"builds": dict, "claims": dict, "printed": list},
}


def sha256(path: Path) -> str:
    """SHA-256 of the content of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_hash(path: Path) -> str:
    """SHA-256 of a file, or of the names and hashes of all files in a folder."""
    if path.is_file():
        return sha256(path)
    digest = hashlib.sha256()
    for member in sorted(p for p in path.rglob("*") if p.is_file()):
        digest.update(f"{member.relative_to(path).as_posix()} {sha256(member)}\n".encode())
    return digest.hexdigest()


def write_json(path: Path, content: Any) -> None:
    """Write JSON for people: indented, UTF-8, keys in the order given."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """Read a JSON file; RunError if it is damaged or holds a name twice."""
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text, object_pairs_hook=refuse_repeated_names)
        wanted = SHAPES.get(path.name, {})
        is_whole = all(isinstance(content[key], kind) for key, kind in wanted.items())
    except RepeatedNameError as twice:
        raise RunError(
            f"{twice.args[0]!r} occurs twice in {path.name}: every name must be unique"
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        is_whole = False
    except OSError as failure:
        raise RunError(f"{path.name} in {path.parent} cannot be read: {failure.strerror}") from None
    if not is_whole:
        raise RunError(
            f"{path.name} in {path.parent} is damaged or was changed by hand. Restore it from a copy, or "
            "make it again"
        )
    return content


def read_yaml(path: Path) -> Any:
    """Read a YAML file that a user wrote; WrongWordsError says where it cannot be read."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise WrongWordsError(f"{path.name} cannot be read: {failure.strerror}") from failure
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise WrongWordsError(f"{path.name} cannot be read as YAML in UTF-8{place}") from wrong


def replace_text(path: Path, text: str) -> None:
    """Write a small text file in one step: readers see the old or the new content, never a part of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def move_pointer(link: Path, target: Path) -> None:
    """Point the symbolic link ``link`` to ``target`` (by a relative path), in one step."""
    temporary = link.with_name(f".{link.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    temporary.replace(link)


@contextmanager
def written_in_one_step(final: Path) -> Iterator[Path]:
    """A new folder to write into; it is renamed to ``final`` at the end, or removed after a failure.

    Unfinished folders of ended processes are removed first. RunError if the disk is full or cannot be
    written; ``final`` is then unchanged.
    """
    staging = final.with_name(f".{final.name}.partial-{os.getpid()}")

    def make() -> Path:
        staging.mkdir()
        return staging

    try:
        with temporary_run_folder(final.parent, ".*.partial-*/", make):
            yield staging
            staging.replace(final)
    except OSError as failure:
        raise RunError(
            f"Could not write {final.name} in {final.parent}: {failure.strerror or failure}. "
            "Nothing was changed: the earlier files are still there"
        ) from failure
